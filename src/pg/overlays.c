/*
 * overlays.c
 *		Folders that add constraints to an extension of PostgreSQL's own.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "overlays.h"
#include "translate.h"
#include "universe_build.h"

#define CONTROL_FILE "control"
#define UNINSTALL_FILE "uninstall.sql"

/* ---------- finding them ---------- */

static int
compare_overlays(const void *a, const void *b)
{
	const ExtmanOverlay *one = a;
	const ExtmanOverlay *other = b;
	int			order = strcmp(one->folder->info.name, other->folder->info.name);

	return order != 0 ? order : one->order - other->order;
}

/* The first of a name; where it would be, when there is none. */
static int
first_of(const ExtmanOverlays *overlays, const char *name)
{
	int			first = 0;
	int			end = overlays->count;

	while (first < end)
	{
		int			middle = first + (end - first) / 2;

		if (strcmp(overlays->list[middle].folder->info.name, name) < 0)
			first = middle + 1;
		else
			end = middle;
	}
	return first;
}

static bool
has_name(const ExtmanOverlays *overlays, int i, const char *name)
{
	return i < overlays->count && strcmp(overlays->list[i].folder->info.name, name) == 0;
}

/* ---------- what is wrong with them ---------- */

static void
report(ExtmanUniverseState *state, const ExtmanFolder *folder, const char *file,
	   const char *message, const char *hint)
{
	extman_universe_problem(state, psprintf("%s/%s", folder->path, file), message, hint);
}

/* Core's own scripts do all the work. */
static void
report_scripts(ExtmanUniverseState *state, const ExtmanFolder *folder)
{
	const char *name = extman_from_utf8(folder->info.name);

	if (folder->has_uninstall)
		report(state, folder, UNINSTALL_FILE, _("the uninstall script of an overlay is not used"),
			   psprintf(_("DROP EXTENSION is what uninstalls \"%s\"."), name));
	for (int i = 0; i < folder->upgrade_count; i++)
		report(state, folder, folder->upgrades[i].file_name,
			   _("the upgrade script of an overlay is not used"),
			   psprintf(_("The scripts in PostgreSQL's own folder upgrade \"%s\"."), name));
}

static void
report_key(ExtmanUniverseState *state, const ExtmanFolder *folder, const char *key, bool given)
{
	if (given)
		report(state, folder, CONTROL_FILE,
			   psprintf(_("\"%s\" in the control file of an overlay is not used"), key),
			   psprintf(_("PostgreSQL's own control file of \"%s\" says it."),
						extman_from_utf8(folder->info.name)));
}

/* What is given as it is by default can't be told from what isn't given. */
static void
report_keys(ExtmanUniverseState *state, const ExtmanFolder *folder)
{
	const ExtmanControlInfo *info = &folder->info;

	report_key(state, folder, "schema", info->schema != NULL);
	report_key(state, folder, "relocatable", info->relocatable);
	report_key(state, folder, "superuser", !info->superuser);
	report_key(state, folder, "trusted", info->trusted);
	report_key(state, folder, "module_pathname", info->module_pathname != NULL);
	report_key(state, folder, "encoding", info->encoding != NULL);
}

static bool
same_version(const char *a, const char *b)
{
	ExtmanError error;
	int			order;

	if (a == NULL || b == NULL)
		return a == b;
	return extman_version_compare(extman_text(a), extman_text(b), &order, &error) == EXTMAN_OK &&
		order == 0;
}

/* The earlier one that speaks for the same versions, or NULL. */
static const ExtmanFolder *
shadowed_by(const ExtmanOverlays *overlays, int i)
{
	const ExtmanControlInfo *info = &overlays->list[i].folder->info;

	for (int j = first_of(overlays, info->name); j < i; j++)
	{
		if (same_version(overlays->list[j].folder->info.version, info->version))
			return overlays->list[j].folder;
	}
	return NULL;
}

/* Leaves out those that are shadowed. */
static void
drop_shadowed(ExtmanUniverseState *state, ExtmanOverlays *overlays)
{
	int			all = overlays->count;

	overlays->count = 0;
	for (int i = 0; i < all; i++)
	{
		const ExtmanFolder *winner;

		CHECK_FOR_INTERRUPTS();
		overlays->list[overlays->count++] = overlays->list[i];
		winner = shadowed_by(overlays, overlays->count - 1);
		if (winner == NULL)
			continue;
		report(state, overlays->list[i].folder, CONTROL_FILE,
			   psprintf(_("the overlay is shadowed by \"%s\""), extman_printable(winner->path)),
			   _("The first one on the control path wins."));
		overlays->count--;
	}
}

