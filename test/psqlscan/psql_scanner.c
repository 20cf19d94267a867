#include "postgres_fe.h"

#include "fe_utils/psqlscan.h"
#include "fe_utils/psqlscan_int.h"
#include "mb/pg_wchar.h"

#include "psql_scanner.h"

/* Of the scanner that flex made; no header has it. */
extern char *psql_yyget_text(yyscan_t scanner);

struct PsqlScanner
{
	PsqlScanState state;
	PQExpBuffer query;
	const char *text;
	size_t		length;
	size_t		start;			/* of what the state was set up with */
	bool		standard_strings;
};

/* Variables of psql are left as they are. */
static const PsqlScanCallbacks no_callbacks = {NULL};

static void
set_up(PsqlScanner *scanner, size_t position)
{
	scanner->start = position;
	resetPQExpBuffer(scanner->query);
	psql_scan_setup(scanner->state, scanner->text + position,
					(int) (scanner->length - position), PG_UTF8, scanner->standard_strings);
}

PsqlScanner *
psql_scanner_new(const char *text, size_t length, bool standard_strings)
{
	PsqlScanner *scanner = pg_malloc0(sizeof(*scanner));

	scanner->state = psql_scan_create(&no_callbacks);
	scanner->query = createPQExpBuffer();
	scanner->text = text;
	scanner->length = length;
	scanner->standard_strings = standard_strings;
	set_up(scanner, 0);
	return scanner;
}

void
psql_scanner_free(PsqlScanner *scanner)
{
	psql_scan_destroy(scanner->state);
	destroyPQExpBuffer(scanner->query);
	pg_free(scanner);
}

PsqlStop
psql_scanner_next(PsqlScanner *scanner, size_t *position)
{
	promptStatus_t prompt;
	PsqlScanResult result = psql_scan(scanner->state, scanner->query, &prompt);

	*position = scanner->length;
	if (result != PSCAN_SEMICOLON && result != PSCAN_BACKSLASH)
		return PSQL_END;

	/* Its last token is what it stopped at. */
	*position = scanner->start +
		(size_t) (psql_yyget_text(scanner->state->scanner) - scanner->state->scanbuf);
	if (result == PSCAN_BACKSLASH)
		return PSQL_BACKSLASH;
	resetPQExpBuffer(scanner->query);
	return PSQL_SEMICOLON;
}

void
psql_scanner_seek(PsqlScanner *scanner, size_t position)
{
	psql_scan_finish(scanner->state);
	psql_scan_reset(scanner->state);
	set_up(scanner, position);
}
