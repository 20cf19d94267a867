/*
 * package_guard.c
 *		Keeps what belongs to users out of scripts that run as a superuser.
 *
 * A script that leaves a name to search_path may find what somebody planted in
 * the target schema or in that of a required extension: a function or operator
 * that fits the arguments better than the package's own, a view or table that it
 * looks for.  A table brings along triggers, rules, defaults and the expressions
 * of its indexes, and the function of an event trigger need not be that of the
 * event trigger's owner.  All of them would run as the script does.
 *
 * Every function that is not built in passes a hook of fmgr when it is looked up
 * for a call, or when the planner would put its body in place of the call; if it
 * has a SET clause or is SECURITY DEFINER, when it is about to run, as its owner
 * in the latter case.  Every table and view passes the hook for permissions when
 * its query starts, also those that a view leads to.  What was planned or looked
 * up before the script began is made anew.  The script's parallel workers would
 * know nothing of a guard, so there are none (package_script.c).
 *
 * What the guard doesn't see, as core doesn't: checks that call functions which
 * are built in, where they are those of a domain that was planted under the name
 * of a required extension's type, or of a table that the script only alters.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/dependency.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_class.h"
#include "catalog/pg_proc.h"
#include "commands/extension.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/plancache.h"
#include "utils/syscache.h"

#include "compat.h"
#include "package_guard.h"

static ExtmanGuard guard = EXTMAN_GUARD_NONE;
static Oid	guarded;			/* the extension whose script runs */

static needs_fmgr_hook_type previous_needs_fmgr = NULL;
static fmgr_hook_type previous_fmgr = NULL;
static ExecutorCheckPerms_hook_type previous_check_perms = NULL;

static void
refuse(Oid class, Oid object, Oid owner, bool member)
{
	ObjectAddress address;
	char	   *description;

	ObjectAddressSet(address, class, object);
	description = getObjectDescription(&address, false);
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("script of extension \"%s\" must not use %s",
					get_extension_name(guarded), description),
			 errdetail("The script runs as a superuser, and %s belongs to role \"%s\", which is none.",
					   description, GetUserNameFromId(owner, false)),
			 member ?
			 errhint("Make a superuser its owner first.") :
			 errhint("Drop it, or move it to a schema that the script does not use.")));
}

static void
check_owner(Oid class, Oid object, Oid owner)
{
	bool		member;

	if (superuser_arg(owner) || !superuser())
		return;
	member = getExtensionOfObject(class, object) == guarded;
	if (!member || guard == EXTMAN_GUARD_MEMBERS)
		refuse(class, object, owner, member);
}

static void
check_function(Oid function)
{
	HeapTuple	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));

	if (HeapTupleIsValid(tuple))
	{
		Oid			owner = ((Form_pg_proc) GETSTRUCT(tuple))->proowner;

		ReleaseSysCache(tuple);
		check_owner(ProcedureRelationId, function, owner);
	}
}

/* A needs_fmgr_hook. */
static bool
on_lookup(Oid function)
{
	if (guard != EXTMAN_GUARD_NONE)
		check_function(function);
	return previous_needs_fmgr && previous_needs_fmgr(function);
}

/* An fmgr_hook.  Where there is a SET clause or SECURITY DEFINER, the other isn't asked. */
static void
on_call(FmgrHookEventType event, FmgrInfo *function, Datum *arg)
{
	if (guard != EXTMAN_GUARD_NONE && event == FHET_START)
		check_function(function->fn_oid);
	if (previous_fmgr)
		previous_fmgr(event, function, arg);
}

static void
check_relation(Oid relation)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relation));

	if (HeapTupleIsValid(tuple))
	{
		Oid			owner = ((Form_pg_class) GETSTRUCT(tuple))->relowner;

		ReleaseSysCache(tuple);
		check_owner(RelationRelationId, relation, owner);
	}
}

/* An ExecutorCheckPerms_hook. */
static bool
on_query(EXTMAN_CHECK_PERMS_PARAMETERS)
{
	if (guard != EXTMAN_GUARD_NONE)
	{
		ListCell   *cell;

		foreach(cell, extman_check_perms_list)
		{
			Oid			relation = extman_check_perms_relation(lfirst(cell));

			if (OidIsValid(relation))
				check_relation(relation);
		}
	}
	return previous_check_perms == NULL ||
		previous_check_perms(EXTMAN_CHECK_PERMS_ARGUMENTS);
}

void
extman_guard_install(void)
{
	previous_needs_fmgr = needs_fmgr_hook;
	needs_fmgr_hook = on_lookup;
	previous_fmgr = fmgr_hook;
	fmgr_hook = on_call;
	previous_check_perms = ExecutorCheckPerms_hook;
	ExecutorCheckPerms_hook = on_query;
}

void
extman_guard_begin(Oid extension, ExtmanGuard wanted)
{
	if (wanted == EXTMAN_GUARD_NONE)
		return;
	guard = wanted;
	guarded = extension;
	ResetPlanCache();
}

void
extman_guard_end(void)
{
	guard = EXTMAN_GUARD_NONE;
}
