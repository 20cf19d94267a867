/*
 * package_needs.h
 *		The extensions that a package needs, when its script is about to run.
 */
#ifndef EXTMAN_PG_PACKAGE_NEEDS_H
#define EXTMAN_PG_PACKAGE_NEEDS_H

#include "compat.h"
#include "package.h"
#include "package_row.h"

/*
 * Their rows: a List of ExtmanExtensionRow.  They cannot be dropped any more
 * before this transaction ends.  An error when one isn't what was planned for.
 */
extern List *extman_needs_rows(List *needs);

/* Their OIDs. */
extern List *extman_needs_oids(List *rows);

/*
 * The first one of which others than superusers can change the functions, and
 * whose schema is searched by name; or NULL.  What isn't there yet is judged as
 * it is planned.
 */
extern const ExtmanNeed *extman_needs_unsafe(List *needs);

/* Raises that something else than the plan changed an extension meanwhile. */
pg_noreturn extern void extman_package_changed(const char *name);

#endif							/* EXTMAN_PG_PACKAGE_NEEDS_H */
