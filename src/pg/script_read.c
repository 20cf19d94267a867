/*
 * script_read.c
 *		Files of SQL: their bytes, and their text in the server's encoding.
 */
#include "postgres.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catalog/namespace.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "storage/fd.h"
#include "utils/memutils.h"

#include "script.h"

/* How much is read between two looks at interrupts. */
#define READ_SLICE (1024 * 1024)

/* ---------- bytes ---------- */

static Size
read_slice(int fd, const char *shown, char *buffer, Size wanted)
{
	ssize_t		got;

	do
	{
		CHECK_FOR_INTERRUPTS();
		got = read(fd, buffer, wanted);
	} while (got < 0 && errno == EINTR);

	if (got < 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not read file \"%s\": %m", shown)));
	return (Size) got;
}

/* From a file that is open; errors name it as shown. */
static char *
read_open_file(int fd, const char *shown, Size max_length, Size *length)
{
	struct stat status;
	Size		size;
	Size		done = 0;
	Size		wanted;
	Size		got;
	char	   *bytes;

	if (fstat(fd, &status) != 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not stat file \"%s\": %m", shown)));
	if (!S_ISREG(status.st_mode))
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("\"%s\" is not a regular file", shown)));
	if ((uintmax_t) status.st_size > (uintmax_t) max_length)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("file \"%s\" is too large", shown),
				 errdetail("It has %llu bytes, and at most %llu are read.",
						   (unsigned long long) status.st_size,
						   (unsigned long long) max_length)));

	size = (Size) status.st_size;
	bytes = MemoryContextAllocHuge(CurrentMemoryContext, size + 1);

	/* A byte more is asked for, so that one call gets a file and sees its end. */
	do
	{
		wanted = Min(size + 1 - done, READ_SLICE);
		got = read_slice(fd, shown, bytes + done, wanted);
		done += got;
	} while (got > 0 && done <= size && !(done == size && got < wanted));

	if (done != size)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_IN_USE),
				 errmsg("file \"%s\" changed while it was read", shown),
				 errhint("Try again when the file is complete.")));
	bytes[size] = '\0';

	*length = size;
	return bytes;
}

char *
extman_file_read_shown(const char *path, const char *shown, Size max_length, Size *length)
{
	char	   *bytes;
	int			fd;

	/*
	 * O_NONBLOCK, since opening a FIFO would wait for a writer otherwise.  The
	 * type is taken from the open file, so nobody can exchange it in between.
	 */
	fd = OpenTransientFile(path, O_RDONLY | PG_BINARY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not open file \"%s\" for reading: %m", shown)));

	/* A caller may swallow the error, so it must not leave the file open. */
	PG_TRY();
	{
		bytes = read_open_file(fd, shown, max_length, length);
	}
	PG_CATCH();
	{
		(void) CloseTransientFile(fd);
		PG_RE_THROW();
	}
	PG_END_TRY();

	if (CloseTransientFile(fd) != 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not close file \"%s\": %m", shown)));
	return bytes;
}

char *
extman_file_read(const char *path, Size max_length, Size *length)
{
	return extman_file_read_shown(path, path, max_length, length);
}

/* ---------- text ---------- */

typedef struct BadText
{
	const char *path;
	uint64		line;
} BadText;

static void
bad_text_callback(void *arg)
{
	BadText    *bad = arg;

	errcontext("file \"%s\", line " UINT64_FORMAT, bad->path, bad->line);
}

/*
 * Raises what is wrong with bytes at offset, where a call without errors
 * stopped: invalid in encoding, or else without a counterpart in the
 * database's.
 */
static void
raise_bad_text(const char *path, const char *bytes, Size length, Size offset,
			   int encoding, bool invalid)
{
	BadText		bad;
	ErrorContextCallback callback;

	bad.path = path;
	bad.line = 1;
	for (Size i = 0; i < offset; i++)
		bad.line += bytes[i] == '\n';

	callback.callback = bad_text_callback;
	callback.arg = &bad;
	callback.previous = error_context_stack;
	error_context_stack = &callback;

	if (invalid)
		report_invalid_encoding(encoding, bytes + offset, (int) Min(length - offset, INT_MAX));
	else
		report_untranslatable_char(encoding, GetDatabaseEncoding(), bytes + offset,
								   (int) Min(length - offset, INT_MAX));
}

static void
verify(const char *path, const char *bytes, Size length, int encoding)
{
	int			valid = pg_encoding_verifymbstr(encoding, bytes, (int) length);

	if ((Size) valid != length)
		raise_bad_text(path, bytes, length, (Size) valid, encoding, true);
}

/*
 * Converts valid text, slice by slice: a conversion cannot give more than 2 GB
 * at once, and takes no interrupts.
 */
static char *
convert(const char *path, const char *bytes, Size length, int from, int to,
		Size *converted_length)
{
	Oid			conversion = FindDefaultConversionProc(from, to);
	char	   *text;
	Size		room = length + length / 4 + READ_SLICE * MAX_CONVERSION_GROWTH + 1;
	Size		filled = 0;
	Size		done = 0;

	if (!OidIsValid(conversion))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FUNCTION),
				 errmsg("default conversion function for encoding \"%s\" to \"%s\" does not exist",
						pg_encoding_to_char(from), pg_encoding_to_char(to))));

	text = MemoryContextAllocHuge(CurrentMemoryContext, room);
	while (done < length)
	{
		int			slice = (int) Min(length - done, READ_SLICE);
		int			read;

		CHECK_FOR_INTERRUPTS();
		if (room - filled <= (Size) slice * MAX_CONVERSION_GROWTH)
		{
			room = room * 2 + (Size) slice * MAX_CONVERSION_GROWTH;
			text = repalloc_huge(text, room);
		}

		/* It stops before a character that has no counterpart, or is cut. */
		read = pg_do_encoding_conversion_buf(conversion, from, to,
											 (unsigned char *) bytes + done, slice,
											 (unsigned char *) text + filled,
											 slice * MAX_CONVERSION_GROWTH + 1, true);
		if (read <= 0)
			raise_bad_text(path, bytes, length, done, from, false);
		done += (Size) read;
		filled += strlen(text + filled);
	}
	text[filled] = '\0';

	*converted_length = filled;
	return text;
}

char *
extman_script_convert(const char *path, char *bytes, Size length,
					  int encoding, Size *converted_length)
{
	int			to = GetDatabaseEncoding();

	if (encoding < 0 || encoding == PG_SQL_ASCII)
		encoding = to;
	if (encoding == PG_UTF8 && length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
	{
		length -= 3;
		memmove(bytes, bytes + 3, length + 1);
	}

	/* The server's functions count in int. */
	if (length > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("file \"%s\" is too large", path)));

	verify(path, bytes, length, encoding);
	if (encoding == to || (to == PG_SQL_ASCII && PG_VALID_BE_ENCODING(encoding)))
	{
		*converted_length = length;
		return bytes;
	}
	return convert(path, bytes, length, encoding, to, converted_length);
}
