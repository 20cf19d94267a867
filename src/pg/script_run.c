/*
 * script_run.c
 *		Runs the statements of a script, one at a time.
 *
 * Core parses all of a script before it executes anything.  One statement at a time
 * needs memory for one alone, and an error can show it.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "cache_limit.h"
#include "compat.h"
#include "core_call.h"
#include "progress.h"
#include "script_context.h"
#include "script_copy.h"
#include "script_replace.h"
#include "script_statement.h"
#include "translate.h"

/* How much of a psql command is shown. */
#define SHOWN_COMMAND 60

typedef struct ScriptRun
{
	const ExtmanScript *script;
	ExtmanSplitter *splitter;
	ExtmanReplacer replacer;
	MemoryContext statement_context;	/* reset after every statement */
	ExtmanScriptPlace place;
	uint64		fed;			/* bytes of the text */
	uint64		statements;
	ExtmanCacheLimit cache_limit;
} ScriptRun;

static void
release_splitter(void *handle)
{
	extman_splitter_free(handle);
}

static void
check_core(ExtmanCode code, const ExtmanError *error, ScriptRun *run)
{
	if (code == EXTMAN_OK)
		return;
	if (run && error->line > 0)
		run->place.line = (uint64) error->line;
	extman_core_failed(code, error, ERRCODE_SYNTAX_ERROR, NULL);
}

/*
 * A splitter that asks for more holds all of a statement that has no end yet.
 * Longer than a value of PostgreSQL it cannot be.
 */
static void
check_length(ScriptRun *run, const ExtmanPiece *more)
{
	if (run->fed - more->offset < MaxAllocSize)
		return;

	run->place.line = more->line;
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("statement is too long"),
			 errdetail("It has more than %zu bytes.", (Size) MaxAllocSize),
			 errhint("Perhaps a quote or a comment that starts there is not closed.")));
}

static void
feed_slice(ScriptRun *run, const ExtmanPiece *more)
{
	ExtmanText	slice;
	ExtmanError error;
	bool		last;

	check_length(run, more);
	run->place.reading = true;
	last = extman_source_next(run->script->source, &slice);
	run->place.reading = false;

	check_core(extman_splitter_feed(run->splitter, slice, last, &error), &error, run);
	run->fed += slice.length;
}

/*
 * How much of the source is done with before an offset in the text.  Where the
 * text was converted, that is about as much.
 */
static uint64
bytes_done(const ScriptRun *run, uint64 offset)
{
	uint64		read = extman_source_done(run->script->source);

	return read - Min(read, run->fed - offset);
}

/* ---------- COPY data ---------- */

typedef struct CopyData
{
	ScriptRun  *run;
	ExtmanText	left;			/* of the last piece */
	bool		ended;
} CopyData;

/* An ExtmanCopyRead. */
static int
read_copy_data(void *arg, char *buffer, int room)
{
	CopyData   *data = arg;
	ScriptRun  *run = data->run;
	int			length;

	while (data->left.length == 0 && !data->ended)
	{
		ExtmanPiece piece;
		ExtmanError error;

		CHECK_FOR_INTERRUPTS();
		check_core(extman_splitter_next(run->splitter, &piece, &error), &error, run);
		if (piece.kind == EXTMAN_SPLIT_COPY_DATA)
		{
			data->left = piece.text;
			if (run->place.data_line == 0)
				run->place.data_line = piece.line;
		}
		else if (piece.kind == EXTMAN_SPLIT_MORE)
		{
			feed_slice(run, &piece);
			extman_progress_bytes(bytes_done(run, piece.offset));
		}
		else
			data->ended = true;
	}

	length = (int) Min(data->left.length, (Size) room);
	memcpy(buffer, data->left.data, length);
	data->left.data += length;
	data->left.length -= length;
	return length;
}

static void
run_copy(ScriptRun *run, const char *statement, CopyStmt *stmt)
{
	CopyData	data = {run, {"", 0}, false};
	ExtmanCopy	copy = {read_copy_data, &data, NULL, NULL};
	char		rest[1024];
	ExtmanError error;

	check_core(extman_splitter_expect_copy(run->splitter, &error), &error, run);
	run->place.copy = &copy;
	run->place.data_line = 0;
	extman_copy_run(statement, stmt, &copy);
	run->place.copy = NULL;

	/* COPY reads to the end, but that is its own affair. */
	while (read_copy_data(&data, rest, sizeof(rest)) > 0)
		;
}

/* ---------- statements ---------- */

/* COPY with the client, which here is the script: FROM stdin. */
static void
run_client_copy(ScriptRun *run, CopyStmt *copy)
{
	if (!copy->is_from)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("COPY to stdout is not supported in a script")));

	/* The splitter's buffer won't hold it for long. */
	run->place.statement = pstrdup(run->place.statement);
	run_copy(run, run->place.statement, copy);
}

static void
refuse_transaction(const ScriptRun *run)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 run->script->of_extension ?
			 errmsg("transaction control statements are not allowed within an extension script") :
			 errmsg("transaction control statements are not allowed within a file"),
			 run->script->of_extension ? 0 :
			 errhint("All of the file is executed in the transaction of the caller. "
					 "pg_dump writes such statements for large objects only, and -B leaves them out.")));
}

