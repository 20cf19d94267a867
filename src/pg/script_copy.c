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
#include "commands/defrem.h"
#include "executor/executor.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "parser/parse_node.h"
#include "parser/parse_relation.h"
#include "tcop/tcopprot.h"
#include "tcop/utility.h"
#include "utils/rel.h"
#include "utils/rls.h"
#include "utils/snapmgr.h"

#include "script_copy.h"

/* ---------- the source of the data ---------- */

/*
 * The server's callback has no argument.  A trigger may run another script
 * with another COPY in the middle of this one, so the source is a stack.
 */
typedef struct CopySource
{
	ExtmanCopyRead read;
	void	   *arg;
	struct CopySource *outer;
} CopySource;

static CopySource *current_source = NULL;

static int
read_source(void *buffer, int least, int room)
{
	CopySource *source = current_source;

	return source->read(source->arg, buffer, room);
}

/* ---------- the command ---------- */

CopyStmt *
extman_copy_parse(const char *statement)
{
	List	   *trees = pg_parse_query(statement);
	CopyStmt   *copy;

	if (list_length(trees) != 1 || !IsA(linitial_node(RawStmt, trees)->stmt, CopyStmt))
		return NULL;
	copy = (CopyStmt *) linitial_node(RawStmt, trees)->stmt;
	return copy->is_from && copy->filename == NULL ? copy : NULL;
}

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
copy_rows(ParseState *pstate, Relation rel, CopyStmt *copy, CopySource *source)
{
	CopyFromState state;

	source->outer = current_source;
	current_source = source;
	PG_TRY();
	{
		state = BeginCopyFrom(pstate, rel, NULL, NULL, false, read_source,
							  copy->attlist, with_server_encoding(copy->options));
		(void) CopyFrom(state);
		EndCopyFrom(state);
	}
	PG_FINALLY();
	{
		current_source = source->outer;
	}
	PG_END_TRY();
}

void
extman_copy_run(const char *statement, CopyStmt *copy, ExtmanCopyRead read, void *arg)
{
	ParseState *pstate = make_parsestate(NULL);
	CopySource	source = {read, arg, NULL};
	Relation	rel;

	pstate->p_sourcetext = statement;
	if (copy->whereClause)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("COPY FROM stdin with a WHERE clause is not supported in a script")));

	PushActiveSnapshot(GetTransactionSnapshot());
	rel = table_openrv(copy->relation, RowExclusiveLock);
	check_rights(pstate, rel, copy);
	if (XactReadOnly && !rel->rd_islocaltemp)
		PreventCommandIfReadOnly("COPY FROM");
	PreventCommandIfParallelMode("COPY FROM");

	copy_rows(pstate, rel, copy, &source);

	table_close(rel, NoLock);
	free_parsestate(pstate);
	PopActiveSnapshot();
	CommandCounterIncrement();
}
