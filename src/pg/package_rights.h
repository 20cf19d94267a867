/*
 * package_rights.h
 *		Who may install, upgrade and uninstall what; as whom its script runs.
 */
#ifndef EXTMAN_PG_PACKAGE_RIGHTS_H
#define EXTMAN_PG_PACKAGE_RIGHTS_H

#include "package.h"
#include "package_guard.h"
#include "package_row.h"

/* As whom a script runs. */
typedef struct ExtmanScriptUser
{
	Oid			user;
	int			context;		/* joins the caller's security context */
	bool		elevated;		/* the bootstrap superuser, for a caller who is none */
	ExtmanGuard guard;			/* what of users' objects it must not use */
} ExtmanScriptUser;

/*
 * These raise core's errors unless the caller may do it.  All but ownership of
 * the extension, which is checked apart.
 */
extern ExtmanScriptUser extman_install_user(const ExtmanPackageSpec *spec);
extern ExtmanScriptUser extman_upgrade_user(const ExtmanExtensionRow *row,
											const ExtmanPackageSpec *spec);
extern ExtmanScriptUser extman_uninstall_user(const ExtmanExtensionRow *row,
											  const ExtmanPackageSpec *spec);

/*
 * The same for a script of core's whose control file says superuser; trusted or
 * not.
 */
extern void extman_package_check_superuser(const char *name, bool install, bool trusted);

/* Raises core's error unless the caller may create objects in the schema. */
extern void extman_package_check_schema(Oid schema);

/* Raises core's error unless the caller may create schemas. */
extern void extman_package_check_database(void);

/* Raises core's error unless the caller owns the extension. */
extern void extman_package_check_owner(Oid extension, const char *name);

/* Raises core's error while the script of an extension is running. */
extern void extman_package_check_nested(const char *command);

#endif							/* EXTMAN_PG_PACKAGE_RIGHTS_H */
