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
	const char *script_path;	/* where the text came from */
	const char *script_text;	/* in the server's encoding, a NUL behind it */
	Size		script_length;
} ExtmanPackageSpec;

/* Raises what core would raise for this user, before anything is done. */
extern void extman_package_check_install(const ExtmanPackageSpec *spec);

/*
 * Creates the extension and runs its script.  required: OIDs of the extensions
 * that it needs (their schemas join search_path), pg_extman's own not among
 * them.  extman: OID of pg_extman, on which it depends too.  Returns its OID.
 */
extern Oid	extman_package_install(const ExtmanPackageSpec *spec, List *required, Oid extman);

/*
 * Ownership, as DROP EXTENSION checks it.
 */
extern void extman_package_check_uninstall(Oid extension, const char *name);

/*
 * Runs the uninstall script (NULL: none) with the extension as the current
 * one, so that it may drop members; then drops the extension with what is
 * left.  elevate: the script runs as the bootstrap superuser (a trusted
 * package).  cascade: objects outside of the extension that depend on it go
 * too, as by DROP EXTENSION ... CASCADE; else they are an error.
 */
extern void extman_package_uninstall(Oid extension, const ExtmanPackageSpec *spec,
									 bool elevate, bool cascade);

/* Ownership and rights, as ALTER EXTENSION ... UPDATE checks them. */
extern void extman_package_check_upgrade(Oid extension, const ExtmanPackageSpec *spec);

/*
 * Runs one upgrade script, from the version that is there to spec->version,
 * as ALTER EXTENSION ... UPDATE does: version, required extensions and comment
 * follow; schema and owner stay.
 */
extern void extman_package_upgrade(Oid extension, const ExtmanPackageSpec *spec,
								   List *required, Oid extman);

#endif							/* EXTMAN_PG_PACKAGE_H */
