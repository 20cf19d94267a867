/*
 * package_members.c
 *		To whom the members of an extension belong.
 *
 * The owner of an extension may add objects of his own to it (ALTER EXTENSION
 * ... ADD), which an upgrade script would then replace or fill as if they were
 * its own.  And whoever owned all of it as a superuser may be none any more.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_depend.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_language.h"
#include "catalog/pg_namespace.h"
#include "miscadmin.h"
#include "utils/fmgroids.h"
#include "utils/rel.h"

#include "package_members.h"

/* InvalidOid: it has none, or none that matters. */
static Oid
owner_of(Oid class, Oid object)
{
	Relation	catalog;
	HeapTuple	tuple;
	AttrNumber	column;
	Oid			owner = InvalidOid;

	/*
	 * The owner of a language can do no more than to rename or drop it, and
	 * core's trusted languages belong to the installing user.  That of a schema
	 * can't touch what others have in it, but may be anybody by @extowner@.
	 */
	if (class == LanguageRelationId || class == NamespaceRelationId)
		return InvalidOid;

	if (!is_objectclass_supported(class))
		return InvalidOid;
	column = get_object_attnum_owner(class);
	if (column == InvalidAttrNumber)
		return InvalidOid;

	catalog = table_open(class, AccessShareLock);
	tuple = get_catalog_object_by_oid(catalog, get_object_attnum_oid(class), object);
	if (HeapTupleIsValid(tuple))
	{
		bool		isnull;

		owner = DatumGetObjectId(heap_getattr(tuple, column, RelationGetDescr(catalog),
											  &isnull));
	}
	table_close(catalog, AccessShareLock);
	return owner;
}

bool
extman_members_are_superusers(Oid extension)
{
	Relation	depend = table_open(DependRelationId, AccessShareLock);
	bool		result = true;
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&keys[0], Anum_pg_depend_refclassid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(ExtensionRelationId));
	ScanKeyInit(&keys[1], Anum_pg_depend_refobjid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(extension));
	scan = systable_beginscan(depend, DependReferenceIndexId, true, NULL, 2, keys);

	while (result && HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_depend form = (Form_pg_depend) GETSTRUCT(tuple);
		Oid			owner;

		CHECK_FOR_INTERRUPTS();
		if (form->deptype != DEPENDENCY_EXTENSION)
			continue;
		owner = owner_of(form->classid, form->objid);
		result = !OidIsValid(owner) || superuser_arg(owner);
	}
	systable_endscan(scan);
	table_close(depend, AccessShareLock);
	return result;
}
