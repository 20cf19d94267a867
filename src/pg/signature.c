/*
 * signature.c
 *		What tells that a file or a folder was changed or replaced.
 */
#include "postgres.h"

#include "signature.h"

ExtmanSignature
extman_signature_of(const struct stat *st)
{
	ExtmanSignature signature;

	/* Compared by memcmp: no padding may be left undefined. */
	memset(&signature, 0, sizeof(signature));
	signature.device = st->st_dev;
	signature.inode = st->st_ino;
	signature.size = st->st_size;
	signature.modified = st->st_mtim;
	signature.changed = st->st_ctim;
	return signature;
}

bool
extman_signature_same(const ExtmanSignature *a, const ExtmanSignature *b)
{
	return memcmp(a, b, sizeof(ExtmanSignature)) == 0;
}

/*
 * A file that changed in this very moment may change again without a new
 * time stamp, since file systems count time in ticks of up to a second.  Such a
 * signature isn't trusted: the file is read again next time.  (The time of the
 * last status change can't be set by a user, so it alone is looked at.)
 */
bool
extman_signature_settled(const ExtmanSignature *signature, time_t now)
{
	return signature->changed.tv_sec + 2 <= now;
}
