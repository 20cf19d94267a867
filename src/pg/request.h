/*
 * request.h
 *		How a request is carried out, from the text to the rows that say what
 *		was done.
 */
#ifndef EXTMAN_PG_REQUEST_H
#define EXTMAN_PG_REQUEST_H

#include "solve.h"

/* One row of extman.plan_step; texts in the server's encoding. */
typedef struct ExtmanPlanRow
{
	const char *action;
	const char *name;
	const char *old_version;	/* or NULL, as the next three */
	const char *new_version;
	const char *schema;
	const char *source;
	const char *reason;
} ExtmanPlanRow;

/*
 * Solves and carries out; raises an error when that is impossible or not
 * allowed.  Returns what was done: a List of ExtmanPlanRow.
 */
extern List *extman_request_run(const ExtmanCommand *command);

/* Whether this session is carrying out a request: event triggers can ask. */
extern bool extman_request_running(void);

/* The same steps without doing them; changes and locks nothing. */
extern List *extman_request_plan(const ExtmanCommand *command);

/*
 * Raises an error where nothing may be changed: in a read-only transaction or on
 * a standby, in an extension's script, while a request is carried out.
 * command: what the user called.  may_be_restricted: it only drops, as core does
 * within a security-restricted operation; no script then runs with more rights
 * than for the owner himself, see package_rights.c.
 */
extern void extman_request_refuse(const char *command, bool may_be_restricted);

/* Why the command can be carried out, or why not. */
extern char *extman_request_explain(const ExtmanCommand *command);

/* Whether the user may see where files lie on the server. */
extern bool extman_may_see_paths(void);

/*
 * The place of a package's file as messages name it: all of it, or only
 * FOLDER/FILE for those who have no business with the server's files.
 */
extern const char *extman_shown_path(const char *folder, const char *file);

#endif							/* EXTMAN_PG_REQUEST_H */
