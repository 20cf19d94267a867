/*
 * folder.h
 *		One folder of the control path: its control file, parsed, and which
 *		scripts lie beside it.
 */
#ifndef EXTMAN_PG_FOLDER_H
#define EXTMAN_PG_FOLDER_H

#include "core_call.h"
#include "signature.h"

#define EXTMAN_INSTALL_SCRIPT "install.sql"
#define EXTMAN_UNINSTALL_SCRIPT "uninstall.sql"

/* Something wrong on the control path; all texts in the server's encoding. */
typedef struct ExtmanProblem
{
	const char *file;
	int			line;			/* 0: none */
	int			column;			/* 0: none */
	const char *message;
	const char *hint;			/* or NULL */
} ExtmanProblem;

/* upgrade--FROM--TO.sql */
typedef struct ExtmanUpgradeFile
{
	const char *file_name;
	const char *from;
	const char *to;
} ExtmanUpgradeFile;

/*
 * Immutable once it is kept, but for the signatures; counted pins hold it.  It
 * is one piece of memory with all its texts, since there may be many thousands.
 * A parsed control file is larger than its text, and parsed again soon enough.
 */
typedef struct ExtmanFolder
{
	int			pins;
	bool		settled;		/* the signatures tell every later change */
	bool		usable;			/* false: see problem, and don't look at info */
	bool		has_install;	/* install.sql; else it is no candidate */
	bool		has_uninstall;
	int			upgrade_count;
	ExtmanUpgradeFile *upgrades;	/* by file name */
	const char *path;			/* as the control path spells it */
	const char *name;			/* its last part */
	const char *text;			/* of the control file, in UTF-8; NULL: unread */
	Size		length;
	ExtmanControlInfo info;		/* of the control file; texts in UTF-8 */
	ExtmanProblem *problem;		/* NULL: none */

	ExtmanSignature folder_signature;
	ExtmanSignature control_signature;
} ExtmanFolder;

/*
 * Reads PARENT/NAME.  parent_fd is open on the parent.  previous is what the
 * last scan found there, or NULL; it is returned (with one more pin) when
 * nothing in the folder has changed.  Returns NULL when this is no package at
 * all: not a folder, or a folder with neither a control file nor install.sql.
 * The result is pinned for the caller; what else is left in the current memory
 * context is rubbish.
 */
extern ExtmanFolder *extman_folder_read(const char *parent, int parent_fd, const char *name,
										ExtmanFolder *previous, time_t now);

extern ExtmanFolder *extman_folder_pin(ExtmanFolder *folder);
extern void extman_folder_unpin(ExtmanFolder *folder);

/*
 * The NAME of a folder called NAME or NAME-VERSION, as far as can be told
 * without its control file: a version begins with a digit.
 */
extern char *extman_folder_package_name(const ExtmanFolder *folder);

extern ExtmanProblem *extman_problem_make(MemoryContext context, const char *file,
										  int line, int column,
										  const char *message, const char *hint);

/* For folder.c, folder_keep.c and folder_list.c: */

/*
 * Makes a folder of one under construction, which lies about in the current
 * memory context.  The caller has the first pin.
 */
extern ExtmanFolder *extman_folder_keep(const ExtmanFolder *draft);

/* Notes what is wrong with a folder under construction. */
extern void extman_folder_problem(ExtmanFolder *folder, const char *file, int line, int column,
								  const char *message, const char *hint);

/* Notes which scripts are there.  False: the folder can't be read. */
extern bool extman_folder_list(ExtmanFolder *folder);

#endif							/* EXTMAN_PG_FOLDER_H */
