/*
 * functions_list.c
 *		The SQL functions that list: what is available, installed, broken, wrong.
 */
#include "postgres.h"

#include "catalog/pg_type_d.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "audit.h"
#include "extman.h"
#include "functions.h"
#include "request.h"
#include "universe.h"

PG_FUNCTION_INFO_V1(pg_extension_available);
PG_FUNCTION_INFO_V1(pg_extension_installed);
PG_FUNCTION_INFO_V1(pg_extension_broken);
PG_FUNCTION_INFO_V1(pg_extension_check);

/* ---------- what is available ---------- */

/* Columns that differ by where a package comes from; in UTF-8. */
typedef struct Described
{
	const char *comment;
	const char *depends;
	const char *conflicts;
	const char *provides;
	const char *schema;
	bool		relocatable;
	bool		superuser;
	bool		trusted;
	const char *source;
} Described;

static const char *
join(const char *list, const char *more)
{
	if (list == NULL || more == NULL)
		return list ? list : more;
	return psprintf("%s, %s", list, more);
}

/* One of core's: what overlays add counts as its own. */
static void
describe_core(const ExtmanPackage *package, Described *described)
{
	const ExtmanCoreVersion *version = package->core;
	ListCell   *cell;

	/* Core takes comment and schema from where it starts. */
	described->comment = extman_to_utf8(version->steps[0]->control.comment);
	described->schema = extman_to_utf8(version->steps[0]->control.schema);
	described->relocatable = version->control.relocatable;
	described->superuser = version->control.superuser;
	described->trusted = version->control.trusted;
	described->source = version->extension->path;

	foreach(cell, extman_core_version_requires(version))
		described->depends = join(described->depends, lfirst(cell));
	foreach(cell, package->overlays)
	{
		const ExtmanControlInfo *info = &((ExtmanFolder *) lfirst(cell))->info;

		described->depends = join(described->depends, info->depends);
		described->conflicts = join(described->conflicts, info->conflicts);
		described->provides = join(described->provides, info->provides);
	}
}

static void
describe(const ExtmanPackage *package, Described *described)
{
	const ExtmanControlInfo *info;

	memset(described, 0, sizeof(*described));
	if (package->core)
	{
		describe_core(package, described);
		return;
	}
	info = &package->folder->info;
	described->comment = info->comment;
	described->depends = info->depends;
	described->conflicts = info->conflicts;
	described->provides = info->provides;
	described->schema = info->schema;
	described->relocatable = info->relocatable;
	described->superuser = info->superuser;
	described->trusted = info->trusted;
	described->source = package->folder->path;
}

