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

#include <sys/stat.h>

#include "miscadmin.h"
#include "storage/fd.h"

#include "core_dir.h"
#include "core_folders.h"
#include "extman.h"

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

/* Notes that the scan depends on a file; called before the file is read. */
static void
watch(ExtmanCoreScan *scan, const char *path, time_t now)
{
	ExtmanCoreFile *file = palloc(sizeof(ExtmanCoreFile));

	file->path = path;
	file->signature = look_at(path);
	scan->settled = scan->settled && extman_signature_settled(&file->signature, now);
	scan->files = lappend(scan->files, file);
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
	ListCell   *cell;

	if (scan == NULL || !scan->settled || !same_folders(scan->folders, folders))
		return false;
	foreach(cell, scan->files)
	{
		const ExtmanCoreFile *file = lfirst(cell);
		ExtmanSignature now = look_at(file->path);

		CHECK_FOR_INTERRUPTS();
		if (!extman_signature_same(&file->signature, &now))
			return false;
	}
	return true;
}

/* ---------- folders ---------- */

/* The names of the files in a folder, sorted. */
typedef struct Listing
{
	const char *path;
	char	  **names;
	int			count;
} Listing;

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *) a, *(const char *const *) b);
}

static Listing *
list_folder(ExtmanCoreScan *scan, const char *path, time_t now)
{
	Listing    *listing = palloc0(sizeof(Listing));
	int			room = 256;
	DIR		   *dir;
	struct dirent *entry;

	listing->path = path;
	watch(scan, path, now);
	dir = AllocateDir(path);
	if (dir == NULL)
	{
		/* As for core, a folder that isn't there has nothing in it. */
		if (errno != ENOENT)
			scan->problems = lappend(scan->problems,
									 extman_problem_make(CurrentMemoryContext, path, 0, 0,
														 psprintf("could not open directory: %m"),
														 NULL));
		return listing;
	}

	listing->names = palloc(room * sizeof(char *));
	while ((entry = ReadDirExtended(dir, path, LOG)) != NULL)
	{
		CHECK_FOR_INTERRUPTS();
		if (listing->count == room)
		{
			room *= 2;
			listing->names = repalloc_huge(listing->names, (Size) room * sizeof(char *));
		}
		listing->names[listing->count++] = pstrdup(entry->d_name);
	}
	FreeDir(dir);
	qsort(listing->names, listing->count, sizeof(char *), compare_names);
	return listing;
}

/* The listing of a folder, which may have been made already. */
static Listing *
listing_of(ExtmanCoreScan *scan, List **listings, const char *path, time_t now)
{
	ListCell   *cell;

	foreach(cell, *listings)
	{
		if (strcmp(((Listing *) lfirst(cell))->path, path) == 0)
			return lfirst(cell);
	}
	*listings = lappend(*listings, list_folder(scan, path, now));
	return llast(*listings);
}

static bool
has_file(const Listing *listing, const char *name)
{
	return listing->count > 0 &&
		bsearch(&name, listing->names, listing->count, sizeof(char *), compare_names) != NULL;
}

/* ---------- extensions ---------- */

/*
 * The folder of its scripts.  As in core, what is given is relative to where the
 * folder of the control file lies.
 */
static const char *
scripts_folder(const char *folder, const ExtmanCoreControl *control)
{
	const char *slash;
	char	   *path;

	if (control->directory == NULL)
		return folder;
	if (is_absolute_path(control->directory))
		return control->directory;
	slash = last_dir_separator(folder);
	path = psprintf("%.*s/%s", (int) (slash - folder), folder, control->directory);
	canonicalize_path(path);
	return path;
}

/* The parameters of each version, with its secondary control file. */
static void
read_versions(ExtmanCoreScan *scan, ExtmanCoreExtension *extension, const Listing *scripts,
			  time_t now)
{
	for (int i = 0; i < extension->version_count; i++)
	{
		ExtmanCoreVersion *version = extension->versions[i];
		char	   *name = psprintf("%s--%s.control", extension->name, version->version);
		char	   *path;
		ExtmanProblem *problem;

		version->control = extension->control;
		if (!has_file(scripts, name))
			continue;
		path = psprintf("%s/%s", scripts->path, name);
		watch(scan, path, now);
		problem = extman_core_control_read(path, true, &version->control);
		version->broken = problem != NULL;
		if (problem)
			scan->problems = lappend(scan->problems, problem);
	}
}

static void
read_extension(ExtmanCoreScan *scan, List **listings, const char *folder, const char *name,
			   time_t now)
{
	ExtmanCoreExtension *extension = palloc0(sizeof(ExtmanCoreExtension));
	ExtmanProblem *problem;
	Listing    *scripts;

	extension->name = name;
	extension->path = psprintf("%s/%s.control", folder, name);
	watch(scan, extension->path, now);
	extman_core_control_init(&extension->control);
	problem = extman_core_control_read(extension->path, false, &extension->control);
	if (problem)
	{
		scan->problems = lappend(scan->problems, problem);
		return;
	}

	extension->scripts = scripts_folder(folder, &extension->control);
	scripts = listing_of(scan, listings, extension->scripts, now);
	extman_core_versions_list(extension, scripts->names, scripts->count);
	read_versions(scan, extension, scripts, now);
	extman_core_versions_find_steps(extension);
	scan->extensions[scan->count++] = extension;
}

/* The NAME of NAME.control, or NULL: the file is no primary control file. */
static char *
name_of(const char *file)
{
	const char *dot = strrchr(file, '.');
	char	   *name;

	if (dot == NULL || strcmp(dot, ".control") != 0)
		return NULL;
	name = pnstrdup(file, dot - file);
	if (!extman_core_name_is_valid(name) || strlen(name) >= NAMEDATALEN)
		return NULL;

	/* The one that is installed is what runs here; it can't change itself. */
	return strcmp(name, EXTMAN_EXTENSION) == 0 ? NULL : name;
}

static int
compare_extensions(const void *a, const void *b)
{
	return strcmp((*(ExtmanCoreExtension *const *) a)->name,
				  (*(ExtmanCoreExtension *const *) b)->name);
}

/* A control file in an earlier folder hides those of its name, though broken. */
static bool
is_hidden(const List *earlier, const char *file)
{
	ListCell   *cell;

	foreach(cell, earlier)
	{
		if (has_file(lfirst(cell), file))
			return true;
	}
	return false;
}

static void
read_folders(ExtmanCoreScan *scan, time_t now)
{
	List	   *control_folders = NIL;
	List	   *listings;
	int			files = 0;
	ListCell   *cell;

	foreach(cell, scan->folders)
	{
		control_folders = lappend(control_folders, list_folder(scan, lfirst(cell), now));
		files += ((Listing *) llast(control_folders))->count;
	}
	scan->extensions = palloc((files + 1) * sizeof(ExtmanCoreExtension *));

	listings = list_copy(control_folders);
	foreach(cell, control_folders)
	{
		const Listing *listing = lfirst(cell);
		List	   *earlier = list_copy_head(control_folders, foreach_current_index(cell));

		for (int i = 0; i < listing->count; i++)
		{
			char	   *name = name_of(listing->names[i]);

			CHECK_FOR_INTERRUPTS();
			if (name && !is_hidden(earlier, listing->names[i]))
				read_extension(scan, &listings, listing->path, name, now);
		}
	}
	qsort(scan->extensions, scan->count, sizeof(ExtmanCoreExtension *), compare_extensions);
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
		foreach(cell, folders)
			scan->folders = lappend(scan->folders, pstrdup(lfirst(cell)));
		read_folders(scan, time(NULL));
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
