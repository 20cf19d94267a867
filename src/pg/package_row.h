/*
 * package_row.h
 *		Rows of pg_extension, and on which other extensions one depends.
 */
#ifndef EXTMAN_PG_PACKAGE_ROW_H
#define EXTMAN_PG_PACKAGE_ROW_H

#include "nodes/pg_list.h"

typedef struct ExtmanExtensionRow
{
	Oid			oid;
	char	   *name;			/* palloc'd in the current context */
	char	   *version;		/* likewise */
	Oid			owner;
	Oid			schema;
	bool		relocatable;
} ExtmanExtensionRow;

/* False when there is no such extension. */
extern bool extman_extension_row(Oid extension, ExtmanExtensionRow *row);

/* OIDs of the extensions on which this one depends. */
extern List *extman_extension_requires(Oid extension);

/* Replaces them. */
extern void extman_extension_set_requires(Oid extension, List *required);

/* Sets extversion and extrelocatable. */
extern void extman_extension_set_version(Oid extension, const char *version,
										 bool relocatable);

#endif							/* EXTMAN_PG_PACKAGE_ROW_H */
