/*
 * script_context.h
 *		Where in a script an error happened: its context.
 */
#ifndef EXTMAN_PG_SCRIPT_CONTEXT_H
#define EXTMAN_PG_SCRIPT_CONTEXT_H

#include "script.h"
#include "script_copy.h"

typedef struct ExtmanScriptPlace
{
	const ExtmanScript *script;
	uint64		line;			/* of the first byte of the statement */
	const char *statement;		/* as it is executed; NULL: between statements */
	const ExtmanCopy *copy;		/* takes data of the script; NULL: none does */
	uint64		data_line;		/* of the first byte of the data; 0: not known yet */
	bool		reading;		/* the file; whoever reads it says where it is */
	MemoryContext scratch;
} ExtmanScriptPlace;

/* An error context callback; arg is an ExtmanScriptPlace. */
extern void extman_script_context(void *arg);

/* Whether an error shows only a part of the statement. */
extern bool extman_script_is_long(const char *statement);

/*
 * In PG_CATCH: takes an error of the scanner off the stack, to be thrown again by
 * ReThrowError(), with no more of the statement in its message than that.  It lies
 * in context.
 */
extern ErrorData *extman_script_cut_error(MemoryContext context);

#endif							/* EXTMAN_PG_SCRIPT_CONTEXT_H */
