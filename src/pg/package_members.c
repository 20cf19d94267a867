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
#include "catalog/pg_class.h"
#include "catalog/pg_depend.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_language.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_trigger.h"
#include "miscadmin.h"
#include "utils/fmgroids.h"
#include "utils/rel.h"

#include "package_members.h"

/*
 * The owner of a language can do no more than to rename or drop it, and core's
 * trusted languages belong to the installing user.  But the owner of a schema may
 * put functions there that match a call better than ours.
 */
Oid
extman_object_owner(Oid class, Oid object)
{
	Relation	catalog;
	HeapTuple	tuple;
	AttrNumber	column;
	Oid			owner = InvalidOid;

	if (class == LanguageRelationId)
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

static bool
is_superusers(Oid class, Oid object)
{
	Oid			owner = extman_object_owner(class, object);

	return !OidIsValid(owner) || superuser_arg(owner);
}

/*
 * Whoever was granted TRIGGER or REFERENCES on a table may have made it run code
 * of his own: as a trigger, or through a foreign key that cascades to a table
 * with triggers.
 */
static bool
triggers_are_superusers(Oid relation)
{
	Relation	catalog = table_open(TriggerRelationId, AccessShareLock);
	bool		result = true;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_trigger_tgrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(relation));
	scan = systable_beginscan(catalog, TriggerRelidNameIndexId, true, NULL, 1, &key);
	while (result && HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_trigger form = (Form_pg_trigger) GETSTRUCT(tuple);

		result = is_superusers(ProcedureRelationId, form->tgfoid) &&
			(!OidIsValid(form->tgconstrrelid) ||
			 is_superusers(RelationRelationId, form->tgconstrrelid));
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return result;
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

		CHECK_FOR_INTERRUPTS();
		if (form->deptype != DEPENDENCY_EXTENSION)
			continue;
		result = is_superusers(form->classid, form->objid) &&
			(form->classid != RelationRelationId || triggers_are_superusers(form->objid));
	}
	systable_endscan(scan);
	table_close(depend, AccessShareLock);
	return result;
}
