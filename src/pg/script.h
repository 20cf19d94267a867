/*
 * script.h
 *		Scripts of SQL, run one statement at a time.
 */
#ifndef EXTMAN_PG_SCRIPT_H
#define EXTMAN_PG_SCRIPT_H

#include "script_source.h"

/*
 * What a token of a script stands for.  Replaced in every statement, whatever
 * it stands in, as core does; where two tokens fit, the longer one wins, and
 * what was put in is not looked at again.  Inline COPY data stays as it is.
 */
typedef struct ExtmanReplacement
{
	const char *token;			/* "@extschema@", "MODULE_PATHNAME", ":name" */
	const char *value;			/* already quoted as it needs to be */
} ExtmanReplacement;

typedef struct ExtmanScript
{
	bool		of_extension;	/* a package's script, and not just a file of SQL */
	const char *path;			/* for the context, as the user may see it */
	ExtmanSource *source;		/* read once; closed by who opened it */
	int			encoding;		/* the only one that it may set client_encoding to; -1: any */
	const ExtmanReplacement *replacements;
	int			replacement_count;
} ExtmanScript;

/*
 * Runs the statements one after the other, each seeing what the
 * one before did.  Returns how many there were.  The caller has set
 * search_path, user and settings.  Errors keep SQLSTATE, detail and hint; their
 * context names kind, path, line and statement.
 */
extern uint64 extman_script_run(const ExtmanScript *script);

#endif							/* EXTMAN_PG_SCRIPT_H */
