/*
 * task_run.c
 *		Carrying out one step of a plan, and recording it.
 */
#include "postgres.h"

#include "access/xact.h"
#include "commands/extension.h"

#include "catalog.h"
#include "package_row.h"
#include "task.h"

/* The extensions that a package needs: by now all of them are there. */
static List *
required_extensions(const ExtmanTask *task)
{
	List	   *oids = NIL;
	ListCell   *cell;

	foreach(cell, task->needs)
		oids = list_append_unique_oid(oids, get_extension_oid(lfirst(cell), false));
	return oids;
}

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

		/* Of other extensions, core knows best what they depend on. */
		if (package->snapshot == NULL)
			continue;

		for (size_t j = 0; j < steps[i].need_count; j++)
		{
			const char *need = extman_universe_package(answer->state, steps[i].needs[j])->name;
			Oid			oid = get_extension_oid(need, !complete);

			if (OidIsValid(oid) && (complete || !is_going(tasks, need)))
				required = list_append_unique_oid(required, oid);
		}
		extman_extension_set_requires(package->extension, required);
	}
	CommandCounterIncrement();
}

static const char *
run_install(ExtmanTask *task, Oid self)
{
	ExtmanPolicy policy = {task->name, !task->requested, false};
	Oid			extension;

	/* What a package of that name left behind, when core dropped it. */
	extman_record_forget(task->name);

	extension = extman_package_install(linitial(task->specs), required_extensions(task), self);
	CommandCounterIncrement();

	extman_record_write_snapshot(task->snapshot);
	extman_record_write_policy(&policy);
	return extman_catalog_schema_of(extension);
}

static const char *
run_upgrade(ExtmanTask *task, Oid self)
{
	List	   *required = required_extensions(task);
	ListCell   *cell;

	foreach(cell, task->specs)
	{
		extman_package_upgrade(task->extension, lfirst(cell), required, self);
		CommandCounterIncrement();
	}

	extman_record_write_snapshot(task->snapshot);
	return extman_catalog_schema_of(task->extension);
}

static const char *
run_uninstall(ExtmanTask *task, bool cascade)
{
	const char *schema = extman_catalog_schema_of(task->extension);

	extman_package_uninstall(task->extension, linitial(task->specs), task->elevate, cascade);
	CommandCounterIncrement();

	extman_record_forget(task->name);
	return schema;
}

const char *
extman_task_run(ExtmanTask *task, Oid self, bool cascade)
{
	const char *schema = NULL;

	switch (task->action)
	{
		case EXTMAN_INSTALL:
			schema = run_install(task, self);
			break;
		case EXTMAN_UPGRADE:
			schema = run_upgrade(task, self);
			break;
		case EXTMAN_UNINSTALL:
			schema = run_uninstall(task, cascade);
			break;
	}
	CommandCounterIncrement();
	return schema;
}
