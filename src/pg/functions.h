/*
 * functions.h
 *		What the SQL-callable functions share.
 */
#ifndef EXTMAN_PG_FUNCTIONS_H
#define EXTMAN_PG_FUNCTIONS_H

#include "fmgr.h"
#include "funcapi.h"
#include "nodes/pg_list.h"
#include "utils/timestamp.h"

/*
 * A row of a result under construction: columns in order, NULL for NULL.  That
 * the result has columns of these types is checked at the end of each row,
 * since somebody may have altered its type.
 */
#define EXTMAN_MAX_COLUMNS 16

typedef struct ExtmanRow
{
	ReturnSetInfo *result;
	int			count;
	Oid			types[EXTMAN_MAX_COLUMNS];
	Datum		values[EXTMAN_MAX_COLUMNS];
	bool		nulls[EXTMAN_MAX_COLUMNS];
} ExtmanRow;

extern void extman_row_begin(ExtmanRow *row, FunctionCallInfo fcinfo);
extern void extman_row_datum(ExtmanRow *row, Oid type, Datum value, bool isnull);
extern void extman_row_text(ExtmanRow *row, const char *value);
extern void extman_row_name(ExtmanRow *row, const char *value);
extern void extman_row_bool(ExtmanRow *row, bool value);
extern void extman_row_int(ExtmanRow *row, int value);
extern void extman_row_int8(ExtmanRow *row, uint64 value);
extern void extman_row_time(ExtmanRow *row, TimestampTz value);	/* 0: null */
extern void extman_row_end(ExtmanRow *row);

/* Rows of extman.plan_step from a List of ExtmanPlanRow. */
extern void extman_return_plan(FunctionCallInfo fcinfo, List *rows);

/*
 * An argument as a C string, or NULL.  Its length is limited, as parsing takes
 * memory and time that no setting limits.
 */
#define EXTMAN_MAX_ARGUMENT_SIZE (1024 * 1024)

extern char *extman_text_argument(FunctionCallInfo fcinfo, int number);

#endif							/* EXTMAN_PG_FUNCTIONS_H */
