/*
 * task.c
 *		The steps of a plan, made ready to run.
 *
 * Rights come before files: who may not carry out the plan makes the server read
 * nothing, and learns nothing from its errors.
 */
#include "postgres.h"

#include "catalog/pg_extension.h"
#include "miscadmin.h"
#include "storage/lmgr.h"

#include "extman.h"
#include "package_row.h"
#include "settings.h"
#include "task.h"
#include "task_core.h"
#include "translate.h"

/* ---------- what a step needs ---------- */

static const ExtmanPackage *
installed_package(const ExtmanUniverseState *state, const char *name)
{
	const ExtmanPackage *package = extman_universe_installed_named(state, name);

	if (package == NULL)
		elog(ERROR, "extension \"%s\" is not among the installed ones", name);
	return package;
}

bool
extman_package_privileged(const ExtmanPackage *package)
{
	return package->snapshot && package->snapshot->superuser && package->snapshot->trusted;
}

bool
extman_task_elevated(const ExtmanTask *task)
{
	return task->privileged && !superuser();
}

/*
 * The packages that a step needs.  by_package: the tasks so far, by their
 * package; what is needed comes first in a plan.
 */
static List *
needs_of(const ExtmanStep *step, ExtmanUniverseState *state, ExtmanTask **by_package)
{
	List	   *needs = NIL;

	for (size_t i = 0; i < step->need_count; i++)
	{
		ExtmanPackage *package = extman_universe_package(state, step->needs[i]);
		ExtmanTask *task = by_package[package - state->packages];
		ExtmanNeed *need;

		if (strcmp(package->name, EXTMAN_EXTENSION) == 0)
			continue;

		need = palloc0(sizeof(ExtmanNeed));
		need->name = pstrdup(package->name);
		need->version = pstrdup(package->version);
		need->extension = task ? task->extension : package->extension;
		need->privileged = task ? task->privileged : extman_package_privileged(package);
		needs = lappend(needs, need);
	}
	return needs;
}

static ExtmanPackageSpec *
spec_from_folder(const ExtmanTask *task, const ExtmanCommand *command)
{
	const ExtmanControlInfo *info = &task->package->folder->info;
	ExtmanPackageSpec *spec = palloc0(sizeof(ExtmanPackageSpec));

	spec->name = task->name;
	spec->version = task->new_version;
	spec->comment = extman_from_utf8(info->comment);
	spec->schema = extman_from_utf8(info->schema);
	spec->wanted_schema = task->wanted_schema;
	spec->requested = task->requested && !command->lenient_schema;
	spec->module_pathname = extman_from_utf8(info->module_pathname);
	spec->relocatable = info->relocatable;
	spec->superuser = info->superuser;
	spec->trusted = info->trusted;
	spec->needs = task->needs;
	return spec;
}

static void
prepare_install(ExtmanTask *task, const ExtmanCommand *command)
{
	const ExtmanControlInfo *info;

	if (task->package->core)
	{
		extman_core_task_prepare(task, command, NULL);
		return;
	}
	info = &task->package->folder->info;
	task->privileged = info->superuser && info->trusted;
	task->specs = list_make1(spec_from_folder(task, command));
}

/*
 * Each script of an upgrade leads to a version of its own.  Everything else
 * about the package is as in the control file of the last one.
 */
static void
prepare_upgrade(ExtmanTask *task, const ExtmanCommand *command, const ExtmanStep *step,
				ExtmanUniverseState *state)
{
	const ExtmanPackage *old = installed_package(state, task->name);
	const ExtmanControlInfo *info;
	ExtmanExtensionRow row;

	if (task->package->core)
	{
		extman_core_task_prepare(task, command, old);
		return;
	}
	info = &task->package->folder->info;
	task->extension = old->extension;
	task->privileged = info->superuser && info->trusted &&
		(extman_package_privileged(old) ||
		 (extman_extension_row(old->extension, &row) && superuser_arg(row.owner)));

	for (size_t i = 0; i < step->script_count; i++)
	{
		ExtmanUpgradeScript *upgrade = &state->upgrades[step->scripts[i]];
		ExtmanPackageSpec *spec = spec_from_folder(task, command);

		spec->was_privileged = extman_package_privileged(old);
		if (i + 1 < step->script_count)
			spec->version = extman_from_utf8(upgrade->file->to);
		task->specs = lappend(task->specs, spec);
		task->upgrades = lappend(task->upgrades, upgrade);
	}
}

/* What was recorded counts, whatever lies on disk now. */
static void
prepare_uninstall(ExtmanTask *task)
{
	ExtmanPackageSpec *spec = palloc0(sizeof(ExtmanPackageSpec));

	task->extension = task->package->extension;
	spec->name = task->name;
	spec->version = task->old_version;
	spec->requested = task->requested;
	spec->was_privileged = extman_package_privileged(task->package);
	task->specs = list_make1(spec);
}

/*
 * The schema that each step's install was asked to go to, or NULL.  What comes along
 * goes to where the first package goes that needs it, of those to be installed.
 */
