/*
 * hash.h
 *		SHA-256 of scripts.
 */
#ifndef EXTMAN_PG_HASH_H
#define EXTMAN_PG_HASH_H

#define EXTMAN_SHA256_LENGTH 32

extern void extman_hash_bytes(const char *bytes, Size length, uint8 *sha256);

/*
 * Of a file, whatever its size.  NULL, or why it can't be read: "No such file or
 * directory", "not a regular file".
 */
extern const char *extman_hash_file(const char *path, uint8 *sha256);

#endif							/* EXTMAN_PG_HASH_H */
