/*
 * functions_graph.c
 *		pg_extension_graph(): the dependency graph as text for programs that draw.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "functions.h"
#include "solve.h"
#include "translate.h"
#include "universe.h"

PG_FUNCTION_INFO_V1(pg_extension_graph);

static ExtmanPicture
picture_argument(FunctionCallInfo fcinfo)
{
	const char *format = extman_text_argument(fcinfo, 1);

	if (format == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("format must not be null")));
	if (pg_strcasecmp(format, "dot") == 0)
		return EXTMAN_DOT;
	if (pg_strcasecmp(format, "mermaid") == 0)
		return EXTMAN_MERMAID;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unrecognized format \"%s\"", format),
			 errhint("The formats are \"dot\" and \"mermaid\".")));
	return EXTMAN_DOT;			/* keep compiler quiet */
}

/* pg_extension_graph(request text, format text) */
Datum
pg_extension_graph(PG_FUNCTION_ARGS)
{
	const char *request = extman_text_argument(fcinfo, 0);
	ExtmanPicture picture = picture_argument(fcinfo);

	PG_RETURN_TEXT_P(cstring_to_text(extman_solve_picture(request, picture,
														  extman_universe_acquire(true))));
}
