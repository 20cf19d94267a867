/*
 * installed.h
 *		What is installed: the catalogs and our own records put together.
 */
#ifndef EXTMAN_PG_INSTALLED_H
#define EXTMAN_PG_INSTALLED_H

#include "catalog.h"
#include "lib/stringinfo.h"
#include "record.h"

typedef struct ExtmanInstalledFacts
{
	List	   *extensions;		/* of ExtmanExtension, by name */
	List	   *snapshots;		/* of ExtmanSnapshot, by name */
	List	   *policies;		/* of ExtmanPolicy, by name */
	StringInfoData fingerprint; /* of all that matters to a universe */
} ExtmanInstalledFacts;

/* Reads it all afresh, into the current memory context. */
extern void extman_facts_read(ExtmanInstalledFacts *facts);

/* The extension of a name, or NULL. */
extern ExtmanExtension *extman_facts_extension(const ExtmanInstalledFacts *facts,
											   const char *name);

/*
 * The snapshot of an extension, or NULL.  A stale one doesn't count: core may
 * have dropped the package, and somebody may have created another extension of
 * that name since.
 */
extern ExtmanSnapshot *extman_facts_snapshot(const ExtmanInstalledFacts *facts,
											 const ExtmanExtension *extension);

/*
 * What departs from the default policy, or NULL.  It counts for every extension,
 * whoever installed it; but what is left of a package that core has dropped says
 * nothing about another extension of that name.
 */
extern const ExtmanPolicy *extman_facts_policy(const ExtmanInstalledFacts *facts,
											   const ExtmanExtension *extension);

#endif							/* EXTMAN_PG_INSTALLED_H */
