/*
 * package_script.h
 *		Runs a script of a package as core's CREATE EXTENSION would.
 */
#ifndef EXTMAN_PG_PACKAGE_SCRIPT_H
#define EXTMAN_PG_PACKAGE_SCRIPT_H

#include "package.h"
#include "package_rights.h"
#include "package_row.h"

/*
 * With the extension as the current one, its settings pinned, and as the user
 * that package_rights.c found.  required: the rows of the extensions that it
 * needs.  Settings, user and role are restored, whatever the script did to
 * them.
 */
extern void extman_package_run_script(const ExtmanExtensionRow *extension,
									  const ExtmanPackageSpec *spec,
									  List *required, const ExtmanScriptUser *user);

#endif							/* EXTMAN_PG_PACKAGE_SCRIPT_H */
