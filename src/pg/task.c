/*
 * task.c
 *		The steps of a plan, made ready to run.
 *
 * All scripts are read before the first one runs, and the control file's text
 * that is recorded is the very text that was parsed for the solver: a package
 * that is replaced on disk at the wrong moment can't be installed by halves.
 */
#include "postgres.h"

#include "catalog/pg_extension.h"
#include "common/cryptohash.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "storage/lmgr.h"

#include "extman.h"
#include "script.h"
#include "task.h"

/* ---------- scripts ---------- */

static void
hash_bytes(const char *bytes, Size length, uint8 *sha256)
{
	pg_cryptohash_ctx *context = pg_cryptohash_create(PG_SHA256);

	if (pg_cryptohash_init(context) < 0 ||
		pg_cryptohash_update(context, (const uint8 *) bytes, length) < 0 ||
		pg_cryptohash_final(context, sha256, EXTMAN_SHA256_LENGTH) < 0)
	{
		const char *message = pstrdup(pg_cryptohash_error(context));

		pg_cryptohash_free(context);
		elog(ERROR, "could not compute SHA-256 hash: %s", message);
	}
	pg_cryptohash_free(context);
}

/* The encoding of a package's scripts: -1 for the database's. */
static int
script_encoding(const ExtmanFolder *folder)
{
	int			encoding;

	if (folder->info.encoding == NULL)
		return -1;
	encoding = pg_valid_server_encoding(folder->info.encoding);
	if (encoding < 0)
		ereport(ERROR,
				(errcode(ERRCODE_CONFIG_FILE_ERROR),
				 errmsg("\"%s\" is not a valid encoding name", folder->info.encoding),
				 errcontext("control file \"%s/control\"", folder->path)));
	return encoding;
}

static void
load_script(const ExtmanFolder *folder, const char *path, ExtmanRecordedScript *script)
{
	Size		length;
	char	   *bytes = extman_file_read(path, EXTMAN_MAX_SCRIPT_SIZE, &length);

	hash_bytes(bytes, length, script->sha256);
	script->text = extman_script_convert(path, bytes, length, script_encoding(folder),
										 &script->length);
}

/* ---------- what a step needs ---------- */

static ExtmanPackage *
installed_package(const ExtmanUniverseState *state, const char *name)
{
	for (int i = 0; i < state->installed_count; i++)
	{
		if (strcmp(state->packages[i].name, name) == 0)
			return &state->packages[i];
	}
	elog(ERROR, "extension \"%s\" is not among the installed ones", name);
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
	spec->wanted_schema = command->schema;
	spec->requested = task->requested;
	spec->module_pathname = extman_from_utf8(info->module_pathname);
	spec->relocatable = info->relocatable;
	spec->superuser = info->superuser;
	spec->trusted = info->trusted;
	return spec;
}

/* What is to be recorded of a package that is installed from a folder. */
static ExtmanSnapshot *
snapshot_from_folder(const ExtmanTask *task)
{
	const ExtmanFolder *folder = task->package->folder;
	const ExtmanControlInfo *info = &folder->info;
	ExtmanSnapshot *snapshot = palloc0(sizeof(ExtmanSnapshot));

	snapshot->name = task->name;
	snapshot->version = task->new_version;
	snapshot->control = extman_from_utf8(folder->text);
	snapshot->depends = extman_from_utf8(info->depends);
	snapshot->conflicts = extman_from_utf8(info->conflicts);
	snapshot->provides = extman_from_utf8(info->provides);
	snapshot->superuser = info->superuser;
	snapshot->trusted = info->trusted;
	snapshot->source = extman_printable(folder->path);

	load_script(folder, psprintf("%s/install.sql", folder->path), &snapshot->install);
	if (folder->has_uninstall)
		load_script(folder, psprintf("%s/uninstall.sql", folder->path), &snapshot->uninstall);
	return snapshot;
}

