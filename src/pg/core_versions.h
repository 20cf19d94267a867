/*
 * core_versions.h
 *		The versions of an extension of PostgreSQL's own, and how core gets from
 *		one to another.
 *
 * The rules are those of extension.c: a version with a script NAME--VERSION.sql
 * is installed by it; another one by the shortest way of update scripts from
 * such a version.
 */
#ifndef EXTMAN_PG_CORE_VERSIONS_H
#define EXTMAN_PG_CORE_VERSIONS_H

#include "core_control.h"

typedef struct ExtmanCoreVersion
{
	struct ExtmanCoreExtension *extension;
	const char *version;
	bool		has_script;		/* NAME--VERSION.sql */
	bool		broken;			/* its secondary control file is */
	ExtmanCoreControl control;	/* with the secondary control file applied */

	/* NAME--VERSION--*.sql lead to these. */
	struct ExtmanCoreVersion **updates;
	int			update_count;
	int			update_room;

	/* What core runs to install it, itself last; no steps: core can't. */
	struct ExtmanCoreVersion **steps;
	int			step_count;
} ExtmanCoreVersion;

typedef struct ExtmanCoreExtension
{
	const char *name;
	const char *path;			/* of its control file */
	const char *scripts;		/* the folder where its scripts lie */
	ExtmanCoreControl control;
	ExtmanCoreVersion **versions;	/* by strcmp() of their texts */
	int			version_count;
} ExtmanCoreExtension;

/*
 * Notes the versions and scripts that the names of files in its scripts' folder
 * tell, sorted by strcmp().  Parameters and steps are to follow.
 */
extern void extman_core_versions_list(ExtmanCoreExtension *extension, char **names, int count);

/* Finds the steps of each version, once all parameters are there. */
extern void extman_core_versions_find_steps(ExtmanCoreExtension *extension);

/* NULL: none that any file speaks of. */
extern ExtmanCoreVersion *extman_core_version_named(const ExtmanCoreExtension *extension,
													const char *version);

/*
 * The versions through which ALTER EXTENSION ... UPDATE goes, the target last;
 * NIL: there is no way.
 */
extern List *extman_core_version_way(const char *from, ExtmanCoreVersion *to);

/* Names of all extensions that one of the steps requires. */
extern List *extman_core_version_requires(const ExtmanCoreVersion *version);

/* Whether the version is the one that the control file recommends. */
extern bool extman_core_version_is_default(const ExtmanCoreVersion *version);

/* Whether it is newer than that one: it may be meant for tests, or be no version. */
extern bool extman_core_version_is_ahead(const ExtmanCoreVersion *version);

#endif							/* EXTMAN_PG_CORE_VERSIONS_H */
