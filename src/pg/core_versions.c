/*
 * core_versions.c
 *		The versions of an extension of PostgreSQL's own, and how core gets from
 *		one to another.
 *
 * The searches give what get_ext_ver_list(), find_update_path() and
 * find_install_path() in extension.c give, ties included: core will search
 * again by itself, and must not find anything else.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "core_versions.h"

/* ---------- which versions there are ---------- */

static int
compare_to_version(const void *version, const void *other)
{
	return strcmp(version, (*(ExtmanCoreVersion *const *) other)->version);
}

static int
compare_versions(const void *a, const void *b)
{
	return strcmp((*(ExtmanCoreVersion *const *) a)->version,
				  (*(ExtmanCoreVersion *const *) b)->version);
}

ExtmanCoreVersion *
extman_core_version_named(const ExtmanCoreExtension *extension, const char *version)
{
	ExtmanCoreVersion **found;

	if (extension->version_count == 0)
		return NULL;
	found = bsearch(version, extension->versions, extension->version_count,
					sizeof(ExtmanCoreVersion *), compare_to_version);
	return found ? *found : NULL;
}

/*
 * The part of NAME--PART.sql, cut at "--" into one or two texts.  False: the file
 * is none of the extension's scripts.
 */
static bool
parse_script_name(const char *file, const char *prefix, char **from, char **to)
{
	Size		prefix_length = strlen(prefix);
	Size		length = strlen(file);
	char	   *middle;

	if (strncmp(file, prefix, prefix_length) != 0 || length < prefix_length + strlen(".sql") ||
		strcmp(file + length - strlen(".sql"), ".sql") != 0)
		return false;

	*from = pnstrdup(file + prefix_length, length - prefix_length - strlen(".sql"));
	*to = NULL;
	middle = strstr(*from, "--");
	if (middle)
	{
		*middle = '\0';
		*to = middle + 2;
		if (strstr(*to, "--") || !extman_core_name_is_valid(*to))
			return false;
	}
	return extman_core_name_is_valid(*from);
}

static void
add_version(ExtmanCoreExtension *extension, const char *version)
{
	ExtmanCoreVersion *added = palloc0(sizeof(ExtmanCoreVersion));

	added->extension = extension;
	added->version = version;
	extension->versions[extension->version_count++] = added;
}

static void
add_update(ExtmanCoreVersion *from, ExtmanCoreVersion *to)
{
	if (from->update_count == from->update_room)
	{
		from->update_room = from->update_room ? from->update_room * 2 : 4;
		from->updates = from->updates ?
			repalloc(from->updates, from->update_room * sizeof(ExtmanCoreVersion *)) :
			palloc(from->update_room * sizeof(ExtmanCoreVersion *));
	}
	from->updates[from->update_count++] = to;
}

/* Sorts the versions, and leaves one of each. */
static void
sort_versions(ExtmanCoreExtension *extension)
{
	int			kept = 0;

	qsort(extension->versions, extension->version_count, sizeof(ExtmanCoreVersion *),
		  compare_versions);
	for (int i = 0; i < extension->version_count; i++)
	{
		if (kept == 0 || compare_versions(&extension->versions[kept - 1],
										  &extension->versions[i]) != 0)
			extension->versions[kept++] = extension->versions[i];
	}
	extension->version_count = kept;
}

void
extman_core_versions_list(ExtmanCoreExtension *extension, char **names, int count)
{
	char	   *prefix = psprintf("%s--", extension->name);
	Size		prefix_length = strlen(prefix);
	int			first = 0;
	int			end = count;
	char	   *from;
	char	   *to;

	/* All with the prefix stand together. */
	while (first < end)
	{
		int			middle = first + (end - first) / 2;

		if (strcmp(names[middle], prefix) < 0)
			first = middle + 1;
		else
			end = middle;
	}
	for (end = first; end < count && strncmp(names[end], prefix, prefix_length) == 0; end++)
		continue;

	extension->versions = palloc((2 * (end - first) + 1) * sizeof(ExtmanCoreVersion *));
	for (int i = first; i < end; i++)
	{
		if (!parse_script_name(names[i], prefix, &from, &to))
			continue;
		add_version(extension, from);
		if (to)
			add_version(extension, to);
	}
	sort_versions(extension);

	for (int i = first; i < end; i++)
	{
		ExtmanCoreVersion *version;

		if (!parse_script_name(names[i], prefix, &from, &to))
			continue;
		version = extman_core_version_named(extension, from);
		if (to)
			add_update(version, extman_core_version_named(extension, to));
		else
			version->has_script = true;
	}
}

/* ---------- ways ---------- */

/* What is known of a version while ways are searched, by its index. */
typedef struct Reached
{
	int			distance;		/* -1: not reached */
	int			previous;		/* the version before it on the way */
} Reached;

