/*
 * lint.h
 *		What is wrong or risky in a package's folder.
 */
#ifndef EXTMAN_PG_LINT_H
#define EXTMAN_PG_LINT_H

#include "core_call.h"
#include "folder.h"
#include "nodes/pg_list.h"

/* Texts are in the server's encoding. */
typedef struct ExtmanLintRow
{
	const char *file;			/* relative to the folder; NULL: the folder itself */
	int			line;			/* 0: none */
	ExtmanSeverity severity;
	const char *message;
	const char *hint;			/* or NULL */
} ExtmanLintRow;

/* A folder that is looked at, and what was found so far. */
typedef struct ExtmanLintFolder
{
	const char *path;
	const char *parent;
	const char *name;			/* its last part */
	char	  **files;			/* names of what lies in it, sorted by strcmp() */
	int			file_count;
	ExtmanControl *control;		/* NULL: it can't be parsed */
	ExtmanControlInfo info;		/* of the control file, if it can; in UTF-8 */
	bool		sound;			/* the folder is a package: name and control file fit */
	List	   *rows;			/* of ExtmanLintRow */
} ExtmanLintFolder;

/* Looks at all files of the folder; an error if there is no such folder. */
extern ExtmanLintFolder *extman_lint_folder(const char *path);

extern bool extman_lint_has_file(const ExtmanLintFolder *folder, const char *name);

extern void extman_lint_add(ExtmanLintFolder *folder, const char *file, int line,
							ExtmanSeverity severity, const char *message, const char *hint);

/*
 * To be called where an error was caught; context: the one that was current before.
 * Returns what it was, but for what isn't about the folder (a cancel, no memory),
 * which is raised again.
 */
extern ErrorData *extman_lint_caught(MemoryContext context);

/* The number that follows a file's name in a line of an error's context, or 0. */
extern int	extman_lint_line_behind(const char *context);

/* Adds what can be said only with a view to other packages. */
extern void extman_lint_relations(ExtmanLintFolder *folder);

/* Installs and uninstalls it in a subtransaction that is rolled back. */
extern void extman_lint_trial(ExtmanLintFolder *folder);

#endif							/* EXTMAN_PG_LINT_H */
