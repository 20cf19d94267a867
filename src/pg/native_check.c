/*
 * native_check.c
 *		Whether what installed packages demand still holds when core has
 *		installed or updated an extension of its own.
 *
 * The command is solved as the request that it is.  What may stop it is a plan
 * that there is not, or one with more in it than core would do by itself; never
 * that the question could not be answered (a limit was reached, a file could not
 * be read), nor that what is installed contradicts itself already: then nothing
 * could be installed any more.  These are warnings.
 *
 * The lock of requests is held until the end of the transaction, so that no
 * request that has looked at the state before changes it after.
 */
#include "postgres.h"

#include "catalog/pg_extension.h"

#include "catalog.h"
#include "conf_file.h"
#include "extman.h"
#include "native.h"
#include "translate.h"

typedef struct Check
{
	ExtmanUniverseState *state;
	const ExtmanCoreVersion *target;
	ExtmanCommand command;

	/* The result; no message: core may go on. */
	int			sqlstate;
	const char *message;
	const char *detail;
	const char *hint;
	bool		only_more;		/* it needs more steps than core would take */
	bool		broken_before;
} Check;

/* ---------- what core would do by itself ---------- */

/* Names of all that core installs with CASCADE: the closure of requires. */
static List *
required_by_core(const Check *check)
{
	List	   *names = list_copy(extman_core_version_requires(check->target));

	for (int i = 0; i < list_length(names); i++)
	{
		const ExtmanCoreExtension *extension =
			extman_core_extension_named(check->state->core, list_nth(names, i));
		const ExtmanCoreVersion *version = extension && extension->control.default_version ?
			extman_core_version_named(extension, extension->control.default_version) : NULL;
		ListCell   *cell;

		if (version == NULL)
			continue;
		foreach(cell, extman_core_version_requires(version))
		{
			if (!extman_native_has_name(names, lfirst(cell)))
				names = lappend(names, lfirst(cell));
		}
	}
	return names;
}

static bool
core_takes_step(const Check *check, const ExtmanStep *step, List *required)
{
	const ExtmanPackage *package = extman_universe_package(check->state, step->package);

	if (strcmp(package->name, check->target->extension->name) == 0)
		return true;
	return step->action == EXTMAN_INSTALL && package->core &&
		extman_core_version_is_default(package->core) &&
		extman_native_has_name(required, package->name);
}

/* ---------- the verdict ---------- */

static void
note_contradiction(Check *check, const ExtmanAnswer *answer)
{
	check->sqlstate = ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE;
	check->message = extman_message_from_utf8(extman_solution_message(answer->solution));
	check->detail = extman_message_from_utf8(extman_solution_detail(answer->solution));
	check->hint = extman_message_from_utf8(extman_solution_hint(answer->solution));
}

static void
note_step(Check *check, const ExtmanStep *step)
{
	const char *name = extman_from_utf8(step->name);

	check->only_more = true;
	check->detail = psprintf("%s.", extman_message_from_utf8(step->reason));
	if (step->action == EXTMAN_INSTALL)
	{
		check->sqlstate = ERRCODE_UNDEFINED_OBJECT;
		check->message = psprintf(_("required extension \"%s\" is not installed"), name);
	}
	else
	{
		check->sqlstate = ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE;
		check->message = psprintf(_("extension \"%s\" must be updated from version \"%s\" to \"%s\" as well"),
								  name, extman_from_utf8(step->old_version),
								  extman_from_utf8(step->new_version));
	}
	check->hint = check->command.upgrade ?
		psprintf(_("Use pg_extension_upgrade('%s') to do all of it."), check->command.upgrade) :
		_("Use CREATE EXTENSION ... CASCADE to install required extensions too.");
}

/* Whether what is installed contradicts itself, without any change. */
static bool
is_broken(ExtmanUniverseState *state)
{
	ExtmanCommand nothing = {"explain"};
	const ExtmanAnswer *answer;

	nothing.install = EXTMAN_EXTENSION;
	nothing.default_limits = true;
	answer = extman_solve_command(&nothing, state);
	return answer->verdict != EXTMAN_PLAN || answer->step_count > 0;
}

