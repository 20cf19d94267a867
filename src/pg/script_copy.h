/*
 * script_copy.h
 *		COPY ... FROM stdin, with its data in the script.
 */
#ifndef EXTMAN_PG_SCRIPT_COPY_H
#define EXTMAN_PG_SCRIPT_COPY_H

#include "commands/copy.h"
#include "nodes/parsenodes.h"

/* Fills the buffer with up to room bytes; 0 is the end of the data. */
typedef int (*ExtmanCopyRead) (void *arg, char *buffer, int room);

/* One COPY that is carried out: the caller gives read and arg. */
typedef struct ExtmanCopy
{
	ExtmanCopyRead read;
	void	   *arg;
	CopyFromState state;		/* NULL: not begun, or done */
	struct ExtmanCopy *outer;
} ExtmanCopy;

/*
 * Does what the server's COPY does, with its checks.  The data is in the
 * server's encoding.
 */
extern void extman_copy_run(const char *statement, CopyStmt *stmt, ExtmanCopy *copy);

/*
 * For an error context: the line of the data, from 1, that the error is about;
 * 0 if it is about none.
 */
extern uint64 extman_copy_line(const ExtmanCopy *copy);

#endif							/* EXTMAN_PG_SCRIPT_COPY_H */
