/*
 * folder.h
 *		One folder of the control path: its control file, parsed, and which
 *		scripts lie beside it.
 */
#ifndef EXTMAN_PG_FOLDER_H
#define EXTMAN_PG_FOLDER_H

#include <sys/stat.h>
#include <time.h>

#include "core_call.h"
#include "shared.h"

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

/* What tells that a file was changed or replaced. */
typedef struct ExtmanSignature
{
	dev_t		device;
	ino_t		inode;
	off_t		size;
	struct timespec modified;
	struct timespec changed;
} ExtmanSignature;

typedef struct ExtmanFolder
{
	ExtmanShared shared;
	const char *path;			/* as the control path spells it */
	const char *name;			/* its last part */
	const char *package_name;	/* the NAME of that, as far as it can be told */
	const char *text;			/* of the control file, in UTF-8; NULL: unread */
	Size		length;
	ExtmanControl *control;		/* NULL: see problem */
	ExtmanControlInfo info;		/* of control; texts in UTF-8 */
	ExtmanProblem *problem;		/* NULL: none */
	bool		has_install;	/* install.sql; else it is no candidate */
	bool		has_uninstall;
	ExtmanUpgradeFile *upgrades;	/* by file name */
	int			upgrade_count;

	ExtmanSignature folder_signature;
	ExtmanSignature control_signature;
	bool		settled;		/* the signatures tell every later change */
} ExtmanFolder;

/*
 * Reads PARENT/NAME.  previous is what the last scan found there, or NULL; it
 * is returned (with one more pin) when nothing in the folder has changed.
 * Returns NULL when this is no package at all: not a folder, or a folder with
 * neither a control file nor install.sql.  The result is pinned for the caller.
 */
extern ExtmanFolder *extman_folder_read(const char *parent, const char *name,
										ExtmanFolder *previous, time_t now);

extern ExtmanProblem *extman_problem_make(MemoryContext context, const char *file,
										  int line, int column,
										  const char *message, const char *hint);

/* For folder.c and folder_list.c: */

/* Notes what is wrong with a folder under construction. */
extern void extman_folder_problem(ExtmanFolder *folder, const char *file, int line, int column,
								  const char *message, const char *hint);

/* Notes which scripts are there.  False: the folder can't be read. */
extern bool extman_folder_list(ExtmanFolder *folder);

#endif							/* EXTMAN_PG_FOLDER_H */
