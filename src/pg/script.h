/*
 * script.h
 *		Files of SQL: reading them, and running them one statement at a time.
 */
#ifndef EXTMAN_PG_SCRIPT_H
#define EXTMAN_PG_SCRIPT_H

/* ExtmanScript.kind of the scripts of packages; core's words. */
#define EXTMAN_EXTENSION_SCRIPT "extension script file"

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
	const char *kind;			/* "extension script file", for the context */
	const char *path;			/* for the context, as the user may see it */
	const char *text;			/* in the server's encoding */
	Size		length;
	const ExtmanReplacement *replacements;
	int			replacement_count;
} ExtmanScript;

/*
 * The bytes of a regular file, palloc'd in the current context, with a NUL
 * behind them.  A FIFO, a device, a directory, or a file larger than
 * max_length is an error (never a wait); so is a file that changed its size
 * while it was read.
 */
extern char *extman_file_read(const char *path, Size max_length, Size *length);

/* The same, but that errors name the file as shown. */
extern char *extman_file_read_shown(const char *path, const char *shown, Size max_length,
									Size *length);

/*
 * From an encoding (-1: the database's) to the database's, verified, without
 * the byte order mark that a file in UTF-8 may start with.  An error names path
 * and line.  The result may be the argument, which may be changed; a NUL
 * stands behind it.
 */
extern char *extman_script_convert(const char *path, char *bytes, Size length,
								   int encoding, Size *converted_length);

/*
 * Runs the statements one after the other through SPI, each seeing what the
 * one before did.  Returns how many there were.  The caller has set
 * search_path, user and settings.  Errors keep SQLSTATE, detail and hint; their
 * context names kind, path, line and statement.
 */
extern uint64 extman_script_run(const ExtmanScript *script);

#endif							/* EXTMAN_PG_SCRIPT_H */
