/*
 * package_guard.h
 *		Keeps what belongs to users out of scripts that run as a superuser.
 */
#ifndef EXTMAN_PG_PACKAGE_GUARD_H
#define EXTMAN_PG_PACKAGE_GUARD_H

/* Once, when the library is loaded. */
extern void extman_guard_install(void);

/*
 * From here on until the end, which an error must not skip: whoever is a
 * superuser calls no function and opens no table or view of somebody who is
 * none, unless it is a member of the extension.
 */
extern void extman_guard_begin(Oid extension);
extern void extman_guard_end(void);

#endif							/* EXTMAN_PG_PACKAGE_GUARD_H */
