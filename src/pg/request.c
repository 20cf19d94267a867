/*
 * request.c
 *		How a request is carried out.
 *
 * The lock that serialises changes in this database is taken only once a plan
 * is there that the user may carry out, so nobody can hold up others with
 * requests that come to nothing.  When the state turns out to be another one
 * after the wait, it is solved and checked again.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_extension.h"
#include "commands/extension.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"
#include "utils/timestamp.h"

#include "extman.h"
#include "manifest.h"
#include "native.h"
#include "progress.h"
#include "request.h"
#include "task.h"
#include "translate.h"

bool
extman_may_see_paths(void)
{
	return has_privs_of_role(GetUserId(), ROLE_PG_READ_SERVER_FILES);
}

const char *
extman_shown_path(const char *folder, const char *file)
{
	if (!extman_may_see_paths())
	{
		const char *slash = strrchr(folder, '/');

		if (slash)
			folder = slash + 1;
	}
	return extman_printable(psprintf("%s/%s", folder, file));
}

static const char *
action_name(ExtmanAction action)
{
	switch (action)
	{
		case EXTMAN_INSTALL:
			return "install";
		case EXTMAN_UPGRADE:
			return "upgrade";
		case EXTMAN_UNINSTALL:
			return "uninstall";
	}
	return NULL;				/* keep compiler quiet */
}

/* Where the files of a package lie or lay, if the user may know. */
static const char *
source_of(const ExtmanPackage *package)
{
	if (!extman_may_see_paths())
		return NULL;
	if (package->folder)
		return extman_printable(package->folder->path);
	if (package->core)
		return extman_printable(package->core->extension->path);
	return package->snapshot ? package->snapshot->source : NULL;
}

/* ---------- before anything is changed ---------- */

/*
 * A request is being carried out.  Its scripts can't come back here, but event
 * triggers and functions that they call may.
 */
static bool running = false;

bool
extman_request_running(void)
{
	return running;
}

void
extman_request_refuse(const char *command, bool may_be_restricted)
{
	PreventCommandIfReadOnly(command);
	PreventCommandIfParallelMode(command);

	if (creating_extension)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot use %s in an extension's script", command),
				 errhint("Name what the extension needs as \"depends\" in its control file.")));

	/*
	 * Whoever is a superuser in such an operation may be so on behalf of
	 * somebody else, and because of a mere name (pgextwlist): what a package
	 * asks for in its control file would count for nothing.
	 */
	if (InSecurityRestrictedOperation() && !may_be_restricted)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("cannot use %s within security-restricted operation", command)));

	if (running)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_IN_USE),
				 errmsg("cannot use %s while another request is carried out", command)));
}

/* What the user called. */
static const char *
command_name(const ExtmanCommand *command)
{
	if (command->title)
		return command->title;
	return command->native ? command->kind : psprintf("pg_extension_%s()", command->kind);
}

static ExtmanAnswer *
solve_for_plan(const ExtmanCommand *command, ExtmanUniverseState *state)
{
	ExtmanAnswer *answer = extman_solve_command(command, state);

	if (command->judge)
		command->judge(command, answer);
	extman_answer_require_plan(answer);
	return answer;
}

/* ---------- packages that are there already ---------- */

static List *
already_installed(const ExtmanAnswer *answer)
{
	const ExtmanPackageId *ids;
	size_t		count = extman_solution_already(answer->solution, &ids);
	List	   *packages = NIL;

	for (size_t i = 0; i < count; i++)
		packages = lappend(packages, extman_universe_package(answer->state, ids[i]));
	return packages;
}

/*
 * Of those that only came along so far, the ones that are now asked for by
 * name: from here on they are wanted for themselves.
 */
static List *
now_wanted(const ExtmanCommand *command, List *already)
{
	List	   *packages = NIL;
	ListCell   *cell;

	if (command->install == NULL || command->upgrade != NULL)
		return NIL;
	foreach(cell, already)
	{
		ExtmanPackage *package = lfirst(cell);

		if (package->automatic && extman_catalog_owned(package->extension))
			packages = lappend(packages, package);
	}
	return packages;
}

static void
mark_wanted(List *packages)
{
	ListCell   *cell;

	foreach(cell, packages)
	{
		ExtmanPackage *package = lfirst(cell);
		ExtmanPolicy policy = {package->name, false, package->held};

		extman_record_write_policy(&policy);
	}
}