/*
 * Leaves out folders of names that packages with install.sql have: those take
 * precedence over extensions of PostgreSQL's own.
 */
static void
drop_packages(ExtmanUniverseState *state, ExtmanOverlays *overlays)
{
	bool	   *taken = palloc0((overlays->count + 1) * sizeof(bool));
	int			all = overlays->count;

	for (int i = 0; i < state->scan->count; i++)
	{
		const ExtmanFolder *folder = state->scan->folders[i];

		if (!folder->usable || !folder->has_install)
			continue;
		for (int j = first_of(overlays, folder->info.name);
			 has_name(overlays, j, folder->info.name); j++)
			taken[j] = true;
	}

	overlays->count = 0;
	for (int i = 0; i < all; i++)
	{
		if (!taken[i])
			overlays->list[overlays->count++] = overlays->list[i];
		else
			report(state, overlays->list[i].folder, CONTROL_FILE,
				   psprintf(_("the folder has no install.sql, but another one of \"%s\" has"),
							extman_from_utf8(overlays->list[i].folder->info.name)),
				   _("Only for an extension of PostgreSQL's own may it be missing."));
	}
}

void
extman_overlays_report(ExtmanUniverseState *state, const ExtmanOverlays *overlays)
{
	for (int i = 0; i < overlays->count; i++)
	{
		const ExtmanFolder *folder = overlays->list[i].folder;
		const char *name = extman_from_utf8(folder->info.name);

		CHECK_FOR_INTERRUPTS();
		if (extman_core_extension_named(state->core, name) ||
			extman_universe_installed_named(state, name))
		{
			report_keys(state, folder);
			report_scripts(state, folder);
		}
		else
			report(state, folder, CONTROL_FILE,
				   psprintf(_("the overlay is for extension \"%s\", which this server does not have"),
							name),
				   psprintf(_("It counts once the server has the files of \"%s\"; "
							"a package of its own would need install.sql."), name));
	}
}

/* ---------- all of them ---------- */

/* Parsed before, when the folder was read. */
static ExtmanControl *
parse(const ExtmanFolder *folder)
{
	ExtmanText	text = {folder->text, folder->length};
	ExtmanControl *control;
	ExtmanError error;
	ExtmanCode	code = extman_control_parse_here(text, &control, &error);

	if (code != EXTMAN_OK)
		extman_core_failed(code, &error, ERRCODE_INTERNAL_ERROR, NULL);
	return control;
}

void
extman_overlays_collect(ExtmanUniverseState *state, ExtmanOverlays *overlays)
{
	const ExtmanScan *scan = state->scan;

	overlays->list = palloc_extended((scan->count + 1) * sizeof(ExtmanOverlay),
									 MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	overlays->count = 0;
	for (int i = 0; i < scan->count; i++)
	{
		ExtmanOverlay *overlay = &overlays->list[overlays->count];

		if (!scan->folders[i]->usable || scan->folders[i]->has_install)
			continue;
		overlay->folder = scan->folders[i];
		overlay->order = overlays->count++;
	}
	if (overlays->count == 0)
		return;

	qsort(overlays->list, overlays->count, sizeof(ExtmanOverlay), compare_overlays);
	drop_packages(state, overlays);
	drop_shadowed(state, overlays);
	for (int i = 0; i < overlays->count; i++)
		overlays->list[i].control = parse(overlays->list[i].folder);
}

List *
extman_overlays_apply(const ExtmanOverlays *overlays, const char *name, const char *version,
					  ExtmanPlain *plain)
{
	int			first = first_of(overlays, name);
	const ExtmanControl **controls;
	List	   *folders = NIL;

	if (!has_name(overlays, first, name))
		return NIL;
	controls = palloc((overlays->count - first) * sizeof(ExtmanControl *));
	for (int i = first; has_name(overlays, i, name); i++)
	{
		ExtmanOverlay *overlay = &overlays->list[i];

		if (overlay->folder->info.version &&
			!same_version(overlay->folder->info.version, version))
			continue;
		controls[plain->overlay_count++] = overlay->control;
		folders = lappend(folders, overlay->folder);
	}
	plain->overlays = controls;
	return folders;
}
