/*
 * script_context.h
 *		Where in a script an error happened: its context.
 */
#ifndef EXTMAN_PG_SCRIPT_CONTEXT_H
#define EXTMAN_PG_SCRIPT_CONTEXT_H

#include "script.h"

typedef struct ExtmanScriptPlace
{
	const ExtmanScript *script;
	uint64		line;			/* of the first byte of the statement */
	const char *statement;		/* as it is executed; NULL: between statements */
	bool		show_statement; /* nobody else would show it */
	MemoryContext scratch;
} ExtmanScriptPlace;

/* An error context callback; arg is an ExtmanScriptPlace. */
extern void extman_script_context(void *arg);

#endif							/* EXTMAN_PG_SCRIPT_CONTEXT_H */