static void
solve(void *arg)
{
	Check	   *check = arg;
	const ExtmanAnswer *answer;

	check->state = extman_universe_acquire(false);
	answer = extman_solve_command(&check->command, check->state);
	if (answer->verdict == EXTMAN_NO_PLAN)
		note_contradiction(check, answer);
	else if (answer->verdict == EXTMAN_PLAN)
	{
		List	   *required = required_by_core(check);

		for (int i = 0; i < answer->step_count && check->message == NULL; i++)
		{
			if (!core_takes_step(check, &answer->steps[i], required))
				note_step(check, &answer->steps[i]);
		}
	}
	if (check->message)
		check->broken_before = is_broken(check->state);
}

/* True: it needs more than core would do. */
static bool
run(Check *check)
{
	check->command.kind = "explain";
	check->command.default_limits = true;
	extman_catalog_lock();
	return extman_native_guarded(solve, check) && check->message && check->only_more;
}

static void
report(const Check *check)
{
	int			level = check->broken_before ? WARNING : extman_enforce_constraints;

	if (check->message == NULL || extman_enforce_constraints == 0)
		return;
	ereport(level,
			(errcode(check->sqlstate),
			 errmsg_internal("%s", check->message),
			 check->detail[0] != '\0' ? errdetail_internal("%s", check->detail) : 0,
			 check->hint[0] != '\0' ? errhint("%s", check->hint) : 0));
}

/* NULL: the solver doesn't know it, as where a package has the name. */
static const ExtmanPackage *
candidate(const ExtmanUniverseState *state, const ExtmanCoreVersion *version)
{
	for (int i = state->installed_count; i < state->package_count; i++)
	{
		if (state->packages[i].core == version)
			return &state->packages[i];
	}
	return NULL;
}

/* Whether there are settings to be applied, or to be taken back. */
static bool
has_settings(const ExtmanUniverseState *state, const ExtmanCoreVersion *version)
{
	const ExtmanPackage *package = candidate(state, version);
	ListCell   *cell;

	foreach(cell, package->overlays)
	{
		if (extman_conf_exists(lfirst(cell)))
			return true;
	}
	return extman_record_settings(package->name) != NIL;
}

/* NULL: core has something to say against it, or there is nothing to check. */
static const ExtmanCoreVersion *
target_of(const ExtmanUniverseState *state, const char *name, const char *version)
{
	const ExtmanCoreExtension *extension = extman_core_extension_named(state->core, name);
	const ExtmanCoreVersion *target;

	if (extension && version == NULL)
		version = extension->control.default_version;
	target = extension && version ? extman_core_version_named(extension, version) : NULL;
	return target && candidate(state, target) ? target : NULL;
}

/*
 * Where something stands against it, and is not to be enforced, core does what it
 * was told, without the settings.
 */
static bool
may_take_over(const Check *check, const ExtmanUniverseState *state)
{
	return check->message == NULL && extman_native_commands && has_settings(state, check->target);
}

bool
extman_native_check_create(ExtmanUniverseState *state, const char *name, const char *version,
						   bool cascade, const char **request)
{
	Check		check = {state};

	check.target = target_of(state, name, version);
	if (check.target == NULL)
		return false;
	check.command.install = extman_native_relation(name, check.target->version);
	*request = check.command.install;
	if (run(&check) && cascade)
		return true;
	report(&check);
	return may_take_over(&check, state);
}

bool
extman_native_check_update(ExtmanUniverseState *state, const ExtmanPackage *package,
						   const char *version, const char **request)
{
	Check		check = {state};

	check.target = target_of(state, package->name, version);
	if (check.target == NULL || package->id == EXTMAN_NO_PACKAGE ||
		strcmp(check.target->version, package->version) == 0 ||
		extman_core_version_way(package->version,
								unconstify(ExtmanCoreVersion *, check.target)) == NIL)
		return false;
	check.command.upgrade = extman_native_relation(package->name, check.target->version);
	*request = check.command.upgrade;
	(void) run(&check);
	report(&check);
	return may_take_over(&check, state);
}
