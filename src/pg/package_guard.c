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
 * up before the script began is made anew.
 *
 * A function of a user is refused although it would run as its owner (SECURITY
 * DEFINER, a trigger on a table that a foreign key leads to): what it creates would be
 * a member, and members are what the script may use.  For the same reason nobody but a
 * superuser executes DDL meanwhile.  Only what core confines as a security-restricted
 * operation, such as the index expressions in an ANALYZE, may be a user's.
 *
 * ALTER TABLE, which computes the checks of the table, and CREATE TABLE (LIKE ...),
 * which copies defaults from it, pass no such hook, and are looked at as commands.
 *
 * The script has no parallel workers; but a rule on a table of a user that a foreign
 * key leads to can set what allows them, by functions of the system.  A bit in the
 * security context tells such a worker that it is guarded.  It doesn't know the
 * extension, and refuses its members too.
 *
 * From PostgreSQL 18 on, a deferred trigger runs as whoever queued it: those that a
 * script queued run as the superuser, when the script is long over.  So, until the
 * transaction ends, the guard is up in every trigger function that runs as him
 * though he isn't the one who commits.
 *
 * What the guard does not see: the checks of domains that call functions of the system
 * or of superusers (package_domains.c looks for them before the script runs), and what
 * becomes part of an object without running (package_bindings.c looks when it is over).
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/parallel.h"
#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/namespace.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_class.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type_d.h"
#include "commands/extension.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "tcop/utility.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/plancache.h"
#include "utils/syscache.h"

#include "compat.h"
#include "package_guard.h"
#include "translate.h"

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
	int			context;		/* the security context around it */
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

/* A worker of a process that is guarded. */
static bool
in_guarded_worker(void)
{
	Oid			user;
	int			context;

	if (!IsParallelWorker())
		return false;
	GetUserIdAndSecContext(&user, &context);
	return (context & EXTMAN_SECURITY_GUARDED) != 0;
}

static bool
is_guarded(void)
{
	return guard != EXTMAN_GUARD_NONE || in_guarded_worker();
}

static void
refuse_in_worker(Oid class, Oid object)
{
	ObjectAddress address;

	ObjectAddressSet(address, class, object);
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("script of an extension must not use %s in a parallel worker",
					getObjectDescription(&address, false)),
			 errdetail("The script runs as a superuser, and the owner is none.")));
}

static void
check_owner(Oid class, Oid object, Oid owner)
{
	bool		member;

	if (superuser_arg(owner))
		return;
	if (guard == EXTMAN_GUARD_NONE)
		refuse_in_worker(class, object);
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
		if (superuser() || !InSecurityRestrictedOperation())
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

/* After an error, its subtransaction or transaction brings the rest back. */
static void
deferred_end(FmgrHookEventType event)
{
	guard = EXTMAN_GUARD_NONE;
	deferred.running = NULL;
	if (event == FHET_END)
	{
		AtEOXact_GUC(true, deferred.settings);
		SetUserIdAndSecContext(GetUserId(), deferred.context);
	}
}

static void
deferred_begin(const FmgrInfo *function)
{
	Oid			user;

	if (GetUserId() != deferred.user || GetOuterUserId() == deferred.user)
		return;
	deferred.running = function;
	deferred.settings = NewGUCNestLevel();
	/* Of an error from here on, fmgr doesn't tell us. */
	PG_TRY();
	{
		extman_guard_pin_settings();
		GetUserIdAndSecContext(&user, &deferred.context);
		SetUserIdAndSecContext(user, deferred.context | EXTMAN_SECURITY_GUARDED);
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

	if (is_guarded())
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
	else if (is_guarded())
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
		if (superuser())
			check_owner(RelationRelationId, relation, owner);
	}
}

/* An ExecutorCheckPerms_hook. */
static bool
on_query(EXTMAN_CHECK_PERMS_PARAMETERS)
{
	if (is_guarded())
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

static void
check_named(RangeVar *name)
{
	Oid			relation = RangeVarGetRelid(name, AccessShareLock, true);

	if (OidIsValid(relation))
		check_relation(relation);
}

static void
refuse_ddl(const Node *statement)
{
	if (GetCommandLogLevel(unconstify(Node *, statement)) == LOGSTMT_DDL)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("role \"%s\" must not execute %s in the middle of the script of extension \"%s\"",
						GetUserNameFromId(GetUserId(), false),
						GetCommandTagName(CreateCommandTag(unconstify(Node *, statement))),
						NameStr(guarded_name)),
				 errdetail("The script runs as a superuser, and takes for its own what is created meanwhile.")));
}

/* What ALTER TABLE does to an index, a sequence or a view, too, comes as that node. */
void
extman_guard_check_statement(const Node *statement)
{
	ListCell   *cell;

	if (!is_guarded())
		return;
	if (!superuser())
		refuse_ddl(statement);
	else if (IsA(statement, AlterTableStmt))
		check_named(((const AlterTableStmt *) statement)->relation);
	else if (IsA(statement, CreateStmt))
	{
		foreach(cell, ((const CreateStmt *) statement)->tableElts)
		{
			if (IsA(lfirst(cell), TableLikeClause))
				check_named(((TableLikeClause *) lfirst(cell))->relation);
		}
	}
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
