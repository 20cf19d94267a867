/*
 * manifest.h
 *		Which versions a restore has to bring back: the last line of the comment
 *		on pg_extman.
 *
 * A dump holds "CREATE EXTENSION foo" without a version, but it holds comments,
 * and that of pg_extman comes before what depends on it.  So there it says
 * "manifest: bar (= 1.1), foo (= 1.0)", behind whatever the comment says itself.
 *
 * It names each extension that depends on pg_extman, as all do that it
 * installed.  In the middle of a restore it also names what is yet to come.
 *
 * Whatever somebody made of the comment is no error: a last line that isn't a
 * manifest is an ordinary one, and where pg_extman isn't installed, there is no
 * manifest.
 */
#ifndef EXTMAN_PG_MANIFEST_H
#define EXTMAN_PG_MANIFEST_H

#include "nodes/pg_list.h"

/*
 * Makes the manifest say what is installed now.  What it names that isn't
 * installed stays: it is still to come, unless it was forgotten.
 */
extern void extman_manifest_update(void);

/* A package was uninstalled or dropped: it is not to come. */
extern void extman_manifest_forget(const char *name);

/*
 * What was asked for and is installed, whoever installed it, as a request for
 * another database: "bar (= 1.1), foo (= 1.0)".  NULL when there is nothing.
 */
extern char *extman_manifest_wanted(void);

/* Where the manifest isn't what it should be; a version may be NULL: none. */
typedef struct ExtmanManifestDeviation
{
	const char *name;
	const char *installed;		/* that it should name */
	const char *named;
} ExtmanManifestDeviation;

extern List *extman_manifest_deviations(void);

/* The version that the manifest names for a package; NULL: none. */
extern char *extman_manifest_version(const char *name);

/* The names in it of what is not installed. */
extern List *extman_manifest_to_come(void);

#endif							/* EXTMAN_PG_MANIFEST_H */
