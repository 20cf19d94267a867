/*
 * package_bindings.h
 *		What the members of an extension are bound to.
 */
#ifndef EXTMAN_PG_PACKAGE_BINDINGS_H
#define EXTMAN_PG_PACKAGE_BINDINGS_H

#include "package_row.h"

/*
 * After a script that ran as a superuser on behalf of a user: an error if a member
 * that isn't a user's, or what hangs on one, depends on something that is.
 */
extern void extman_bindings_check(const ExtmanExtensionRow *extension);

#endif							/* EXTMAN_PG_PACKAGE_BINDINGS_H */
