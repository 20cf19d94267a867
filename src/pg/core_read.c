/*
 * core_read.c
 *		Reading core's folders of extensions.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "storage/fd.h"

#include "core_dir.h"
#include "extman.h"
#include "translate.h"

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
	extman_core_watch(scan, path, now);
	dir = AllocateDir(path);
	if (dir == NULL)
	{
		/* As for core, a folder that isn't there has nothing in it. */
		if (errno != ENOENT)
			scan->problems = lappend(scan->problems,
									 extman_problem_make(CurrentMemoryContext, path, 0, 0,
														 psprintf(_("could not open directory: %m")),
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
		extman_core_watch(scan, path, now);
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
	extman_core_watch(scan, extension->path, now);
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

void
extman_core_read(ExtmanCoreScan *scan, time_t now)
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
