/*
 * catalog.h
 *		What PostgreSQL's own catalogs say is installed.
 *
 * Read afresh in every isolation level: what another session committed is
 * seen, once this one holds the lock.
 */
#ifndef EXTMAN_PG_CATALOG_H
#define EXTMAN_PG_CATALOG_H

#include "nodes/pg_list.h"

typedef struct ExtmanExtension
{
	Oid			oid;
	const char *name;
	const char *version;
	Oid			schema;
	bool		ours;			/* depends on pg_extman, as all that it installs */
	List	   *requires_;		/* names of the extensions that it depends on */
} ExtmanExtension;

/* All of pg_extension, by name: a List of ExtmanExtension. */
extern List *extman_catalog_extensions(void);

/* The OID of the extension pg_extman; an error when it isn't installed. */
extern Oid	extman_catalog_self(void);

/*
 * Takes the lock that serialises changes, until the end of the transaction.  It comes
 * before any lock on another extension.
 */
extern void extman_catalog_lock(void);

/* The name of the schema of an extension, or NULL when either is gone. */
extern char *extman_catalog_schema_of(Oid extension);

/* Whether an extension belongs to the current user or a role it is in. */
extern bool extman_catalog_owned(Oid extension);

#endif							/* EXTMAN_PG_CATALOG_H */
