/*
 * script_statement.h
 *		Executes a statement of a script, as core does those of an extension's.
 */
#ifndef EXTMAN_PG_SCRIPT_STATEMENT_H
#define EXTMAN_PG_SCRIPT_STATEMENT_H

#include "nodes/parsenodes.h"

/*
 * The parse trees of a text, RawStmts.  An error of the scanner doesn't show all
 * that follows a quote which is not closed.
 */
extern List *extman_statement_parse(const char *text);

/*
 * Executes one of them, of which rules may make several; each sees what went before.
 * Transaction control, and COPY from or to the client, are the caller's affair.
 * All that is allocated is in the current context.
 */
extern void extman_statement_run(RawStmt *tree, const char *text);

#endif							/* EXTMAN_PG_SCRIPT_STATEMENT_H */
