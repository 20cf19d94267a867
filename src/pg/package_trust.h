/*
 * package_trust.h
 *		Whether nobody but superusers can change what an extension does.
 */
#ifndef EXTMAN_PG_PACKAGE_TRUST_H
#define EXTMAN_PG_PACKAGE_TRUST_H

#include "package_row.h"

/*
 * Of a package that was recorded as privileged (see package.h): its members and
 * what hangs on them belong to superusers, and unless it is relocatable its
 * schema still has the name that the scripts may have written into functions.
 * The extensions that it needs are not looked at, nor whether the record is
 * still that of this extension.
 */
extern bool extman_extension_is_intact(const ExtmanExtensionRow *row);

/*
 * Whether the functions of an extension may be called by a script that runs as a
 * superuser on behalf of somebody else: it belongs to a superuser or lives in
 * pg_catalog; or it is privileged and intact, and so is all that it needs in its
 * turn.  For core's extensions, of which nothing is recorded, what their control
 * files say of the version that is there stands for the record.
 */
extern bool extman_extension_is_safe(Oid extension);

#endif							/* EXTMAN_PG_PACKAGE_TRUST_H */
