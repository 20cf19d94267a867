/*
 * progress.h
 *		What a session is doing, for others to watch.
 *
 * Core's progress reports hold one command at a time, and the commands of a
 * script report theirs; so ours lies in shared memory of its own, which is made
 * when it is first used, without preloading.
 *
 * Reports nest: a file of SQL may install a package.  The innermost is seen.
 */
#ifndef EXTMAN_PG_PROGRESS_H
#define EXTMAN_PG_PROGRESS_H

#include "datatype/timestamp.h"

#define EXTMAN_PROGRESS_VERSION 64

typedef struct ExtmanProgress
{
	char		command[32];	/* "install", "CREATE EXTENSION", "execute file" ...; empty: nothing */
	char		action[16];		/* of the step, or empty, as the next ones */
	char		name[NAMEDATALEN];
	char		version[EXTMAN_PROGRESS_VERSION];	/* perhaps cut */
	char		script[NAMEDATALEN];	/* the file's name without its folder */
	int			step;			/* from 1; 0: none */
	int			steps;
	uint64		statement;		/* of the script, from 1 */
	uint64		line;			/* where it starts */
	uint64		bytes_done;
	uint64		bytes_total;	/* 0: not known */
	TimestampTz started_at;
	TimestampTz step_started_at;
} ExtmanProgress;

/* Another session's report, and whose it is. */
typedef struct ExtmanProgressReport
{
	int			pid;
	Oid			database;
	Oid			role;
	ExtmanProgress progress;
} ExtmanProgressReport;

/*
 * A command begins; what was reported before is kept in *outer, to be given
 * back at its end, also when that is an error.
 */
extern void extman_progress_begin(ExtmanProgress *outer, const char *command, int steps);
extern void extman_progress_end(const ExtmanProgress *outer);

/* The next step begins. */
extern void extman_progress_step(const char *action, const char *name, const char *version);

/* A script begins; total is its length in bytes, 0 if it isn't known. */
extern void extman_progress_script(const char *path, uint64 total);

/* A statement begins, this many bytes from the script's start. */
extern void extman_progress_statement(uint64 statement, uint64 line, uint64 bytes_done);

/* The statement takes data from the script. */
extern void extman_progress_bytes(uint64 bytes_done);

/* All reports there are, as they were at one moment each; palloc'd. */
extern ExtmanProgressReport *extman_progress_reports(int *count);

#endif							/* EXTMAN_PG_PROGRESS_H */
