/*
 * event_triggers.h
 *		Our installs, upgrades and uninstalls, as event triggers see them: as
 *		CREATE, ALTER and DROP EXTENSION.
 */
#ifndef EXTMAN_PG_EVENT_TRIGGERS_H
#define EXTMAN_PG_EVENT_TRIGGERS_H

#include "catalog/objectaddress.h"
#include "nodes/parsenodes.h"

/* The commands that a user of core would have written; texts are copied. */
extern Node *extman_create_statement(const char *name, const char *version,
									 const char *schema);
extern Node *extman_update_statement(const char *name, const char *version);
extern Node *extman_drop_statement(const List *names, bool cascade);

/*
 * Does the work of a command, between the event triggers for its start and those
 * for its end.  What it returns is the object that the command created or
 * altered; that of a command that drops is invalid.
 */
typedef ObjectAddress (*ExtmanCommandWork) (void *arg);

/*
 * Runs a command as a whole.  The triggers run as the caller, and may themselves
 * do anything: what was found out before may no longer be so when work is
 * called, nor what work did when this returns.
 */
extern void extman_event_triggers_run(Node *statement, ExtmanCommandWork work, void *arg);

#endif							/* EXTMAN_PG_EVENT_TRIGGERS_H */
