/*
 * script_context.c
 *		Where in a script an error happened: its context.
 *
 * An error of the parser or of parse analysis comes with a position in the statement,
 * which becomes the internal query; any other gets a context item "SQL statement ...",
 * as from SPI.
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

		/* A position in the statement is none in what the client sent. */
		if (position > 0)
		{
			const char *at = place->statement;
			char	   *shown;

			errposition(0);
			for (int i = 1; i < position && *at; i++)
			{
				line += *at == '\n';
				at += pg_mblen(at);
			}
			shown = clip_around(place->statement, &position);
			internalerrposition(position);
			internalerrquery(shown);
		}
		else
			errcontext("SQL statement \"%.*s\"",
					   shown_length(place->statement, strlen(place->statement)),
					   place->statement);
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
extman_script_is_long(const char *statement)
{
	return strlen(statement) > SHOWN_LENGTH;
}

/* The scanner gives all that follows a quote which is not closed. */
ErrorData *
extman_script_cut_error(MemoryContext context)
{
	MemoryContext old = MemoryContextSwitchTo(context);
	ErrorData  *error = CopyErrorData();

	if (error->sqlerrcode == ERRCODE_SYNTAX_ERROR && strlen(error->message) > SHOWN_LENGTH)
		error->message = psprintf("%.*s...\"",
								  shown_length(error->message, strlen(error->message)),
								  error->message);
	FlushErrorState();
	MemoryContextSwitchTo(old);
	return error;
}
