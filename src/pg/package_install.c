/*
 * package_install.c
 *		A package becomes an extension.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_namespace.h"
#include "commands/comment.h"
#include "commands/extension.h"
#include "commands/schemacmds.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "storage/lmgr.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "compat.h"
#include "package_bindings.h"
#include "package_needs.h"
#include "package_rights.h"
#include "package_row.h"
#include "package_script.h"
#include "translate.h"

/* The first schema of search_path, as for any CREATE without a schema. */
static Oid
default_schema(void)
{
	List	   *path = fetch_search_path(false);

	if (path == NIL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_SCHEMA),
				 errmsg("no schema has been selected to create in")));
	return linitial_oid(path);
}

/*
 * The target schema by core's rules; InvalidOid: the one of the control file,
 * which does not exist yet.
 */
static Oid
find_schema(const ExtmanPackageSpec *spec)
{
	Oid			wanted = InvalidOid;

	if (spec->wanted_schema)
		wanted = get_namespace_oid(spec->wanted_schema, false);

	if (spec->schema)
	{
		if (spec->requested && spec->wanted_schema &&
			strcmp(spec->schema, spec->wanted_schema) != 0)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("extension \"%s\" must be installed in schema \"%s\"",
							spec->name, spec->schema)));
		return get_namespace_oid(spec->schema, true);
	}
	return OidIsValid(wanted) ? wanted : default_schema();
}

static void
check_schema(const ExtmanPackageSpec *spec, Oid schema)
{
	if (!OidIsValid(schema))
	{
		extman_package_check_database();
		return;
	}
	if (isAnyTempNamespace(schema))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("extension \"%s\" cannot be installed in a temporary schema",
						spec->name)));
	extman_package_check_schema(schema);
}

static Oid
create_schema(const char *name)
{
	CreateSchemaStmt *statement = makeNode(CreateSchemaStmt);

	/* Nothing in it, and it belongs to the caller. */
	statement->schemaname = pstrdup(name);
	return extman_create_schema(statement, "(generated CREATE SCHEMA command)");
}

/* Nobody can drop the schema from here on until the transaction ends. */
static void
lock_schema(Oid schema)
{
	LockDatabaseObject(NamespaceRelationId, schema, 0, AccessShareLock);
	if (!SearchSysCacheExists1(NAMESPACEOID, ObjectIdGetDatum(schema)))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_SCHEMA),
				 errmsg("schema with OID %u does not exist", schema),
				 errdetail("It was dropped while the installation was being prepared.")));
}

void
extman_package_check_install(const ExtmanPackageSpec *spec)
{
	extman_package_check_nested("CREATE");
	(void) extman_install_user(spec);
	check_schema(spec, find_schema(spec));
}

void
extman_package_check_target(const ExtmanPackageSpec *spec)
{
	Oid			schema = find_schema(spec);

	if (spec->schema == NULL || !OidIsValid(schema))
		check_schema(spec, schema);
}

Oid
extman_package_install(const ExtmanPackageSpec *spec, Oid extman)
{
	ExtmanExtensionRow extension;
	List	   *rows;
	List	   *required;
	ExtmanScriptUser user;

	extman_package_check_nested("CREATE");
	if (OidIsValid(get_extension_oid(spec->name, true)))
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_OBJECT),
				 errmsg("extension \"%s\" already exists", spec->name)));

	rows = extman_needs_rows(spec->needs);
	user = extman_install_user(spec);

	extension.name = pstrdup(spec->name);
	extension.version = pstrdup(spec->version);
	extension.owner = GetUserId();
	extension.schema = find_schema(spec);
	check_schema(spec, extension.schema);
	if (!OidIsValid(extension.schema))
		extension.schema = create_schema(spec->schema);
	lock_schema(extension.schema);

	required = extman_needs_oids(rows);
	if (OidIsValid(extman))
		required = list_append_unique_oid(required, extman);
	extension.oid = InsertExtensionTuple(spec->name, extension.owner, extension.schema,
										 spec->relocatable, spec->version,
										 PointerGetDatum(NULL), PointerGetDatum(NULL),
										 required).objectId;
	if (spec->comment)
		CreateComments(extension.oid, ExtensionRelationId, 0, spec->comment);

	/* The script must see its extension. */
	CommandCounterIncrement();
	extman_package_run_script(&extension, spec, rows, &user);
	if (user.guard != EXTMAN_GUARD_NONE)
		extman_bindings_check(&extension);
	return extension.oid;
}
