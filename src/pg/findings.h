/*
 * findings.h
 *		What the core finds out about installed packages.
 */
#ifndef EXTMAN_PG_FINDINGS_H
#define EXTMAN_PG_FINDINGS_H

#include "compat.h"
#include "universe.h"

/* A sentence about an installed package; texts in the server's encoding. */
typedef struct ExtmanInstalledFinding
{
	const char *name;
	const char *text;			/* without a full stop */
} ExtmanInstalledFinding;

/*
 * For whose sake a package is installed: a List of ExtmanInstalledFinding, each
 * a chain of dependencies.  An error when there is no such package.
 */
extern List *extman_findings_why(ExtmanUniverseState *state, const char *name);

/* What does not hold among installed packages: likewise a List. */
extern List *extman_findings_check(ExtmanUniverseState *state);

/* Raises that an extension isn't installed, with the nearest names of those that are. */
pg_noreturn extern void extman_findings_not_installed(const char *name);

#endif							/* EXTMAN_PG_FINDINGS_H */
