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
	bool		show_statement; /* nobody else would show it */
	const ExtmanCopy *copy;		/* takes data of the script; NULL: none does */
	uint64		data_line;		/* of the first byte of the data; 0: not known yet */
	bool		reading;		/* the file; whoever reads it says where it is */
	MemoryContext scratch;
} ExtmanScriptPlace;

/* An error context callback; arg is an ExtmanScriptPlace. */
extern void extman_script_context(void *arg);

/* Whether SPI shows more of the statement in an error than is sensible. */
extern bool extman_script_shown_too_long(const char *statement);

/*
 * In PG_CATCH: takes the error off the stack, to be thrown again by
 * ReThrowError(), with no more of the statement than that.  It lies in context.
 */
extern ErrorData *extman_script_cut_error(const char *statement, MemoryContext context);

#endif							/* EXTMAN_PG_SCRIPT_CONTEXT_H */