static int
index_of(const ExtmanCoreExtension *extension, ExtmanCoreVersion *version)
{
	ExtmanCoreVersion **found = bsearch(version->version, extension->versions,
										extension->version_count,
										sizeof(ExtmanCoreVersion *), compare_to_version);

	return found - extension->versions;
}

/*
 * The shortest ways from one version to all others.  Of ways of one length, the
 * one counts whose last version but one comes first by its text, and so on
 * backwards; the versions are in that order.  past_scripts = false: not through
 * or to versions that have an install script of their own.
 */
static Reached *
search_from(const ExtmanCoreExtension *extension, int start, bool past_scripts)
{
	Reached    *reached = palloc(extension->version_count * sizeof(Reached));
	bool		more = true;

	for (int i = 0; i < extension->version_count; i++)
		reached[i].distance = -1;
	reached[start].distance = 0;

	for (int distance = 0; more; distance++)
	{
		CHECK_FOR_INTERRUPTS();
		more = false;
		for (int i = 0; i < extension->version_count; i++)
		{
			const ExtmanCoreVersion *version = extension->versions[i];

			if (reached[i].distance != distance)
				continue;
			for (int j = 0; j < version->update_count; j++)
			{
				ExtmanCoreVersion *next = version->updates[j];
				int			k = index_of(extension, next);

				if (reached[k].distance >= 0 || (next->has_script && !past_scripts))
					continue;
				reached[k].distance = distance + 1;
				reached[k].previous = i;
				more = true;
			}
		}
	}
	return reached;
}

static void
set_steps(ExtmanCoreVersion *version, int start, const Reached *reached)
{
	ExtmanCoreExtension *extension = version->extension;
	int			at = index_of(extension, version);
	int			count = reached[at].distance + 1;

	version->step_count = count;
	version->steps = palloc(count * sizeof(ExtmanCoreVersion *));
	while (count > 0)
	{
		version->steps[--count] = extension->versions[at];
		at = at == start ? start : reached[at].previous;
	}
}

/* What core would choose can't be carried out: its own script isn't to be run. */
static bool
is_hopeless(const ExtmanCoreVersion *version)
{
	if (strcmp(version->steps[0]->version, "unpackaged") == 0)
		return true;
	for (int i = 0; i < version->step_count; i++)
	{
		if (version->steps[i]->broken)
			return true;
	}
	return false;
}

void
extman_core_versions_find_steps(ExtmanCoreExtension *extension)
{
	/* Of starts that are equally near, core takes the last by its text. */
	for (int start = extension->version_count - 1; start >= 0; start--)
	{
		Reached    *reached;

		if (!extension->versions[start]->has_script)
			continue;
		reached = search_from(extension, start, false);
		for (int i = 0; i < extension->version_count; i++)
		{
			ExtmanCoreVersion *version = extension->versions[i];

			if (reached[i].distance >= 0 &&
				(version->step_count == 0 || reached[i].distance + 1 < version->step_count))
				set_steps(version, start, reached);
		}
	}

	for (int i = 0; i < extension->version_count; i++)
	{
		ExtmanCoreVersion *version = extension->versions[i];

		if (version->step_count > 0 && is_hopeless(version))
			version->step_count = 0;
	}
}

List *
extman_core_version_way(const char *from, ExtmanCoreVersion *to)
{
	const ExtmanCoreExtension *extension = to->extension;
	ExtmanCoreVersion *start = extman_core_version_named(extension, from);
	Reached    *reached;
	List	   *way = NIL;

	if (start == NULL || start == to)
		return NIL;
	reached = search_from(extension, index_of(extension, start), true);
	if (reached[index_of(extension, to)].distance < 0)
		return NIL;
	for (ExtmanCoreVersion *at = to; at != start;
		 at = extension->versions[reached[index_of(extension, at)].previous])
		way = lcons(at, way);
	return way;
}

/* ---------- what a version is ---------- */

List *
extman_core_version_requires(const ExtmanCoreVersion *version)
{
	List	   *names = NIL;

	for (int i = 0; i < version->step_count; i++)
	{
		ListCell   *cell;

		foreach(cell, version->steps[i]->control.requires_)
		{
			bool		known = false;
			ListCell   *other;

			foreach(other, names)
				known = known || strcmp(lfirst(cell), lfirst(other)) == 0;
			if (!known)
				names = lappend(names, lfirst(cell));
		}
	}
	return names;
}

bool
extman_core_version_is_default(const ExtmanCoreVersion *version)
{
	const char *recommended = version->extension->control.default_version;

	return recommended && strcmp(recommended, version->version) == 0;
}

bool
extman_core_version_is_ahead(const ExtmanCoreVersion *version)
{
	const char *recommended = version->extension->control.default_version;
	ExtmanError error;
	int			order;

	return recommended &&
		extman_version_compare(extman_text(version->version), extman_text(recommended),
							   &order, &error) == EXTMAN_OK && order > 0;
}
