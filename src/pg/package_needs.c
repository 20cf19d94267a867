/*
 * package_needs.c
 *		The extensions that a package needs, when its script is about to run.
 *
 * The plan was made for certain versions of them.  Scripts and event triggers
 * that ran since may have dropped, created or altered extensions by commands of
 * core, so each is looked up again.
 */
#include "postgres.h"

#include "catalog/pg_extension.h"
#include "commands/extension.h"
#include "miscadmin.h"
#include "storage/lmgr.h"

#include "package_needs.h"
#include "package_trust.h"
#include "translate.h"

void
extman_package_changed(const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_IN_USE),
			 errmsg("extension \"%s\" was changed while the request was carried out", name),
			 errdetail("A script or an event trigger did that.")));
}

static ExtmanExtensionRow *
find_row(const ExtmanNeed *need)
{
	ExtmanExtensionRow *row = palloc(sizeof(ExtmanExtensionRow));
	Oid			extension = get_extension_oid(need->name, true);

	if (!OidIsValid(extension) ||
		(OidIsValid(need->extension) && extension != need->extension))
		extman_package_changed(need->name);

	LockDatabaseObject(ExtensionRelationId, extension, 0, AccessShareLock);
	if (!extman_extension_row(extension, row) ||
		strcmp(row->name, need->name) != 0 ||
		(need->version && strcmp(row->version, need->version) != 0))
		extman_package_changed(need->name);
	return row;
}

List *
extman_needs_rows(List *needs)
{
	List	   *rows = NIL;
	ListCell   *cell;

	foreach(cell, needs)
		rows = lappend(rows, find_row(lfirst(cell)));
	return rows;
}

List *
extman_needs_oids(List *rows)
{
	List	   *oids = NIL;
	ListCell   *cell;

	foreach(cell, rows)
		oids = list_append_unique_oid(oids, ((ExtmanExtensionRow *) lfirst(cell))->oid);
	return oids;
}

static bool
is_safe(const ExtmanNeed *need)
{
	Oid			extension = get_extension_oid(need->name, true);

	return OidIsValid(extension) ? extman_extension_is_safe(extension) : need->privileged;
}

const ExtmanNeed *
extman_needs_unsafe(List *needs)
{
	ListCell   *cell;

	foreach(cell, needs)
	{
		if (!is_safe(lfirst(cell)))
			return lfirst(cell);
	}
	return NULL;
}
