/*
 * native_drop.c
 *		DROP EXTENSION of packages.
 *
 * All of them go in one request, and what is core's among them with them: the
 * request knows who needs whom, and so which has to go first.
 */
#include "postgres.h"

#include "catalog/pg_extension.h"
#include "commands/extension.h"
#include "lib/stringinfo.h"
#include "nodes/value.h"

#include "catalog.h"
#include "extman.h"
#include "native.h"
#include "settings.h"
#include "translate.h"

typedef struct DropCommand
{
	ExtmanCommand command;		/* first, so that judge() finds the rest */
	List	   *names;			/* C strings */
} DropCommand;

/* ---------- core's words ---------- */

static void
report_missing(const char *name, bool missing_ok)
{
	if (missing_ok)
		ereport(NOTICE, (errmsg("extension \"%s\" does not exist, skipping", name)));
	else
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("extension \"%s\" does not exist", name)));
}

/* An ExtmanCommand's judge. */
static void
judge(const ExtmanCommand *command, const ExtmanAnswer *answer)
{
	const DropCommand *drop = (const DropCommand *) command;
	ListCell   *cell;

	foreach(cell, drop->names)
	{
		if (extman_universe_installed_named(answer->state, lfirst(cell)) == NULL)
			report_missing(lfirst(cell), false);
	}
	if (answer->verdict == EXTMAN_STILL_NEEDED)
		ereport(ERROR,
				(errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
				 list_length(drop->names) == 1 ?
				 errmsg("cannot drop extension %s because other objects depend on it",
						(char *) linitial(drop->names)) :
				 errmsg("cannot drop desired object(s) because other objects depend on them"),
				 errdetail_internal("%s", extman_message_from_utf8(extman_solution_detail(answer->solution))),
				 errhint("Use DROP ... CASCADE to drop the dependent objects too.")));
}

/* ---------- whose the command is ---------- */

/*
 * Whether it is about a package of ours, or about what somebody holds, or would
 * take one along.
 */
static bool
concerns_packages(const DropCommand *drop, ExtmanUniverseState *state)
{
	ListCell   *cell;
	const ExtmanAnswer *answer;

	foreach(cell, drop->names)
	{
		const ExtmanPackage *package = extman_universe_installed_named(state, lfirst(cell));

		if (package->snapshot || package->held)
			return true;
	}
	if (!drop->command.cascade)
		return false;

	answer = extman_solve_command(&drop->command, state);
	for (int i = 0; i < answer->step_count; i++)
	{
		if (extman_universe_package(state, answer->steps[i].package)->snapshot)
			return true;
	}
	return false;
}

/*
 * Sorts the names of the command: into those for the request, and those that there
 * are not; others are for core.  False: core shall say that one of them is somebody
 * else's.
 */
static bool
sort_names(const DropStmt *statement, const ExtmanUniverseState *state, DropCommand *drop,
		   List **missing)
{
	ListCell   *cell;

	memset(drop, 0, sizeof(DropCommand));
	*missing = NIL;
	foreach(cell, statement->objects)
	{
		char	   *name = strVal(lfirst(cell));
		const ExtmanPackage *package = extman_universe_installed_named(state, name);

		if (package == NULL && !statement->missing_ok)
			report_missing(name, false);
		else if (package == NULL)
			*missing = lappend(*missing, name);
		else if (!extman_catalog_owned(package->extension))
			return false;
		else if (package->id != EXTMAN_NO_PACKAGE && extman_native_name_usable(name) &&
				 !extman_native_has_name(drop->names, name))
			drop->names = lappend(drop->names, name);
	}
	return true;
}

/* The list itself where none of the names is in it. */
static List *
without(List *objects, const List *names)
{
	List	   *others = NIL;
	ListCell   *cell;

	foreach(cell, objects)
	{
		if (!extman_native_has_name(names, strVal(lfirst(cell))))
			others = lappend(others, lfirst(cell));
	}
	return list_length(others) == list_length(objects) ? objects : others;
}

static char *
request_of(List *names)
{
	StringInfoData text;
	ListCell   *cell;

	initStringInfo(&text);
	foreach(cell, names)
		appendStringInfo(&text, "%s%s", text.len > 0 ? ", " : "", (char *) lfirst(cell));
	return text.data;
}

/* Whether there is something to do for a request, which is prepared then. */
static bool
prepare(const DropStmt *statement, ExtmanUniverseState *state, DropCommand *drop)
{
	if (drop->names == NIL)
		return false;
	drop->command.kind = "DROP EXTENSION";
	drop->command.native = true;
	drop->command.judge = judge;
	drop->command.uninstall = request_of(drop->names);
	drop->command.cascade = statement->behavior == DROP_CASCADE;
	return concerns_packages(drop, state);
}

/* Nobody will know any more where those settings came from. */
static void
part_with_ourselves(const DropStmt *statement)
{
	ListCell   *cell;

	foreach(cell, statement->objects)
	{
		if (strcmp(strVal(lfirst(cell)), EXTMAN_EXTENSION) == 0 &&
			extman_catalog_owned(extman_catalog_self()))
			extman_settings_undo_all();
	}
}

bool
extman_native_drop(const DropStmt *statement, List **rest)
{
	ExtmanUniverseState *state;
	DropCommand drop;
	List	   *missing;
	ListCell   *cell;
	bool		ours;

	*rest = statement->objects;
	part_with_ourselves(statement);
	if (!extman_native_commands)
		return false;
	state = extman_native_universe();
	if (state == NULL || !sort_names(statement, state, &drop, &missing))
		return false;

	ours = prepare(statement, state, &drop);
	if (ours)
	{
		/*
		 * Whoever owns what is named may take the lock of requests now: with IF
		 * EXISTS, what another session is dropping must not be missed later.
		 */
		extman_catalog_lock();
		state = extman_universe_acquire(false);
		if (!sort_names(statement, state, &drop, &missing))
			return false;
		ours = prepare(statement, state, &drop);
	}

	/*
	 * What there was not is left out: should it appear right now, core would lock
	 * it before it takes the lock of requests.
	 */
	foreach(cell, missing)
		report_missing(lfirst(cell), true);
	*rest = without(*rest, missing);
	if (!ours)
		return false;

	(void) extman_request_run(&drop.command);
	*rest = without(*rest, drop.names);
	return true;
}
