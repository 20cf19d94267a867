/*
 * conf_file.h
 *		The settings that a package brings: NAME.conf in its folder.
 */
#ifndef EXTMAN_PG_CONF_FILE_H
#define EXTMAN_PG_CONF_FILE_H

#include "folder.h"
#include "nodes/pg_list.h"

typedef struct ExtmanSetting
{
	const char *name;			/* "foo.limit" */
	const char *value;			/* perhaps "" */
	const char *file;			/* where it stands, as the user may see it */
	int			line;			/* from 1 */
} ExtmanSetting;

/* As the server does it: upper and lower case are not told apart. */
extern bool extman_setting_same(const char *a, const char *b);

/* Whether there is such a file. */
extern bool extman_conf_exists(const ExtmanFolder *folder);

/*
 * The settings in the folder's file, a List of ExtmanSetting in the order of the
 * file; NIL when there is none.  All of them are of classes that the control file
 * claims; whatever else is wrong with it is an error that names file and line.
 */
extern List *extman_conf_read(const ExtmanFolder *folder);

#endif							/* EXTMAN_PG_CONF_FILE_H */
