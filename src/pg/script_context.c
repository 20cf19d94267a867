/*
 * script_context.c
 *		Where in a script an error happened: its context.
 *
 * SPI has already done its part when the callback runs: an error of the parser
 * or of parse analysis comes with the statement as its internal query and with
 * the position in it; any other with a context item "SQL statement ...".
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/memutils.h"

#include "script_context.h"
#include "translate.h"

/*
 * A statement longer than this is shown in part: about half of it each side of
 * the position of the error, or half of it from the start.
 */
#define SHOWN_LENGTH 1000

static int
shown_length(const char *statement, Size length)
{
	return pg_mbcliplen(statement, (int) Min(length, SHOWN_LENGTH), SHOWN_LENGTH / 2);
}

/*
 * Of a long statement, the part around the character at *position (from 1),
 * which becomes the position in that part.
 */
static char *
clip_around(const char *statement, int *position)
{
	Size		length = strlen(statement);
	const char *at = statement;
	const char *start;
	const char *end;

	if (length <= SHOWN_LENGTH)
		return pstrdup(statement);

	for (int i = 1; i < *position && *at; i++)
		at += pg_mblen(at);

	/*
	 * Start and end at an ASCII character, which is a whole one in every
	 * server encoding.
	 */
	start = at - Min(at - statement, SHOWN_LENGTH / 2);
	while (start > statement && start < at && IS_HIGHBIT_SET(*start))
		start++;
	end = at + Min((Size) (statement + length - at), SHOWN_LENGTH / 2);
	while (*end && IS_HIGHBIT_SET(*end))
		end++;

	*position -= pg_mbstrlen_with_len(statement, (int) (start - statement));
	return pnstrdup(start, end - start);
}

/* Whether the internal query of the current error is this statement. */
static bool
is_internal_query(const char *statement)
{
	ErrorData  *error = CopyErrorData();

	return error->internalquery != NULL && strcmp(error->internalquery, statement) == 0;
}

void
extman_script_context(void *arg)
{
	ExtmanScriptPlace *place = arg;
	uint64		line = place->line;

	if (place->reading)
		return;
	if (place->copy && place->data_line > 0)
	{
		uint64		data_line = extman_copy_line(place->copy);

		if (data_line > 0)
			line = place->data_line + data_line - 1;
	}

	if (place->statement)
	{
		MemoryContext old = MemoryContextSwitchTo(place->scratch);
		int			position = geterrposition();

		/*
		 * A position in the statement is never one in what the client sent.
		 * An internal position may be one in another statement, such as one
		 * of a function that this statement called.
		 */
		if (position > 0)
			errposition(0);
		else if (getinternalerrposition() > 0 && is_internal_query(place->statement))
			position = getinternalerrposition();

		if (position > 0)
		{
			const char *at = place->statement;
			char	   *shown;

			for (int i = 1; i < position && *at; i++)
			{
				line += *at == '\n';
				at += pg_mblen(at);
			}
			shown = clip_around(place->statement, &position);
			internalerrposition(position);
			internalerrquery(shown);
		}
		else if (place->show_statement)
		{
			errcontext("SQL statement \"%.*s\"",
					   shown_length(place->statement, strlen(place->statement)),
					   place->statement);
		}
		MemoryContextSwitchTo(old);
	}

	if (place->script->of_extension)
		errcontext("extension script file \"%s\", near line %llu", place->script->path,
				   (unsigned long long) line);
	else
		errcontext("SQL file \"%s\", near line %llu", place->script->path,
				   (unsigned long long) line);
}

/* ---------- long statements ---------- */

bool
extman_script_shown_too_long(const char *statement)
{
	return strlen(statement) > SHOWN_LENGTH;
}

/*
 * Where SPI gives a statement as context, it gives all of it, before our
 * callback is called; and what is in the context then cannot be changed but in
 * an error that was caught.  The scanner, too, gives all that follows a quote
 * which is not closed.
 */
ErrorData *
extman_script_cut_error(const char *statement, MemoryContext context)
{
	MemoryContext old = MemoryContextSwitchTo(context);
	ErrorData  *error = CopyErrorData();
	char	   *found = error->context ? strstr(error->context, statement) : NULL;

	if (found)
	{
		Size		length = strlen(statement);
		StringInfoData cut;

		initStringInfo(&cut);
		appendBinaryStringInfo(&cut, error->context, (int) (found - error->context));
		appendBinaryStringInfo(&cut, statement, shown_length(statement, length));
		appendStringInfoString(&cut, found + length);
		error->context = cut.data;
	}
	if (error->sqlerrcode == ERRCODE_SYNTAX_ERROR && strlen(error->message) > SHOWN_LENGTH)
		error->message = psprintf("%.*s...\"",
								  shown_length(error->message, strlen(error->message)),
								  error->message);
	FlushErrorState();
	MemoryContextSwitchTo(old);
	return error;
}
