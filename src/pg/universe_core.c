/*
 * universe_core.c
 *		PostgreSQL's own extensions among the packages of a universe.
 *
 * Names and versions of core's are ASCII, and so the same in UTF-8.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "translate.h"
#include "universe_build.h"

int
extman_universe_core_packages(const ExtmanCoreScan *core)
{
	int			count = 0;

	for (int i = 0; i < core->count; i++)
		count += core->extensions[i]->version_count;
	return count;
}

int
extman_universe_core_upgrades(const ExtmanCoreScan *core)
{
	int			count = 0;

	for (int i = 0; i < core->count; i++)
	{
		for (int j = 0; j < core->extensions[i]->version_count; j++)
			count += core->extensions[i]->versions[j]->update_count;
	}
	return count;
}

static List *
keep_list(MemoryContext context, List *list)
{
	MemoryContext old = MemoryContextSwitchTo(context);
	List	   *kept = list_copy(list);

	MemoryContextSwitchTo(old);
	return kept;
}

static void
add_version(ExtmanUniverseState *state, const ExtmanCoreVersion *version,
			const ExtmanOverlays *overlays)
{
	uint32		tag = state->package_count;
	ExtmanPackage *package = &state->packages[tag];
	List	   *required = extman_core_version_requires(version);
	ExtmanText *names = palloc((list_length(required) + 1) * sizeof(ExtmanText));
	ExtmanPlain plain = {0};
	ExtmanPackageId shadowed_by;
	ExtmanError error;
	ExtmanCode	code;
	ListCell   *cell;

	plain.name = extman_text(version->extension->name);
	plain.version = extman_text(version->version);
	foreach(cell, required)
		names[plain.require_count++] = extman_text(lfirst(cell));
	plain.requires_ = names;
	plain.ahead = extman_core_version_is_ahead(version);
	package->overlays = keep_list(state->shared.context,
								  extman_overlays_apply(overlays, version->extension->name,
														version->version, &plain));

	code = extman_universe_add_plain(state->universe, &plain, tag, &package->id, &shadowed_by,
									 &error);
	if (code == EXTMAN_BAD_INPUT)
	{
		ereport(DEBUG1,
				(errmsg_internal("version \"%s\" of extension \"%s\" cannot take part in requests: %s",
								 version->version, version->extension->name, error.message)));
		return;
	}
	if (code != EXTMAN_OK)
		extman_core_failed(code, &error, 0, NULL);

	package->core = version;
	package->name = version->extension->name;
	package->version = version->version;
	if (package->id == EXTMAN_NO_PACKAGE)
	{
		package->id = shadowed_by;

		/* Core tells "1.0" from "1.00", but nobody has both. */
		if (extman_universe_winner(state, package))
			return;
	}
	state->package_count++;
}

static void
add_updates(ExtmanUniverseState *state, const ExtmanCoreVersion *version)
{
	for (int i = 0; i < version->update_count; i++)
	{
		ExtmanCoreVersion *to = version->updates[i];
		ExtmanError error;
		ExtmanCode	code;

		if (to->broken)
			continue;
		code = extman_universe_add_upgrade(state->universe,
										   extman_text(version->extension->name),
										   extman_text(version->version),
										   extman_text(to->version),
										   state->upgrade_count, &error);
		if (code == EXTMAN_BAD_INPUT)
			continue;			/* nor is that version in the universe */
		if (code != EXTMAN_OK)
			extman_core_failed(code, &error, 0, NULL);
		state->upgrades[state->upgrade_count++].core = to;
	}
}

/* Which of core's extensions, by their index, packages with install.sql replace. */
static bool *
find_replaced(const ExtmanUniverseState *state)
{
	const ExtmanCoreScan *core = state->core;
	bool	   *replaced = palloc0((core->count + 1) * sizeof(bool));

	for (int i = 0; i < state->scan->count; i++)
	{
		const ExtmanFolder *folder = state->scan->folders[i];
		int			index;

		if (!folder->usable || !folder->has_install)
			continue;
		index = extman_core_extension_index(core, folder->info.name);
		if (index >= 0)
			replaced[index] = true;
	}
	return replaced;
}

void
extman_universe_add_core(ExtmanUniverseState *state, const ExtmanOverlays *overlays)
{
	const ExtmanCoreScan *core = state->core;
	bool	   *replaced = find_replaced(state);

	/* Of hundreds of update scripts, a request needs those of what is installed. */
	for (int i = 0; i < core->count; i++)
	{
		const ExtmanCoreExtension *extension = core->extensions[i];
		bool		installed;

		CHECK_FOR_INTERRUPTS();
		if (replaced[i])
			continue;
		installed = extman_universe_installed_named(state, extension->name) != NULL;
		for (int j = 0; j < extension->version_count; j++)
		{
			if (extension->versions[j]->step_count > 0)
				add_version(state, extension->versions[j], overlays);
			if (installed)
				add_updates(state, extension->versions[j]);
		}
	}
}
