/*
 * package_uninstall.c
 *		An extension goes, by its own script first, then as DROP EXTENSION does.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/pg_extension.h"
#include "storage/lmgr.h"

#include "package_needs.h"
#include "package_rights.h"
#include "package_row.h"
#include "package_script.h"
#include "translate.h"

static void
read_row(Oid extension, const ExtmanPackageSpec *spec, ExtmanExtensionRow *row)
{
	if (!extman_extension_row(extension, row))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("extension \"%s\" does not exist", spec->name)));
}

static void
check_rights(const ExtmanExtensionRow *row)
{
	extman_package_check_nested("DROP");
	extman_package_check_owner(row->oid, row->name);
}

void
extman_package_check_uninstall(Oid extension, const ExtmanPackageSpec *spec)
{
	ExtmanExtensionRow row;

	read_row(extension, spec, &row);
	check_rights(&row);
	if (spec->script_text)
		(void) extman_uninstall_user(&row, spec);
}

/* As DROP EXTENSION does it. */
static void
delete_all(List *extensions, bool cascade)
{
	ObjectAddresses *addresses = new_object_addresses();
	ListCell   *cell;

	foreach(cell, extensions)
	{
		ObjectAddress address;
		ExtmanExtensionRow row;

		ObjectAddressSet(address, ExtensionRelationId, lfirst_oid(cell));
		if (extman_extension_row(address.objectId, &row))
			extman_package_check_owner(row.oid, row.name);
		add_exact_object_address(&address, addresses);
	}
	performMultipleDeletions(addresses, cascade ? DROP_CASCADE : DROP_RESTRICT, 0);
	free_object_addresses(addresses);
}

void
extman_package_uninstall(Oid extension, const ExtmanPackageSpec *spec,
						 bool cascade, const List *along)
{
	ExtmanExtensionRow row;

	/* What DROP EXTENSION takes; the script must not run twice. */
	LockDatabaseObject(ExtensionRelationId, extension, 0, AccessExclusiveLock);
	read_row(extension, spec, &row);
	check_rights(&row);

	/*
	 * What the script drops it may drop, as members of the current extension;
	 * what it creates becomes a member, and goes with the others.
	 */
	if (spec->script_text)
	{
		List	   *rows = extman_needs_rows(spec->needs);
		ExtmanScriptUser user = extman_uninstall_user(&row, spec);

		extman_package_run_script(&row, spec, rows, &user);
		CommandCounterIncrement();
	}

	delete_all(lcons_oid(extension, list_copy(along)), cascade);
	CommandCounterIncrement();
}
