/*
 * script_source.c
 *		Where the text of a script comes from, slice by slice.
 */
#include "postgres.h"

#include "script_read.h"
#include "script_source.h"
#include "script_text.h"

#define SLICE (64 * 1024)

struct ExtmanSource
{
	uint64		size;
	uint64		done;

	/* in memory */
	const char *text;			/* NULL: a file */

	/* a file */
	const char *path;
	int			fd;
	ExtmanDecoder decoder;
	char	   *buffer;			/* of SLICE bytes */
	Size		filled;
	Size		taken;			/* of the buffer, by the slice before */
	bool		at_end;
};

ExtmanSource *
extman_source_memory(const char *text, Size length)
{
	ExtmanSource *source = palloc0(sizeof(ExtmanSource));

	source->text = text;
	source->size = length;
	return source;
}

ExtmanSource *
extman_source_file(const char *path, int encoding)
{
	ExtmanSource *source = palloc0(sizeof(ExtmanSource));

	source->path = path;
	source->fd = extman_file_open(path, path, &source->size);
	extman_decoder_init(&source->decoder, path, encoding);
	source->buffer = palloc(SLICE);
	return source;
}

void
extman_source_close(ExtmanSource *source)
{
	if (source->text == NULL)
		extman_file_close(source->fd, source->path);
	if (source->buffer)
		pfree(source->buffer);
	if (source->decoder.buffer)
		pfree(source->decoder.buffer);
	pfree(source);
}

static bool
next_in_memory(ExtmanSource *source, ExtmanText *slice)
{
	slice->data = source->text + source->done;
	slice->length = Min(source->size - source->done, SLICE);
	source->done += slice->length;
	return source->done == source->size;
}

static bool
next_of_file(ExtmanSource *source, ExtmanText *slice)
{
	/* What the slice before left is the head of a character, or of a line. */
	source->filled -= source->taken;
	memmove(source->buffer, source->buffer + source->taken, source->filled);

	while (source->filled < SLICE && !source->at_end)
	{
		Size		got = extman_file_read_slice(source->fd, source->path,
												 source->buffer + source->filled,
												 SLICE - source->filled);

		source->at_end = got == 0;
		source->filled += got;
	}
	source->taken = extman_decode(&source->decoder, source->buffer, source->filled,
								  source->at_end, slice);
	source->done += source->taken;
	return source->at_end;
}

bool
extman_source_next(ExtmanSource *source, ExtmanText *slice)
{
	return source->text ? next_in_memory(source, slice) : next_of_file(source, slice);
}

uint64
extman_source_size(const ExtmanSource *source)
{
	return source->size;
}

uint64
extman_source_done(const ExtmanSource *source)
{
	return source->done;
}