static void
notice_already(const ExtmanCommand *command, List *already, List *tasks)
{
	ListCell   *cell;

	/* Core's words for it come from the command itself. */
	if (command->native)
		return;
	foreach(cell, already)
	{
		ExtmanPackage *package = lfirst(cell);

		if (package->held && command->upgrade)
			ereport(NOTICE,
					(errmsg("extension \"%s\" is held at version \"%s\", skipping",
							package->name, package->version),
					 errhint("Release the hold: SELECT pg_extension_unhold('%s').",
							 package->name)));
		else
			ereport(NOTICE,
					(errcode(ERRCODE_DUPLICATE_OBJECT),
					 errmsg("extension \"%s\" is already installed at version \"%s\", skipping",
							package->name, package->version)));
	}
	if (already == NIL && tasks == NIL)
		ereport(NOTICE, (errmsg("there is nothing to do")));
}

/* ---------- carrying it out ---------- */

/* The request as one text, for the history. */
static char *
request_text(const ExtmanCommand *command)
{
	StringInfoData text;
	int			count = (command->install != NULL) + (command->uninstall != NULL) +
		(command->upgrade_all || command->upgrade != NULL);

	initStringInfo(&text);
	if (command->install)
		appendStringInfo(&text, "%s%s", count > 1 ? "install " : "", command->install);
	if (command->uninstall)
		appendStringInfo(&text, "%s%s%s", text.len > 0 ? "; " : "",
						 count > 1 ? "uninstall " : "", command->uninstall);
	if (command->upgrade_all || command->upgrade)
		appendStringInfo(&text, "%s%s%s", text.len > 0 ? "; " : "",
						 count > 1 ? "upgrade " : "",
						 command->upgrade_all ? "everything" : command->upgrade);
	return text.data;
}

static ExtmanPlanRow *
row_of(const char *action, const char *name, const char *old_version,
	   const char *new_version, const char *schema, const char *source, const char *reason)
{
	ExtmanPlanRow *row = palloc(sizeof(ExtmanPlanRow));

	row->action = action;
	row->name = name;
	row->old_version = old_version;
	row->new_version = new_version;
	row->schema = schema;
	row->source = source;
	row->reason = reason;
	return row;
}

/* What takes a second or so to run. */
#define LARGE_SCRIPT ((Size) 1024 * 1024)

static bool
is_large(const ExtmanTask *task)
{
	Size		length = 0;
	ListCell   *cell;

	foreach(cell, task->specs)
		length += ((ExtmanPackageSpec *) lfirst(cell))->script_length;
	return length > LARGE_SCRIPT;
}

/*
 * One for each step that is about to be taken, unless it is the only one and soon
 * over.  The NOTICEs of core's own commands are core's.
 */
static void
notice_step(const ExtmanCommand *command, const ExtmanTask *task, int step, int steps)
{
	if (command->native || (steps == 1 && !command->announce && !is_large(task)))
		return;
	switch (task->action)
	{
		case EXTMAN_INSTALL:
			ereport(NOTICE,
					(errmsg("installing extension \"%s\" version \"%s\" (%d of %d)",
							task->name, task->new_version, step, steps)));
			break;
		case EXTMAN_UPGRADE:
			ereport(NOTICE,
					(errmsg("upgrading extension \"%s\" from version \"%s\" to \"%s\" (%d of %d)",
							task->name, task->old_version, task->new_version, step, steps)));
			break;
		case EXTMAN_UNINSTALL:
			ereport(NOTICE,
					(errmsg("uninstalling extension \"%s\" version \"%s\" (%d of %d)",
							task->name, task->old_version, step, steps)));
			break;
	}
}

