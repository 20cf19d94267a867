/*
 * task_run.c
 *		Carrying out one step of a plan, and recording it.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_extension.h"
#include "commands/extension.h"
#include "miscadmin.h"
#include "utils/lsyscache.h"

#include "catalog.h"
#include "event_triggers.h"
#include "extman.h"
#include "package_needs.h"
#include "settings.h"
#include "task.h"
#include "task_core.h"

/* ---------- packages that stay ---------- */

static bool
is_going(List *tasks, const char *name)
{
	ListCell   *cell;

	foreach(cell, tasks)
	{
		ExtmanTask *task = lfirst(cell);

		if (task->action == EXTMAN_UNINSTALL && strcmp(task->name, name) == 0)
			return true;
	}
	return false;
}

void
extman_tasks_rewire(List *tasks, const ExtmanAnswer *answer, Oid self, bool complete)
{
	const ExtmanStep *steps;
	size_t		count = extman_solution_rewired(answer->solution, &steps);

	for (size_t i = 0; i < count; i++)
	{
		ExtmanPackage *package = extman_universe_package(answer->state, steps[i].package);
		List	   *required = list_make1_oid(self);
		ExtmanExtensionRow row;

		/* Of other extensions, core knows best what they depend on. */
		if (package->snapshot == NULL)
			continue;

		CHECK_FOR_INTERRUPTS();
		if (!extman_extension_row(package->extension, &row))
			extman_package_changed(package->name);

		for (size_t j = 0; j < steps[i].need_count; j++)
		{
			const char *need = extman_universe_package(answer->state, steps[i].needs[j])->name;
			Oid			oid = get_extension_oid(need, true);

			if (complete && !OidIsValid(oid))
				extman_package_changed(need);
			if (OidIsValid(oid) && (complete || !is_going(tasks, need)))
				required = list_append_unique_oid(required, oid);
		}
		extman_extension_set_requires(package->extension, required);
	}
	CommandCounterIncrement();
}

/* ---------- one step ---------- */

static Oid
run_install(ExtmanTask *task, Oid self)
{
	ExtmanPolicy policy = {task->name, !task->requested, false};
	Oid			extension;

	/* What a package of that name left behind, when core dropped it. */
	extman_record_clear(task->name);
	extman_settings_undo(task->name);

	extension = extman_package_install(linitial(task->specs), self);
	CommandCounterIncrement();

	task->snapshot->schema = extman_catalog_schema_of(extension);
	task->snapshot->members = extman_member_names(extension);
	extman_record_write_snapshot(task->snapshot);
	extman_record_write_policy(&policy);
	extman_settings_apply(task->name, task->settings, extman_task_elevated(task));
	return extension;
}

static void
run_upgrade(ExtmanTask *task, Oid self)
{
	const ExtmanSnapshot *before = extman_record_snapshot(task->name, false);
	ListCell   *cell;

	/* What the install script wrote into functions is still there. */
	task->snapshot->schema = before ? before->schema :
		extman_catalog_schema_of(task->extension);

	foreach(cell, task->specs)
	{
		CHECK_FOR_INTERRUPTS();
		extman_package_upgrade(task->extension, lfirst(cell), self);
		CommandCounterIncrement();
	}
	task->snapshot->members = extman_member_names(task->extension);
	extman_record_write_snapshot(task->snapshot);
	extman_settings_apply(task->name, task->settings, extman_task_elevated(task));
}

static void
run_uninstall(ExtmanTask *task, bool cascade)
{
	List	   *along = NIL;
	ListCell   *cell;

	foreach(cell, task->along)
		along = lappend_oid(along, ((ExtmanTask *) lfirst(cell))->extension);

	extman_package_uninstall(task->extension, linitial(task->specs), cascade, along);
	CommandCounterIncrement();
	extman_record_forget(task->name);
	foreach(cell, task->along)
		extman_record_forget(((ExtmanTask *) lfirst(cell))->name);
}

/*
 * The event triggers for the command's start have run by now, and scripts
 * before them: what the plan starts from must still be there.
 */
