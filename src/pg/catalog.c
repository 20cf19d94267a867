/*
 * catalog.c
 *		What PostgreSQL's own catalogs say is installed.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/pg_depend.h"
#include "catalog/pg_extension.h"
#include "commands/extension.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "catalog.h"
#include "compat.h"
#include "extman.h"
#include "package_row.h"
#include "translate.h"

static ExtmanExtension *
extension_from_tuple(HeapTuple tuple, TupleDesc descriptor)
{
	Form_pg_extension form = (Form_pg_extension) GETSTRUCT(tuple);
	ExtmanExtension *extension = palloc0(sizeof(ExtmanExtension));
	bool		isnull;
	Datum		version = heap_getattr(tuple, Anum_pg_extension_extversion, descriptor, &isnull);

	extension->oid = form->oid;
	extension->name = pstrdup(NameStr(form->extname));
	extension->version = isnull ? "" : TextDatumGetCString(version);
	extension->schema = form->extnamespace;
	return extension;
}

/* The extensions that one depends on, as OIDs. */
static List *
required_oids(Relation depend, Oid extension)
{
	List	   *oids = NIL;
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&keys[0], Anum_pg_depend_classid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(ExtensionRelationId));
	ScanKeyInit(&keys[1], Anum_pg_depend_objid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(extension));
	scan = systable_beginscan(depend, DependDependerIndexId, true, NULL, 2, keys);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_depend form = (Form_pg_depend) GETSTRUCT(tuple);

		if (form->refclassid == ExtensionRelationId && form->deptype == DEPENDENCY_NORMAL)
			oids = list_append_unique_oid(oids, form->refobjid);
	}
	systable_endscan(scan);
	return oids;
}

static int
compare_extensions(const ListCell *a, const ListCell *b)
{
	return strcmp(((ExtmanExtension *) lfirst(a))->name, ((ExtmanExtension *) lfirst(b))->name);
}

static int
compare_oids(const ListCell *a, const ListCell *b)
{
	Oid			one = ((ExtmanExtension *) lfirst(a))->oid;
	Oid			other = ((ExtmanExtension *) lfirst(b))->oid;

	return one < other ? -1 : one > other;
}

static int
compare_to_oid(const void *oid, const void *cell)
{
	Oid			wanted = *(const Oid *) oid;
	Oid			other = ((const ExtmanExtension *) lfirst((const ListCell *) cell))->oid;

	return wanted < other ? -1 : wanted > other;
}

/* Notes what an extension depends on; by_oid are all extensions. */
static void
add_required(ExtmanExtension *extension, Relation depend, const List *by_oid)
{
	List	   *required = NIL;
	ListCell   *cell;

	foreach(cell, required_oids(depend, extension->oid))
	{
		Oid			oid = lfirst_oid(cell);
		ListCell   *found = bsearch(&oid, by_oid->elements, by_oid->length,
									sizeof(ListCell), compare_to_oid);

		if (found)
			required = lappend(required, lfirst(found));
	}

	list_sort(required, compare_extensions);
	foreach(cell, required)
	{
		const ExtmanExtension *other = lfirst(cell);

		if (strcmp(other->name, EXTMAN_EXTENSION) == 0)
			extension->ours = true;
		extension->requires_ = lappend(extension->requires_, unconstify(char *, other->name));
	}
}

List *
extman_catalog_extensions(void)
{
	List	   *extensions = NIL;
	Relation	catalog = table_open(ExtensionRelationId, AccessShareLock);
	Relation	depend = table_open(DependRelationId, AccessShareLock);
	SysScanDesc scan = systable_beginscan(catalog, InvalidOid, false, NULL, 0, NULL);
	HeapTuple	tuple;
	ListCell   *cell;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
		extensions = lappend(extensions,
							 extension_from_tuple(tuple, RelationGetDescr(catalog)));
	systable_endscan(scan);

	list_sort(extensions, compare_oids);
	foreach(cell, extensions)
	{
		CHECK_FOR_INTERRUPTS();
		add_required(lfirst(cell), depend, extensions);
	}

	table_close(depend, AccessShareLock);
	table_close(catalog, AccessShareLock);

	list_sort(extensions, compare_extensions);
	return extensions;
}

Oid
extman_catalog_self(void)
{
	Oid			oid = get_extension_oid(EXTMAN_EXTENSION, true);

	if (!OidIsValid(oid))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("extension \"%s\" is not installed in this database", EXTMAN_EXTENSION),
				 errhint("Run CREATE EXTENSION %s.", EXTMAN_EXTENSION)));
	return oid;
}

void
extman_catalog_lock(void)
{
	LockDatabaseObject(ExtensionRelationId, extman_catalog_self(), 0, ShareUpdateExclusiveLock);
}

char *
extman_catalog_schema_of(Oid extension)
{
	ExtmanExtensionRow row;

	return extman_extension_row(extension, &row) ? get_namespace_name(row.schema) : NULL;
}

bool
extman_catalog_owned(Oid extension)
{
	return extman_extension_ownercheck(extension, GetUserId());
}
