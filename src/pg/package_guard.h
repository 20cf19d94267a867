/*
 * package_guard.h
 *		Keeps what belongs to users out of scripts that run as a superuser.
 */
#ifndef EXTMAN_PG_PACKAGE_GUARD_H
#define EXTMAN_PG_PACKAGE_GUARD_H

#include "nodes/nodes.h"

/* Once, when the library is loaded. */
extern void extman_guard_install(void);

/* Of what belongs to somebody who is no superuser. */
typedef enum ExtmanGuard
{
	EXTMAN_GUARD_NONE,			/* everything may be used */
	EXTMAN_GUARD_OTHERS,		/* members of the extension may be used */
	EXTMAN_GUARD_MEMBERS		/* nothing may be used */
} ExtmanGuard;

/*
 * A bit of the security context, which core hands on to whatever runs within, and to
 * parallel workers: these know nothing else of a guard.
 */
#define EXTMAN_SECURITY_GUARDED (1 << 20)

/*
 * From here on until the end, which an error must not skip, no function is called
 * that is guarded, and whoever is a superuser opens no such table or view.  The bit is
 * up to the caller.
 */
extern void extman_guard_begin(Oid extension, ExtmanGuard guard);
extern void extman_guard_end(void);

/*
 * Of a command: no table of a user is altered or copied, with the expressions that it
 * has, and no user creates anything.
 */
extern void extman_guard_check_statement(const Node *statement);

/*
 * No parallel workers, which do not know the extension and refuse whatever is a
 * user's; until the caller's level ends.
 */
extern void extman_guard_pin_settings(void);

#endif							/* EXTMAN_PG_PACKAGE_GUARD_H */
