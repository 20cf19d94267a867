/*
 * package.h
 *		A package as a real extension: its row in pg_extension, its members.
 *
 * Nothing here decides what to install; nothing here reads the control path.
 * Privileges of the whole plan are checked by extman_package_check_*() before
 * the first step runs; each step checks again.
 */
#ifndef EXTMAN_PG_PACKAGE_H
#define EXTMAN_PG_PACKAGE_H

#include "nodes/pg_list.h"

/*
 * A package is privileged when its control file says superuser and trusted, and
 * so did that of every version since it was installed: all of its scripts ran
 * as a superuser, so that nobody else could change what they made.  (One that
 * belongs to a superuser may become privileged by an upgrade; one to which
 * somebody else added a member of his own stops being so.)
 */

/* An extension that a package needs. */
typedef struct ExtmanNeed
{
	const char *name;
	const char *version;		/* when the script runs; NULL: doesn't matter */
	Oid			extension;		/* invalid: the plan installs it before */
	bool		privileged;		/* recorded as such, or will be by then */
} ExtmanNeed;

typedef struct ExtmanPackageSpec
{
	const char *name;
	const char *version;
	const char *comment;		/* or NULL */
	const char *schema;			/* of the control file, or NULL */
	const char *wanted_schema;	/* of the request, or NULL */
	bool		requested;		/* named by the user, not a dependency */
	const char *module_pathname;	/* or NULL */
	bool		relocatable;
	bool		superuser;
	bool		trusted;
	bool		was_privileged; /* upgrade, uninstall: the version that is there */
	List	   *needs;			/* of ExtmanNeed */
	const char *script_path;	/* where the text came from, as the user may see it */
	const char *script_text;	/* in the server's encoding, a NUL behind it */
	Size		script_length;
} ExtmanPackageSpec;

/* Raises what core would raise for this user, before anything is done. */
extern void extman_package_check_install(const ExtmanPackageSpec *spec);

/*
 * Of that only what is about the schema: the control file's and the request's.  A
 * schema of the control file that is there already may be used by anyone, as
 * under core.
 */
extern void extman_package_check_target(const ExtmanPackageSpec *spec);

/*
 * Creates the extension and runs its script.  The schemas of what it needs join
 * search_path.  extman: OID of pg_extman, on which it depends too.  Returns its
 * OID.
 */
extern Oid	extman_package_install(const ExtmanPackageSpec *spec, Oid extman);

/*
 * Ownership, as DROP EXTENSION checks it; for the script, if it is loaded
 * already, what else it takes.
 */
extern void extman_package_check_uninstall(Oid extension, const ExtmanPackageSpec *spec);

/*
 * Runs the uninstall script (NULL: none) with the extension as the current
 * one, so that it may drop members; then drops the extension with what is
 * left, as the caller.  cascade: objects outside of the extension that depend
 * on it go too, as by DROP EXTENSION ... CASCADE; else they are an error.
 * along: OIDs of further extensions that the same deletion drops.
 */
extern void extman_package_uninstall(Oid extension, const ExtmanPackageSpec *spec,
									 bool cascade, const List *along);

/* Ownership and rights, as ALTER EXTENSION ... UPDATE checks them. */
extern void extman_package_check_upgrade(Oid extension, const ExtmanPackageSpec *spec);

/*
 * Runs one upgrade script, from the version that is there to spec->version,
 * as ALTER EXTENSION ... UPDATE does: version, required extensions and comment
 * follow; schema and owner stay.
 */
extern void extman_package_upgrade(Oid extension, const ExtmanPackageSpec *spec, Oid extman);

#endif							/* EXTMAN_PG_PACKAGE_H */
