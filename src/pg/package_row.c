/*
 * package_row.c
 *		Rows of pg_extension, and on which other extensions one depends.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/pg_depend.h"
#include "catalog/pg_extension.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/rel.h"

#include "package_row.h"

/* There is no syscache for pg_extension before PostgreSQL 18. */
static SysScanDesc
scan_extension(Relation catalog, Oid extension)
{
	ScanKeyData key;

	ScanKeyInit(&key, Anum_pg_extension_oid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(extension));
	return systable_beginscan(catalog, ExtensionOidIndexId, true, NULL, 1, &key);
}

bool
extman_extension_row(Oid extension, ExtmanExtensionRow *row)
{
	Relation	catalog = table_open(ExtensionRelationId, AccessShareLock);
	SysScanDesc scan = scan_extension(catalog, extension);
	HeapTuple	tuple = systable_getnext(scan);

	if (HeapTupleIsValid(tuple))
	{
		Form_pg_extension form = (Form_pg_extension) GETSTRUCT(tuple);
		bool		isnull;
		Datum		version = heap_getattr(tuple, Anum_pg_extension_extversion,
										   RelationGetDescr(catalog), &isnull);

		row->oid = extension;
		row->name = pstrdup(NameStr(form->extname));
		row->version = isnull ? pstrdup("") : TextDatumGetCString(version);
		row->owner = form->extowner;
		row->schema = form->extnamespace;
		row->relocatable = form->extrelocatable;
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return HeapTupleIsValid(tuple);
}

List *
extman_extension_requires(Oid extension)
{
	Relation	catalog = table_open(DependRelationId, AccessShareLock);
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;
	List	   *required = NIL;

	ScanKeyInit(&keys[0], Anum_pg_depend_classid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(ExtensionRelationId));
	ScanKeyInit(&keys[1], Anum_pg_depend_objid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(extension));
	scan = systable_beginscan(catalog, DependDependerIndexId, true, NULL, 2, keys);

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_depend form = (Form_pg_depend) GETSTRUCT(tuple);

		if (form->refclassid == ExtensionRelationId && form->deptype == DEPENDENCY_NORMAL)
			required = lappend_oid(required, form->refobjid);
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return required;
}

void
extman_extension_set_requires(Oid extension, List *required)
{
	ObjectAddress myself;
	ListCell   *cell;

	deleteDependencyRecordsForClass(ExtensionRelationId, extension,
									ExtensionRelationId, DEPENDENCY_NORMAL);

	ObjectAddressSet(myself, ExtensionRelationId, extension);
	foreach(cell, required)
	{
		ObjectAddress other;

		ObjectAddressSet(other, ExtensionRelationId, lfirst_oid(cell));
		recordDependencyOn(&myself, &other, DEPENDENCY_NORMAL);
	}
}

void
extman_extension_set_version(Oid extension, const char *version, bool relocatable)
{
	Relation	catalog = table_open(ExtensionRelationId, RowExclusiveLock);
	SysScanDesc scan = scan_extension(catalog, extension);
	HeapTuple	tuple = systable_getnext(scan);
	Datum		values[Natts_pg_extension] = {0};
	bool		nulls[Natts_pg_extension] = {0};
	bool		replaces[Natts_pg_extension] = {0};

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "could not find tuple for extension %u", extension);

	values[Anum_pg_extension_extversion - 1] = CStringGetTextDatum(version);
	replaces[Anum_pg_extension_extversion - 1] = true;
	values[Anum_pg_extension_extrelocatable - 1] = BoolGetDatum(relocatable);
	replaces[Anum_pg_extension_extrelocatable - 1] = true;

	tuple = heap_modify_tuple(tuple, RelationGetDescr(catalog), values, nulls, replaces);
	CatalogTupleUpdate(catalog, &tuple->t_self, tuple);

	systable_endscan(scan);
	table_close(catalog, RowExclusiveLock);
}
