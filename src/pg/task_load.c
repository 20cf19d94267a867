/*
 * task_load.c
 *		The scripts and conf files of a plan, read.
 *
 * All of them are read before the first one runs, and the control file's text
 * that is recorded is the very text that was parsed for the solver: a package
 * that is replaced on disk at the wrong moment can't be installed by halves.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "compat.h"
#include "conf_file.h"
#include "extman.h"
#include "hash.h"
#include "package_members.h"
#include "package_row.h"
#include "request.h"
#include "script_read.h"
#include "script_text.h"
#include "task.h"
#include "translate.h"

/* ---------- one script ---------- */

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
				 errcontext("control file \"%s\"", extman_shown_path(folder->path, "control"))));
	return encoding;
}

static char *
load_script(const ExtmanFolder *folder, const char *file, ExtmanRecordedScript *script)
{
	const char *path = psprintf("%s/%s", folder->path, file);
	const char *shown = extman_shown_path(folder->path, file);
	Size		length;
	char	   *bytes = extman_file_read_shown(path, shown, EXTMAN_MAX_SCRIPT_SIZE, &length);

	extman_hash_bytes(bytes, length, script->sha256);
	script->hashed = true;
	script->value = NULL;
	bytes = extman_script_convert(shown, bytes, length, script_encoding(folder),
								  &script->length);
	script->text = bytes;
	return bytes;
}

/*
 * One that is recorded after it was run: it becomes a value where it is, so that it
 * needn't be copied then, when memory is taken by what it did.
 */
static void
load_recorded_script(const ExtmanFolder *folder, const char *file,
					 ExtmanRecordedScript *script)
{
	char	   *text = load_script(folder, file, script);

	text = repalloc(text, VARHDRSZ + script->length + 1);
	memmove(text + VARHDRSZ, text, script->length + 1);
	script->value = (struct varlena *) text;
	SET_VARSIZE(script->value, VARHDRSZ + script->length);
	script->text = VARDATA(script->value);
}

static void
give_script(ExtmanPackageSpec *spec, const char *folder, const char *file,
			const ExtmanRecordedScript *script)
{
	spec->script_path = extman_shown_path(folder, file);
	spec->script_text = script->text;
	spec->script_length = script->length;
}

/* ---------- the scripts of a step ---------- */

/* What is to be recorded of a package that comes from a folder. */
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

	/*
	 * Both flags together say that the package is privileged.  One that has
	 * objects of its owner's own doesn't become so, whatever the control file
	 * of this version says.
	 */
	snapshot->trusted = info->trusted && (task->privileged || !info->superuser);
	snapshot->source = extman_printable(folder->path);

	load_recorded_script(folder, EXTMAN_INSTALL_SCRIPT, &snapshot->install);
	if (folder->has_uninstall)
		load_recorded_script(folder, EXTMAN_UNINSTALL_SCRIPT, &snapshot->uninstall);
	return snapshot;
}

static void
load_install(ExtmanTask *task)
{
	task->snapshot = snapshot_from_folder(task);
	give_script(linitial(task->specs), task->package->folder->path, EXTMAN_INSTALL_SCRIPT,
				&task->snapshot->install);
}

static void
load_upgrade(ExtmanTask *task)
{
	ListCell   *spec;
	ListCell   *upgrade;

	/* What its owner added to it stays his, even if a superuser upgrades it. */
	task->privileged = task->privileged && extman_members_are_superusers(task->extension);

	task->snapshot = snapshot_from_folder(task);
	forboth(spec, task->specs, upgrade, task->upgrades)
	{
		const ExtmanUpgradeScript *from = lfirst(upgrade);
		ExtmanRecordedScript script;

		CHECK_FOR_INTERRUPTS();
		(void) load_script(from->folder, from->file->file_name, &script);
		give_script(lfirst(spec), from->folder->path, from->file->file_name, &script);
	}
}

/* ---------- settings ---------- */

static List *
add_settings(List *settings, List *more)
{
	ListCell   *cell;

	foreach(cell, more)
	{
		ExtmanSetting *setting = lfirst(cell);
		ListCell   *inner;
		bool		known = false;

		foreach(inner, settings)
			known |= extman_setting_same(((ExtmanSetting *) lfirst(inner))->name, setting->name);
		if (!known)
			settings = lappend(settings, setting);
	}
	return settings;
}

/* Of overlays, the one for this very version has the last word. */
static void
load_settings(ExtmanTask *task)
{
	List	   *general = NIL;
	ListCell   *cell;

	if (task->package->folder)
		task->settings = extman_conf_read(task->package->folder);
	foreach(cell, task->package->overlays)
	{
		const ExtmanFolder *overlay = lfirst(cell);

		if (overlay->info.version)
			task->settings = extman_conf_read(overlay);
		else
			general = extman_conf_read(overlay);
	}
	task->settings = add_settings(task->settings, general);
}

/* ---------- uninstalls ---------- */

/* What an extension depends on now, whatever it asked for when it came. */
static List *
present_needs(Oid extension, const ExtmanUniverseState *state)
{
	List	   *oids = extman_extension_requires(extension);
	List	   *needs = NIL;

	for (int i = 0; i < state->installed_count; i++)
	{
		const ExtmanPackage *package = &state->packages[i];
		ExtmanNeed *need;

		if (!list_member_oid(oids, package->extension))
			continue;
		need = palloc0(sizeof(ExtmanNeed));
		need->name = pstrdup(package->name);
		need->extension = package->extension;
		need->privileged = extman_package_privileged(package);
		needs = lappend(needs, need);
	}
	return needs;
}

/*
 * An extension without a record is one of core's, or was created by core: it
 * has no script to run.
 */
static void
load_uninstall(ExtmanTask *task, const ExtmanUniverseState *state)
{
	ExtmanPackageSpec *spec = linitial(task->specs);

	if (task->package->snapshot == NULL)
		return;

	task->snapshot = extman_record_snapshot(task->name, true);
	if (task->snapshot == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("extension \"%s\" does not exist", task->name)));
	if (task->snapshot->uninstall.text == NULL)
		return;

	give_script(spec, task->snapshot->source, EXTMAN_UNINSTALL_SCRIPT, &task->snapshot->uninstall);
	spec->needs = present_needs(task->extension, state);
}

void
extman_tasks_load(List *tasks, const ExtmanAnswer *answer)
{
	ListCell   *cell;

	foreach(cell, tasks)
	{
		ExtmanTask *task = lfirst(cell);

		CHECK_FOR_INTERRUPTS();
		if (task->action != EXTMAN_UNINSTALL)
			load_settings(task);
		if (task->core_steps)
			continue;			/* core reads its own */
		switch (task->action)
		{
			case EXTMAN_INSTALL:
				load_install(task);
				break;
			case EXTMAN_UPGRADE:
				load_upgrade(task);
				break;
			case EXTMAN_UNINSTALL:
				load_uninstall(task, answer->state);
				break;
		}
	}
}
