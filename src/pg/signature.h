/*
 * signature.h
 *		What tells that a file or a folder was changed or replaced.
 */
#ifndef EXTMAN_PG_SIGNATURE_H
#define EXTMAN_PG_SIGNATURE_H

#include <sys/stat.h>
#include <time.h>

typedef struct ExtmanSignature
{
	dev_t		device;
	ino_t		inode;
	off_t		size;
	struct timespec modified;
	struct timespec changed;
} ExtmanSignature;

/* Of a file's status, or of one that was zeroed: there is no such file. */
extern ExtmanSignature extman_signature_of(const struct stat *st);

extern bool extman_signature_same(const ExtmanSignature *a, const ExtmanSignature *b);

/* Whether a later change shows in another signature. */
extern bool extman_signature_settled(const ExtmanSignature *signature, time_t now);

#endif							/* EXTMAN_PG_SIGNATURE_H */
