/*
 * script_statement.c
 *		Executes a statement of a script, as core does those of an extension's.
 *
 * The steps are those of execute_sql_string() in extension.c.  SPI would take them,
 * too, but copies each statement into a plan that it needs once.
 */
#include "postgres.h"

#include "access/xact.h"
#include "executor/executor.h"
#include "tcop/dest.h"
#include "tcop/tcopprot.h"
#include "tcop/utility.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "compat.h"
#include "script_context.h"
#include "script_statement.h"

/* ---------- parsing ---------- */

List *
extman_statement_parse(const char *text)
{
	MemoryContext context = CurrentMemoryContext;
	List	   *trees;

	if (!extman_script_is_long(text))
		return pg_parse_query(text);

	PG_TRY();
	{
		trees = pg_parse_query(text);
	}
	PG_CATCH();
	{
		ReThrowError(extman_script_cut_error(context));
	}
	PG_END_TRY();
	return trees;
}

/* ---------- execution ---------- */

static void
run_query(PlannedStmt *plan, const char *text)
{
	QueryDesc  *query = CreateQueryDesc(plan, text, GetActiveSnapshot(), InvalidSnapshot,
										None_Receiver, NULL, NULL, 0);

	ExecutorStart(query, 0);
	extman_executor_run(query);
	ExecutorFinish(query);
	ExecutorEnd(query);
	FreeQueryDesc(query);
}

static List *
make_plans(RawStmt *tree, const char *text)
{
	List	   *plans;

	PushActiveSnapshot(GetTransactionSnapshot());
	plans = pg_plan_queries(pg_analyze_and_rewrite_fixedparams(tree, text, NULL, 0, NULL),
							text, CURSOR_OPT_PARALLEL_OK, NULL);
	PopActiveSnapshot();
	return plans;
}

void
extman_statement_run(RawStmt *tree, const char *text)
{
	List	   *plans = make_plans(tree, text);
	ListCell   *cell;

	foreach(cell, plans)
	{
		PlannedStmt *plan = lfirst_node(PlannedStmt, cell);

		PushActiveSnapshot(GetTransactionSnapshot());
		if (plan->utilityStmt)
			ProcessUtility(plan, text, false, PROCESS_UTILITY_QUERY, NULL, NULL,
						   None_Receiver, NULL);
		else
			run_query(plan, text);
		PopActiveSnapshot();
		CommandCounterIncrement();
	}
}
