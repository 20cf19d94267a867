/*
 * policy.c
 *		Which packages are held at their version, and which came along only.
 *
 * No step of a plan is taken here, so the history doesn't mention it.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_extension.h"
#include "commands/extension.h"
#include "miscadmin.h"
#include "storage/lmgr.h"

#include "catalog.h"
#include "extman.h"
#include "findings.h"
#include "package_rights.h"
#include "package_row.h"
#include "policy.h"
#include "record.h"
#include "request.h"
#include "translate.h"

/* The extension of that name, which the user must own. */
static Oid
find_owned(const char *name)
{
	Oid			extension = get_extension_oid(name, true);

	if (!OidIsValid(extension))
		extman_findings_not_installed(name);
	extman_package_check_owner(extension, name);
	return extension;
}

/*
 * Reads a policy in order to change it.  From here on, neither a request nor
 * another change of policies nor a DROP of the extension can come in between.
 */
static void
begin_change(const char *function, const char *name, ExtmanPolicy *policy)
{
	Oid			self;
	Oid			extension;

	extman_request_refuse(psprintf("pg_extension_%s()", function), false);
	self = extman_catalog_self();
	if (strcmp(name, EXTMAN_EXTENSION) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("there is no policy for extension \"%s\" itself", name),
				 errdetail("No request changes its version or removes it.")));
	(void) find_owned(name);

	extman_catalog_lock();
	extension = find_owned(name);
	LockDatabaseObject(ExtensionRelationId, extension, 0, AccessShareLock);
	if (find_owned(name) != extension)
		extman_findings_not_installed(name);

	/* See extman_facts_policy(). */
	if (!list_member_oid(extman_extension_requires(extension), self) &&
		extman_record_snapshot(name, false) != NULL)
	{
		extman_record_clear(name);
		CommandCounterIncrement();
	}

	extman_record_policy(name, policy);
}

static bool
set_held(const char *function, const char *name, bool held)
{
	ExtmanPolicy policy;

	begin_change(function, name, &policy);
	if (policy.held == held)
	{
		ereport(NOTICE,
				(held ? errmsg("extension \"%s\" is already held", name) :
				 errmsg("extension \"%s\" is not held", name)));
		return false;
	}
	policy.held = held;
	extman_record_write_policy(&policy);
	return true;
}

bool
extman_policy_hold(const char *name)
{
	return set_held("hold", name, true);
}

bool
extman_policy_unhold(const char *name)
{
	return set_held("unhold", name, false);
}

bool
extman_policy_mark(const char *name, bool automatic)
{
	ExtmanPolicy policy;

	begin_change("mark", name, &policy);
	if (policy.automatic == automatic)
	{
		ereport(NOTICE,
				(automatic ? errmsg("extension \"%s\" is already marked as automatic", name) :
				 errmsg("extension \"%s\" is already marked as wanted", name)));
		return false;
	}
	policy.automatic = automatic;
	extman_record_write_policy(&policy);
	return true;
}

void
extman_policy_want(const char *name)
{
	Oid			extension = get_extension_oid(name, true);
	ExtmanPolicy policy;

	if (!OidIsValid(extension) || !extman_catalog_owned(extension) ||
		InSecurityRestrictedOperation())
		return;
	extman_record_policy(name, &policy);
	if (policy.automatic)
		(void) extman_policy_mark(name, false);
}
