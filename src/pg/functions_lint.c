/*
 * functions_lint.c
 *		pg_extension_lint(): what is wrong or risky in a package's folder.
 */
#include "postgres.h"

#include "catalog/pg_type_d.h"
#include "miscadmin.h"

#include "functions.h"
#include "lint.h"
#include "request.h"
#include "translate.h"

PG_FUNCTION_INFO_V1(pg_extension_lint);

static const char *
severity_name(ExtmanSeverity severity)
{
	switch (severity)
	{
		case EXTMAN_LINT_NOTICE:
			return "notice";
		case EXTMAN_LINT_WARNING:
			return "warning";
		case EXTMAN_LINT_ERROR:
			return "error";
	}
	return NULL;				/* keep compiler quiet */
}

/* pg_extension_lint(path text, trial boolean) */
Datum
pg_extension_lint(PG_FUNCTION_ARGS)
{
	char	   *path;
	bool		trial;
	ExtmanLintFolder *folder;
	ListCell   *cell;
	ExtmanRow	row;

	InitMaterializedSRF(fcinfo, 0);
	if (!extman_may_see_paths())
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to read a folder on the server"),
				 errdetail("Only superusers and members of role pg_read_server_files may do so.")));

	path = extman_text_argument(fcinfo, 0);
	trial = PG_GETARG_BOOL(1);
	if (path[0] == '\0')
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("path must not be empty")));
	canonicalize_path(path);
	if (trial)
		extman_request_refuse("pg_extension_lint()", false);

	folder = extman_lint_folder(path);
	extman_lint_relations(folder);
	if (trial)
		extman_lint_trial(folder);

	foreach(cell, folder->rows)
	{
		const ExtmanLintRow *found = lfirst(cell);

		extman_row_begin(&row, fcinfo);
		extman_row_text(&row, found->file);
		extman_row_datum(&row, INT4OID, Int32GetDatum(found->line), found->line == 0);
		extman_row_text(&row, severity_name(found->severity));
		extman_row_text(&row, found->message);
		extman_row_text(&row, found->hint);
		extman_row_end(&row);
	}
	return (Datum) 0;
}
