/*
 * functions.c
 *		The SQL functions that plan and change.
 */
#include "postgres.h"

#include "access/detoast.h"
#include "catalog/pg_type_d.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "extman.h"
#include "functions.h"
#include "request.h"
#include "translate.h"

PG_FUNCTION_INFO_V1(pg_extension_install);
PG_FUNCTION_INFO_V1(pg_extension_uninstall);
PG_FUNCTION_INFO_V1(pg_extension_upgrade);
PG_FUNCTION_INFO_V1(pg_extension_plan);
PG_FUNCTION_INFO_V1(pg_extension_apply);
PG_FUNCTION_INFO_V1(pg_extension_explain);

/* ---------- rows and arguments ---------- */

void
extman_row_begin(ExtmanRow *row, FunctionCallInfo fcinfo)
{
	row->result = (ReturnSetInfo *) fcinfo->resultinfo;
	row->count = 0;
}

void
extman_row_datum(ExtmanRow *row, Oid type, Datum value, bool isnull)
{
	Assert(row->count < EXTMAN_MAX_COLUMNS);
	row->types[row->count] = type;
	row->values[row->count] = value;
	row->nulls[row->count] = isnull;
	row->count++;
}

void
extman_row_text(ExtmanRow *row, const char *value)
{
	extman_row_datum(row, TEXTOID, value ? CStringGetTextDatum(value) : (Datum) 0,
					 value == NULL);
}

void
extman_row_name(ExtmanRow *row, const char *value)
{
	extman_row_datum(row, NAMEOID,
					 value ? DirectFunctionCall1(namein, CStringGetDatum(value)) : (Datum) 0,
					 value == NULL);
}

void
extman_row_bool(ExtmanRow *row, bool value)
{
	extman_row_datum(row, BOOLOID, BoolGetDatum(value), false);
}

void
extman_row_int(ExtmanRow *row, int value)
{
	extman_row_datum(row, INT4OID, Int32GetDatum(value), false);
}

void
extman_row_int8(ExtmanRow *row, uint64 value)
{
	extman_row_datum(row, INT8OID, Int64GetDatum((int64) value), false);
}

void
extman_row_time(ExtmanRow *row, TimestampTz value)
{
	extman_row_datum(row, TIMESTAMPTZOID, TimestampTzGetDatum(value), value == 0);
}

void
extman_row_end(ExtmanRow *row)
{
	TupleDesc	expected = row->result->setDesc;
	bool		fits = expected->natts == row->count;

	for (int i = 0; fits && i < row->count; i++)
		fits = TupleDescAttr(expected, i)->atttypid == row->types[i] &&
			!TupleDescAttr(expected, i)->attisdropped;
	if (!fits)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the result type of a function of extension \"%s\" was altered",
						EXTMAN_EXTENSION),
				 errhint("Restore it, or drop the extension and create it again.")));
	tuplestore_putvalues(row->result->setResult, row->result->setDesc, row->values, row->nulls);
}

char *
extman_text_argument(FunctionCallInfo fcinfo, int number)
{
	if (PG_ARGISNULL(number))
		return NULL;

	/* The size is known before anything is fetched or decompressed. */
	if (toast_raw_datum_size(PG_GETARG_DATUM(number)) - VARHDRSZ > EXTMAN_MAX_ARGUMENT_SIZE)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("argument is too long"),
				 errdetail("At most %d bytes are taken.", EXTMAN_MAX_ARGUMENT_SIZE)));
	return text_to_cstring(PG_GETARG_TEXT_PP(number));
}

/* The request of a function that has to have one. */
static char *
request_argument(FunctionCallInfo fcinfo)
{
	char	   *request = extman_text_argument(fcinfo, 0);

	if (request == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("request must not be null")));
	return request;
}

void
extman_return_plan(FunctionCallInfo fcinfo, List *rows)
{
	ListCell   *cell;
	ExtmanRow	row;

	foreach(cell, rows)
	{
		ExtmanPlanRow *step = lfirst(cell);

		extman_row_begin(&row, fcinfo);
		extman_row_int(&row, foreach_current_index(cell) + 1);
		extman_row_text(&row, step->action);
		extman_row_text(&row, step->name);
		extman_row_text(&row, step->old_version);
		extman_row_text(&row, step->new_version);
		extman_row_name(&row, step->schema);
		extman_row_text(&row, step->source);
		extman_row_text(&row, step->reason);
		extman_row_end(&row);
	}
}

/* ---------- functions ---------- */

/* InitMaterializedSRF() comes first in each: what can't be returned isn't done. */

/* pg_extension_install(request text, schema name) */
Datum
pg_extension_install(PG_FUNCTION_ARGS)
{
	ExtmanCommand command = {"install"};

	InitMaterializedSRF(fcinfo, 0);
	command.install = request_argument(fcinfo);
	if (!PG_ARGISNULL(1))
		command.schema = pstrdup(NameStr(*PG_GETARG_NAME(1)));
	extman_return_plan(fcinfo, extman_request_run(&command));
	return (Datum) 0;
}

/* pg_extension_uninstall(request text, cascade boolean) */
Datum
pg_extension_uninstall(PG_FUNCTION_ARGS)
{
	ExtmanCommand command = {"uninstall"};

	InitMaterializedSRF(fcinfo, 0);
	command.uninstall = request_argument(fcinfo);
	command.cascade = !PG_ARGISNULL(1) && PG_GETARG_BOOL(1);
	extman_return_plan(fcinfo, extman_request_run(&command));
	return (Datum) 0;
}

/* pg_extension_upgrade(request text) */
Datum
pg_extension_upgrade(PG_FUNCTION_ARGS)
{
	ExtmanCommand command = {"upgrade"};

	InitMaterializedSRF(fcinfo, 0);
	command.upgrade = extman_text_argument(fcinfo, 0);
	command.upgrade_all = command.upgrade == NULL;
	extman_return_plan(fcinfo, extman_request_run(&command));
	return (Datum) 0;
}

/* The mix of requests that pg_extension_plan() and pg_extension_apply() take. */
static void
read_mix(FunctionCallInfo fcinfo, ExtmanCommand *command)
{
	command->install = extman_text_argument(fcinfo, 0);
	command->uninstall = extman_text_argument(fcinfo, 1);
	command->upgrade = extman_text_argument(fcinfo, 2);

	if (!command->install && !command->uninstall && !command->upgrade)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("nothing to install, uninstall or upgrade was named"),
				 errhint("Name a package in at least one of the arguments.")));
}

/* pg_extension_plan(install text, uninstall text, upgrade text) */
Datum
pg_extension_plan(PG_FUNCTION_ARGS)
{
	ExtmanCommand command = {"plan"};

	InitMaterializedSRF(fcinfo, 0);
	read_mix(fcinfo, &command);
	extman_return_plan(fcinfo, extman_request_plan(&command));
	return (Datum) 0;
}

/* pg_extension_apply(install text, uninstall text, upgrade text) */
Datum
pg_extension_apply(PG_FUNCTION_ARGS)
{
	ExtmanCommand command = {"apply"};

	InitMaterializedSRF(fcinfo, 0);
	read_mix(fcinfo, &command);
	extman_return_plan(fcinfo, extman_request_run(&command));
	return (Datum) 0;
}

/* pg_extension_explain(request text) */
Datum
pg_extension_explain(PG_FUNCTION_ARGS)
{
	ExtmanCommand command = {"explain"};

	command.install = request_argument(fcinfo);
	PG_RETURN_TEXT_P(cstring_to_text(extman_request_explain(&command)));
}
