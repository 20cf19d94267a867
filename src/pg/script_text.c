/*
 * script_text.c
 *		From a file's bytes to text in the server's encoding.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "script_text.h"
#include "translate.h"

/* How much of a whole file is converted between two looks at interrupts. */
#define CONVERT_SLICE (256 * 1024)

/* ---------- what is wrong with it ---------- */

typedef struct BadText
{
	const char *path;
	uint64		line;
} BadText;

static void
bad_text_callback(void *arg)
{
	BadText    *bad = arg;

	errcontext("file \"%s\", line %llu", bad->path, (unsigned long long) bad->line);
}

static uint64
count_lines(const char *bytes, Size length)
{
	uint64		lines = 0;

	for (Size i = 0; i < length; i++)
		lines += bytes[i] == '\n';
	return lines;
}

/*
 * Raises what is wrong with the slice at offset: invalid in its encoding, or
 * else without a counterpart in the database's.
 */
static void
raise_bad_text(const ExtmanDecoder *decoder, const char *bytes, Size length, Size offset,
			   bool invalid)
{
	BadText		bad;
	ErrorContextCallback callback;

	bad.path = decoder->path;
	bad.line = decoder->line + count_lines(bytes, offset);

	callback.callback = bad_text_callback;
	callback.arg = &bad;
	callback.previous = error_context_stack;
	error_context_stack = &callback;

	if (invalid)
		report_invalid_encoding(decoder->from, bytes + offset, (int) (length - offset));
	else
		report_untranslatable_char(decoder->from, decoder->to, bytes + offset,
								   (int) (length - offset));
}

/* ---------- slices ---------- */

void
extman_decoder_init(ExtmanDecoder *decoder, const char *path, int encoding)
{
	int			to = GetDatabaseEncoding();

	if (encoding < 0 || encoding == PG_SQL_ASCII)
		encoding = to;

	memset(decoder, 0, sizeof(*decoder));
	decoder->path = path;
	decoder->from = encoding;
	decoder->to = to;
	decoder->at_start = true;
	decoder->line = 1;
	decoder->context = CurrentMemoryContext;

	if (encoding == to || (to == PG_SQL_ASCII && PG_VALID_BE_ENCODING(encoding)))
		return;
	decoder->conversion = FindDefaultConversionProc(encoding, to);
	if (!OidIsValid(decoder->conversion))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FUNCTION),
				 errmsg("default conversion function for encoding \"%s\" to \"%s\" does not exist",
						pg_encoding_to_char(encoding), pg_encoding_to_char(to))));
}

/* Whole characters at the head of the slice. */
static Size
valid_length(const ExtmanDecoder *decoder, const char *bytes, Size length, bool last)
{
	Size		valid = (Size) pg_encoding_verifymbstr(decoder->from, bytes, (int) length);

	/* The last character may just be incomplete, which the next slice will tell. */
	if (valid < length &&
		(last || length - valid >= (Size) pg_encoding_max_length(decoder->from)))
		raise_bad_text(decoder, bytes, length, valid, true);
	return valid;
}

/*
 * Where two characters become one, a cut between them would change the result.
 * They don't include blanks and line breaks, whose bytes are part of no other
 * character in any encoding.
 */
static Size
length_to_convert(const char *bytes, Size length, bool last)
{
	Size		cut = length;

	if (last)
		return length;
	while (cut > 0 && bytes[cut - 1] != '\n' && bytes[cut - 1] != ' ')
		cut--;
	return cut > 0 ? cut : length;
}

static void
convert(ExtmanDecoder *decoder, const char *bytes, Size length, ExtmanText *text)
{
	Size		room = length * MAX_CONVERSION_GROWTH + 1;
	int			read;

	if (room > decoder->room)
	{
		if (decoder->buffer)
			pfree(decoder->buffer);
		decoder->buffer = MemoryContextAlloc(decoder->context, room);
		decoder->room = room;
	}

	/* Without errors it stops before a character that has no counterpart. */
	read = pg_do_encoding_conversion_buf(decoder->conversion, decoder->from, decoder->to,
										 (unsigned char *) bytes, (int) length,
										 (unsigned char *) decoder->buffer, (int) room, true);
	if ((Size) read != length)
		raise_bad_text(decoder, bytes, length, (Size) read, false);

	text->data = decoder->buffer;
	text->length = strlen(decoder->buffer);
}

Size
extman_decode(ExtmanDecoder *decoder, const char *bytes, Size length, bool last,
			  ExtmanText *text)
{
	Size		mark = 0;
	Size		taken;

	text->data = bytes;
	text->length = 0;

	if (decoder->at_start)
	{
		if (length < 3 && !last)
			return 0;
		if (decoder->from == PG_UTF8 && length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
			mark = 3;
		decoder->at_start = false;
		bytes += mark;
		length -= mark;
	}

	taken = valid_length(decoder, bytes, length, last);
	if (OidIsValid(decoder->conversion))
	{
		taken = length_to_convert(bytes, taken, last);
		convert(decoder, bytes, taken, text);
	}
	else
	{
		text->data = bytes;
		text->length = taken;
	}
	decoder->line += count_lines(bytes, taken);
	return mark + taken;
}

/* ---------- a whole file ---------- */

char *
extman_script_convert(const char *path, char *bytes, Size length, int encoding,
					  Size *converted_length)
{
	ExtmanDecoder decoder;
	const char *start = bytes;
	char	   *converted = NULL;
	Size		room = 0;
	Size		filled = 0;
	Size		done = 0;

	extman_decoder_init(&decoder, path, encoding);
	while (done < length)
	{
		Size		slice = Min(length - done, CONVERT_SLICE);
		Size		taken;
		ExtmanText	text;

		CHECK_FOR_INTERRUPTS();
		taken = extman_decode(&decoder, bytes + done, slice, slice == length - done, &text);

		if (!OidIsValid(decoder.conversion))
		{
			if (done == 0)
				start = text.data;
		}
		else
		{
			if (room - filled <= text.length)
			{
				room = filled + filled / 2 + (length - done) + text.length + 1;
				converted = converted ? repalloc_huge(converted, room) :
					MemoryContextAllocHuge(CurrentMemoryContext, room);
			}
			memcpy(converted + filled, text.data, text.length);
		}
		done += taken;
		filled += text.length;
	}

	*converted_length = filled;
	if (converted == NULL)
	{
		/* A byte order mark goes. */
		if (start > bytes)
			memmove(bytes, start, filled + 1);
		return bytes;
	}
	pfree(decoder.buffer);
	pfree(bytes);
	converted[filled] = '\0';
	return converted;
}
