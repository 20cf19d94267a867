/*
 * universe.c
 *		All packages that a request can choose from, and which are installed.
 *
 * Installed packages come first: with what was recorded about them when they
 * were installed, whatever lies on disk now.  So an installed package shadows
 * the same version on disk.  Building a universe is the greater part of the
 * work with thousands of packages, so the last one is kept.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "utils/memutils.h"

#include "installed.h"
#include "overlays.h"
#include "translate.h"
#include "universe.h"
#include "universe_build.h"

static ExtmanUniverseState *current = NULL;

/* ---------- does the last one still hold? ---------- */

static bool
same_scan(const ExtmanScan *a, const ExtmanScan *b)
{
	ListCell   *one;
	ListCell   *other;

	if (a == b)
		return true;

	/* A folder that changed is another object, and the pins keep them apart. */
	if (a->count != b->count ||
		memcmp(a->folders, b->folders, a->count * sizeof(ExtmanFolder *)) != 0)
		return false;

	if (list_length(a->problems) != list_length(b->problems))
		return false;
	forboth(one, a->problems, other, b->problems)
	{
		const ExtmanProblem *p = lfirst(one);
		const ExtmanProblem *q = lfirst(other);

		if (strcmp(p->file, q->file) != 0 || strcmp(p->message, q->message) != 0)
			return false;
	}
	return true;
}

static bool
same_core(const ExtmanCoreScan *a, const ExtmanCoreScan *b)
{
	return a == b ||
		(a->fingerprint.len == b->fingerprint.len &&
		 memcmp(a->fingerprint.data, b->fingerprint.data, a->fingerprint.len) == 0);
}

static bool
still_holds(const ExtmanUniverseState *state, const ExtmanScan *scan,
			const ExtmanCoreScan *core, const ExtmanInstalledFacts *facts)
{
	return state != NULL &&
		same_scan(state->scan, scan) &&
		same_core(state->core, core) &&
		state->fingerprint_length == (Size) facts->fingerprint.len &&
		memcmp(state->fingerprint, facts->fingerprint.data, facts->fingerprint.len) == 0;
}

/* ---------- building ---------- */

static void
free_universe(void *universe)
{
	extman_universe_free(universe);
}