static void
check_unchanged(const ExtmanTask *task, Oid self)
{
	ExtmanExtensionRow row;

	if (extman_catalog_self() != self)
		extman_package_changed(EXTMAN_EXTENSION);
	if (task->action == EXTMAN_INSTALL)
		return;
	if (!extman_extension_row(task->extension, &row) ||
		strcmp(row.name, task->name) != 0 ||
		strcmp(row.version, task->old_version) != 0)
		extman_package_changed(task->name);
}

typedef struct TaskRun
{
	ExtmanTask *task;
	Oid			self;
	bool		cascade;
	const char *schema;			/* the result */
} TaskRun;

/* An ExtmanCommandWork. */
static ObjectAddress
run_task(void *arg)
{
	TaskRun    *run = arg;
	ExtmanTask *task = run->task;
	ObjectAddress address = InvalidObjectAddress;
	ListCell   *cell;

	check_unchanged(task, run->self);
	foreach(cell, task->along)
		check_unchanged(lfirst(cell), run->self);
	switch (task->action)
	{
		case EXTMAN_INSTALL:
			ObjectAddressSet(address, ExtensionRelationId, run_install(task, run->self));
			run->schema = extman_catalog_schema_of(address.objectId);
			break;
		case EXTMAN_UPGRADE:
			run_upgrade(task, run->self);
			ObjectAddressSet(address, ExtensionRelationId, task->extension);
			run->schema = extman_catalog_schema_of(task->extension);
			break;
		case EXTMAN_UNINSTALL:
			run->schema = extman_catalog_schema_of(task->extension);
			run_uninstall(task, run->cascade);
			break;
	}
	CommandCounterIncrement();
	return address;
}

void
extman_tasks_bundle(List *tasks)
{
	int			first = list_length(tasks);
	ExtmanTask *bundle;

	while (first > 0)
	{
		const ExtmanTask *task = list_nth(tasks, first - 1);
		const ExtmanPackageSpec *spec = linitial(task->specs);

		if (task->action != EXTMAN_UNINSTALL || spec->script_text)
			break;
		first--;
	}
	if (first == list_length(tasks))
		return;

	bundle = list_nth(tasks, first);
	for (int i = first + 1; i < list_length(tasks); i++)
	{
		ExtmanTask *task = list_nth(tasks, i);

		task->goes_along = true;
		bundle->along = lappend(bundle->along, task);
	}
}

static List *
names_of(const ExtmanTask *task)
{
	List	   *names = list_make1(unconstify(char *, task->name));
	ListCell   *cell;

	foreach(cell, task->along)
		names = lappend(names, unconstify(char *, ((ExtmanTask *) lfirst(cell))->name));
	return names;
}

/* The command of core that does the same. */
static Node *
statement_of(const ExtmanTask *task, bool cascade)
{
	const ExtmanPackageSpec *spec = linitial(task->specs);

	switch (task->action)
	{
		case EXTMAN_INSTALL:
			return extman_create_statement(task->name, task->new_version,
										   spec->schema ? spec->schema : spec->wanted_schema);
		case EXTMAN_UPGRADE:
			return extman_update_statement(task->name, task->new_version);
		case EXTMAN_UNINSTALL:
			return extman_drop_statement(names_of(task), cascade);
	}
	return NULL;				/* keep compiler quiet */
}

/*
 * An earlier step's cascade may take along a package of which nobody said that
 * it uses the other's objects.  Its script has no more to do.
 */
static bool
went_by_cascade(const ExtmanTask *task)
{
	ExtmanExtensionRow row;

	if (task->action != EXTMAN_UNINSTALL || extman_extension_row(task->extension, &row))
		return false;
	extman_record_forget(task->name);
	return true;
}

const char *
extman_task_run(ExtmanTask *task, Oid self, bool cascade)
{
	TaskRun		run = {task, self, cascade, NULL};

	/* It is gone by now. */
	if (task->goes_along || (cascade && went_by_cascade(task)))
		return get_namespace_name(task->package->schema);

	if (task->core_steps)
	{
		check_unchanged(task, self);
		return extman_core_task_run(task, self);
	}

	extman_event_triggers_run(statement_of(task, cascade), run_task, &run);
	CommandCounterIncrement();
	return run.schema;
}
