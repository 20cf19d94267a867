/*
 * progress.c
 *		What sessions are doing, in shared memory.
 *
 * A session takes a slot for as long as it carries something out, and is the
 * only one to write it.  When there is none left, or no memory for them, it goes
 * on unseen.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "storage/ipc.h"
#include "storage/lwlock.h"
#include "storage/shmem.h"
#include "storage/spin.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "progress.h"

/* Changes are serialised in each database, so that this is a lot. */
#define SLOT_COUNT 32

/* Sessions with another build of the library must not take it for theirs. */
#define SEGMENT_NAME "pg_extman progress 1"

typedef struct Slot
{
	slock_t		mutex;
	ExtmanProgressReport report;	/* pid 0: the slot is free */
} Slot;

typedef struct Segment
{
	Slot		slots[SLOT_COUNT];
} Segment;

static Segment *segment = NULL;
static Slot *own_slot = NULL;
static ExtmanProgress own;		/* what own_slot shows */

/* ---------- the segment ---------- */

static void
init_segment(void *memory EXTMAN_SEGMENT_INIT_ARG)
{
	Segment    *new_segment = memory;

	memset(new_segment, 0, sizeof(Segment));
	for (int i = 0; i < SLOT_COUNT; i++)
		SpinLockInit(&new_segment->slots[i].mutex);
}

/* Makes it when it isn't there yet; false if that can't be. */
static bool
attach(void)
{
	if (segment == NULL)
		segment = extman_shared_segment(SEGMENT_NAME, sizeof(Segment), init_segment);
	return segment != NULL;
}

/* ---------- this session's slot ---------- */

static void
release_slot(void)
{
	Slot	   *slot = own_slot;

	if (slot == NULL)
		return;
	own_slot = NULL;
	SpinLockAcquire(&slot->mutex);
	slot->report.pid = 0;
	SpinLockRelease(&slot->mutex);
}

static void
release_slot_at_exit(int code, Datum arg)
{
	release_slot();
}

static void
take_slot(void)
{
	static bool at_exit = false;

	if (!attach())
		return;
	if (!at_exit)
		before_shmem_exit(release_slot_at_exit, (Datum) 0);
	at_exit = true;

	for (int i = 0; i < SLOT_COUNT && own_slot == NULL; i++)
	{
		Slot	   *slot = &segment->slots[i];

		SpinLockAcquire(&slot->mutex);
		if (slot->report.pid == 0)
		{
			slot->report.pid = MyProcPid;
			slot->report.database = MyDatabaseId;
			slot->report.role = GetUserId();
			slot->report.progress = own;
			own_slot = slot;
		}
		SpinLockRelease(&slot->mutex);
	}
}

static void
publish(void)
{
	if (own_slot == NULL)
		return;
	SpinLockAcquire(&own_slot->mutex);
	own_slot->report.progress = own;
	SpinLockRelease(&own_slot->mutex);
}

/* ---------- reporting ---------- */

/* Cut at a character, when it is too long. */
static void
put(char *field, size_t room, const char *text)
{
	int			length = text ? (int) strlen(text) : 0;

	if (length >= (int) room)
		length = pg_mbcliplen(text, length, (int) room - 1);
	memcpy(field, text ? text : "", length);
	field[length] = '\0';
}

void
extman_progress_begin(ExtmanProgress *outer, const char *command, int steps)
{
	*outer = own;
	memset(&own, 0, sizeof(own));
	put(own.command, sizeof(own.command), command);
	own.steps = steps;
	own.started_at = GetCurrentTimestamp();
	if (own_slot == NULL)
		take_slot();
	publish();
}

void
extman_progress_end(const ExtmanProgress *outer)
{
	own = *outer;
	if (own.command[0] == '\0')
		release_slot();
	publish();
}

static void
clear_script(void)
{
	own.script[0] = '\0';
	own.statement = own.line = own.bytes_done = own.bytes_total = 0;
}

void
extman_progress_step(const char *action, const char *name, const char *version)
{
	own.step++;
	put(own.action, sizeof(own.action), action);
	put(own.name, sizeof(own.name), name);
	put(own.version, sizeof(own.version), version);
	own.step_started_at = GetCurrentTimestamp();
	clear_script();
	publish();
}

void
extman_progress_script(const char *path, uint64 total)
{
	const char *file = strrchr(path, '/');

	clear_script();
	put(own.script, sizeof(own.script), file ? file + 1 : path);
	own.bytes_total = total;
	publish();
}

void
extman_progress_statement(uint64 statement, uint64 line, uint64 bytes_done)
{
	own.statement = statement;
	own.line = line;
	own.bytes_done = bytes_done;
	publish();
}

void
extman_progress_bytes(uint64 bytes_done)
{
	own.bytes_done = bytes_done;
	publish();
}

/* ---------- watching ---------- */

ExtmanProgressReport *
extman_progress_reports(int *count)
{
	ExtmanProgressReport *reports = palloc(SLOT_COUNT * sizeof(ExtmanProgressReport));

	*count = 0;
	if (!attach())
		return reports;
	for (int i = 0; i < SLOT_COUNT; i++)
	{
		Slot	   *slot = &segment->slots[i];

		SpinLockAcquire(&slot->mutex);
		reports[*count] = slot->report;
		SpinLockRelease(&slot->mutex);
		if (reports[*count].pid != 0)
			(*count)++;
	}
	return reports;
}
