/*
 * package_guard.h
 *		Keeps what belongs to users out of scripts that run as a superuser.
 */
#ifndef EXTMAN_PG_PACKAGE_GUARD_H
#define EXTMAN_PG_PACKAGE_GUARD_H

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
 * From here on until the end, which an error must not skip, whoever is a
 * superuser calls no function and opens no table or view that is guarded.
 */
extern void extman_guard_begin(Oid extension, ExtmanGuard guard);
extern void extman_guard_end(void);

/* No parallel workers, which would know nothing of a guard; until the caller's level ends. */
extern void extman_guard_pin_settings(void);

#endif							/* EXTMAN_PG_PACKAGE_GUARD_H */
