/*
 * package_rights.h
 *		Who may install, upgrade and uninstall what; as whom its script runs.
 */
#ifndef EXTMAN_PG_PACKAGE_RIGHTS_H
#define EXTMAN_PG_PACKAGE_RIGHTS_H

#include "package.h"

/*
 * Raises core's errors unless the caller may install (or update) a package
 * with these flags.  True: the script is to run as the bootstrap superuser.
 */
extern bool extman_package_rights(const ExtmanPackageSpec *spec, bool update);

/* Raises core's error unless the caller may create objects in the schema. */
extern void extman_package_check_schema(Oid schema);

/* Raises core's error unless the caller may create schemas. */
extern void extman_package_check_database(void);

/* Raises core's error unless the caller owns the extension. */
extern void extman_package_check_owner(Oid extension, const char *name);

/* Raises core's error while the script of an extension is running. */
extern void extman_package_check_nested(const char *command);

#endif							/* EXTMAN_PG_PACKAGE_RIGHTS_H */
