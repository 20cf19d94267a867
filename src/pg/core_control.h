/*
 * core_control.h
 *		Control files of PostgreSQL's own: SHAREDIR/extension/NAME.control.
 */
#ifndef EXTMAN_PG_CORE_CONTROL_H
#define EXTMAN_PG_CORE_CONTROL_H

#include "folder.h"
#include "nodes/pg_list.h"

/* Parameters as core knows them, those that matter here; NULL: not given. */
typedef struct ExtmanCoreControl
{
	const char *directory;
	const char *default_version;
	const char *comment;
	const char *schema;
	bool		relocatable;
	bool		superuser;
	bool		trusted;
	List	   *requires_;		/* names */
} ExtmanCoreControl;

/* Core's defaults. */
extern void extman_core_control_init(ExtmanCoreControl *control);

/*
 * Reads a control file into *control, which has the defaults or, for a
 * secondary control file, what the primary one says.  Returns NULL, or what is
 * wrong with the file.  Everything lies in the current memory context.
 */
extern ExtmanProblem *extman_core_control_read(const char *path, bool secondary,
											   ExtmanCoreControl *control);

/*
 * Whether core takes a text as the name of an extension or of a version, and the
 * solver, which speaks UTF-8, can have it in every database: ASCII, no control
 * characters.
 */
extern bool extman_core_name_is_valid(const char *name);

#endif							/* EXTMAN_PG_CORE_CONTROL_H */
