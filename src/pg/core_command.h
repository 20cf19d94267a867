/*
 * core_command.h
 *		Commands of PostgreSQL's own that are steps of a plan.
 */
#ifndef EXTMAN_PG_CORE_COMMAND_H
#define EXTMAN_PG_CORE_COMMAND_H

#include "nodes/nodes.h"

/*
 * Runs CREATE or ALTER EXTENSION as the user would have typed it, so that hooks
 * of other modules and event triggers see it.  Our own stand aside while a request
 * is carried out.  text: the command, as hooks may show it.
 */
extern void extman_core_command_run(Node *statement, const char *text);

#endif							/* EXTMAN_PG_CORE_COMMAND_H */
