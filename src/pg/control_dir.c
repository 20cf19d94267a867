/*
 * control_dir.c
 *		What lies on the control path.
 *
 * The last scan is kept for the life of the backend.  Both it and the next one
 * are in the same order, so the folders that they share are found by walking
 * through the two side by side.
 */
#include "postgres.h"

#include <sys/stat.h>

#include "miscadmin.h"
#include "storage/fd.h"

#include "control_dir.h"
#include "extman.h"
#include "translate.h"

static ExtmanScan *last_scan = NULL;

/* Gives back the pins of a scan on its folders, when its memory goes. */
static void
release_folders(void *arg)
{
	ExtmanScan *scan = arg;

	for (int i = 0; i < scan->count; i++)
		extman_folder_unpin(scan->folders[i]);
}

static ExtmanScan *
scan_new(int expected)
{
	ExtmanScan *scan = extman_shared_new("pg_extman control path", sizeof(ExtmanScan));
	MemoryContextCallback *callback;

	callback = MemoryContextAlloc(scan->shared.context, sizeof(*callback));
	callback->func = release_folders;
	callback->arg = scan;
	MemoryContextRegisterResetCallback(scan->shared.context, callback);

	scan->control_path = MemoryContextStrdup(scan->shared.context, extman_control_path);
	scan->language = MemoryContextStrdup(scan->shared.context, extman_language());
	scan->room = Max(expected, 64);
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
 * Opens an element of the path.  One that doesn't exist has no folders, as in
 * core's own paths; one that can't be read is a problem.
 */
static DIR *
open_element(ExtmanScan *scan, const char *path)
{
	DIR		   *dir = AllocateDir(path);

	if (dir == NULL && errno != ENOENT)
	{
		char	   *message = psprintf(_("could not open directory: %m"));
		MemoryContext old = MemoryContextSwitchTo(scan->shared.context);

		scan->problems = lappend(scan->problems,
								 extman_problem_make(scan->shared.context, path,
													 0, 0, message, NULL));
		MemoryContextSwitchTo(old);
	}
	return dir;
}

/*
 * The entries of an element, sorted, so that the result doesn't depend on the
 * file system.  *complete is false when an error has cut the list short.
 */
static char **
list_entries(DIR *dir, const char *path, int *count, bool *complete)
{
	struct dirent *entry;
	int			room = 256;
	char	  **names = palloc(room * sizeof(char *));

	*count = 0;
	while ((entry = ReadDirExtended(dir, path, LOG)) != NULL)
	{
		CHECK_FOR_INTERRUPTS();
		if (entry->d_name[0] == '.')
			continue;
		if (*count == room)
		{
			names = repalloc_huge(names, (Size) room * 2 * sizeof(char *));
			room *= 2;
		}
		names[(*count)++] = pstrdup(entry->d_name);
	}
	*complete = errno == 0;

	qsort(names, *count, sizeof(char *), compare_names);
	return names;
}

/* Reads one folder; work is a context for what is needed only meanwhile. */
static void
scan_folder(ExtmanScan *scan, DIR *dir, const char *parent, const char *name,
			ExtmanFolder *previous, time_t now, MemoryContext work)
{
	MemoryContext old = MemoryContextSwitchTo(work);
	ExtmanFolder *folder;

	CHECK_FOR_INTERRUPTS();

	make_room(scan);
	folder = extman_folder_read(parent, dirfd(dir), name, previous, now);
	if (folder)
		scan->folders[scan->count++] = folder;

	MemoryContextSwitchTo(old);
	MemoryContextReset(work);
}

/* Reads the entries of an element; the last scan may know some of them. */
static void
scan_entries(ExtmanScan *scan, DIR *dir, ExtmanPathElement *element,
			 const ExtmanScan *last, const ExtmanPathElement *before,
			 time_t now, MemoryContext work)
{
	int			cursor = before ? before->start : 0;
	int			count;
	bool		complete;
	char	  **names = list_entries(dir, element->path, &count, &complete);

	for (int i = 0; i < count; i++)
	{
		ExtmanFolder *previous = NULL;

		while (before && cursor < before->end &&
			   strcmp(last->folders[cursor]->name, names[i]) < 0)
			cursor++;
		if (before && cursor < before->end &&
			strcmp(last->folders[cursor]->name, names[i]) == 0)
			previous = last->folders[cursor];

		scan_folder(scan, dir, element->path, names[i], previous, now, work);
	}

	/* Another entry may become a package without a change of the element. */
	element->listed = complete && scan->count - element->start == count &&
		extman_signature_settled(&element->signature, now);
}

/* Adds the folders of one element; before is what the last scan found there. */
static void
scan_element(ExtmanScan *scan, ExtmanPathElement *element,
			 const ExtmanScan *last, const ExtmanPathElement *before,
			 time_t now, MemoryContext work)
{
	DIR		   *dir = open_element(scan, element->path);
	struct stat st;

	element->start = element->end = scan->count;
	if (dir == NULL)
		return;

	memset(&st, 0, sizeof(st));
	if (fstat(dirfd(dir), &st) == 0)
		element->signature = extman_signature_of(&st);

	if (before && before->listed &&
		extman_signature_same(&before->signature, &element->signature))
	{
		for (int i = before->start; i < before->end; i++)
			scan_folder(scan, dir, element->path, last->folders[i]->name,
						last->folders[i], now, work);
		element->listed = scan->count - element->start == before->end - before->start;
	}
	else
		scan_entries(scan, dir, element, last, before, now, work);

	element->end = scan->count;
	FreeDir(dir);
}

static void
set_elements(ExtmanScan *scan)
{
	List	   *folders = extman_guc_control_folders();
	ListCell   *cell;

	scan->elements = MemoryContextAllocZero(scan->shared.context,
											(list_length(folders) + 1) * sizeof(ExtmanPathElement));
	foreach(cell, folders)
		scan->elements[scan->element_count++].path =
			MemoryContextStrdup(scan->shared.context, lfirst(cell));
}

ExtmanScan *
extman_control_dir_scan(void)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext work = AllocSetContextCreate(caller, "pg_extman scan", ALLOCSET_DEFAULT_SIZES);
	MemoryContext folder_work;
	ExtmanScan *last = last_scan;
	ExtmanScan *scan;
	time_t		now = time(NULL);

	if (last && (strcmp(last->control_path, extman_control_path) != 0 ||
				 strcmp(last->language, extman_language()) != 0))
		last = NULL;

	MemoryContextSwitchTo(work);
	folder_work = AllocSetContextCreate(work, "pg_extman scan of a folder", ALLOCSET_DEFAULT_SIZES);
	scan = scan_new(last ? last->count : 0);
	set_elements(scan);
	for (int i = 0; i < scan->element_count; i++)
		scan_element(scan, &scan->elements[i], last, last ? &last->elements[i] : NULL,
					 now, folder_work);
	MemoryContextSwitchTo(caller);

	extman_shared_publish(scan);
	extman_shared_unpin(last_scan);
	last_scan = scan;
	MemoryContextDelete(work);

	extman_shared_pin_for(caller, scan);
	return scan;
}
