/*
 * package_uninstall.c
 *		An extension goes, by its own script first, then as DROP EXTENSION does.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/pg_extension.h"
#include "miscadmin.h"
#include "storage/lmgr.h"

#include "package_rights.h"
#include "package_row.h"
#include "package_script.h"

void
extman_package_check_uninstall(Oid extension, const char *name)
{
	extman_package_check_nested("DROP");
	extman_package_check_owner(extension, name);
}

void
extman_package_uninstall(Oid extension, const ExtmanPackageSpec *spec,
						 bool elevate, bool cascade)
{
	ExtmanExtensionRow row;
	ObjectAddress address;

	/* What DROP EXTENSION takes; the script must not run twice. */
	LockDatabaseObject(ExtensionRelationId, extension, 0, AccessExclusiveLock);
	if (!extman_extension_row(extension, &row))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("extension \"%s\" does not exist", spec->name)));
	extman_package_check_uninstall(extension, row.name);

	/*
	 * What the script drops it may drop, as members of the current extension;
	 * what it creates becomes a member, and goes with the others.
	 */
	if (spec->script_text)
	{
		List	   *required = extman_extension_rows_locked(extman_extension_requires(extension));

		extman_package_run_script(&row, spec, required, elevate && !superuser());
		CommandCounterIncrement();
	}

	ObjectAddressSet(address, ExtensionRelationId, extension);
	performDeletion(&address, cascade ? DROP_CASCADE : DROP_RESTRICT, 0);
	CommandCounterIncrement();
}
