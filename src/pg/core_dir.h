/*
 * core_dir.h
 *		The extensions that PostgreSQL itself can install.
 */
#ifndef EXTMAN_PG_CORE_DIR_H
#define EXTMAN_PG_CORE_DIR_H

#include "core_versions.h"
#include "lib/stringinfo.h"
#include "shared.h"

/* A folder or a control file, as it was when it was read. */
typedef struct ExtmanCoreFile
{
	const char *path;
	ExtmanSignature signature;
} ExtmanCoreFile;

typedef struct ExtmanCoreScan
{
	ExtmanShared shared;
	ExtmanCoreExtension **extensions;	/* by strcmp() of their names */
	int			count;
	List	   *problems;		/* of ExtmanProblem */
	StringInfoData fingerprint; /* of all that matters to a universe */

	/* What it was read from. */
	List	   *folders;
	List	   *files;			/* of ExtmanCoreFile */
	const char *language;		/* of the problems: lc_messages then */
	bool		settled;		/* the signatures tell every later change */
} ExtmanCoreScan;

/*
 * Looks at core's folders; reads them only when something has changed there.
 * The result is good until the current memory context is reset.
 */
extern ExtmanCoreScan *extman_core_dir_scan(void);

/* Where it stands in the array; -1: core has none, or its control file is broken. */
extern int	extman_core_extension_index(const ExtmanCoreScan *scan, const char *name);

/* The extension itself, or NULL. */
extern ExtmanCoreExtension *extman_core_extension_named(const ExtmanCoreScan *scan,
														const char *name);

/* For core_dir.c and core_read.c: */

/* Notes that a scan depends on a file; called before the file is read. */
extern void extman_core_watch(ExtmanCoreScan *scan, const char *path, time_t now);

/* Reads all of scan->folders, into the current memory context. */
extern void extman_core_read(ExtmanCoreScan *scan, time_t now);

#endif							/* EXTMAN_PG_CORE_DIR_H */
