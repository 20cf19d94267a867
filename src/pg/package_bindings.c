/*
 * package_bindings.c
 *		What the members of an extension are bound to.
 *
 * A view, default, index, rule or policy holds the functions, operators, types and
 * tables that its names meant when it was created.  One that somebody planted in
 * the target schema isn't called then, so the guard sees nothing of it; but it would
 * run with the rights of whoever uses the extension, and superusers do.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/transam.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_depend.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_proc.h"
#include "miscadmin.h"
#include "utils/fmgroids.h"

#include "package_bindings.h"
#include "package_members.h"
#include "translate.h"

typedef struct Bindings
{
	const ExtmanExtensionRow *extension;
	Relation	depend;
	ObjectAddress member;		/* that is looked at */
} Bindings;

static void check_object(const Bindings *bindings, Oid class, Oid object);

static bool
is_users(Oid class, Oid object, Oid *owner)
{
	*owner = extman_object_owner(class, object);
	return OidIsValid(*owner) && !superuser_arg(*owner);
}

static SysScanDesc
scan_depend(const Bindings *bindings, bool by_reference, Oid class, Oid object, ScanKey keys)
{
	ScanKeyInit(&keys[0], by_reference ? Anum_pg_depend_refclassid : Anum_pg_depend_classid,
				BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(class));
	ScanKeyInit(&keys[1], by_reference ? Anum_pg_depend_refobjid : Anum_pg_depend_objid,
				BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(object));
	return systable_beginscan(bindings->depend,
							  by_reference ? DependReferenceIndexId : DependDependerIndexId,
							  true, NULL, 2, keys);
}

/*
 * The schema is where they lie, which may well be the user's.  What a member does that
 * is a user's itself is the user's affair.
 */
static void
check_reference(const Bindings *bindings, const FormData_pg_depend *form)
{
	ObjectAddress from;
	ObjectAddress to;
	Oid			owner;
	Oid			own;

	if (form->refobjid < FirstNormalObjectId || form->refclassid == NamespaceRelationId ||
		form->refclassid == ExtensionRelationId ||
		!is_users(form->refclassid, form->refobjid, &owner) ||
		getExtensionOfObject(form->refclassid, form->refobjid) == bindings->extension->oid ||
		is_users(bindings->member.classId, bindings->member.objectId, &own))
		return;

	ObjectAddressSet(from, form->classid, form->objid);
	ObjectAddressSet(to, form->refclassid, form->refobjid);
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("script of extension \"%s\" must not bind %s to %s",
					bindings->extension->name, getObjectDescription(&from, false),
					getObjectDescription(&to, false)),
			 errdetail("The script ran as a superuser, and %s belongs to role \"%s\", which is none.",
					   getObjectDescription(&to, false), GetUserNameFromId(owner, false)),
			 errhint("Drop it, or move it to a schema that the script does not use.")));
}

static void
check_references(const Bindings *bindings, Oid class, Oid object)
{
	ScanKeyData keys[2];
	SysScanDesc scan = scan_depend(bindings, false, class, object, keys);
	HeapTuple	tuple;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
		check_reference(bindings, (Form_pg_depend) GETSTRUCT(tuple));
	systable_endscan(scan);
}

/* Rules of a view; defaults, constraints, indexes, triggers, policies of a table. */
static void
check_what_hangs_on(const Bindings *bindings, Oid class, Oid object)
{
	ScanKeyData keys[2];
	SysScanDesc scan = scan_depend(bindings, true, class, object, keys);
	HeapTuple	tuple;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_depend form = (Form_pg_depend) GETSTRUCT(tuple);

		if (form->deptype == DEPENDENCY_AUTO || form->deptype == DEPENDENCY_INTERNAL)
			check_object(bindings, form->classid, form->objid);
	}
	systable_endscan(scan);
}

static void
check_object(const Bindings *bindings, Oid class, Oid object)
{
	CHECK_FOR_INTERRUPTS();
	check_stack_depth();
	check_references(bindings, class, object);

	/* A package may have very many of these, and nothing hangs on them. */
	if (class != ProcedureRelationId)
		check_what_hangs_on(bindings, class, object);
}

void
extman_bindings_check(const ExtmanExtensionRow *extension)
{
	Bindings	bindings = {extension};
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;

	bindings.depend = table_open(DependRelationId, AccessShareLock);
	scan = scan_depend(&bindings, true, ExtensionRelationId, extension->oid, keys);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_depend form = (Form_pg_depend) GETSTRUCT(tuple);

		if (form->deptype != DEPENDENCY_EXTENSION)
			continue;
		ObjectAddressSet(bindings.member, form->classid, form->objid);
		check_object(&bindings, form->classid, form->objid);
	}
	systable_endscan(scan);
	table_close(bindings.depend, AccessShareLock);
}
