/*
 * package_rights.c
 *		Who may install, upgrade and uninstall what; as whom its script runs.
 *
 * Core's rules and core's words.  They go beyond core in these places:
 *
 * - A package with superuser = false wants CREATE on the database too, and the
 *	 caller must hold CREATE on the target schema, whoever the script runs as.
 * - A script of an installed package runs with more rights than its owner has
 *	 only if nobody but superusers can have changed what the package made: it is
 *	 privileged (see package.h) and intact (see package_trust.h).  So a package
 *	 that gives objects or the right to make triggers to @extowner@, who uses it,
 *	 or whose schema was renamed isn't elevated again.
 * - Nor does it, or an install script, if it needs an extension, directly or by
 *	 way of others, of which others can change the functions.
 * - Whatever was checked before: while a script runs with more rights than the
 *	 owner of its extension has, nothing that belongs to a user runs in it
 *	 (package_guard.h).  Nor do members of a user in an uninstall script, which
 *	 core doesn't have, if the extension is a superuser's.
 * - Any other script of an installed package runs as the owner of the
 *	 extension, also when a superuser upgrades or uninstalls it: else the owner
 *	 would only have to wait for one to run his functions.
 */
#include "postgres.h"

#include "catalog/pg_authid.h"
#include "commands/dbcommands.h"
#include "commands/extension.h"
#include "miscadmin.h"
#include "utils/lsyscache.h"

#include "compat.h"
#include "package_members.h"
#include "package_needs.h"
#include "package_rights.h"
#include "package_trust.h"
#include "translate.h"

/* ---------- users ---------- */

static ExtmanScriptUser
as_caller(void)
{
	ExtmanScriptUser user = {GetUserId(), 0, false, EXTMAN_GUARD_NONE};

	return user;
}

static ExtmanScriptUser
as_bootstrap_superuser(void)
{
	ExtmanScriptUser user = {BOOTSTRAP_SUPERUSERID, SECURITY_LOCAL_USERID_CHANGE, true, EXTMAN_GUARD_OTHERS};

	return user;
}

/* As for whatever a user's code does on behalf of another one: VACUUM, REFRESH. */
static ExtmanScriptUser
as_owner(const ExtmanExtensionRow *row)
{
	ExtmanScriptUser user = {row->owner, SECURITY_LOCAL_USERID_CHANGE, false, EXTMAN_GUARD_NONE};

	if (row->owner == GetUserId())
		return as_caller();
	if (!superuser_arg(row->owner))
		user.context |= SECURITY_RESTRICTED_OPERATION;
	return user;
}

static bool
may_create_in_database(void)
{
	return extman_database_aclcheck(MyDatabaseId, GetUserId(), ACL_CREATE) == ACLCHECK_OK;
}

/* Whether what an installed package made is out of its owner's reach. */
static bool
is_beyond_owner(const ExtmanExtensionRow *row, const ExtmanPackageSpec *spec)
{
	return spec->was_privileged && extman_extension_is_intact(row);
}

/* ---------- refusals ---------- */

static void
refuse_install(const char *name, bool superusers_only)
{
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("permission denied to create extension \"%s\"", name),
			 superusers_only ?
			 errhint("Must be superuser to create this extension.") :
			 errhint("Must have CREATE privilege on current database to create this extension.")));
}

static void
refuse_upgrade(const char *name, bool superusers_only)
{
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("permission denied to update extension \"%s\"", name),
			 superusers_only ?
			 errhint("Must be superuser to update this extension.") :
			 errhint("Must have CREATE privilege on current database to update this extension.")));
}

static int
detail_of_need(const ExtmanNeed *need)
{
	return errdetail("Its script would run as a superuser, but it needs \"%s\", "
					 "whose owner is none and could change its functions.", need->name);
}

/* ---------- install ---------- */

ExtmanScriptUser
extman_install_user(const ExtmanPackageSpec *spec)
{
	const ExtmanNeed *unsafe;

	if (superuser())
		return as_caller();
	if (spec->superuser && !spec->trusted)
		refuse_install(spec->name, true);
	if (!may_create_in_database())
		refuse_install(spec->name, false);
	if (!spec->superuser)
		return as_caller();

	unsafe = extman_needs_unsafe(spec->needs);
	if (unsafe)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to create extension \"%s\"", spec->name),
				 detail_of_need(unsafe),
				 errhint("A superuser can install it.")));
	return as_bootstrap_superuser();
}

/* ---------- upgrade ---------- */

ExtmanScriptUser
extman_upgrade_user(const ExtmanExtensionRow *row, const ExtmanPackageSpec *spec)
{
	const ExtmanNeed *unsafe;

	/* What asks for a superuser gets the one who asks for it, as in core. */
	if (superuser())
		return spec->superuser ? as_caller() : as_owner(row);

	if (spec->superuser && !(spec->trusted && is_beyond_owner(row, spec)))
		refuse_upgrade(spec->name, true);
	if (!may_create_in_database())
		refuse_upgrade(spec->name, false);
	if (!spec->superuser)
		return as_owner(row);

	unsafe = extman_needs_unsafe(spec->needs);
	if (unsafe)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to update extension \"%s\"", spec->name),
				 detail_of_need(unsafe),
				 errhint("A superuser can install it.")));
	return as_bootstrap_superuser();
}

/* ---------- uninstall ---------- */

ExtmanScriptUser
extman_uninstall_user(const ExtmanExtensionRow *row, const ExtmanPackageSpec *spec)
{
	const ExtmanNeed *unsafe;

	/*
	 * Members may be those of a user all the same: pg_upgrade gives every
	 * extension to a superuser, but not its members.
	 */
	if (superuser_arg(row->owner))
	{
		ExtmanScriptUser user = as_owner(row);

		if (!extman_members_are_superusers(row->oid))
			user.guard = EXTMAN_GUARD_MEMBERS;
		return user;
	}
	if (!is_beyond_owner(row, spec))
		return as_owner(row);

	/* The script is about objects of superusers, and the owner is none. */
	unsafe = extman_needs_unsafe(spec->needs);
	if (superuser())
	{
		ExtmanScriptUser user = unsafe ? as_owner(row) : as_caller();

		if (!unsafe)
			user.guard = EXTMAN_GUARD_OTHERS;
		return user;
	}

	if (!may_create_in_database())
		return as_owner(row);
	if (unsafe)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to run the uninstall script of extension \"%s\"",
						spec->name),
				 detail_of_need(unsafe),
				 errhint("With pg_extman.native_commands off, DROP EXTENSION drops it "
						 "without running its script.")));
	return as_bootstrap_superuser();
}

/* ---------- core's extensions ---------- */

void
extman_package_check_superuser(const char *name, bool install, bool trusted)
{
	if (superuser() || (trusted && may_create_in_database()))
		return;
	if (install)
		refuse_install(name, !trusted);
	else
		refuse_upgrade(name, !trusted);
}

/* ---------- objects ---------- */

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
