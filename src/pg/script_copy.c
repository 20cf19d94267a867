/*
 * script_copy.c
 *		COPY ... FROM stdin, with its data in the script.
 *
 * The server's COPY command knows files, programs and the client, but no
 * callback; the functions below it do.  So the checks that the command makes
 * before it calls them (DoCopy() in copy.c) are made here.
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "access/table.h"
#include "access/xact.h"
#include "commands/copy.h"
#include "commands/copyfrom_internal.h"
#include "commands/defrem.h"
#include "executor/executor.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "parser/parse_node.h"
#include "parser/parse_relation.h"
#include "tcop/utility.h"
#include "utils/rel.h"
#include "utils/rls.h"
#include "utils/snapmgr.h"

#include "script_copy.h"
#include "translate.h"

/* ---------- the source of the data ---------- */

/*
 * The server's callback has no argument.  A trigger may run another script
 * with another COPY in the middle of this one, so they are a stack.
 */
static ExtmanCopy *current_copy = NULL;

static int
read_source(void *buffer, int least, int room)
{
	ExtmanCopy *copy = current_copy;

	return copy->read(copy->arg, buffer, room);
}

/* ---------- the command ---------- */

/*
 * The whole script was converted to the server's encoding, the data with it;
 * by default COPY would take it for the client's.
 */
static List *
with_server_encoding(List *options)
{
	List	   *result = NIL;
	ListCell   *cell;

	foreach(cell, options)
	{
		if (strcmp(lfirst_node(DefElem, cell)->defname, "encoding") != 0)
			result = lappend(result, lfirst(cell));
	}
	return lappend(result,
				   makeDefElem("encoding",
							   (Node *) makeString(pstrdup(GetDatabaseEncodingName())), -1));
}

/* INSERT on every column that is filled, no row-level security in force. */
static void
check_rights(ParseState *pstate, Relation rel, const CopyStmt *copy)
{
	ParseNamespaceItem *item = addRangeTableEntryForRelation(pstate, rel, RowExclusiveLock,
															 NULL, false, false);
	List	   *columns = CopyGetAttnums(RelationGetDescr(rel), rel, copy->attlist);
	Bitmapset  *inserted = NULL;
	ListCell   *cell;

	foreach(cell, columns)
		inserted = bms_add_member(inserted,
								  lfirst_int(cell) - FirstLowInvalidHeapAttributeNumber);

#if PG_VERSION_NUM >= 160000
	item->p_perminfo->requiredPerms = ACL_INSERT;
	item->p_perminfo->insertedCols = inserted;
	ExecCheckPermissions(pstate->p_rtable, list_make1(item->p_perminfo), true);
#else
	item->p_rte->requiredPerms = ACL_INSERT;
	item->p_rte->insertedCols = inserted;
	ExecCheckRTPerms(pstate->p_rtable, true);
#endif

	if (check_enable_rls(RelationGetRelid(rel), InvalidOid, false) == RLS_ENABLED)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("COPY FROM not supported with row-level security"),
				 errhint("Use INSERT statements instead.")));
}

static void
copy_rows(ParseState *pstate, Relation rel, CopyStmt *stmt, ExtmanCopy *copy)
{
	copy->outer = current_copy;
	current_copy = copy;
	PG_TRY();
	{
		CopyFromState state = BeginCopyFrom(pstate, rel, NULL, NULL, false, read_source,
											stmt->attlist, with_server_encoding(stmt->options));

		copy->state = state;
		(void) CopyFrom(state);
		copy->state = NULL;
		EndCopyFrom(state);
	}
	PG_FINALLY();
	{
		copy->state = NULL;
		current_copy = copy->outer;
	}
	PG_END_TRY();
}

void
extman_copy_run(const char *statement, CopyStmt *stmt, ExtmanCopy *copy)
{
	ParseState *pstate = make_parsestate(NULL);
	Relation	rel;

	pstate->p_sourcetext = statement;
	if (stmt->whereClause)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("COPY FROM stdin with a WHERE clause is not supported in a script")));

	PushActiveSnapshot(GetTransactionSnapshot());
	rel = table_openrv(stmt->relation, RowExclusiveLock);
	check_rights(pstate, rel, stmt);
	if (XactReadOnly && !rel->rd_islocaltemp)
		PreventCommandIfReadOnly("COPY FROM");
	PreventCommandIfParallelMode("COPY FROM");

	copy_rows(pstate, rel, stmt, copy);

	table_close(rel, NoLock);
	free_parsestate(pstate);
	PopActiveSnapshot();
	CommandCounterIncrement();
}

/* ---------- where it is ---------- */

/*
 * COPY's own callback says what the error is about.  It is in place while rows
 * are read and inserted, and no more when triggers of the statement run.
 */
uint64
extman_copy_line(const ExtmanCopy *copy)
{
	ErrorContextCallback *callback = error_context_stack;

	if (copy->state == NULL)
		return 0;
	while (callback && callback->arg != (void *) copy->state)
		callback = callback->previous;
	return callback ? copy->state->cur_lineno : 0;
}
