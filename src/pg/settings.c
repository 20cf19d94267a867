/*
 * settings.c
 *		The settings that packages bring: applied, kept up to date, undone.
 *
 * Who could abuse that, and what stops them:
 *
 * - Whoever installs a package, to get a setting that he may not make: it is made
 *	 as him, by core's rules (the owner of the database, and with the right to the
 *	 setting), and refused before anything is done.  Only a trusted package's is
 *	 made as the bootstrap superuser, like its script: because of files on the
 *	 control path, which only superusers choose.
 * - The script of a package, by changing the user: settings are made after it, when
 *	 that is restored.
 * - Whoever drops an extension, to take away settings of others: of the values, only
 *	 those go that pg_extman itself has set for this very extension, or that who
 *	 installed it might have taken away himself, and that nobody changed since.  Only
 *	 pg_extman's code writes that down.
 * - A package, by a setting of somebody else's: the core of pg_extman lets it name
 *	 only its own classes, and no two packages have the same.
 */
#include "postgres.h"

#include "catalog/pg_authid.h"
#include "commands/dbcommands.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"		/* get_database_name(), from 19 on */

#include "conf_file.h"
#include "database_setting.h"
#include "extman.h"
#include "record.h"
#include "settings.h"
#include "translate.h"

/* ---------- where it stands ---------- */

static void
name_line(void *arg)
{
	const ExtmanSetting *setting = arg;

	errcontext("conf file \"%s\", line %d", setting->file, setting->line);
}

typedef void (*SettingWork) (const char *package, const ExtmanSetting *setting);

/* Errors name the line of the conf file. */
static void
with_line(SettingWork work, const char *package, const ExtmanSetting *setting)
{
	ErrorContextCallback callback = {error_context_stack, name_line,
	unconstify(ExtmanSetting *, setting)};

	error_context_stack = &callback;
	work(package, setting);
	error_context_stack = callback.previous;
}

/* ---------- what is to be done about one ---------- */

typedef enum Decision
{
	DECISION_SET,
	DECISION_NOTHING,			/* it is so already */
	DECISION_KEEP				/* it is somebody else's; perhaps worth a word */
} Decision;

static const char *
recorded_value(const List *recorded, const char *name)
{
	ListCell   *cell;

	foreach(cell, recorded)
	{
		const ExtmanRecordedSetting *setting = lfirst(cell);

		if (extman_setting_same(setting->name, name))
			return setting->value;
	}
	return NULL;
}

static bool
same_value(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/*
 * recorded: what the package brought before, or NULL; value: what the database has
 * now, or NULL.
 */
static Decision
decide(const ExtmanSetting *setting, const char *recorded, const char *value)
{
	if (same_value(value, setting->value))
		return DECISION_NOTHING;
	return same_value(value, recorded) ? DECISION_SET : DECISION_KEEP;
}

static const char *
in_words(const char *value)
{
	return value ? psprintf("\"%s\"", value) : _("unset");
}

static void
notice_kept(const char *package, const char *name, const char *value, const char *brought)
{
	ereport(NOTICE,
			(errmsg("setting \"%s\" of database \"%s\" stays %s", name,
					get_database_name(MyDatabaseId), in_words(value)),
			 errdetail("Extension \"%s\" brings \"%s\".", package, brought),
			 errhint("ALTER DATABASE ... SET changes it.")));
}

/* ---------- rights ---------- */

static void
check_allowed(const char *package, const ExtmanSetting *setting)
{
	if (!extman_database_setting_allowed(setting->name))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to set parameter \"%s\"", setting->name),
				 errdetail("Extension \"%s\" brings it as a setting of the database.", package),
				 errhint("Must be superuser, or the owner of the database with SET on the parameter.")));
}

void
extman_settings_check(const char *package, const List *settings, bool elevated)
{
	List	   *recorded;
	ListCell   *cell;

	if (settings == NIL || elevated || superuser())
		return;
	recorded = extman_record_settings(package);
	foreach(cell, settings)
	{
		const ExtmanSetting *setting = lfirst(cell);

		if (decide(setting, recorded_value(recorded, setting->name),
				   extman_database_setting(setting->name)) == DECISION_SET)
			with_line(check_allowed, package, setting);
	}
}

/* ---------- applying ---------- */

/* Since the plan was checked, the database may have lost its own value. */
static void
set(const char *package, const ExtmanSetting *setting)
{
	check_allowed(package, setting);
	extman_database_setting_set(setting->name, setting->value);
}

