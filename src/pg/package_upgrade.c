/*
 * package_upgrade.c
 *		An extension goes on to another version of its package.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_extension.h"
#include "commands/comment.h"
#include "storage/lmgr.h"

#include "package_rights.h"
#include "package_row.h"
#include "package_script.h"

static void
read_row(Oid extension, const char *name, ExtmanExtensionRow *row)
{
	if (!extman_extension_row(extension, row))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("extension \"%s\" does not exist", name)));
}

/* True: the script is to run as the bootstrap superuser. */
static bool
check_rights(const ExtmanExtensionRow *row, const ExtmanPackageSpec *spec)
{
	bool		elevate;

	extman_package_check_nested("ALTER");
	extman_package_check_owner(row->oid, row->name);
	elevate = extman_package_rights(spec, true);
	extman_package_check_schema(row->schema);
	return elevate;
}

void
extman_package_check_upgrade(Oid extension, const ExtmanPackageSpec *spec)
{
	ExtmanExtensionRow row;

	read_row(extension, spec->name, &row);
	(void) check_rights(&row, spec);
}

void
extman_package_upgrade(Oid extension, const ExtmanPackageSpec *spec,
					   List *required, Oid extman)
{
	ExtmanExtensionRow row;
	List	   *rows;
	bool		elevate;

	/* Neither another upgrade nor a DROP in between. */
	LockDatabaseObject(ExtensionRelationId, extension, 0, ShareUpdateExclusiveLock);
	read_row(extension, spec->name, &row);
	elevate = check_rights(&row, spec);
	rows = extman_extension_rows_locked(required);

	if (OidIsValid(extman))
		required = list_append_unique_oid(list_copy(required), extman);
	extman_extension_set_version(extension, spec->version, spec->relocatable);
	extman_extension_set_requires(extension, required);
	InvokeObjectPostAlterHook(ExtensionRelationId, extension, 0);
	if (spec->comment)
		CreateComments(extension, ExtensionRelationId, 0, spec->comment);

	CommandCounterIncrement();
	extman_package_run_script(&row, spec, rows, elevate);
}