/* pg_extension_available() */
Datum
pg_extension_available(PG_FUNCTION_ARGS)
{
	ExtmanUniverseState *state = extman_universe_acquire(true);
	bool		see_paths = extman_may_see_paths();
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext one_row;
	ExtmanRow	row;

	InitMaterializedSRF(fcinfo, 0);

	/* The values of a row are copied into the result: none may pile up. */
	one_row = AllocSetContextCreate(caller, "pg_extman row", ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(one_row);
	for (int i = state->installed_count; i < state->package_count; i++)
	{
		const ExtmanPackage *package = &state->packages[i];
		Described	described;

		CHECK_FOR_INTERRUPTS();
		MemoryContextReset(one_row);
		describe(package, &described);
		extman_row_begin(&row, fcinfo);
		extman_row_text(&row, package->name);
		extman_row_text(&row, package->version);
		extman_row_bool(&row, extman_universe_installed(state, package->id) != NULL);
		extman_row_text(&row, extman_from_utf8(described.comment));
		extman_row_text(&row, extman_from_utf8(described.depends));
		extman_row_text(&row, extman_from_utf8(described.conflicts));
		extman_row_text(&row, extman_from_utf8(described.provides));
		extman_row_text(&row, extman_from_utf8(described.schema));
		extman_row_bool(&row, described.relocatable);
		extman_row_bool(&row, described.superuser);
		extman_row_bool(&row, described.trusted);
		extman_row_text(&row, see_paths ? extman_printable(described.source) : NULL);
		extman_row_end(&row);
	}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(one_row);
	return (Datum) 0;
}

/* ---------- what is installed ---------- */

static bool
is_newer(const ExtmanPackage *package, const ExtmanPackage *than)
{
	ExtmanError error;
	ExtmanCode	code;
	int			order;

	code = extman_version_compare(extman_text(extman_to_utf8(package->version)),
								  extman_text(extman_to_utf8(than->version)),
								  &order, &error);
	return code == EXTMAN_OK && order > 0;
}

/*
 * For each installed package, the newest version of its name on disk, or NULL; of
 * core's, none that is newer than the recommended one.
 */
static const ExtmanPackage **
newest_on_disk(const ExtmanUniverseState *state)
{
	const ExtmanPackage **newest = palloc0((state->installed_count + 1) * sizeof(*newest));

	for (int i = state->installed_count; i < state->package_count; i++)
	{
		const ExtmanPackage *package = &state->packages[i];
		const ExtmanPackage *installed = extman_universe_installed_named(state, package->name);
		const ExtmanPackage **known;

		CHECK_FOR_INTERRUPTS();
		if (installed == NULL ||
			(package->core && extman_core_version_is_ahead(package->core)))
			continue;
		known = &newest[installed - state->packages];
		if (*known == NULL || is_newer(package, *known))
			*known = package;
	}
	return newest;
}

/* pg_extension_installed() */
Datum
pg_extension_installed(PG_FUNCTION_ARGS)
{
	ExtmanUniverseState *state = extman_universe_acquire(true);
	const ExtmanPackage **newest_of = newest_on_disk(state);
	bool		see_paths = extman_may_see_paths();
	ExtmanRow	row;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < state->installed_count; i++)
	{
		const ExtmanPackage *package = &state->packages[i];
		const ExtmanPackage *newest = newest_of[i];
		const ExtmanSnapshot *snapshot = package->snapshot;

		extman_row_begin(&row, fcinfo);
		extman_row_text(&row, package->name);
		extman_row_text(&row, package->version);
		extman_row_text(&row, newest ? newest->version : NULL);
		extman_row_name(&row, get_namespace_name(package->schema));
		extman_row_bool(&row, package->automatic);
		extman_row_bool(&row, package->held);
		extman_row_text(&row, snapshot && see_paths ? snapshot->source : NULL);
		extman_row_name(&row, snapshot ? snapshot->installed_by : NULL);
		extman_row_time(&row, snapshot ? snapshot->installed_at : 0);
		extman_row_end(&row);
	}
	return (Datum) 0;
}

/* ---------- what is broken ---------- */

static void
return_problem(FunctionCallInfo fcinfo, const ExtmanProblem *problem)
{
	ExtmanRow	row;

	extman_row_begin(&row, fcinfo);
	extman_row_text(&row, problem->file);
	extman_row_datum(&row, INT4OID, Int32GetDatum(problem->line), problem->line == 0);
	extman_row_datum(&row, INT4OID, Int32GetDatum(problem->column), problem->column == 0);
	extman_row_text(&row, problem->message);
	extman_row_text(&row, problem->hint);
	extman_row_end(&row);
}

/*
 * pg_extension_broken()
 *
 * What is wrong on the control path and with core's control files: folders that
 * can't be read, control files that can't be understood, packages that another
 * one shadows.
 */
Datum
pg_extension_broken(PG_FUNCTION_ARGS)
{
	ExtmanUniverseState *state = extman_universe_acquire(true);
	ListCell   *cell;

	InitMaterializedSRF(fcinfo, 0);
	foreach(cell, state->scan->problems)
		return_problem(fcinfo, lfirst(cell));
	for (int i = 0; i < state->scan->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (state->scan->folders[i]->problem)
			return_problem(fcinfo, state->scan->folders[i]->problem);
	}
	foreach(cell, state->core->problems)
		return_problem(fcinfo, lfirst(cell));
	foreach(cell, state->problems)
		return_problem(fcinfo, lfirst(cell));
	return (Datum) 0;
}

/* pg_extension_check() */
Datum
pg_extension_check(PG_FUNCTION_ARGS)
{
	ListCell   *cell;
	ExtmanRow	row;

	InitMaterializedSRF(fcinfo, 0);
	foreach(cell, extman_audit())
	{
		const ExtmanAuditFinding *finding = lfirst(cell);

		extman_row_begin(&row, fcinfo);
		extman_row_text(&row, finding->name);
		extman_row_text(&row, finding->problem);
		extman_row_text(&row, finding->detail);
		extman_row_text(&row, finding->hint);
		extman_row_end(&row);
	}
	return (Datum) 0;
}
