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

#include "package_bindings.h"
#include "package_needs.h"
#include "package_rights.h"
#include "package_row.h"
#include "package_script.h"
#include "translate.h"

static void
read_row(Oid extension, const char *name, ExtmanExtensionRow *row)
{
	if (!extman_extension_row(extension, row))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("extension \"%s\" does not exist", name)));
}

static ExtmanScriptUser
check_rights(const ExtmanExtensionRow *row, const ExtmanPackageSpec *spec)
{
	ExtmanScriptUser user;

	extman_package_check_nested("ALTER");
	extman_package_check_owner(row->oid, row->name);
	user = extman_upgrade_user(row, spec);
	extman_package_check_schema(row->schema);
	return user;
}

void
extman_package_check_upgrade(Oid extension, const ExtmanPackageSpec *spec)
{
	ExtmanExtensionRow row;

	read_row(extension, spec->name, &row);
	(void) check_rights(&row, spec);
}

void
extman_package_upgrade(Oid extension, const ExtmanPackageSpec *spec, Oid extman)
{
	ExtmanExtensionRow row;
	List	   *rows;
	List	   *required;
	ExtmanScriptUser user;

	/*
	 * Neither another upgrade nor a DROP in between, nor (which takes a weaker
	 * lock) an ALTER EXTENSION ... ADD, since the members have been looked at.
	 */
	LockDatabaseObject(ExtensionRelationId, extension, 0, AccessExclusiveLock);
	read_row(extension, spec->name, &row);
	rows = extman_needs_rows(spec->needs);
	user = check_rights(&row, spec);

	required = extman_needs_oids(rows);
	if (OidIsValid(extman))
		required = list_append_unique_oid(required, extman);
	extman_extension_set_version(extension, spec->version, spec->relocatable);
	extman_extension_set_requires(extension, required);
	InvokeObjectPostAlterHook(ExtensionRelationId, extension, 0);
	if (spec->comment)
		CreateComments(extension, ExtensionRelationId, 0, spec->comment);

	CommandCounterIncrement();
	extman_package_run_script(&row, spec, rows, &user);
	if (user.guard != EXTMAN_GUARD_NONE)
		extman_bindings_check(&row);
}