static void
run_tree(ScriptRun *run, RawStmt *tree)
{
	Node	   *statement = tree->stmt;

	if (IsA(statement, TransactionStmt))
		refuse_transaction(run);
	else if (IsA(statement, CopyStmt) && ((CopyStmt *) statement)->filename == NULL)
		run_client_copy(run, (CopyStmt *) statement);
	else
		extman_statement_run(tree, run->place.statement);
}

/*
 * With SET client_encoding, a script for psql says what its own text is in.  Where
 * nobody else said so, and it is read as something else, its text is not what it
 * should be.
 */
static void
check_client_encoding(ScriptRun *run)
{
	const char *statement = run->place.statement;
	int			read_as = run->script->encoding;

	if (read_as < 0 || pg_get_client_encoding() == read_as ||
		(pg_strncasecmp(statement, "SET client_encoding", 19) != 0 &&
		 pg_strncasecmp(statement, "SET NAMES", 9) != 0))
		return;

	ereport(ERROR,
			(errcode(ERRCODE_CHARACTER_NOT_IN_REPERTOIRE),
			 errmsg("file says that it is in encoding \"%s\", but it is read as \"%s\"",
					pg_get_client_encoding_name(), pg_encoding_to_char(read_as)),
			 errhint("Give the encoding of the file as the second argument of the function.")));
}

static void
run_statement(ScriptRun *run, const ExtmanPiece *piece)
{
	MemoryContext old = MemoryContextSwitchTo(run->statement_context);
	ListCell   *tree;
	List	   *trees;

	run->place.line = piece->line;
	run->place.statement = extman_replace(&run->replacer, piece->text.data, piece->text.length);
	extman_progress_statement(run->statements + 1, piece->line, bytes_done(run, piece->offset));

	trees = extman_statement_parse(run->place.statement);
	foreach(tree, trees)
		run_tree(run, lfirst_node(RawStmt, tree));
	check_client_encoding(run);
	run->place.statement = NULL;

	MemoryContextSwitchTo(old);
	MemoryContextReset(run->statement_context);
	run->statements++;
	extman_cache_limit_check(&run->cache_limit);

	/* The statement may have changed how the next ones are to be read. */
	extman_splitter_standard_strings(run->splitter, extman_standard_strings());
}

static void
raise_meta_command(ScriptRun *run, const ExtmanPiece *piece)
{
	int			shown = (int) strcspn(piece->text.data, " \t\r\f");
	bool		of_dump = !run->script->of_extension &&
		strncmp(piece->text.data, "\\connect", shown) == 0;

	shown = pg_mbcliplen(piece->text.data, shown, SHOWN_COMMAND);
	run->place.line = piece->line;
	ereport(ERROR,
			(errcode(ERRCODE_SYNTAX_ERROR),
			 errmsg("psql command \"%.*s\" cannot be executed by the server",
					shown, piece->text.data),
			 errdetail("Of the lines that psql interprets itself, only those that start "
					   "with \"\\echo\", \"\\restrict\" or \"\\unrestrict\" are skipped."),
			 of_dump ?
			 errhint("A file is executed in one database. Dump one alone, by pg_dump without --create.") : 0));
}

static void
run_pieces(ScriptRun *run)
{
	for (;;)
	{
		ExtmanPiece piece;
		ExtmanError error;

		CHECK_FOR_INTERRUPTS();
		check_core(extman_splitter_next(run->splitter, &piece, &error), &error, run);

		switch (piece.kind)
		{
			case EXTMAN_SPLIT_MORE:
				feed_slice(run, &piece);
				break;

			case EXTMAN_SPLIT_STATEMENT:
				run_statement(run, &piece);
				break;

			case EXTMAN_SPLIT_META:
				raise_meta_command(run, &piece);
				break;

			case EXTMAN_SPLIT_END:
				return;

			case EXTMAN_SPLIT_COPY_DATA:
			case EXTMAN_SPLIT_COPY_END:
				/* run_copy() has taken them all. */
				elog(ERROR, "unexpected COPY data in script");
				break;
		}
	}
}

uint64
extman_script_run(const ExtmanScript *script)
{
	MemoryContext context;
	ExtmanHandleOwner *owner;
	ExtmanError error;
	ScriptRun	run;
	ErrorContextCallback callback;

	context = AllocSetContextCreate(CurrentMemoryContext, "pg_extman script",
									ALLOCSET_SMALL_SIZES);
	memset(&run, 0, sizeof(run));
	run.script = script;
	run.statement_context = AllocSetContextCreate(context, "pg_extman statement",
												  ALLOCSET_DEFAULT_SIZES);
	extman_progress_script(script->path, extman_source_size(script->source));
	extman_cache_limit_begin(&run.cache_limit);
	extman_replacer_init(&run.replacer, script->replacements, script->replacement_count);

	run.place.script = script;
	run.place.line = 1;
	run.place.scratch = run.statement_context;

	owner = extman_handle_reserve(context, release_splitter);
	check_core(extman_splitter_new(extman_standard_strings(), &run.splitter, &error),
			   &error, NULL);
	extman_handle_keep(owner, run.splitter);

	callback.callback = extman_script_context;
	callback.arg = &run.place;
	callback.previous = error_context_stack;
	error_context_stack = &callback;

	run_pieces(&run);

	error_context_stack = callback.previous;
	MemoryContextDelete(context);
	return run.statements;
}
