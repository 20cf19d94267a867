/*
 * functions_progress.c
 *		The SQL function that shows what sessions are doing.
 *
 * As in pg_stat_progress views, everybody sees that there is something; what it
 * is, those see who have the rights of the session's user or of
 * pg_read_all_stats.
 */
#include "postgres.h"

#include "catalog/pg_authid.h"
#include "catalog/pg_type_d.h"
#include "commands/dbcommands.h"
#include "common/string.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"

#include "functions.h"
#include "progress.h"

PG_FUNCTION_INFO_V1(extman_progress);

#define SHOWN_COLUMNS 13		/* after pid and database */

static bool
may_see(const ExtmanProgressReport *report)
{
	return has_privs_of_role(GetUserId(), ROLE_PG_READ_ALL_STATS) ||
		has_privs_of_role(GetUserId(), report->role);
}

/* Text of another database is in its encoding, whatever that is. */
static void
add_text(ExtmanRow *row, const ExtmanProgressReport *report, const char *text)
{
	bool		readable = report->database == MyDatabaseId || pg_is_ascii(text);

	extman_row_text(row, readable && text[0] != '\0' ? text : NULL);
}

static void
add_number(ExtmanRow *row, uint64 value, bool known)
{
	if (known)
		extman_row_int8(row, value);
	else
		extman_row_datum(row, INT8OID, (Datum) 0, true);
}

static void
add_count(ExtmanRow *row, int value)
{
	extman_row_datum(row, INT4OID, Int32GetDatum(value), value == 0);
}

static void
add_progress(ExtmanRow *row, const ExtmanProgressReport *report)
{
	const ExtmanProgress *progress = &report->progress;
	bool		script = progress->script[0] != '\0';

	add_text(row, report, progress->command);
	add_count(row, progress->step);
	add_count(row, progress->steps);
	add_text(row, report, progress->action);
	add_text(row, report, progress->name);
	add_text(row, report, progress->version);
	add_text(row, report, progress->script);
	add_number(row, progress->statement, script && progress->statement > 0);
	add_number(row, progress->line, script && progress->statement > 0);
	add_number(row, progress->bytes_done, script);
	add_number(row, progress->bytes_total, script && progress->bytes_total > 0);
	extman_row_time(row, progress->started_at);
	extman_row_time(row, progress->step_started_at);
}

static void
add_nothing(ExtmanRow *row)
{
	static const Oid types[SHOWN_COLUMNS] = {
		TEXTOID, INT4OID, INT4OID, TEXTOID, TEXTOID, TEXTOID, TEXTOID,
		INT8OID, INT8OID, INT8OID, INT8OID, TIMESTAMPTZOID, TIMESTAMPTZOID
	};

	for (int i = 0; i < SHOWN_COLUMNS; i++)
		extman_row_datum(row, types[i], (Datum) 0, true);
}

/* extman.progress() */
Datum
extman_progress(PG_FUNCTION_ARGS)
{
	ExtmanProgressReport *reports;
	int			count;
	ExtmanRow	row;

	InitMaterializedSRF(fcinfo, 0);
	reports = extman_progress_reports(&count);
	for (int i = 0; i < count; i++)
	{
		extman_row_begin(&row, fcinfo);
		extman_row_int(&row, reports[i].pid);
		extman_row_name(&row, get_database_name(reports[i].database));
		if (may_see(&reports[i]))
			add_progress(&row, &reports[i]);
		else
			add_nothing(&row);
		extman_row_end(&row);
	}
	return (Datum) 0;
}
