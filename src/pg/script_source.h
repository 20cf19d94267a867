/*
 * script_source.h
 *		Where the text of a script comes from, slice by slice.
 *
 * A package's script is text in memory: what was read and hashed is what is run.
 * Any other file is read while it is run, in memory for one slice.
 */
#ifndef EXTMAN_PG_SCRIPT_SOURCE_H
#define EXTMAN_PG_SCRIPT_SOURCE_H

#include "extman/core.h"

typedef struct ExtmanSource ExtmanSource;

/* Text in the server's encoding, which stays the caller's. */
extern ExtmanSource *extman_source_memory(const char *text, Size length);

/*
 * A file in an encoding (-1: the database's).  It is read as it is at the time,
 * up to where it ends by then; one that is renamed or removed stays open.
 * Memory is of the current context; the end of the transaction closes the file.
 */
extern ExtmanSource *extman_source_file(const char *path, int encoding);

extern void extman_source_close(ExtmanSource *source);

/*
 * The next slice, valid until the next call; true if it is the last, which may
 * be empty.  Not to be called after that.  An error in the file's text names
 * path and line.
 */
extern bool extman_source_next(ExtmanSource *source, ExtmanText *slice);

/* How large it was when it was opened, and how much has been given out, in bytes. */
extern uint64 extman_source_size(const ExtmanSource *source);
extern uint64 extman_source_done(const ExtmanSource *source);

#endif							/* EXTMAN_PG_SCRIPT_SOURCE_H */
