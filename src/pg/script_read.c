/*
 * script_read.c
 *		The bytes of files.
 */
#include "postgres.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "miscadmin.h"
#include "storage/fd.h"
#include "utils/memutils.h"

#include "script_read.h"
#include "translate.h"

/* How much is read between two looks at interrupts. */
#define READ_SLICE (1024 * 1024)

/* Core's function knows nothing of these, and calls them internal errors. */
static int
errcode_for_open(void)
{
	switch (errno)
	{
		case ELOOP:				/* links that lead to each other */
		case ENXIO:				/* a socket, or a device that isn't there */
		case ENODEV:
			return errcode(ERRCODE_WRONG_OBJECT_TYPE);
		case ENAMETOOLONG:
			return errcode(ERRCODE_NAME_TOO_LONG);
		default:
			return errcode_for_file_access();
	}
}

int
extman_file_open(const char *path, const char *shown, uint64 *size)
{
	struct stat status;
	int			fd;

	/*
	 * O_NONBLOCK, since opening a FIFO would wait for a writer otherwise.  The
	 * type is taken from the open file, so nobody can exchange it in between.
	 */
	fd = OpenTransientFile(path, O_RDONLY | PG_BINARY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		ereport(ERROR,
				(errcode_for_open(),
				 errmsg("could not open file \"%s\" for reading: %m", shown)));

	/* A caller may swallow an error, so none leaves the file open. */
	if (fstat(fd, &status) != 0)
	{
		int			saved = errno;

		(void) CloseTransientFile(fd);
		errno = saved;
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not stat file \"%s\": %m", shown)));
	}
	if (!S_ISREG(status.st_mode))
	{
		(void) CloseTransientFile(fd);
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("\"%s\" is not a regular file", shown)));
	}
	*size = (uint64) status.st_size;
	return fd;
}

Size
extman_file_read_slice(int fd, const char *shown, char *buffer, Size wanted)
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

void
extman_file_close(int fd, const char *shown)
{
	if (CloseTransientFile(fd) != 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not close file \"%s\": %m", shown)));
}

/* From a file that is open and had this size then. */
static char *
read_whole(int fd, const char *shown, uint64 file_size, Size max_length, Size *length)
{
	Size		size;
	Size		done = 0;
	Size		wanted;
	Size		got;
	char	   *bytes;

	if (file_size > max_length)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("file \"%s\" is too large", shown),
				 errdetail("It has %llu bytes, and at most %llu are read.",
						   (unsigned long long) file_size,
						   (unsigned long long) max_length)));

	size = (Size) file_size;
	bytes = MemoryContextAllocHuge(CurrentMemoryContext, size + 1);

	/* A byte more is asked for, so that one call gets a file and sees its end. */
	do
	{
		wanted = Min(size + 1 - done, READ_SLICE);
		got = extman_file_read_slice(fd, shown, bytes + done, wanted);
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
	uint64		size;
	int			fd = extman_file_open(path, shown, &size);
	char	   *bytes;

	PG_TRY();
	{
		bytes = read_whole(fd, shown, size, max_length, length);
	}
	PG_CATCH();
	{
		(void) CloseTransientFile(fd);
		PG_RE_THROW();
	}
	PG_END_TRY();

	extman_file_close(fd, shown);
	return bytes;
}

char *
extman_file_read(const char *path, Size max_length, Size *length)
{
	return extman_file_read_shown(path, path, max_length, length);
}
