/*
 * control_dir.c
 *		What lies on the control path.
 *
 * The last scan is kept for the life of the backend.  Both it and the next one
 * are in the same order, so the folders that they share are found by walking
 * through the two side by side.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "storage/fd.h"

#include "control_dir.h"
#include "extman.h"

static ExtmanScan *last_scan = NULL;

/* Gives back the pins of a scan on its folders, when its memory goes. */
static void
release_folders(void *arg)
{
	ExtmanScan *scan = arg;

	for (int i = 0; i < scan->count; i++)
		extman_shared_unpin(scan->folders[i]);
}

static ExtmanScan *
scan_new(void)
{
	ExtmanScan *scan = extman_shared_new("pg_extman control path", sizeof(ExtmanScan));
	MemoryContextCallback *callback;

	callback = MemoryContextAlloc(scan->shared.context, sizeof(*callback));
	callback->func = release_folders;
	callback->arg = scan;
	MemoryContextRegisterResetCallback(scan->shared.context, callback);

	scan->control_path = MemoryContextStrdup(scan->shared.context, extman_control_path);
	scan->room = 64;
	scan->folders = MemoryContextAlloc(scan->shared.context,
									   scan->room * sizeof(ExtmanFolder *));
	return scan;
}

static void
make_room(ExtmanScan *scan)
{
	if (scan->count < scan->room)
		return;
	scan->folders = repalloc_huge(scan->folders,
								  (Size) scan->room * 2 * sizeof(ExtmanFolder *));
	scan->room *= 2;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/*
 * The entries of one element of the path, sorted, so that the result doesn't
 * depend on the file system.  An element that doesn't exist has none, as in
 * core's own paths; one that can't be read is a problem.
 */
static char **
list_entries(ExtmanScan *scan, const char *element, int *count)
{
	DIR		   *dir = AllocateDir(element);
	struct dirent *entry;
	int			room = 256;
	char	  **names;

	*count = 0;
	if (dir == NULL)
	{
		if (errno != ENOENT)
		{
			char	   *message = psprintf("could not open directory: %m");
			MemoryContext old = MemoryContextSwitchTo(scan->shared.context);

			scan->problems = lappend(scan->problems,
									 extman_problem_make(scan->shared.context, element,
														 0, 0, message, NULL));
			MemoryContextSwitchTo(old);
		}
		return NULL;
	}

	names = palloc(room * sizeof(char *));
	while ((entry = ReadDirExtended(dir, element, LOG)) != NULL)
	{
		if (entry->d_name[0] == '.')
			continue;
		if (*count == room)
		{
			names = repalloc_huge(names, (Size) room * 2 * sizeof(char *));
			room *= 2;
		}
		names[(*count)++] = pstrdup(entry->d_name);
	}
	FreeDir(dir);

	qsort(names, *count, sizeof(char *), compare_names);
	return names;
}

/*
 * Adds the folders of one element.  The last scan has those that it found in
 * the same element from last_start up to last_end, in the same order.
 */
static void
scan_element(ExtmanScan *scan, const char *element, const ExtmanScan *last,
			 int last_start, int last_end, time_t now)
{
	int			cursor = last_start;
	int			count;
	char	  **names = list_entries(scan, element, &count);
	MemoryContext old;

	for (int i = 0; i < count; i++)
	{
		ExtmanFolder *previous = NULL;
		ExtmanFolder *folder;

		CHECK_FOR_INTERRUPTS();

		while (cursor < last_end && strcmp(last->folders[cursor]->name, names[i]) < 0)
			cursor++;
		if (cursor < last_end && strcmp(last->folders[cursor]->name, names[i]) == 0)
			previous = last->folders[cursor];

		make_room(scan);
		folder = extman_folder_read(element, names[i], previous, now);
		if (folder)
			scan->folders[scan->count++] = folder;
	}

	old = MemoryContextSwitchTo(scan->shared.context);
	scan->ends = lappend_int(scan->ends, scan->count);
	MemoryContextSwitchTo(old);
}

ExtmanScan *
extman_control_dir_scan(void)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext work = AllocSetContextCreate(caller, "pg_extman scan", ALLOCSET_DEFAULT_SIZES);
	ExtmanScan *last = last_scan;
	ExtmanScan *scan;
	time_t		now = time(NULL);
	List	   *elements;
	ListCell   *cell;

	if (last && strcmp(last->control_path, extman_control_path) != 0)
		last = NULL;

	MemoryContextSwitchTo(work);
	scan = scan_new();
	elements = extman_guc_control_folders();
	foreach(cell, elements)
	{
		int			i = foreach_current_index(cell);
		int			last_start = last && i > 0 ? list_nth_int(last->ends, i - 1) : 0;
		int			last_end = last ? list_nth_int(last->ends, i) : 0;

		scan_element(scan, lfirst(cell), last, last_start, last_end, now);
	}
	MemoryContextSwitchTo(caller);

	extman_shared_publish(scan);
	extman_shared_unpin(last_scan);
	last_scan = scan;
	MemoryContextDelete(work);

	extman_shared_pin_for(caller, scan);
	return scan;
}
