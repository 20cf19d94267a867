/*
 * core_folders.h
 *		Where PostgreSQL itself looks for extensions.
 */
#ifndef EXTMAN_PG_CORE_FOLDERS_H
#define EXTMAN_PG_CORE_FOLDERS_H

#include "nodes/pg_list.h"

/* In order, the first that has a control file wins: a List of C strings. */
extern List *extman_core_folders(void);

#endif							/* EXTMAN_PG_CORE_FOLDERS_H */
