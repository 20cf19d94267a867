/*
 * lint_relations.c
 *		What is risky about a package beside others: dependencies that say too little,
 *		older versions that can't be upgraded.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "control_dir.h"
#include "core_dir.h"
#include "extman.h"
#include "lint.h"
#include "script_read.h"
#include "translate.h"

static int
compare_versions(const char *a, const char *b)
{
	ExtmanError error;
	int			order;

	if (extman_version_compare(extman_text(a), extman_text(b), &order, &error) != EXTMAN_OK)
		return strcmp(a, b);
	return order;
}

/* ---------- dependencies on core's extensions ---------- */

/*
 * Whether the update from one version to the next takes something away.  A script
 * that can't be read is core's affair.
 */
static bool
update_breaks(const ExtmanCoreVersion *from, const ExtmanCoreVersion *to)
{
	const ExtmanCoreExtension *extension = from->extension;
	MemoryContext context = CurrentMemoryContext;
	volatile int line = 0;

	PG_TRY();
	{
		char	   *path = psprintf("%s/%s--%s--%s.sql", extension->scripts, extension->name,
									from->version, to->version);
		ExtmanPoll	poll;
		ExtmanInterrupt interrupt = extman_interrupt(&poll);
		ExtmanText	text;
		ExtmanError error;
		ExtmanCode	code;
		int			found;

		text.data = extman_file_read_shown(path, path, EXTMAN_MAX_SCRIPT_SIZE, &text.length);
		code = extman_lint_breaks(text, &interrupt, &found, &error);
		if (code == EXTMAN_OK)
			line = found;
		else if (code != EXTMAN_BAD_INPUT)
			extman_core_failed(code, &error, 0, &poll);
	}
	PG_CATCH();
	{
		FreeErrorData(extman_lint_caught(context));
	}
	PG_END_TRY();
	return line > 0;
}

/* The newest version that breaks with the one before, or NULL. */
static const ExtmanCoreVersion *
newest_break(const ExtmanCoreExtension *extension)
{
	const ExtmanCoreVersion *newest = NULL;

	for (int i = 0; i < extension->version_count; i++)
	{
		const ExtmanCoreVersion *from = extension->versions[i];

		for (int j = 0; j < from->update_count; j++)
		{
			const ExtmanCoreVersion *to = from->updates[j];

			CHECK_FOR_INTERRUPTS();
			if (compare_versions(from->version, to->version) < 0 &&
				(newest == NULL || compare_versions(newest->version, to->version) < 0) &&
				update_breaks(from, to))
				newest = to;
		}
	}
	return newest;
}

static void
check_dependency(ExtmanLintFolder *folder, const ExtmanCoreScan *core, const char *name)
{
	const ExtmanCoreExtension *extension = extman_core_extension_named(core, name);
	const ExtmanCoreVersion *breaks = extension ? newest_break(extension) : NULL;

	if (breaks)
		extman_lint_add(folder, "control", 0, EXTMAN_LINT_WARNING,
						psprintf(_("the dependency on \"%s\" names no version, and its version \"%s\" takes away what earlier ones had"),
								 name, breaks->version),
						psprintf(_("Say which ones will do, as in %s (>= %s)."), name, breaks->version));
}

/* depends in its canonical spelling: "bar (>= 1.1, < 2), a | b". */
static void
check_dependencies(ExtmanLintFolder *folder, const ExtmanCoreScan *core)
{
	const char *at = folder->info.depends;

	while (at && *at)
	{
		Size		length = strcspn(at, " ,");
		char	   *name = pnstrdup(at, length);

		at += length;
		if (strncmp(at, " (", 2) == 0)
			at += strcspn(at, ")") + 1;
		else
			check_dependency(folder, core, extman_from_utf8(name));
		at += strspn(at, " ,|");
	}
}

/* ---------- upgrades ---------- */

typedef struct Edge
{
	const char *from;
	const char *to;
} Edge;

