/*
 * package_rights.c
 *		Who may install, upgrade and uninstall what; as whom its script runs.
 *
 * Core's rules and core's words.  They go beyond core in two places: a package
 * with superuser = false wants CREATE on the database too, and the caller must
 * hold CREATE on the target schema, whoever the script runs as.
 */
#include "postgres.h"

#include "commands/dbcommands.h"
#include "commands/extension.h"
#include "miscadmin.h"
#include "utils/lsyscache.h"

#include "compat.h"
#include "package_rights.h"

bool
extman_package_rights(const ExtmanPackageSpec *spec, bool update)
{
	bool		for_creators = spec->trusted || !spec->superuser;

	if (superuser())
		return false;
	if (for_creators &&
		extman_database_aclcheck(MyDatabaseId, GetUserId(), ACL_CREATE) == ACLCHECK_OK)
		return spec->superuser;

	if (update)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to update extension \"%s\"", spec->name),
				 for_creators ?
				 errhint("Must have CREATE privilege on current database to update this extension.") :
				 errhint("Must be superuser to update this extension.")));
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("permission denied to create extension \"%s\"", spec->name),
			 for_creators ?
			 errhint("Must have CREATE privilege on current database to create this extension.") :
			 errhint("Must be superuser to create this extension.")));
	return false;				/* not reached */
}

void
extman_package_check_schema(Oid schema)
{
	AclResult	result = extman_schema_aclcheck(schema, GetUserId(), ACL_CREATE);

	if (result != ACLCHECK_OK)
		aclcheck_error(result, OBJECT_SCHEMA, get_namespace_name(schema));
}

void
extman_package_check_database(void)
{
	AclResult	result = extman_database_aclcheck(MyDatabaseId, GetUserId(), ACL_CREATE);

	if (result != ACLCHECK_OK)
		aclcheck_error(result, OBJECT_DATABASE, get_database_name(MyDatabaseId));
}

void
extman_package_check_owner(Oid extension, const char *name)
{
	if (!extman_extension_ownercheck(extension, GetUserId()))
		aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_EXTENSION, name);
}

void
extman_package_check_nested(const char *command)
{
	if (creating_extension)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("nested %s EXTENSION is not supported", command)));
}
