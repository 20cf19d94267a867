/*
 * core_dir.c
 *		The extensions that PostgreSQL itself can install.
 *
 * Control files change when packages of the operating system are installed, so
 * rarely: what was read is kept for the life of the backend, and all of it is
 * read again when anything has changed.  To see that nothing has takes one
 * stat() for each control file and folder: which files there are, the folder's
 * own status tells.
 */
#include "postgres.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "storage/fd.h"

#include "core_dir.h"
#include "core_folders.h"
#include "translate.h"

static ExtmanCoreScan *last_scan = NULL;

/* ---------- has it changed? ---------- */

static ExtmanSignature
look_at(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		memset(&st, 0, sizeof(st));
	return extman_signature_of(&st);
}

void
extman_core_watch(ExtmanCoreScan *scan, const char *path, time_t now)
{
	ExtmanCoreFile *file = palloc(sizeof(ExtmanCoreFile));

	file->path = path;
	file->signature = look_at(path);
	scan->settled = scan->settled && extman_signature_settled(&file->signature, now);
	scan->files = lappend(scan->files, file);
}

/* The folder of the file that was looked at last. */
typedef struct OpenFolder
{
	const char *path;			/* of some file in it */
	Size		length;			/* of the part of that which is the folder's */
	int			fd;				/* -1: none is open */
} OpenFolder;

static void
close_folder(OpenFolder *folder)
{
	if (folder->fd >= 0)
		CloseTransientFile(folder->fd);
	folder->fd = -1;
}

static void
open_folder(OpenFolder *folder, const char *path, Size length)
{
	close_folder(folder);
	folder->path = path;
	folder->length = length;
	folder->fd = OpenTransientFile(pnstrdup(path, length), O_RDONLY | O_DIRECTORY);
}

/* There are many files in few folders: no need to walk through the path of each. */
static ExtmanSignature
look_again(const char *path, OpenFolder *folder)
{
	const char *slash = strrchr(path, '/');
	Size		length = slash ? slash - path : 0;
	struct stat st;

	if (length == 0)
		return look_at(path);
	if (folder->path == NULL || folder->length != length ||
		memcmp(folder->path, path, length) != 0)
		open_folder(folder, path, length);
	if (folder->fd < 0)
		return look_at(path);
	if (fstatat(folder->fd, slash + 1, &st, 0) != 0)
		memset(&st, 0, sizeof(st));
	return extman_signature_of(&st);
}

static bool
same_files(const ExtmanCoreScan *scan)
{
	OpenFolder	folder = {NULL, 0, -1};
	bool		same = true;
	ListCell   *cell;

	foreach(cell, scan->files)
	{
		const ExtmanCoreFile *file = lfirst(cell);
		ExtmanSignature now = look_again(file->path, &folder);

		same = extman_signature_same(&file->signature, &now);
		if (!same)
			break;
	}
	close_folder(&folder);
	return same;
}

static bool
same_folders(const List *a, const List *b)
{
	ListCell   *one;
	ListCell   *other;

	if (list_length(a) != list_length(b))
		return false;
	forboth(one, a, other, b)
	{
		if (strcmp(lfirst(one), lfirst(other)) != 0)
			return false;
	}
	return true;
}

static bool
is_fresh(const ExtmanCoreScan *scan, const List *folders)
{
	return scan != NULL && scan->settled && strcmp(scan->language, extman_language()) == 0 &&
		same_folders(scan->folders, folders) &&
		same_files(scan);
}

/* ---------- what a universe sees of it ---------- */

/* With their NULs, so that no two lists of texts look the same. */
static void
add_text(StringInfo fingerprint, const char *text)
{
	appendBinaryStringInfo(fingerprint, text ? text : "", text ? strlen(text) + 1 : 1);
}

static void
add_version_facts(StringInfo fingerprint, const ExtmanCoreVersion *version)
{
	ListCell   *cell;

	add_text(fingerprint, version->version);
	add_text(fingerprint, version->control.comment);
	add_text(fingerprint, version->control.schema);
	appendStringInfo(fingerprint, "%d %d %d %d %d ", version->control.relocatable,
					 version->control.superuser, version->control.trusted,
					 version->broken, list_length(version->control.requires_));
	foreach(cell, version->control.requires_)
		add_text(fingerprint, lfirst(cell));
	appendStringInfo(fingerprint, "%d ", version->step_count);
	for (int i = 0; i < version->step_count; i++)
		add_text(fingerprint, version->steps[i]->version);
	appendStringInfo(fingerprint, "%d ", version->update_count);
	for (int i = 0; i < version->update_count; i++)
		add_text(fingerprint, version->updates[i]->version);
}

static void
make_fingerprint(ExtmanCoreScan *scan)
{
	ListCell   *cell;

	initStringInfo(&scan->fingerprint);
	for (int i = 0; i < scan->count; i++)
	{
		const ExtmanCoreExtension *extension = scan->extensions[i];

		add_text(&scan->fingerprint, extension->name);
		add_text(&scan->fingerprint, extension->path);
		add_text(&scan->fingerprint, extension->control.default_version);
		appendStringInfo(&scan->fingerprint, "%d ", extension->version_count);
		for (int j = 0; j < extension->version_count; j++)
			add_version_facts(&scan->fingerprint, extension->versions[j]);
	}
	foreach(cell, scan->problems)
	{
		add_text(&scan->fingerprint, ((ExtmanProblem *) lfirst(cell))->file);
		add_text(&scan->fingerprint, ((ExtmanProblem *) lfirst(cell))->message);
	}
}

/* ---------- all of it ---------- */

ExtmanCoreScan *
extman_core_dir_scan(void)
{
	MemoryContext caller = CurrentMemoryContext;
	List	   *folders = extman_core_folders();

	if (!is_fresh(last_scan, folders))
	{
		ExtmanCoreScan *scan = extman_shared_new("pg_extman core extensions",
												 sizeof(ExtmanCoreScan));
		ListCell   *cell;

		MemoryContextSwitchTo(scan->shared.context);
		scan->settled = true;
		scan->language = pstrdup(extman_language());
		foreach(cell, folders)
			scan->folders = lappend(scan->folders, pstrdup(lfirst(cell)));
		extman_core_read(scan, time(NULL));
		make_fingerprint(scan);
		MemoryContextSwitchTo(caller);

		extman_shared_publish(scan);
		extman_shared_unpin(last_scan);
		last_scan = scan;
	}
	extman_shared_pin_for(caller, last_scan);
	return last_scan;
}

static int
compare_to_extension(const void *name, const void *extension)
{
	return strcmp(name, (*(ExtmanCoreExtension *const *) extension)->name);
}

int
extman_core_extension_index(const ExtmanCoreScan *scan, const char *name)
{
	ExtmanCoreExtension **found = NULL;

	if (scan->count > 0)
		found = bsearch(name, scan->extensions, scan->count, sizeof(ExtmanCoreExtension *),
						compare_to_extension);
	return found ? found - scan->extensions : -1;
}

ExtmanCoreExtension *
extman_core_extension_named(const ExtmanCoreScan *scan, const char *name)
{
	int			index = extman_core_extension_index(scan, name);

	return index < 0 ? NULL : scan->extensions[index];
}
