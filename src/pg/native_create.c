/*
 * native_create.c
 *		CREATE EXTENSION of a package.
 *
 * Names and versions come from the parse tree, and only those that are known
 * as a package's are written into a request.
 */
#include "postgres.h"

#include "commands/defrem.h"
#include "commands/extension.h"
#include "lib/stringinfo.h"

#include "extman.h"
#include "manifest.h"
#include "native.h"
#include "policy.h"
#include "translate.h"

typedef struct CreateCommand
{
	ExtmanCommand command;		/* first, so that judge() finds the rest */
	const char *name;
	bool		if_not_exists;
	bool		cascade;
} CreateCommand;

/* ---------- core's words ---------- */

/* Another session was faster. */
static void
report_existing(const CreateCommand *create)
{
	ereport(create->if_not_exists ? NOTICE : ERROR,
			(errcode(ERRCODE_DUPLICATE_OBJECT),
			 create->if_not_exists ?
			 errmsg("extension \"%s\" already exists, skipping", create->name) :
			 errmsg("extension \"%s\" already exists", create->name)));
}

static void
report_required(const CreateCommand *create, const ExtmanStep *step)
{
	const char *required = extman_from_utf8(step->name);
	const char *reason = extman_message_from_utf8(step->reason);

	if (step->action == EXTMAN_INSTALL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("required extension \"%s\" is not installed", required),
				 errdetail_internal("%s.", reason),
				 errhint("Use CREATE EXTENSION ... CASCADE to install required extensions too.")));
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("extension \"%s\" must be updated from version \"%s\" to \"%s\" first",
					required, extman_from_utf8(step->old_version),
					extman_from_utf8(step->new_version)),
			 errdetail_internal("%s.", reason),
			 errhint("Use pg_extension_install('%s') or CREATE EXTENSION ... CASCADE to do both.",
					 create->name)));
}

/*
 * Of the other steps, the one that core would name: what the package itself
 * needs, rather than what that needs in turn.
 */
static const ExtmanStep *
first_other_step(const ExtmanAnswer *answer, const ExtmanStep *wanted)
{
	for (size_t i = 0; i < wanted->need_count; i++)
	{
		for (int j = 0; j < answer->step_count; j++)
		{
			if (answer->steps[j].package == wanted->needs[i])
				return &answer->steps[j];
		}
	}
	for (int j = 0; j < answer->step_count; j++)
	{
		if (&answer->steps[j] != wanted)
			return &answer->steps[j];
	}
	return NULL;
}

/* An ExtmanCommand's judge. */
static void
judge(const ExtmanCommand *command, const ExtmanAnswer *answer)
{
	const CreateCommand *create = (const CreateCommand *) command;
	const ExtmanStep *step;
	const ExtmanStep *other;

	extman_answer_require_plan(answer);
	step = extman_native_step(answer, create->name);
	if (step == NULL)
	{
		if (OidIsValid(get_extension_oid(create->name, true)))
		{
			report_existing(create);
			return;
		}
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("cannot install %s", create->name),
				 errdetail("Another package provides that name, and would be there instead of it.")));
	}

	other = first_other_step(answer, step);
	if (other && !create->cascade)
		report_required(create, other);
}

/* ---------- which version ---------- */

static void
report_no_such_version(const char *name, const char *version, List *versions)
{
	StringInfoData list;
	ListCell   *cell;

	initStringInfo(&list);
	foreach(cell, versions)
		appendStringInfo(&list, "%s%s", list.len > 0 ? ", " : "", (char *) lfirst(cell));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("extension \"%s\" has no installation script nor update path for version \"%s\"",
					name, version),
			 errhint("Versions on the control path: %s.", list.data)));
}

static const ExtmanAnswer *
ask(CreateCommand *create, const char *relation, ExtmanUniverseState *state)
{
	create->command.install = relation;
	return extman_solve_command(&create->command, state);
}

/*
 * A request is also met by a package that merely provides the name; a command
 * means the package that has it.  Naming a version leaves out all that provide
 * the name without one, or at another.
 */
static void
choose_version(CreateCommand *create, ExtmanUniverseState *state, List *versions)
{
	const ExtmanAnswer *answer = ask(create, create->name, state);
	ListCell   *cell;

	if (answer->verdict != EXTMAN_PLAN || extman_native_step(answer, create->name))
		return;
	foreach(cell, versions)
	{
		answer = ask(create, extman_native_relation(create->name, lfirst(cell)), state);
		if (extman_native_step(answer, create->name))
			return;
	}
	create->command.install = create->name;
}

