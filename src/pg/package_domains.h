/*
 * package_domains.h
 *		Domains of users whose checks a script could come across.
 */
#ifndef EXTMAN_PG_PACKAGE_DOMAINS_H
#define EXTMAN_PG_PACKAGE_DOMAINS_H

#include "nodes/pg_list.h"

#include "package_row.h"

/*
 * Before a script that runs as a superuser: an error if there is such a domain in
 * one of the schemas (their OIDs), or behind another type there.
 */
extern void extman_domains_check(const ExtmanExtensionRow *extension, const List *schemas);

#endif							/* EXTMAN_PG_PACKAGE_DOMAINS_H */
