/*
 * task_core.c
 *		Steps that PostgreSQL itself carries out.
 *
 * A whole way of scripts is one command, of which core finds the scripts by
 * itself.  So nothing is read here, and no snapshot is recorded: what core
 * installed, core knows.
 *
 * Core checks rights script by script, when earlier ones of the plan have run.
 * Who may not carry out all of it is told so before, by the same rules; and who
 * may not create objects in the target schema, though core would let a trusted
 * extension's script do that for him.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_extension.h"
#include "commands/extension.h"
#include "utils/builtins.h"

#include "core_command.h"
#include "event_triggers.h"
#include "package_needs.h"
#include "package_rights.h"
#include "package_row.h"
#include "settings.h"
#include "task_core.h"
#include "translate.h"

/* ---------- before ---------- */

static List *
install_steps(const ExtmanCoreVersion *version)
{
	List	   *steps = NIL;

	for (int i = 0; i < version->step_count; i++)
		steps = lappend(steps, version->steps[i]);
	return steps;
}

/* All scripts run as a superuser, whoever asks for it. */
static bool
is_privileged(List *steps)
{
	ListCell   *cell;

	foreach(cell, steps)
	{
		const ExtmanCoreVersion *step = lfirst(cell);

		if (!step->control.superuser || !step->control.trusted)
			return false;
	}
	return true;
}

void
extman_core_task_prepare(ExtmanTask *task, const ExtmanCommand *command,
						 const ExtmanPackage *old)
{
	const ExtmanCoreVersion *version = task->package->core;
	ExtmanPackageSpec *spec = palloc0(sizeof(ExtmanPackageSpec));

	spec->name = task->name;
	spec->version = task->new_version;
	spec->schema = version->steps[0]->control.schema;
	spec->wanted_schema = task->wanted_schema;
	spec->requested = task->requested && !command->lenient_schema;
	task->specs = list_make1(spec);

	if (old == NULL)
		task->core_steps = install_steps(version);
	else
	{
		task->extension = old->extension;
		task->core_steps = extman_core_version_way(old->version,
												   unconstify(ExtmanCoreVersion *, version));
		if (task->core_steps == NIL)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("extension \"%s\" has no update path from version \"%s\" to version \"%s\"",
							task->name, old->version, task->new_version)));
	}
	task->privileged = is_privileged(task->core_steps);
}

void
extman_core_task_check(const ExtmanTask *task)
{
	bool		install = task->action == EXTMAN_INSTALL;
	ListCell   *cell;

	extman_package_check_nested(install ? "CREATE" : "ALTER");
	if (!install)
		extman_package_check_owner(task->extension, task->name);
	foreach(cell, task->core_steps)
	{
		const ExtmanCoreControl *control = &((ExtmanCoreVersion *) lfirst(cell))->control;

		if (control->superuser)
			extman_package_check_superuser(task->name, install, control->trusted);
	}
	if (install)
		extman_package_check_target(linitial(task->specs));
}

/* ---------- the command ---------- */

static Node *
statement_of(const ExtmanTask *task, const char **text)
{
	const ExtmanPackageSpec *spec = linitial(task->specs);
	const char *name = quote_identifier(task->name);
	const char *version = quote_literal_cstr(task->new_version);
	const char *schema = spec->schema ? NULL : spec->wanted_schema;

	if (task->action == EXTMAN_UPGRADE)
	{
		*text = psprintf("ALTER EXTENSION %s UPDATE TO %s", name, version);
		return extman_update_statement(task->name, task->new_version);
	}
	*text = schema ?
		psprintf("CREATE EXTENSION %s SCHEMA %s VERSION %s", name,
				 quote_identifier(schema), version) :
		psprintf("CREATE EXTENSION %s VERSION %s", name, version);
	return extman_create_statement(task->name, task->new_version, schema);
}

/* ---------- after ---------- */

/* Event triggers may have done anything meanwhile. */
static ExtmanExtensionRow
read_result(const ExtmanTask *task)
{
	ExtmanExtensionRow row;
	Oid			extension = get_extension_oid(task->name, true);

	if (!OidIsValid(extension) ||
		(OidIsValid(task->extension) && extension != task->extension) ||
		!extman_extension_row(extension, &row) ||
		strcmp(row.version, task->new_version) != 0)
		extman_package_changed(task->name);
	return row;
}

/*
 * pg_dump writes CREATE EXTENSION without a version.  Which one it was, the
 * comment on pg_extman says; an extension that depends on pg_extman is restored
 * after that.  Core has forgotten the dependency with each update.
 */
static void
order_dumps(const ExtmanTask *task, const ExtmanExtensionRow *row, Oid self)
{
	List	   *required = extman_extension_requires(row->oid);

	if (extman_core_version_is_default(task->package->core) || list_member_oid(required, self))
		return;
	extman_extension_set_requires(row->oid, lappend_oid(required, self));
	CommandCounterIncrement();
}

const char *
extman_core_task_run(const ExtmanTask *task, Oid self)
{
	const char *text;
	Node	   *statement = statement_of(task, &text);
	ExtmanExtensionRow row;

	extman_core_task_check(task);

	/* What a package of that name left behind, or what this one was before. */
	if (task->action == EXTMAN_INSTALL)
	{
		extman_record_clear(task->name);
		extman_settings_undo(task->name);
	}
	else
		extman_record_clear_snapshot(task->name);

	extman_core_command_run(statement, text);
	CommandCounterIncrement();

	row = read_result(task);
	order_dumps(task, &row, self);
	if (task->action == EXTMAN_INSTALL)
	{
		ExtmanPolicy policy = {task->name, !task->requested, false};

		extman_record_write_policy(&policy);
		CommandCounterIncrement();
	}
	extman_settings_apply(task->name, task->settings, extman_task_elevated(task));
	return extman_catalog_schema_of(row.oid);
}
