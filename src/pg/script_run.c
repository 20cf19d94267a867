/*
 * script_run.c
 *		Runs the statements of a script, one at a time.
 *
 * Core's CREATE EXTENSION refuses SPI for whole scripts, for two reasons: SPI
 * would parse and plan all of it before it executes anything, and an error
 * would show all of it as its context.  One statement at a time has neither
 * fault, and needs memory for one statement alone.
 */
#include "postgres.h"

#include "executor/spi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "tcop/dest.h"
#include "utils/memutils.h"

#include "compat.h"
#include "core_call.h"
#include "progress.h"
#include "script_context.h"
#include "script_copy.h"
#include "script_replace.h"

/* How much the splitter gets at once; it keeps no more beyond a statement. */
#define FEED_SLICE (64 * 1024)

/* How much of a psql command is shown. */
#define SHOWN_COMMAND 60

typedef struct ScriptRun
{
	const ExtmanScript *script;
	ExtmanSplitter *splitter;
	ExtmanReplacer replacer;
	MemoryContext statement_context;	/* reset after every statement */
	ExtmanScriptPlace place;
	Size		fed;			/* bytes of the text */
	uint64		statements;
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

static void
feed_slice(ScriptRun *run)
{
	const ExtmanScript *script = run->script;
	Size		left = script->length - run->fed;
	ExtmanText	slice;
	ExtmanError error;

	slice.data = script->text + run->fed;
	slice.length = Min(left, FEED_SLICE);
	check_core(extman_splitter_feed(run->splitter, slice, slice.length == left, &error),
			   &error, run);
	run->fed += slice.length;
}

/* The next piece of it, fed by slices. */
static void
feed_data(ScriptRun *run)
{
	feed_slice(run);
	extman_progress_bytes(run->fed);
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
			data->left = piece.text;
		else if (piece.kind == EXTMAN_SPLIT_MORE)
			feed_data(run);
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
run_copy(ScriptRun *run, const char *statement, CopyStmt *copy)
{
	CopyData	data = {run, {"", 0}, false};
	char		rest[1024];
	ExtmanError error;

	check_core(extman_splitter_expect_copy(run->splitter, &error), &error, run);
	extman_copy_run(statement, copy, read_copy_data, &data);

	/* COPY reads to the end, but that is its own affair. */
	while (read_copy_data(&data, rest, sizeof(rest)) > 0)
		;
}

/* ---------- statements ---------- */

/* A statement that SPI leaves to its caller; it shows nothing of it then. */
static void
run_refused(ScriptRun *run, const char *statement, int result)
{
	bool		extension_script = strcmp(run->script->kind, EXTMAN_EXTENSION_SCRIPT) == 0;
	CopyStmt   *copy;

	/* The splitter's buffer won't hold it for long. */
	statement = pstrdup(statement);
	run->place.statement = statement;
	run->place.show_statement = true;

	switch (result)
	{
		case SPI_ERROR_TRANSACTION:
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 extension_script ?
					 errmsg("transaction control statements are not allowed within an extension script") :
					 errmsg("transaction control statements are not allowed within a file")));
			break;

		case SPI_ERROR_COPY:
			copy = extman_copy_parse(statement);
			if (copy == NULL)
				ereport(ERROR,
						(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
						 errmsg("COPY to stdout is not supported in a script")));
			run_copy(run, statement, copy);
			break;

		default:
			elog(ERROR, "SPI_execute_extended failed: %s", SPI_result_code_string(result));
	}
	run->place.show_statement = false;
}

static void
run_statement(ScriptRun *run, const ExtmanPiece *piece)
{
	MemoryContext old = MemoryContextSwitchTo(run->statement_context);
	SPIExecuteOptions options;
	const char *statement;
	int			result;

	statement = extman_replace(&run->replacer, piece->text.data, piece->text.length);

	memset(&options, 0, sizeof(options));
	options.dest = None_Receiver;

	run->place.line = piece->line;
	run->place.statement = statement;
	extman_progress_statement(run->statements + 1, piece->line, piece->offset);
	result = SPI_execute_extended(statement, &options);
	if (result < 0)
		run_refused(run, statement, result);
	run->place.statement = NULL;

	MemoryContextSwitchTo(old);
	MemoryContextReset(run->statement_context);
	run->statements++;

	/* The statement may have changed how the next ones are to be read. */
	extman_splitter_standard_strings(run->splitter, extman_standard_strings());
}

static void
raise_meta_command(ScriptRun *run, const ExtmanPiece *piece)
{
	int			shown = (int) strcspn(piece->text.data, " \t\r\f");

	shown = pg_mbcliplen(piece->text.data, shown, SHOWN_COMMAND);
	run->place.line = piece->line;
	ereport(ERROR,
			(errcode(ERRCODE_SYNTAX_ERROR),
			 errmsg("psql command \"%.*s\" cannot be executed by the server",
					shown, piece->text.data),
			 errdetail("Of the lines that psql interprets itself, only those that start "
					   "with \"\\echo\" are skipped.")));
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
				feed_slice(run);
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
	int			connected;

	context = AllocSetContextCreate(CurrentMemoryContext, "pg_extman script",
									ALLOCSET_SMALL_SIZES);
	memset(&run, 0, sizeof(run));
	run.script = script;
	run.statement_context = AllocSetContextCreate(context, "pg_extman statement",
												  ALLOCSET_DEFAULT_SIZES);
	extman_progress_script(script->path, script->length);
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

	connected = SPI_connect();
	if (connected != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed: %s", SPI_result_code_string(connected));
	run_pieces(&run);
	SPI_finish();

	error_context_stack = callback.previous;
	MemoryContextDelete(context);
	return run.statements;
}
