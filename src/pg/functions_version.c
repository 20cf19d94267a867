/*
 * functions_version.c
 *		The version order, for anyone's SQL.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "core_call.h"
#include "functions.h"

PG_FUNCTION_INFO_V1(pg_extension_version_compare);
PG_FUNCTION_INFO_V1(pg_extension_version_satisfies);

/* pg_extension_version_compare(text, text) */
Datum
pg_extension_version_compare(PG_FUNCTION_ARGS)
{
	const char *a = extman_to_utf8(extman_text_argument(fcinfo, 0));
	const char *b = extman_to_utf8(extman_text_argument(fcinfo, 1));
	ExtmanError error;
	ExtmanCode	code;
	int			result;

	code = extman_version_compare(extman_text(a), extman_text(b), &result, &error);
	if (code != EXTMAN_OK)
		extman_core_failed(code, &error, ERRCODE_INVALID_PARAMETER_VALUE, NULL);
	PG_RETURN_INT32(result);
}

/* pg_extension_version_satisfies(version text, constraints text) */
Datum
pg_extension_version_satisfies(PG_FUNCTION_ARGS)
{
	const char *version = extman_to_utf8(extman_text_argument(fcinfo, 0));
	const char *constraints = extman_to_utf8(extman_text_argument(fcinfo, 1));
	ExtmanError error;
	ExtmanCode	code;
	bool		result;

	code = extman_version_satisfies(extman_text(version), extman_text(constraints),
									&result, &error);
	if (code != EXTMAN_OK)
		extman_core_failed(code, &error, ERRCODE_INVALID_PARAMETER_VALUE, NULL);
	PG_RETURN_BOOL(result);
}
