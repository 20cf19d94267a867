/*
 * native_trigger.c
 *		The event triggers that belong to the extension.
 *
 * In a session that has not loaded the library, no hook sees the first CREATE,
 * ALTER or DROP EXTENSION; but the trigger for its start loads the library and
 * comes here.  The parse tree that it is given is this execution's own copy
 * (standard_ProcessUtility() copies one that a plan cache keeps), and core reads
 * it only after the triggers.  So the work is done here, and the tree is changed
 * into something that does nothing more:
 *
 * - CREATE: the extension is there now, and IF NOT EXISTS makes core say so in a
 *	 NOTICE.
 * - DROP: of the list of names, those that are gone are taken out.  Core drops
 *	 nothing when none is left.
 * - ALTER ... UPDATE, and SET SCHEMA (native_schema.c): core would look for a
 *	 control file of its own, and fail without one.  The node becomes COMMENT ON
 *	 EXTENSION with the comment that is there, which has the same size.  The
 *	 command's tag was taken before; triggers for its end see a COMMENT, after the
 *	 ALTER EXTENSION that the request told them of.
 *
 * Anybody can make these functions run by such a command; they run as the user,
 * with no rights but his.  The one for drops deletes what we wrote down, whatever
 * his rights are, but only about extensions that are gone.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_extension.h"
#include "commands/comment.h"
#include "commands/event_trigger.h"
#include "commands/extension.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "nodes/value.h"
#include "utils/memutils.h"

#include "catalog.h"
#include "manifest.h"
#include "native.h"
#include "record.h"
#include "record_table.h"
#include "translate.h"

PG_FUNCTION_INFO_V1(extman_on_command);
PG_FUNCTION_INFO_V1(extman_on_drop);

StaticAssertDecl(sizeof(CommentStmt) <= sizeof(AlterExtensionStmt) &&
				 sizeof(CommentStmt) <= sizeof(AlterObjectSchemaStmt),
				 "an ALTER EXTENSION can be made a COMMENT in place");

static EventTriggerData *
trigger_data(FunctionCallInfo fcinfo)
{
	if (!CALLED_AS_EVENT_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_EVENT_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function was not called by event trigger manager")));
	return (EventTriggerData *) fcinfo->context;
}

/*
 * What becomes part of the tree must live as long: the context in which event
 * triggers run is gone when core reads it.
 */
static MemoryContext
switch_to_tree(Node *statement)
{
	return MemoryContextSwitchTo(GetMemoryChunkContext(statement));
}

/* The node is as large, and nothing but its address is known elsewhere. */
static void
become_comment(Node *statement, const char *extension)
{
	MemoryContext caller = switch_to_tree(statement);
	char	   *name = pstrdup(extension);
	CommentStmt *comment = (CommentStmt *) statement;

	memset(comment, 0, sizeof(CommentStmt));
	comment->type = T_CommentStmt;
	comment->objtype = OBJECT_EXTENSION;
	comment->object = (Node *) makeString(name);

	/*
	 * COMMENT locks the extension; where there was nothing to do, the lock that
	 * comes before that in every change has not been taken yet.
	 */
	extman_catalog_lock();
	comment->comment = GetComment(get_extension_oid(name, false), ExtensionRelationId, 0);
	MemoryContextSwitchTo(caller);
}

/* The names themselves are those of the tree. */
static void
keep_names(DropStmt *statement, List *names)
{
	MemoryContext caller;

	if (names == statement->objects)
		return;
	caller = switch_to_tree((Node *) statement);
	statement->objects = list_copy(names);
	MemoryContextSwitchTo(caller);
}

static void
do_ours(Node *statement)
{
	if (IsA(statement, CreateExtensionStmt))
	{
		if (extman_native_create((CreateExtensionStmt *) statement))
			((CreateExtensionStmt *) statement)->if_not_exists = true;
	}
	else if (IsA(statement, AlterExtensionStmt))
	{
		if (extman_native_alter((AlterExtensionStmt *) statement, NULL))
			become_comment(statement, ((AlterExtensionStmt *) statement)->extname);
	}
	else
	{
		List	   *rest;

		(void) extman_native_drop((DropStmt *) statement, &rest);
		keep_names((DropStmt *) statement, rest);
	}
}

/* ddl_command_start */
Datum
extman_on_command(PG_FUNCTION_ARGS)
{
	Node	   *statement = trigger_data(fcinfo)->parsetree;

	if (extman_hook_saw_it() || !extman_native_usable())
		PG_RETURN_NULL();
	if (extman_native_concerns(statement))
		do_ours(statement);
	else if (extman_native_moves(statement) && extman_native_move(statement))
		become_comment(statement, extman_native_moved_name(statement));
	PG_RETURN_NULL();
}

/*
 * The manifest names extensions that were dropped, and others that a restore has
 * yet to bring back; only here is it known which are which.
 */
static void
forget_dropped(void)
{
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (SPI_execute("SELECT object_name FROM pg_catalog.pg_event_trigger_dropped_objects() "
					"WHERE object_type OPERATOR(pg_catalog.=) 'extension'", true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read the dropped objects");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		char	   *name = SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1);

		if (name && !OidIsValid(get_extension_oid(name, true)))
			extman_record_forget(name);
	}
	SPI_finish();
	CommandCounterIncrement();
}

/* sql_drop */
Datum
extman_on_drop(PG_FUNCTION_ARGS)
{
	(void) trigger_data(fcinfo);
	if (extman_tables_usable())
	{
		forget_dropped();
		extman_record_forget_gone();
	}
	PG_RETURN_NULL();
}