static List *
run_tasks(List *tasks, const ExtmanAnswer *answer, const ExtmanCommand *command, Oid self)
{
	List	   *rows = NIL;
	ExtmanHistoryEntry entry = {0};
	ListCell   *cell;

	entry.at = GetCurrentTimestamp();
	entry.kind = command->kind;
	entry.request = request_text(command);

	extman_record_forget_stale();
	extman_tasks_rewire(tasks, answer, self, false);
	foreach(cell, tasks)
	{
		ExtmanTask *task = lfirst(cell);
		const char *schema;

		CHECK_FOR_INTERRUPTS();
		notice_step(command, task, entry.step + 1, list_length(tasks));
		extman_progress_step(action_name(task->action), task->name,
							 task->action == EXTMAN_UNINSTALL ? task->old_version :
							 task->new_version);
		schema = extman_task_run(task, self, command->cascade);

		entry.step++;
		entry.action = action_name(task->action);
		entry.name = task->name;
		entry.old_version = task->old_version;
		entry.new_version = task->new_version;
		entry.schema = schema;
		extman_record_history(&entry);

		rows = lappend(rows, row_of(entry.action, task->name, task->old_version,
									task->new_version, schema, source_of(task->package),
									task->reason));
	}
	extman_tasks_rewire(tasks, answer, self, true);
	extman_manifest_update();
	return rows;
}

static List *
run_plan(List *tasks, const ExtmanAnswer *answer, const ExtmanCommand *command, Oid self)
{
	List	   *volatile rows = NIL;
	ExtmanProgress outer;

	extman_progress_begin(&outer, command->kind, list_length(tasks));
	running = true;
	PG_TRY();
	{
		rows = run_tasks(tasks, answer, command, self);
	}
	PG_FINALLY();
	{
		running = false;
		extman_progress_end(&outer);
	}
	PG_END_TRY();
	return rows;
}

List *
extman_request_run(const ExtmanCommand *command)
{
	ExtmanUniverseState *state;
	Oid			self;
	bool		locked = false;

	extman_request_refuse(command_name(command), command->native && command->uninstall);
	self = extman_catalog_self();
	state = extman_universe_acquire(true);

	for (;;)
	{
		ExtmanAnswer *answer = solve_for_plan(command, state);
		List	   *tasks = extman_tasks_prepare(answer, command);
		List	   *already = already_installed(answer);
		List	   *wanted = now_wanted(command, already);
		ExtmanUniverseState *fresh;

		CHECK_FOR_INTERRUPTS();
		extman_tasks_check(tasks);

		if (tasks == NIL && wanted == NIL)
		{
			notice_already(command, already, tasks);
			return NIL;
		}

		if (!locked)
			extman_catalog_lock();
		locked = true;
		extman_tasks_lock(tasks, answer);

		fresh = extman_universe_acquire(false);
		if (fresh == state)
		{
			extman_tasks_load(tasks, answer);

			/* Now that it is known which scripts there are, and after the wait. */
			extman_tasks_check(tasks);
			notice_already(command, already, tasks);
			mark_wanted(wanted);
			if (command->native)
			{
				extman_tasks_bundle(tasks);
				extman_native_announce(tasks);
			}
			return run_plan(tasks, answer, command, self);
		}
		state = fresh;
	}
}

/* ---------- looking only ---------- */

/* Where an install would put a package. */
static const char *
expected_schema(const ExtmanPackage *package, const ExtmanCommand *command)
{
	const char *fixed = package->core ? package->core->steps[0]->control.schema :
		extman_from_utf8(package->folder->info.schema);
	List	   *path;

	if (fixed)
		return fixed;
	if (command->schema)
		return command->schema;

	path = fetch_search_path(false);
	return path ? get_namespace_name(linitial_oid(path)) : NULL;
}

static const char *
current_schema_of(const ExtmanUniverseState *state, const char *name)
{
	const ExtmanPackage *package = extman_universe_installed_named(state, name);

	return package ? get_namespace_name(package->schema) : NULL;
}

List *
extman_request_plan(const ExtmanCommand *command)
{
	ExtmanUniverseState *state = extman_universe_acquire(true);
	ExtmanAnswer *answer = solve_for_plan(command, state);
	List	   *rows = NIL;

	for (int i = 0; i < answer->step_count; i++)
	{
		const ExtmanStep *step = &answer->steps[i];
		ExtmanPackage *package = extman_universe_package(state, step->package);
		const char *name = extman_from_utf8(step->name);

		rows = lappend(rows,
					   row_of(action_name(step->action), name,
							  extman_from_utf8(step->old_version),
							  extman_from_utf8(step->new_version),
							  step->action == EXTMAN_INSTALL ?
							  expected_schema(package, command) :
							  current_schema_of(state, name),
							  source_of(package), extman_message_from_utf8(step->reason)));
	}
	return rows;
}

char *
extman_request_explain(const ExtmanCommand *command)
{
	return extman_answer_explain(extman_solve_command(command, extman_universe_acquire(true)));
}
