/*
 * native_alter.c
 *		ALTER EXTENSION ... UPDATE of a package.
 */
#include "postgres.h"

#include "commands/defrem.h"
#include "commands/extension.h"
#include "miscadmin.h"
#include "nodes/value.h"

#include "catalog.h"
#include "extman.h"
#include "native.h"
#include "translate.h"

typedef struct AlterCommand
{
	ExtmanCommand command;		/* first, so that judge() finds the rest */
	const char *name;
	const char *old_version;
	const char *new_version;	/* NULL: the newest */
} AlterCommand;

/* ---------- whether there are scripts from one version to another ---------- */

typedef struct Reached
{
	const ExtmanUniverseState *state;
	const char *name;
	List	   *versions;		/* C strings; the list grows as it is looked at */
} Reached;

static bool
has_reached(const Reached *reached, const char *version)
{
	ListCell   *cell;

	foreach(cell, reached->versions)
	{
		if (extman_native_compare(lfirst(cell), version) == 0)
			return true;
	}
	return false;
}

static void
follow_scripts(Reached *reached, const char *from)
{
	for (int i = 0; i < reached->state->upgrade_count; i++)
	{
		const ExtmanUpgradeScript *script = &reached->state->upgrades[i];
		const char *to;

		if (script->core)
			continue;
		to = extman_from_utf8(script->file->to);
		if (strcmp(extman_from_utf8(script->folder->info.name), reached->name) == 0 &&
			extman_native_compare(extman_from_utf8(script->file->from), from) == 0 &&
			!has_reached(reached, to))
			reached->versions = lappend(reached->versions, unconstify(char *, to));
	}
}

static bool
has_path(const ExtmanUniverseState *state, const AlterCommand *alter)
{
	Reached		reached = {state, alter->name,
	list_make1(unconstify(char *, alter->old_version))};

	for (int i = 0; i < list_length(reached.versions); i++)
	{
		CHECK_FOR_INTERRUPTS();
		follow_scripts(&reached, list_nth(reached.versions, i));
	}
	return has_reached(&reached, alter->new_version);
}

/* ---------- core's words ---------- */

static void
report_no_path(const AlterCommand *alter, const char *version)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("extension \"%s\" has no update path from version \"%s\" to version \"%s\"",
					alter->name, alter->old_version, version)));
}

static void
notice_already(const char *name, const char *version)
{
	ereport(NOTICE,
			(errmsg("version \"%s\" of extension \"%s\" is already installed", version, name)));
}

static void
report_other_step(const AlterCommand *alter, const ExtmanStep *step)
{
	const char *other = extman_from_utf8(step->name);

	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 step->action == EXTMAN_INSTALL ?
			 errmsg("required extension \"%s\" is not installed", other) :
			 errmsg("extension \"%s\" must be updated from version \"%s\" to \"%s\" as well",
					other, extman_from_utf8(step->old_version),
					extman_from_utf8(step->new_version)),
			 errdetail_internal("%s.", extman_message_from_utf8(step->reason)),
			 errhint("Use pg_extension_upgrade('%s') to do all of it.",
					 alter->command.upgrade)));
}

/* An ExtmanCommand's judge. */
static void
judge(const ExtmanCommand *command, const ExtmanAnswer *answer)
{
	const AlterCommand *alter = (const AlterCommand *) command;
	const ExtmanPackage *package = extman_universe_installed_named(answer->state, alter->name);

	if (package == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("extension \"%s\" does not exist", alter->name)));
	if (answer->verdict == EXTMAN_NO_PLAN && alter->new_version &&
		!has_path(answer->state, alter))
		report_no_path(alter, alter->new_version);
	extman_answer_require_plan(answer);

	if (answer->step_count == 0)
		notice_already(alter->name, package->version);
	for (int i = 0; i < answer->step_count; i++)
	{
		if (strcmp(extman_from_utf8(answer->steps[i].name), alter->name) != 0)
			report_other_step(alter, &answer->steps[i]);
	}
}

/* ---------- the command ---------- */

static const char *
read_version(const AlterExtensionStmt *statement, ParseState *pstate)
{
	const char *version = NULL;
	ListCell   *cell;

	foreach(cell, statement->options)
	{
		DefElem    *option = lfirst(cell);

		if (strcmp(option->defname, "new_version") != 0)
			elog(ERROR, "unrecognized option: %s", option->defname);
		if (version)
			errorConflictingDefElem(option, pstate);
		version = option->arg ? defGetString(option) : NULL;
	}
	return version;
}

bool
extman_native_alter(const AlterExtensionStmt *statement, ParseState *pstate)
{
	AlterCommand alter = {{0}};
	ExtmanUniverseState *state;
	const ExtmanPackage *package;
	const char *wanted;
	Oid			extension = get_extension_oid(statement->extname, true);

	if (!extman_native_name_usable(statement->extname) ||
		!OidIsValid(extension) || !extman_catalog_owned(extension))
		return false;

	state = extman_native_universe();
	package = state ? extman_universe_installed_named(state, statement->extname) : NULL;
	if (package == NULL || (package->snapshot && !extman_native_commands))
		return false;
	alter.name = statement->extname;
	alter.old_version = package->version;
	alter.command.kind = "ALTER EXTENSION";
	alter.command.native = true;
	alter.command.judge = judge;
	if (package->snapshot == NULL)
	{
		/* Core complains of two versions. */
		if (list_length(statement->options) > 1 ||
			!extman_native_check_update(state, package, read_version(statement, pstate),
										&alter.command.upgrade))
			return false;
		(void) extman_request_run(&alter.command);
		return true;
	}

	wanted = read_version(statement, pstate);
	if (wanted)
	{
		extman_native_check_version(wanted);
		if (extman_native_compare(wanted, package->version) == 0)
		{
			notice_already(alter.name, package->version);
			return true;
		}
		alter.new_version = extman_native_version(state, alter.name, wanted);
		if (alter.new_version == NULL)
			report_no_path(&alter, wanted);
	}
	alter.command.upgrade = extman_native_relation(alter.name, alter.new_version);

	(void) extman_request_run(&alter.command);
	return true;
}
