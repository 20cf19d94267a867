/*
 * functions_policy.c
 *		The SQL functions about what is wanted: hold, mark, autoremove, why,
 *		manifest.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "findings.h"
#include "functions.h"
#include "manifest.h"
#include "policy.h"
#include "request.h"
#include "translate.h"

PG_FUNCTION_INFO_V1(pg_extension_hold);
PG_FUNCTION_INFO_V1(pg_extension_unhold);
PG_FUNCTION_INFO_V1(pg_extension_mark);
PG_FUNCTION_INFO_V1(pg_extension_autoremove);
PG_FUNCTION_INFO_V1(pg_extension_why);
PG_FUNCTION_INFO_V1(pg_extension_manifest);

static void
refuse_null(FunctionCallInfo fcinfo, int number, const char *argument)
{
	if (PG_ARGISNULL(number))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s must not be null", argument)));
}

static const char *
name_argument(FunctionCallInfo fcinfo)
{
	refuse_null(fcinfo, 0, "name");
	return pstrdup(NameStr(*PG_GETARG_NAME(0)));
}

/* pg_extension_hold(name) */
Datum
pg_extension_hold(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(extman_policy_hold(name_argument(fcinfo)));
}

/* pg_extension_unhold(name) */
Datum
pg_extension_unhold(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(extman_policy_unhold(name_argument(fcinfo)));
}

/* pg_extension_mark(name, automatic boolean) */
Datum
pg_extension_mark(PG_FUNCTION_ARGS)
{
	const char *name = name_argument(fcinfo);

	refuse_null(fcinfo, 1, "automatic");
	PG_RETURN_BOOL(extman_policy_mark(name, PG_GETARG_BOOL(1)));
}

/* pg_extension_autoremove() */
Datum
pg_extension_autoremove(PG_FUNCTION_ARGS)
{
	ExtmanCommand command = {"autoremove"};

	InitMaterializedSRF(fcinfo, 0);
	command.autoremove = true;
	extman_return_plan(fcinfo, extman_request_run(&command));
	return (Datum) 0;
}

/* pg_extension_why(name text) */
Datum
pg_extension_why(PG_FUNCTION_ARGS)
{
	const char *name = extman_text_argument(fcinfo, 0);
	List	   *findings = extman_findings_why(extman_universe_acquire(true), name);
	ListCell   *cell;
	ExtmanRow	row;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	foreach(cell, findings)
	{
		const ExtmanInstalledFinding *finding = lfirst(cell);

		extman_row_begin(&row, fcinfo);
		extman_row_text(&row, finding->text);
		extman_row_end(&row);
	}
	if (findings == NIL)
		ereport(NOTICE,
				(errmsg("extension \"%s\" came along with another, and nothing needs it any more",
						name),
				 errhint("pg_extension_autoremove() uninstalls such extensions.")));
	return (Datum) 0;
}

/* pg_extension_manifest() */
Datum
pg_extension_manifest(PG_FUNCTION_ARGS)
{
	const char *manifest = extman_manifest_wanted();

	if (manifest == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(manifest));
}
