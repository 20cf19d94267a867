/*
 * hash.c
 *		SHA-256 of scripts.
 */
#include "postgres.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/cryptohash.h"
#include "miscadmin.h"
#include "storage/fd.h"

#include "hash.h"
#include "translate.h"

#define PIECE_SIZE (64 * 1024)

static void
hash_failed(pg_cryptohash_ctx *context)
{
	const char *message = pstrdup(pg_cryptohash_error(context));

	pg_cryptohash_free(context);
	elog(ERROR, "could not compute SHA-256 hash: %s", message);
}

static pg_cryptohash_ctx *
hash_begin(void)
{
	pg_cryptohash_ctx *context = pg_cryptohash_create(PG_SHA256);

	if (pg_cryptohash_init(context) < 0)
		hash_failed(context);
	return context;
}

static void
hash_add(pg_cryptohash_ctx *context, const char *bytes, Size length)
{
	if (pg_cryptohash_update(context, (const uint8 *) bytes, length) < 0)
		hash_failed(context);
}

static void
hash_end(pg_cryptohash_ctx *context, uint8 *sha256)
{
	if (pg_cryptohash_final(context, sha256, EXTMAN_SHA256_LENGTH) < 0)
		hash_failed(context);
	pg_cryptohash_free(context);
}

void
extman_hash_bytes(const char *bytes, Size length, uint8 *sha256)
{
	pg_cryptohash_ctx *context = hash_begin();

	hash_add(context, bytes, length);
	hash_end(context, sha256);
}

/* Errors leave nothing behind. */
static const char *
hash_open_file(int fd, uint8 *sha256)
{
	pg_cryptohash_ctx *context;
	struct stat status;
	char	   *piece;
	ssize_t		length;
	const char *problem = NULL;

	if (fstat(fd, &status) != 0)
		return pstrdup(strerror(errno));
	if (!S_ISREG(status.st_mode))
		return _("not a regular file");

	context = hash_begin();
	piece = palloc(PIECE_SIZE);
	while ((length = read(fd, piece, PIECE_SIZE)) > 0)
	{
		CHECK_FOR_INTERRUPTS();
		hash_add(context, piece, length);
	}
	if (length < 0)
		problem = pstrdup(strerror(errno));
	hash_end(context, sha256);
	pfree(piece);
	return problem;
}

const char *
extman_hash_file(const char *path, uint8 *sha256)
{
	/* O_NONBLOCK, since opening a FIFO would wait for a writer otherwise. */
	int			fd = OpenTransientFile(path, O_RDONLY | PG_BINARY | O_NONBLOCK | O_CLOEXEC);
	const char *problem;

	if (fd < 0)
		return pstrdup(strerror(errno));
	problem = hash_open_file(fd, sha256);
	(void) CloseTransientFile(fd);
	return problem;
}
