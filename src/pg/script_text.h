/*
 * script_text.h
 *		From a file's bytes to text in the server's encoding.
 */
#ifndef EXTMAN_PG_SCRIPT_TEXT_H
#define EXTMAN_PG_SCRIPT_TEXT_H

#include "extman/core.h"

/*
 * Verifies and converts bytes that arrive in slices.  The byte order mark that a
 * file in UTF-8 may start with is left out; a NUL is an error.
 */
typedef struct ExtmanDecoder
{
	const char *path;			/* for messages, as the user may see it */
	int			from;
	int			to;
	Oid			conversion;		/* InvalidOid: the bytes are taken as they are */
	bool		at_start;
	uint64		line;			/* of the next byte, from 1 */
	char	   *buffer;			/* of converted text */
	Size		room;
	MemoryContext context;		/* of the buffer */
} ExtmanDecoder;

/* From an encoding (-1: the database's) to the database's. */
extern void extman_decoder_init(ExtmanDecoder *decoder, const char *path, int encoding);

/*
 * Takes as many of the bytes as make whole characters, and returns how many that
 * are: all of them if they are the last.  What is left belongs at the head of the
 * next slice.  The text lies in bytes or in the decoder; it is valid until the
 * next call.  An error names path and line.
 */
extern Size extman_decode(ExtmanDecoder *decoder, const char *bytes, Size length, bool last,
						  ExtmanText *text);

/*
 * A whole file at once: palloc'd bytes with a NUL behind them, which are the
 * function's from there on.  The text is palloc'd, perhaps in their place; a NUL
 * stands behind it, too.
 */
extern char *extman_script_convert(const char *path, char *bytes, Size length,
								   int encoding, Size *converted_length);

#endif							/* EXTMAN_PG_SCRIPT_TEXT_H */