static ExtmanUniverseState *
state_new(ExtmanScan *scan, ExtmanCoreScan *core, const ExtmanInstalledFacts *facts)
{
	ExtmanUniverseState *state = extman_shared_new("pg_extman universe",
												   sizeof(ExtmanUniverseState));
	MemoryContext context = state->shared.context;
	ExtmanHandleOwner *owner;
	ExtmanError error;
	ExtmanCode	code;
	Size		capacity = list_length(facts->extensions) + scan->count +
		extman_universe_core_packages(core);

	extman_shared_pin_for(context, scan);
	extman_shared_pin_for(context, core);
	state->scan = scan;
	state->core = core;
	state->packages = MemoryContextAllocExtended(context, (capacity + 1) * sizeof(ExtmanPackage),
												 MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	state->installed = MemoryContextAllocZero(context,
											  (list_length(facts->extensions) + 1) *
											  sizeof(ExtmanInstalled));

	state->fingerprint_length = facts->fingerprint.len;
	state->fingerprint = memcpy(MemoryContextAlloc(context, facts->fingerprint.len + 1),
								facts->fingerprint.data, facts->fingerprint.len);

	owner = extman_handle_reserve(context, free_universe);
	code = extman_universe_new(&state->universe, &error);
	if (code != EXTMAN_OK)
		extman_core_failed(code, &error, 0, NULL);
	extman_handle_keep(owner, state->universe);
	return state;
}

/*
 * Adds an installed package with the control file of its snapshot.  False when
 * that can't be parsed any more.
 */
static bool
add_recorded(ExtmanUniverseState *state, ExtmanPackage *package, uint32 tag)
{
	ExtmanPackageId shadowed_by;
	ExtmanControl *control;
	ExtmanError error;
	ExtmanCode	code;

	code = extman_control_parse_here(extman_text(extman_to_utf8(package->snapshot->control)),
									 &control, &error);
	if (code == EXTMAN_OK)
		code = extman_universe_add(state->universe, control, tag, &package->id,
								   &shadowed_by, &error);
	if (code == EXTMAN_BAD_INPUT)
	{
		ereport(DEBUG1,
				(errmsg_internal("recorded control file of \"%s\" is not used: %s",
								 package->name, error.message)));
		return false;
	}
	if (code != EXTMAN_OK)
		extman_core_failed(code, &error, 0, NULL);
	return true;
}

/* Adds an installed extension of which only the catalogs know, and overlays. */
static bool
add_plain(ExtmanUniverseState *state, ExtmanPackage *package, List *required,
		  const ExtmanOverlays *overlays, uint32 tag)
{
	ExtmanPlain plain = {0};
	ExtmanText *names = palloc((list_length(required) + 1) * sizeof(ExtmanText));
	ExtmanPackageId shadowed_by;
	ExtmanError error;
	ExtmanCode	code;
	ListCell   *cell;

	foreach(cell, required)
		names[plain.require_count++] = extman_text(extman_to_utf8(lfirst(cell)));

	plain.name = extman_text(extman_to_utf8(package->name));
	plain.version = extman_text(extman_to_utf8(package->version));
	plain.requires_ = names;
	(void) extman_overlays_apply(overlays, plain.name.data, plain.version.data, &plain);
	code = extman_universe_add_plain(state->universe, &plain, tag, &package->id, &shadowed_by,
									 &error);
	if (code == EXTMAN_BAD_INPUT)
	{
		ereport(DEBUG1,
				(errmsg_internal("extension \"%s\" cannot take part in requests: %s",
								 package->name, error.message)));
		return false;
	}
	if (code != EXTMAN_OK)
		extman_core_failed(code, &error, 0, NULL);
	return true;
}

static ExtmanSnapshot *
copy_snapshot(MemoryContext context, const ExtmanSnapshot *snapshot)
{
	ExtmanSnapshot *copy;
	MemoryContext old = MemoryContextSwitchTo(context);

	copy = palloc(sizeof(ExtmanSnapshot));
	*copy = *snapshot;
	copy->name = pstrdup(snapshot->name);
	copy->version = pstrdup(snapshot->version);
	copy->control = pstrdup(snapshot->control);
	copy->depends = snapshot->depends ? pstrdup(snapshot->depends) : NULL;
	copy->conflicts = snapshot->conflicts ? pstrdup(snapshot->conflicts) : NULL;
	copy->provides = snapshot->provides ? pstrdup(snapshot->provides) : NULL;
	copy->source = snapshot->source ? pstrdup(snapshot->source) : NULL;
	copy->installed_by = snapshot->installed_by ? pstrdup(snapshot->installed_by) : NULL;
	MemoryContextSwitchTo(old);
	return copy;
}

static void
add_installed(ExtmanUniverseState *state, const ExtmanInstalledFacts *facts,
			  const ExtmanOverlays *overlays)
{
	MemoryContext context = state->shared.context;
	ListCell   *cell;

	foreach(cell, facts->extensions)
	{
		ExtmanExtension *extension = lfirst(cell);
		ExtmanSnapshot *snapshot = extman_facts_snapshot(facts, extension);
		const ExtmanPolicy *policy = extman_facts_policy(facts, extension);
		uint32		tag = state->package_count;
		ExtmanPackage *package = &state->packages[tag];

		package->name = MemoryContextStrdup(context, extension->name);
		package->version = MemoryContextStrdup(context, extension->version);
		package->extension = extension->oid;
		package->schema = extension->schema;
		package->automatic = policy && policy->automatic;
		package->held = policy && policy->held;
		package->snapshot = snapshot ? copy_snapshot(context, snapshot) : NULL;

		state->package_count++;

		if ((snapshot && add_recorded(state, package, tag)) ||
			add_plain(state, package, extension->requires_, overlays, tag))
		{
			ExtmanInstalled *installed = &state->installed[state->known_count++];

			installed->package = package->id;
			installed->automatic = package->automatic;
			installed->held = package->held;
		}
		else
			package->id = EXTMAN_NO_PACKAGE;
	}
	state->installed_count = state->package_count;
}

const ExtmanPackage *
extman_universe_winner(ExtmanUniverseState *state, const ExtmanPackage *package)
{
	ExtmanPackage *winner = extman_universe_package(state, package->id);

	if (winner >= state->packages + state->installed_count)
		return winner;
	if (winner->on_disk == NULL)
	{
		winner->on_disk = package;
		return NULL;
	}
	return winner->on_disk;
}

void
extman_universe_problem(ExtmanUniverseState *state, const char *file, const char *message,
						const char *hint)
{
	MemoryContext old = MemoryContextSwitchTo(state->shared.context);

	state->problems = lappend(state->problems,
							  extman_problem_make(CurrentMemoryContext, file, 0, 0,
												  message, hint));
	MemoryContextSwitchTo(old);
}

/* Text of a folder, which lives as long as the universe, in the server's encoding. */
static const char *
keep_from_utf8(MemoryContext context, const char *text)
{
	const char *converted = extman_from_utf8(text);

	return converted == text ? text : MemoryContextStrdup(context, converted);
}

static void
add_folder(ExtmanUniverseState *state, ExtmanFolder *folder)
{
	MemoryContext context = state->shared.context;
	uint32		tag = state->package_count;
	ExtmanPackage *package = &state->packages[tag];
	ExtmanText	text = {folder->text, folder->length};
	ExtmanControl *control;
	ExtmanPackageId shadowed_by;
	ExtmanError error;
	ExtmanCode	code;

	code = extman_control_parse_here(text, &control, &error);
	if (code == EXTMAN_OK)
		code = extman_universe_add(state->universe, control, tag, &package->id,
								   &shadowed_by, &error);
	if (code == EXTMAN_BAD_INPUT)
	{
		extman_universe_problem(state, psprintf("%s/control", folder->path),
								extman_message_from_utf8(error.message),
								error.hint[0] != '\0' ? extman_message_from_utf8(error.hint) : NULL);
		return;
	}
	if (code != EXTMAN_OK)
		extman_core_failed(code, &error, 0, NULL);

	package->folder = folder;
	package->name = keep_from_utf8(context, folder->info.name);
	package->version = keep_from_utf8(context, folder->info.version);

	if (package->id == EXTMAN_NO_PACKAGE)
	{
		const ExtmanPackage *winner;

		package->id = shadowed_by;
		winner = extman_universe_winner(state, package);
		if (winner)
		{
			extman_universe_problem(state, psprintf("%s/control", folder->path),
									psprintf(_("\"%s\" version \"%s\" is shadowed by \"%s\""),
											 package->name, package->version,
											 extman_printable(winner->folder->path)),
									_("The first one on the control path wins."));
			return;
		}

		/* The same version is installed: that one may still come from here. */
	}
	state->package_count++;
}

static void
add_upgrade_scripts(ExtmanUniverseState *state, ExtmanFolder *folder)
{
	for (int i = 0; i < folder->upgrade_count; i++)
	{
		const ExtmanUpgradeFile *file = &folder->upgrades[i];
		ExtmanError error;
		ExtmanCode	code;

		CHECK_FOR_INTERRUPTS();
		code = extman_universe_add_upgrade(state->universe, extman_text(folder->info.name),
										   extman_text(file->from), extman_text(file->to),
										   state->upgrade_count, &error);
		if (code == EXTMAN_BAD_INPUT)
		{
			extman_universe_problem(state, psprintf("%s/%s", folder->path, file->file_name),
									extman_printable(error.message), NULL);
			continue;
		}
		if (code != EXTMAN_OK)
			extman_core_failed(code, &error, 0, NULL);

		state->upgrades[state->upgrade_count].folder = folder;
		state->upgrades[state->upgrade_count].file = file;
		state->upgrade_count++;
	}
}

static void
add_disk(ExtmanUniverseState *state)
{
	ExtmanScan *scan = state->scan;
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext one_folder = AllocSetContextCreate(caller, "pg_extman package",
													 ALLOCSET_DEFAULT_SIZES);
	Size		upgrades = extman_universe_core_upgrades(state->core);

	for (int i = 0; i < scan->count; i++)
		upgrades += scan->folders[i]->upgrade_count;
	state->upgrades = MemoryContextAllocExtended(state->shared.context,
												 (upgrades + 1) * sizeof(ExtmanUpgradeScript),
												 MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);

	MemoryContextSwitchTo(one_folder);
	for (int i = 0; i < scan->count; i++)
	{
		ExtmanFolder *folder = scan->folders[i];

		CHECK_FOR_INTERRUPTS();
		MemoryContextReset(one_folder);

		/* Reported as broken; without install.sql it is an overlay. */
		if (!folder->usable || !folder->has_install)
			continue;
		add_upgrade_scripts(state, folder);
		add_folder(state, folder);
	}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(one_folder);
}

ExtmanUniverseState *
extman_universe_acquire(bool rescan)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext work = AllocSetContextCreate(caller, "pg_extman universe work",
											   ALLOCSET_DEFAULT_SIZES);
	ExtmanInstalledFacts facts;
	ExtmanScan *scan;
	ExtmanCoreScan *core;

	MemoryContextSwitchTo(work);
	extman_facts_read(&facts);
	scan = rescan || current == NULL ? extman_control_dir_scan() : current->scan;
	core = rescan || current == NULL ? extman_core_dir_scan() : current->core;

	if (!still_holds(current, scan, core, &facts))
	{
		ExtmanUniverseState *state = state_new(scan, core, &facts);
		ExtmanOverlays overlays;

		extman_overlays_collect(state, &overlays);
		add_installed(state, &facts, &overlays);
		add_disk(state);
		extman_universe_add_core(state, &overlays);
		extman_overlays_report(state, &overlays);
		extman_shared_publish(state);
		extman_shared_unpin(current);
		current = state;
	}
	MemoryContextSwitchTo(caller);

	extman_shared_pin_for(caller, current);
	MemoryContextDelete(work);
	return current;
}

void
extman_universe_discard(void)
{
	extman_shared_unpin(current);
	current = NULL;
}

ExtmanPackage *
extman_universe_package(ExtmanUniverseState *state, ExtmanPackageId id)
{
	return &state->packages[extman_universe_tag(state->universe, id)];
}

const ExtmanPackage *
extman_universe_installed(const ExtmanUniverseState *state, ExtmanPackageId id)
{
	uint32		tag = extman_universe_tag(state->universe, id);

	return tag < (uint32) state->installed_count ? &state->packages[tag] : NULL;
}

static int
compare_to_package(const void *name, const void *package)
{
	return strcmp(name, ((const ExtmanPackage *) package)->name);
}

const ExtmanPackage *
extman_universe_installed_named(const ExtmanUniverseState *state, const char *name)
{
	return bsearch(name, state->packages, state->installed_count, sizeof(ExtmanPackage),
				   compare_to_package);
}