static void
apply(const char *package, const ExtmanSetting *setting, const List *recorded)
{
	const char *before = recorded_value(recorded, setting->name);
	const char *value = extman_database_setting(setting->name);

	switch (decide(setting, before, value))
	{
		case DECISION_SET:
			with_line(set, package, setting);
			break;
		case DECISION_NOTHING:
			break;
		case DECISION_KEEP:
			/* Nobody asks again about what the package brought before. */
			if (!same_value(before, setting->value))
				notice_kept(package, setting->name, value, setting->value);
			break;
	}
}

static void
undo(const char *package, const ExtmanRecordedSetting *setting)
{
	const char *value = extman_database_setting(setting->name);

	if (same_value(value, setting->value))
		extman_database_setting_remove(setting->name);
	else if (value)
		ereport(NOTICE,
				(errmsg("setting \"%s\" of database \"%s\" stays %s", setting->name,
						get_database_name(MyDatabaseId), in_words(value)),
				 errdetail("Extension \"%s\" had brought \"%s\".", package, setting->value),
				 errhint("ALTER DATABASE ... RESET removes it.")));
}

static bool
is_among(const List *settings, const char *name)
{
	ListCell   *cell;

	foreach(cell, settings)
	{
		if (extman_setting_same(((const ExtmanSetting *) lfirst(cell))->name, name))
			return true;
	}
	return false;
}

/*
 * Without those that the database had before at that value: they are ours only if
 * the caller might take them away, which the uninstall will do.  (A restore brings
 * the database's settings first.)
 */
static List *
without_others(const List *settings, const List *recorded)
{
	List	   *ours = NIL;
	ListCell   *cell;

	foreach(cell, settings)
	{
		ExtmanSetting *setting = lfirst(cell);

		if (recorded_value(recorded, setting->name) ||
			!same_value(extman_database_setting(setting->name), setting->value) ||
			extman_database_setting_allowed(setting->name))
			ours = lappend(ours, setting);
	}
	return ours;
}

static void
record(const char *package, const List *settings)
{
	List	   *recorded = NIL;
	ListCell   *cell;

	foreach(cell, settings)
	{
		const ExtmanSetting *setting = lfirst(cell);
		ExtmanRecordedSetting *one = palloc(sizeof(ExtmanRecordedSetting));

		one->name = setting->name;
		one->value = setting->value;
		recorded = lappend(recorded, one);
	}
	extman_record_write_settings(package, recorded);
}

static void
apply_all(const char *package, const List *settings, const List *recorded)
{
	ListCell   *cell;

	foreach(cell, settings)
		apply(package, lfirst(cell), recorded);
	foreach(cell, recorded)
	{
		const ExtmanRecordedSetting *before = lfirst(cell);

		if (!is_among(settings, before->name))
			undo(package, before);
	}
}

void
extman_settings_apply(const char *package, const List *settings, bool elevated)
{
	List	   *recorded = extman_record_settings(package);
	List	   *ours;
	Oid			caller;
	int			context;

	if (settings == NIL && recorded == NIL)
		return;
	extman_database_setting_lock();
	ours = without_others(settings, recorded);

	/* An error undoes the change of user with the transaction. */
	GetUserIdAndSecContext(&caller, &context);
	if (elevated)
		SetUserIdAndSecContext(BOOTSTRAP_SUPERUSERID, context | SECURITY_LOCAL_USERID_CHANGE);
	apply_all(package, settings, recorded);
	SetUserIdAndSecContext(caller, context);

	record(package, ours);
}

/* ---------- undoing ---------- */

void
extman_settings_undo(const char *package)
{
	List	   *recorded = extman_record_settings(package);
	ListCell   *cell;

	if (recorded == NIL)
		return;
	extman_database_setting_lock();

	/* Another session may have been about the same. */
	recorded = extman_record_settings(package);
	foreach(cell, recorded)
		undo(package, lfirst(cell));
	extman_record_write_settings(package, NIL);
}

void
extman_settings_undo_all(void)
{
	ListCell   *cell;

	foreach(cell, extman_record_setting_packages())
		extman_settings_undo(lfirst(cell));
}

/* ---------- audit ---------- */

List *
extman_settings_deviations(void)
{
	List	   *result = NIL;
	ListCell   *cell;

	foreach(cell, extman_record_setting_packages())
	{
		char	   *package = lfirst(cell);
		ListCell   *inner;

		foreach(inner, extman_record_settings(package))
		{
			const ExtmanRecordedSetting *setting = lfirst(inner);
			const char *value = extman_database_setting(setting->name);
			ExtmanSettingDeviation *deviation;

			if (same_value(value, setting->value))
				continue;
			deviation = palloc(sizeof(ExtmanSettingDeviation));
			deviation->package = package;
			deviation->name = setting->name;
			deviation->brought = setting->value;
			deviation->value = value;
			result = lappend(result, deviation);
		}
	}
	return result;
}