static void
prepare_install(ExtmanTask *task, const ExtmanCommand *command)
{
	ExtmanPackageSpec *spec = spec_from_folder(task, command);

	task->snapshot = snapshot_from_folder(task);
	spec->script_path = psprintf("%s/install.sql", task->package->folder->path);
	spec->script_text = task->snapshot->install.text;
	spec->script_length = task->snapshot->install.length;
	task->specs = list_make1(spec);
}

/*
 * Each script of an upgrade leads to a version of its own.  Everything else
 * about the package is as in the control file of the last one.
 */
static void
prepare_upgrade(ExtmanTask *task, const ExtmanCommand *command, const ExtmanStep *step,
				ExtmanUniverseState *state)
{
	task->extension = installed_package(state, task->name)->extension;
	task->snapshot = snapshot_from_folder(task);

	for (size_t i = 0; i < step->script_count; i++)
	{
		const ExtmanUpgradeScript *upgrade = &state->upgrades[step->scripts[i]];
		ExtmanPackageSpec *spec = spec_from_folder(task, command);
		ExtmanRecordedScript script;

		spec->script_path = psprintf("%s/%s", upgrade->folder->path, upgrade->file->file_name);
		load_script(upgrade->folder, spec->script_path, &script);
		spec->script_text = script.text;
		spec->script_length = script.length;
		if (i + 1 < step->script_count)
			spec->version = extman_from_utf8(upgrade->file->to);
		task->specs = lappend(task->specs, spec);
	}
}

/*
 * What was recorded counts, whatever lies on disk now.  An extension without a
 * record is one of core's, or was created by core: it has no script to run.
 */
static void
prepare_uninstall(ExtmanTask *task)
{
	ExtmanPackageSpec *spec = palloc0(sizeof(ExtmanPackageSpec));

	task->extension = task->package->extension;
	spec->name = task->name;
	spec->version = task->old_version;
	spec->requested = task->requested;
	task->specs = list_make1(spec);

	if (task->package->snapshot == NULL)
		return;

	task->snapshot = extman_record_snapshot(task->name);
	spec->superuser = task->snapshot->superuser;
	spec->trusted = task->snapshot->trusted;
	spec->script_path = psprintf("%s/uninstall.sql", task->snapshot->source);
	spec->script_text = task->snapshot->uninstall.text;
	spec->script_length = task->snapshot->uninstall.length;
	task->elevate = task->snapshot->trusted && !superuser();
}

List *
extman_tasks_prepare(const ExtmanAnswer *answer, const ExtmanCommand *command)
{
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
		task->reason = extman_from_utf8(step->reason);
		task->requested = step->requested;
		task->package = extman_universe_package(answer->state, step->package);

		for (size_t j = 0; j < step->need_count; j++)
		{
			const char *need = extman_universe_package(answer->state, step->needs[j])->name;

			if (strcmp(need, EXTMAN_EXTENSION) != 0)
				task->needs = lappend(task->needs, pstrdup(need));
		}

		switch (task->action)
		{
			case EXTMAN_INSTALL:
				prepare_install(task, command);
				break;
			case EXTMAN_UPGRADE:
				prepare_upgrade(task, command, step, answer->state);
				break;
			case EXTMAN_UNINSTALL:
				prepare_uninstall(task);
				break;
		}
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

		if (strcmp(task->name, EXTMAN_EXTENSION) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("extension \"%s\" cannot change itself", EXTMAN_EXTENSION),
					 errhint("Use DROP EXTENSION or ALTER EXTENSION.")));

		switch (task->action)
		{
			case EXTMAN_INSTALL:
				extman_package_check_install(linitial(task->specs));
				break;
			case EXTMAN_UPGRADE:
				extman_package_check_upgrade(task->extension, llast(task->specs));
				break;
			case EXTMAN_UNINSTALL:
				extman_package_check_uninstall(task->extension, task->name);
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

		if (OidIsValid(task->extension))
			lock_extension(task->extension, task->action == EXTMAN_UNINSTALL ?
						   AccessExclusiveLock : ShareUpdateExclusiveLock);
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