/* All upgrade scripts of the package, in whatever folder of its name. */
static List *
upgrade_scripts(const ExtmanLintFolder *folder, const ExtmanScan *scan)
{
	List	   *edges = NIL;

	for (int i = 0; i < scan->count; i++)
	{
		const ExtmanFolder *other = scan->folders[i];

		if (!other->usable || strcmp(other->info.name, folder->info.name) != 0)
			continue;
		for (int j = 0; j < other->upgrade_count; j++)
		{
			Edge	   *edge = palloc(sizeof(Edge));

			edge->from = other->upgrades[j].from;
			edge->to = other->upgrades[j].to;
			edges = lappend(edges, edge);
		}
	}
	for (int i = 0; i < folder->file_count; i++)
	{
		char	   *name = folder->files[i];
		char	   *middle;
		Edge	   *edge;

		if (strncmp(name, "upgrade--", strlen("upgrade--")) != 0 || strlen(name) < strlen(".sql"))
			continue;
		name = pnstrdup(name + strlen("upgrade--"),
						strlen(name) - strlen("upgrade--") - strlen(".sql"));
		middle = strstr(name, "--");
		if (middle == NULL)
			continue;
		*middle = '\0';
		edge = palloc(sizeof(Edge));
		edge->from = name;
		edge->to = middle + 2;
		edges = lappend(edges, edge);
	}
	return edges;
}

/* Whether scripts lead from one version to another. */
static bool
leads_to(List *edges, const char *from, const char *to)
{
	List	   *reached = list_make1((char *) from);

	/* The list grows while it is walked through. */
	for (int i = 0; i < list_length(reached); i++)
	{
		const char *at = list_nth(reached, i);
		ListCell   *cell;

		CHECK_FOR_INTERRUPTS();
		if (compare_versions(at, to) == 0)
			return true;
		foreach(cell, edges)
		{
			const Edge *edge = lfirst(cell);
			ListCell   *known;
			bool		seen = false;

			if (compare_versions(edge->from, at) != 0)
				continue;
			foreach(known, reached)
				seen = seen || compare_versions(lfirst(known), edge->to) == 0;
			if (!seen)
				reached = lappend(reached, (char *) edge->to);
		}
	}
	return false;
}

static void
check_upgrades(ExtmanLintFolder *folder)
{
	ExtmanScan *scan = extman_control_dir_scan();
	List	   *edges = upgrade_scripts(folder, scan);

	for (int i = 0; i < scan->count; i++)
	{
		const ExtmanFolder *other = scan->folders[i];

		if (!other->usable || !other->has_install || other->info.version == NULL ||
			strcmp(other->info.name, folder->info.name) != 0 ||
			compare_versions(other->info.version, folder->info.version) >= 0 ||
			leads_to(edges, other->info.version, folder->info.version))
			continue;
		extman_lint_add(folder, NULL, 0, EXTMAN_LINT_WARNING,
						psprintf(_("no scripts lead from version \"%s\", which is on the control path, to this one"),
								 extman_from_utf8(other->info.version)),
						psprintf(_("Where it is installed, it cannot be upgraded: write upgrade--%s--%s.sql."),
								 extman_from_utf8(other->info.version),
								 extman_from_utf8(folder->info.version)));
	}
}

/* ---------- all of it ---------- */

void
extman_lint_relations(ExtmanLintFolder *folder)
{
	const ExtmanCoreScan *core;

	if (folder->control == NULL)
		return;
	core = extman_core_dir_scan();
	check_dependencies(folder, core);
	if (extman_lint_has_file(folder, EXTMAN_INSTALL_SCRIPT))
	{
		if (folder->info.version)
			check_upgrades(folder);
	}
	else if (extman_core_extension_named(core, extman_from_utf8(folder->info.name)) == NULL)
		extman_lint_add(folder, NULL, 0, EXTMAN_LINT_WARNING,
						psprintf(_("there is no install.sql, and PostgreSQL has no extension \"%s\""),
								 extman_from_utf8(folder->info.name)),
						_("A folder without install.sql speaks for an extension of PostgreSQL's own."));
}
