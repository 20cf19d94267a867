/*
 * package_trust.c
 *		Whether nobody but superusers can change what an extension does.
 *
 * A function of an extension finds others by the names that were written into it
 * when it was created.  Who owns the schema of that name, or can rename it and
 * make another one, decides what is called.
 */
#include "postgres.h"

#include "catalog/pg_namespace.h"
#include "miscadmin.h"
#include "utils/lsyscache.h"

#include "catalog.h"
#include "core_dir.h"
#include "package_members.h"
#include "package_trust.h"
#include "record.h"

/* Core may have dropped the package, and somebody made another one of its name. */
static bool
is_stale(const ExtmanSnapshot *snapshot, const ExtmanExtensionRow *row)
{
	return snapshot == NULL || strcmp(snapshot->version, row->version) != 0 ||
		!list_member_oid(extman_extension_requires(row->oid), extman_catalog_self());
}

static bool
is_intact(const ExtmanSnapshot *snapshot, const ExtmanExtensionRow *row)
{
	char	   *schema = get_namespace_name(row->schema);

	if (snapshot == NULL || !snapshot->superuser || !snapshot->trusted)
		return false;
	if (!row->relocatable && (schema == NULL || strcmp(schema, snapshot->schema) != 0))
		return false;
	return extman_members_are_superusers(row->oid);
}

/*
 * The version isn't compared: in the middle of an upgrade by several scripts the
 * snapshot is still that of the first version.
 */
bool
extman_extension_is_intact(const ExtmanExtensionRow *row)
{
	return is_intact(extman_record_snapshot(row->name, false), row);
}

/*
 * A trusted extension that core installed for a user: its scripts ran as the
 * bootstrap superuser.  Where they ran isn't recorded, so it must be one that
 * doesn't care, or that always has the same schema.  (Whoever made an extension
 * of that name by other means than core's control file made members of his own
 * with it.)
 */
static bool
is_intact_core(const ExtmanExtensionRow *row)
{
	const ExtmanCoreExtension *extension;
	const ExtmanCoreVersion *version;
	const ExtmanCoreControl *control;

	extension = extman_core_extension_named(extman_core_dir_scan(), row->name);
	version = extension ? extman_core_version_named(extension, row->version) : NULL;
	if (version == NULL || version->broken)
		return false;

	control = &version->control;
	if (!control->superuser || !control->trusted)
		return false;
	if (!row->relocatable)
	{
		char	   *schema = get_namespace_name(row->schema);

		if (schema == NULL || control->schema == NULL || strcmp(schema, control->schema) != 0)
			return false;
	}
	return extman_members_are_superusers(row->oid);
}

static bool
is_safe(Oid extension, List **visited)
{
	const ExtmanSnapshot *snapshot;
	ExtmanExtensionRow row;
	ListCell   *cell;

	CHECK_FOR_INTERRUPTS();
	if (list_member_oid(*visited, extension))
		return true;			/* judged where it was met first */
	*visited = lappend_oid(*visited, extension);

	if (!extman_extension_row(extension, &row))
		return false;
	if (row.schema == PG_CATALOG_NAMESPACE || superuser_arg(row.owner))
		return true;

	snapshot = extman_record_snapshot(row.name, false);
	if (is_stale(snapshot, &row) ? !is_intact_core(&row) : !is_intact(snapshot, &row))
		return false;
	foreach(cell, extman_extension_requires(extension))
	{
		if (!is_safe(lfirst_oid(cell), visited))
			return false;
	}
	return true;
}

bool
extman_extension_is_safe(Oid extension)
{
	List	   *visited = NIL;

	return is_safe(extension, &visited);
}