static const char **
wanted_schemas(const ExtmanAnswer *answer, const ExtmanCommand *command)
{
	const char **wanted = palloc0((answer->step_count + 1) * sizeof(char *));
	const char **by_package;

	if (command->schemas == NULL)
	{
		for (int i = 0; i < answer->step_count; i++)
			wanted[i] = command->schema;
		return wanted;
	}

	/* What needs comes behind what is needed. */
	by_package = palloc0((answer->state->package_count + 1) * sizeof(char *));
	for (int i = answer->step_count - 1; i >= 0; i--)
	{
		const ExtmanStep *step = &answer->steps[i];

		if (step->action != EXTMAN_INSTALL)
			continue;
		if (step->part < (size_t) command->schema_count)
			wanted[i] = command->schemas[step->part];
		else
			wanted[i] = by_package[extman_universe_tag(answer->state->universe, step->package)];
		for (size_t need = 0; need < step->need_count; need++)
			by_package[extman_universe_tag(answer->state->universe, step->needs[need])] = wanted[i];
	}
	return wanted;
}

List *
extman_tasks_prepare(const ExtmanAnswer *answer, const ExtmanCommand *command)
{
	ExtmanUniverseState *state = answer->state;
	const char **schemas = wanted_schemas(answer, command);
	ExtmanTask **by_package = palloc0((state->package_count + 1) * sizeof(ExtmanTask *));
	List	   *tasks = NIL;

	for (int i = 0; i < answer->step_count; i++)
	{
		const ExtmanStep *step = &answer->steps[i];
		ExtmanTask *task = palloc0(sizeof(ExtmanTask));

		CHECK_FOR_INTERRUPTS();

		task->action = step->action;
		task->name = extman_from_utf8(step->name);
		task->old_version = extman_from_utf8(step->old_version);
		task->new_version = extman_from_utf8(step->new_version);
		task->reason = extman_message_from_utf8(step->reason);
		task->requested = step->requested;
		task->wanted_schema = schemas[i];
		task->package = extman_universe_package(state, step->package);

		switch (task->action)
		{
			case EXTMAN_INSTALL:
				task->needs = needs_of(step, state, by_package);
				prepare_install(task, command);
				break;
			case EXTMAN_UPGRADE:
				task->needs = needs_of(step, state, by_package);
				prepare_upgrade(task, command, step, state);
				break;
			case EXTMAN_UNINSTALL:
				prepare_uninstall(task);
				break;
		}
		by_package[task->package - state->packages] = task;
		tasks = lappend(tasks, task);
	}
	return tasks;
}

/* ---------- rights and locks ---------- */

void
extman_tasks_check(List *tasks)
{
	ListCell   *cell;

	foreach(cell, tasks)
	{
		ExtmanTask *task = lfirst(cell);

		CHECK_FOR_INTERRUPTS();
		if (strcmp(task->name, EXTMAN_EXTENSION) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("extension \"%s\" cannot change itself", EXTMAN_EXTENSION),
					 errhint("Use DROP EXTENSION or ALTER EXTENSION.")));

		if (task->action != EXTMAN_UNINSTALL)
			extman_settings_check(task->name, task->settings, extman_task_elevated(task));
		if (task->core_steps)
		{
			extman_core_task_check(task);
			continue;
		}
		switch (task->action)
		{
			case EXTMAN_INSTALL:
				extman_package_check_install(linitial(task->specs));
				break;
			case EXTMAN_UPGRADE:
				extman_package_check_upgrade(task->extension, llast(task->specs));
				break;
			case EXTMAN_UNINSTALL:
				extman_package_check_uninstall(task->extension, linitial(task->specs));
				break;
		}
	}
}

static void
lock_extension(Oid extension, LOCKMODE mode)
{
	LockDatabaseObject(ExtensionRelationId, extension, 0, mode);
}

/* The packages that a step relies on, as far as they are there already. */
static void
lock_needs(const ExtmanStep *step, const ExtmanAnswer *answer)
{
	for (size_t i = 0; i < step->need_count; i++)
	{
		const ExtmanPackage *need = extman_universe_package(answer->state, step->needs[i]);

		if (OidIsValid(need->extension))
			lock_extension(need->extension, AccessShareLock);
	}
}

/*
 * A DROP EXTENSION doesn't take the lock that our own commands take, but one on
 * the extension itself.  What a package depends on must not go away before the
 * dependency is written down.
 */
void
extman_tasks_lock(List *tasks, const ExtmanAnswer *answer)
{
	const ExtmanStep *rewired;
	size_t		rewired_count = extman_solution_rewired(answer->solution, &rewired);
	ListCell   *cell;

	foreach(cell, tasks)
	{
		ExtmanTask *task = lfirst(cell);

		/* The mode that the step will take, so as not to raise it then. */
		if (OidIsValid(task->extension))
			lock_extension(task->extension, AccessExclusiveLock);
	}

	for (int i = 0; i < answer->step_count; i++)
		lock_needs(&answer->steps[i], answer);

	for (size_t i = 0; i < rewired_count; i++)
	{
		lock_extension(extman_universe_package(answer->state, rewired[i].package)->extension,
					   ShareUpdateExclusiveLock);
		lock_needs(&rewired[i], answer);
	}
}
