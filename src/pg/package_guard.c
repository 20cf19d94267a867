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
 * From PostgreSQL 18 on, a deferred trigger runs as whoever queued it: those that a
 * script queued run as the superuser, when the script is long over.  So, until the
 * transaction ends, the guard is up in every trigger function that runs as him
 * though he isn't the one who commits.
 *
 * What the guard doesn't see, as core doesn't: checks that call functions which
 * are built in, where they are those of a domain that was planted under the name
 * of a required extension's type, or of a table that the script only alters.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_class.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type_d.h"
#include "commands/extension.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/plancache.h"
#include "utils/syscache.h"

#include "compat.h"
#include "package_guard.h"

static ExtmanGuard guard = EXTMAN_GUARD_NONE;
static Oid	guarded;			/* the extension whose script runs */
static NameData guarded_name;	/* it may be gone when a deferred trigger runs */

/* What the scripts of this transaction may have left to deferred triggers. */
static struct
{
	Oid			user;			/* as whom they ran; InvalidOid: nothing */
	ExtmanGuard guard;
	Oid			extension;
	NameData	name;
	const FmgrInfo *running;	/* the trigger function that put up the guard */
	int			settings;		/* its nest level */
}			deferred;

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
					NameStr(guarded_name), description),
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

/* ---------- deferred triggers ---------- */

static void
put_up(ExtmanGuard wanted, Oid extension, const char *name)
{
	guard = wanted;
	guarded = extension;
	namestrcpy(&guarded_name, name);
	ResetPlanCache();
}

static void
deferred_remember(void)
{
	if (!EXTMAN_TRIGGERS_RUN_AS_QUEUED || GetOuterUserId() == GetUserId())
		return;
	deferred.user = GetUserId();
	deferred.guard = Max(deferred.guard, guard);
	deferred.extension = guarded;
	deferred.name = guarded_name;
}

/* An XactCallback: the last triggers have run before it is called for a commit. */
static void
deferred_forget(XactEvent event, void *arg)
{
	memset(&deferred, 0, sizeof(deferred));
}

/*
 * Also while it would run as another: the same look-up serves for all calls.
 * Only for triggers is a function of this type called.
 */
static bool
deferred_concerns(Oid function)
{
	return OidIsValid(deferred.user) && get_func_rettype(function) == TRIGGEROID;
}

/* After an error, its subtransaction or transaction brings the settings back. */
static void
deferred_end(FmgrHookEventType event)
{
	guard = EXTMAN_GUARD_NONE;
	deferred.running = NULL;
	if (event == FHET_END)
		AtEOXact_GUC(true, deferred.settings);
}

static void
deferred_begin(const FmgrInfo *function)
{
	if (GetUserId() != deferred.user || GetOuterUserId() == deferred.user)
		return;
	deferred.running = function;
	deferred.settings = NewGUCNestLevel();
	/* Of an error from here on, fmgr doesn't tell us. */
	PG_TRY();
	{
		extman_guard_pin_settings();
		put_up(deferred.guard, deferred.extension, NameStr(deferred.name));
		check_function(function->fn_oid);
	}
	PG_CATCH();
	{
		deferred_end(FHET_ABORT);
		PG_RE_THROW();
	}
	PG_END_TRY();
}

/* ---------- the hooks ---------- */

/* A needs_fmgr_hook. */
static bool
on_lookup(Oid function)
{
	bool		concerned = deferred_concerns(function);

	if (guard != EXTMAN_GUARD_NONE)
		check_function(function);
	return (previous_needs_fmgr && previous_needs_fmgr(function)) || concerned;
}

/* An fmgr_hook.  Where there is a SET clause or SECURITY DEFINER, the other isn't asked. */
static void
on_call(FmgrHookEventType event, FmgrInfo *function, Datum *arg)
{
	if (previous_fmgr)
		previous_fmgr(event, function, arg);

	if (event != FHET_START)
	{
		if (function == deferred.running)
			deferred_end(event);
	}
	else if (guard != EXTMAN_GUARD_NONE)
		check_function(function->fn_oid);
	else if (deferred_concerns(function->fn_oid))
		deferred_begin(function);
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
	RegisterXactCallback(deferred_forget, NULL);
}

void
extman_guard_pin_settings(void)
{
	static const char *const names[] = {"max_parallel_workers_per_gather",
	"max_parallel_maintenance_workers"};

	for (int i = 0; i < lengthof(names); i++)
		(void) set_config_option(names[i], "0", PGC_USERSET, PGC_S_SESSION,
								 GUC_ACTION_SAVE, true, 0, false);
}

void
extman_guard_begin(Oid extension, ExtmanGuard wanted)
{
	if (wanted == EXTMAN_GUARD_NONE)
		return;
	put_up(wanted, extension, get_extension_name(extension));
	deferred_remember();
}

void
extman_guard_end(void)
{
	guard = EXTMAN_GUARD_NONE;
}