/*
 * In the middle of a restore: the version that was there, if it is still on
 * disk and fits to what has come back so far.  Else whatever does, best one that
 * fits to the rest as well.
 */
static bool
take_version_of_manifest(CreateCommand *create, ExtmanUniverseState *state)
{
	const char *version = extman_manifest_version(create->name);
	const char *known;
	const char *substitute;

	if (version == NULL)
		return false;
	known = extman_native_version(state, create->name, version);
	if (known &&
		ask(create, extman_native_relation(create->name, known), state)->verdict == EXTMAN_PLAN)
		return true;

	ereport(WARNING,
			(errmsg("version \"%s\" of extension \"%s\" cannot be brought back", version,
					create->name),
			 known ?
			 errdetail("What is installed already does not go together with it.") :
			 errdetail("The manifest in the comment on extension \"%s\" names it, "
					   "but it is not on the control path.", EXTMAN_EXTENSION)));

	substitute = extman_native_substitute(create->name, state);
	if (substitute)
		create->command.install = extman_native_relation(create->name, substitute);
	return substitute != NULL;
}

/* ---------- the command ---------- */

/* False: core says what is wrong with the options. */
static bool
read_options(const CreateExtensionStmt *statement, CreateCommand *create, const char **version)
{
	bool		seen_cascade = false;
	ListCell   *cell;

	foreach(cell, statement->options)
	{
		DefElem    *option = lfirst(cell);

		if (strcmp(option->defname, "schema") == 0 && create->command.schema == NULL)
			create->command.schema = defGetString(option);
		else if (strcmp(option->defname, "new_version") == 0 && *version == NULL)
			*version = defGetString(option);
		else if (strcmp(option->defname, "cascade") == 0 && !seen_cascade)
		{
			create->cascade = defGetBoolean(option);
			seen_cascade = true;
		}
		else
			return false;
	}
	return true;
}

/* Core would only say that there is no file of its own. */
static void
refuse_broken(const CreateCommand *create, const ExtmanUniverseState *state)
{
	if (extman_core_extension_named(state->core, create->name))
		return;
	for (int i = 0; i < state->scan->count; i++)
	{
		const ExtmanFolder *folder = state->scan->folders[i];

		if (folder->problem && strcmp(extman_folder_package_name(folder), create->name) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("extension \"%s\" is not available", create->name),
					 errdetail("Folder \"%s\" is broken.", extman_printable(folder->name)),
					 errhint("pg_extension_broken() says why.")));
	}
}

/* False: core installs it. */
static bool
prepare_core(CreateCommand *create, const char *version, ExtmanUniverseState *state)
{
	if (extman_native_commands)
		refuse_broken(create, state);
	if (version == NULL && extman_native_commands && take_version_of_manifest(create, state))
		return true;
	return extman_native_check_create(state, create->name, version, create->cascade,
									  &create->command.install);
}

static void
prepare_package(CreateCommand *create, const char *version, ExtmanUniverseState *state,
				List *versions)
{
	const char *known;

	if (version == NULL)
	{
		if (!take_version_of_manifest(create, state))
			choose_version(create, state, versions);
		return;
	}
	extman_native_check_version(version);
	known = extman_native_version(state, create->name, version);
	if (known == NULL)
		report_no_such_version(create->name, version, versions);
	create->command.install = extman_native_relation(create->name, known);
}

bool
extman_native_create(const CreateExtensionStmt *statement)
{
	CreateCommand create = {{0}};
	const char *version = NULL;
	ExtmanUniverseState *state;
	List	   *versions;

	create.name = statement->extname;
	create.if_not_exists = statement->if_not_exists;
	if (!extman_native_name_usable(create.name))
		return false;
	if (OidIsValid(get_extension_oid(create.name, true)))
	{
		/* Whoever needs it by this command shall not lose it by an autoremove. */
		if (create.if_not_exists && extman_native_commands)
			extman_policy_want(create.name);
		return false;
	}
	if (!read_options(statement, &create, &version))
		return false;

	state = extman_native_universe();
	if (state == NULL)
		return false;

	create.command.kind = "CREATE EXTENSION";
	create.command.native = true;
	create.command.judge = judge;
	create.command.lenient_schema = create.cascade;
	versions = extman_native_commands ? extman_native_versions(state, create.name) : NIL;
	if (versions)
		prepare_package(&create, version, state, versions);
	else if (!prepare_core(&create, version, state))
		return false;

	(void) extman_request_run(&create.command);
	return true;
}
