/*
 * native_schema.c
 *		ALTER EXTENSION ... SET SCHEMA of an extension that packages need.
 *
 * From PostgreSQL 16 on, core reads the control file of each extension that depends
 * on the one that is moved, since it may forbid that by no_relocate.  A package has
 * none where core looks for it.  So the dependencies of packages are taken out of
 * the catalog while core carries out the command, and put back when it is done.
 * Everything else, the dependencies of core's own extensions too, is core's.
 *
 * Who could abuse it: nobody but the owner of the extension comes so far, and an
 * error undoes it together with the command.  Meanwhile the extension is locked as
 * for a drop, so that no other session finds it without dependents.  A superuser's
 * event trigger may drop what is needed before it is back: that is an error.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/pg_depend.h"
#include "catalog/pg_extension.h"
#include "commands/extension.h"
#include "nodes/value.h"
#include "storage/lmgr.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"

#include "catalog.h"
#include "compat.h"
#include "core_command.h"
#include "native.h"
#include "package_needs.h"
#include "package_row.h"
#include "record.h"

bool
extman_native_moves(const Node *statement)
{
	return EXTMAN_SET_SCHEMA_READS_DEPENDENTS && IsA(statement, AlterObjectSchemaStmt) &&
		((const AlterObjectSchemaStmt *) statement)->objectType == OBJECT_EXTENSION;
}

const char *
extman_native_moved_name(const Node *statement)
{
	return strVal(((const AlterObjectSchemaStmt *) statement)->object);
}

/* The extensions that depend on one, as OIDs. */
static List *
find_dependents(Oid extension)
{
	Relation	depend = table_open(DependRelationId, AccessShareLock);
	List	   *dependents = NIL;
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&keys[0], Anum_pg_depend_refclassid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(ExtensionRelationId));
	ScanKeyInit(&keys[1], Anum_pg_depend_refobjid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(extension));
	scan = systable_beginscan(depend, DependReferenceIndexId, true, NULL, 2, keys);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_depend form = (Form_pg_depend) GETSTRUCT(tuple);

		if (form->classid == ExtensionRelationId && form->deptype == DEPENDENCY_NORMAL)
			dependents = list_append_unique_oid(dependents, form->objid);
	}
	systable_endscan(scan);
	table_close(depend, AccessShareLock);
	return dependents;
}

static bool
is_package(Oid extension)
{
	const char *name = get_extension_name(extension);

	return name && extman_record_snapshot(name, false) != NULL;
}

/* Those of them that are packages; NIL also for what core refuses in any case. */
static List *
find_packages(Oid extension)
{
	List	   *packages = NIL;
	ListCell   *cell;

	if (!OidIsValid(extension) || !extman_catalog_owned(extension))
		return NIL;
	foreach(cell, find_dependents(extension))
	{
		if (is_package(lfirst_oid(cell)))
			packages = lappend_oid(packages, lfirst_oid(cell));
	}
	return packages;
}

void
extman_native_move_begin(const Node *statement, ExtmanMove *move)
{
	const char *name = extman_native_moved_name(statement);
	ListCell   *cell;

	move->name = pstrdup(name);
	move->extension = get_extension_oid(name, true);
	move->packages = find_packages(move->extension);
	if (move->packages == NIL)
		return;

	extman_catalog_lock();
	LockDatabaseObject(ExtensionRelationId, move->extension, 0, AccessExclusiveLock);
	if (get_extension_oid(name, true) != move->extension)
		extman_package_changed(name);
	move->packages = find_packages(move->extension);
	foreach(cell, move->packages)
	{
		Oid			package = lfirst_oid(cell);

		LockDatabaseObject(ExtensionRelationId, package, 0, AccessShareLock);
		extman_extension_set_requires(package,
									  list_delete_oid(extman_extension_requires(package),
													  move->extension));
	}
	CommandCounterIncrement();
}

void
extman_native_move_end(const ExtmanMove *move)
{
	ListCell   *cell;

	if (move->packages == NIL)
		return;
	CommandCounterIncrement();
	if (get_extension_oid(move->name, true) != move->extension)
		extman_package_changed(move->name);
	foreach(cell, move->packages)
	{
		Oid			package = lfirst_oid(cell);

		/* Dropped meanwhile, it needs nothing more. */
		if (get_extension_name(package))
			extman_extension_set_requires(package,
										  lappend_oid(extman_extension_requires(package),
													  move->extension));
	}
	CommandCounterIncrement();
}

bool
extman_native_move(const Node *statement)
{
	const char *name = extman_native_moved_name(statement);

	if (find_packages(get_extension_oid(name, true)) == NIL)
		return false;

	/* By now the hook is there, and does the rest. */
	extman_core_command_run(copyObject(unconstify(Node *, statement)),
							psprintf("ALTER EXTENSION %s SET SCHEMA %s", quote_identifier(name),
									 quote_identifier(((const AlterObjectSchemaStmt *) statement)->newschema)));
	return true;
}
