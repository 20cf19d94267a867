/*
 * hooks.c
 *		CREATE, ALTER and DROP EXTENSION in a session that has the library.
 *
 * The hook does what it can do itself, and hands on everything else unchanged to
 * the hook that was there before, or to core.  A command that it does itself is
 * seen by no hook behind it; event triggers see it step by step.
 *
 * Who could abuse it: whoever may run the command at all; nothing is done with
 * rights other than the user's own, but for what a request would do for him
 * anyway (see package_rights.c).  A module in front of this one that becomes a
 * superuser for certain names (pgextwlist) makes the package of that name
 * install as a superuser's, as it makes core's extension of that name.
 */
#include "postgres.h"

#include "access/xact.h"
#include "tcop/utility.h"

#include "native.h"
#include "package_guard.h"

static ProcessUtility_hook_type previous_hook = NULL;

/* How many of these commands are being handed on at the moment. */
static int	handing_on = 0;

bool
extman_hook_saw_it(void)
{
	return handing_on > 0;
}

static void
call_previous(PlannedStmt *pstmt, const char *query, bool read_only_tree,
			  ProcessUtilityContext context, ParamListInfo params,
			  QueryEnvironment *environment, DestReceiver *dest, QueryCompletion *completion)
{
	if (previous_hook)
		previous_hook(pstmt, query, read_only_tree, context, params, environment, dest,
					  completion);
	else
		standard_ProcessUtility(pstmt, query, read_only_tree, context, params, environment,
								dest, completion);
}

/* Does the command, but for what it returns: that is core's; NULL: nothing is. */
static PlannedStmt *
do_ours(PlannedStmt *pstmt, const char *query)
{
	Node	   *statement = pstmt->utilityStmt;
	bool		done = false;

	if (IsA(statement, CreateExtensionStmt))
		done = extman_native_create((CreateExtensionStmt *) statement);
	else if (IsA(statement, AlterExtensionStmt))
	{
		ParseState *pstate = make_parsestate(NULL);

		pstate->p_sourcetext = query;
		done = extman_native_alter((AlterExtensionStmt *) statement, pstate);
		free_parsestate(pstate);
	}
	else
	{
		DropStmt   *drop = (DropStmt *) statement;
		List	   *rest;

		done = extman_native_drop(drop, &rest) && rest == NIL;
		if (!done && rest != drop->objects)
		{
			/* The tree may be one that a plan cache keeps. */
			pstmt = copyObject(pstmt);
			((DropStmt *) pstmt->utilityStmt)->objects = copyObject(rest);
		}
	}
	return done ? NULL : pstmt;
}

static void
hand_on(PlannedStmt *pstmt, const char *query, bool read_only_tree,
		ProcessUtilityContext context, ParamListInfo params,
		QueryEnvironment *environment, DestReceiver *dest, QueryCompletion *completion)
{
	handing_on++;
	PG_TRY();
	{
		call_previous(pstmt, query, read_only_tree, context, params, environment, dest,
					  completion);
	}
	PG_FINALLY();
	{
		handing_on--;
	}
	PG_END_TRY();
}

static void
process_utility(PlannedStmt *pstmt, const char *query, bool read_only_tree,
				ProcessUtilityContext context, ParamListInfo params,
				QueryEnvironment *environment, DestReceiver *dest, QueryCompletion *completion)
{
	PlannedStmt *rest = pstmt;

	extman_guard_check_statement(pstmt->utilityStmt);
	if (extman_native_moves(pstmt->utilityStmt) && extman_native_usable())
	{
		ExtmanMove	move;

		extman_native_move_begin(pstmt->utilityStmt, &move);
		hand_on(pstmt, query, read_only_tree, context, params, environment, dest, completion);
		extman_native_move_end(&move);
		return;
	}
	if (!extman_native_concerns(pstmt->utilityStmt))
	{
		call_previous(pstmt, query, read_only_tree, context, params, environment, dest,
					  completion);
		return;
	}

	if (extman_native_usable())
	{
		rest = do_ours(pstmt, query);
		CommandCounterIncrement();
	}
	if (rest)
		hand_on(rest, query, read_only_tree, context, params, environment, dest, completion);
}

void
extman_hook_install(void)
{
	previous_hook = ProcessUtility_hook;
	ProcessUtility_hook = process_utility;
}
