/*
 * functions_file.c
 *		pg_execute_from_file(): a file of SQL, run on the server.
 *
 * It runs as the caller, with the caller's settings: who may read the server's
 * files gains nothing by it.  So reading is what has to be allowed.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"

#include "extman.h"
#include "functions.h"
#include "progress.h"
#include "request.h"
#include "script.h"
#include "translate.h"

PG_FUNCTION_INFO_V1(pg_execute_from_file);

/*
 * The path as core's file functions take it: a relative one is below the data
 * directory, which is where the server runs.
 */
static char *
checked_path(FunctionCallInfo fcinfo)
{
	char	   *path = extman_text_argument(fcinfo, 0);

	if (!extman_may_see_paths())
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to execute a file on the server"),
				 errdetail("Only superusers and members of role pg_read_server_files may do so.")));

	if (path[0] == '\0')
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("path must not be empty")));
	canonicalize_path(path);
	return path;
}

static int
encoding_argument(FunctionCallInfo fcinfo)
{
	const char *name;
	int			encoding;

	if (PG_ARGISNULL(1))
		return -1;
	name = NameStr(*PG_GETARG_NAME(1));
	encoding = pg_char_to_encoding(name);
	if (encoding < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid encoding name \"%s\"", name)));
	return encoding;
}

/*
 * The placeholders: name, value, name, value, ...  A name is replaced wherever
 * its text occurs in a statement, by the value as it is; what a value brings in
 * isn't looked at again.  Where two names match, the longer one counts; of two
 * equal ones, the first.
 */
static ExtmanReplacement *
read_placeholders(FunctionCallInfo fcinfo, int *count)
{
	ExtmanReplacement *replacements;
	Datum	   *elements;
	bool	   *nulls;
	int			element_count;

	*count = 0;
	if (PG_ARGISNULL(2))
		return NULL;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(2), TEXTOID, -1, false, TYPALIGN_INT,
					  &elements, &nulls, &element_count);
	if (element_count % 2 != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("placeholders must come in pairs of name and value"),
				 errdetail("There are %d of them.", element_count)));

	replacements = palloc((element_count / 2 + 1) * sizeof(ExtmanReplacement));
	for (int i = 0; i < element_count; i += 2)
	{
		if (nulls[i] || nulls[i + 1])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("placeholder %d must have a name and a value that are not null",
							i / 2 + 1)));

		replacements[i / 2].token = TextDatumGetCString(elements[i]);
		replacements[i / 2].value = TextDatumGetCString(elements[i + 1]);
		if (replacements[i / 2].token[0] == '\0')
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the name of placeholder %d must not be empty", i / 2 + 1)));
	}
	*count = element_count / 2;
	return replacements;
}

/* ---------- running it ---------- */

/*
 * What the file sets ends with it, as if the function had a SET clause for every
 * setting.  A dump starts by emptying search_path, and may change the role: a
 * session that went on like that would not find its tables, or would act as
 * somebody else, because of a SELECT.  Who wants a setting to stay can set it.
 */
static uint64
run_with_own_settings(const ExtmanScript *script)
{
	Oid			user;
	int			context;
	int			nest_level;
	uint64		statements;

	GetUserIdAndSecContext(&user, &context);
	nest_level = NewGUCNestLevel();

	statements = extman_script_run(script);

	/* As on abort, so that a plain SET is undone, too. */
	AtEOXact_GUC(false, nest_level);
	SetUserIdAndSecContext(user, context);
	return statements;
}

/* pg_execute_from_file(path text, encoding name, VARIADIC placeholders text[]) */
Datum
pg_execute_from_file(PG_FUNCTION_ARGS)
{
	ExtmanScript script = {.of_extension = false};
	ExtmanProgress outer;
	volatile uint64 statements = 0;
	int			encoding;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();

	script.path = checked_path(fcinfo);
	script.replacements = read_placeholders(fcinfo, &script.replacement_count);
	encoding = encoding_argument(fcinfo);
	script.encoding = encoding < 0 && GetDatabaseEncoding() != PG_SQL_ASCII ?
		GetDatabaseEncoding() : -1;
	script.source = extman_source_file(script.path, encoding);

	extman_progress_begin(&outer, "execute file", 0);
	PG_TRY();
	{
		statements = run_with_own_settings(&script);
	}
	PG_FINALLY();
	{
		extman_progress_end(&outer);
	}
	PG_END_TRY();
	extman_source_close(script.source);
	PG_RETURN_INT64((int64) statements);
}
