/*
 * record_gone.c
 *		What is written down of packages that are gone, deleted.
 */
#include "postgres.h"

#include "access/table.h"
#include "access/xact.h"
#include "commands/extension.h"

#include "manifest.h"
#include "record.h"
#include "record_table.h"
#include "settings.h"

void
extman_record_clear_snapshot(const char *name)
{
	Relation	snapshot = extman_table_open(&extman_snapshot_table, RowExclusiveLock);

	extman_table_delete(snapshot, SNAPSHOT_NAME, name);
	table_close(snapshot, RowExclusiveLock);
}

void
extman_record_clear(const char *name)
{
	Relation	policy;

	extman_record_clear_snapshot(name);
	policy = extman_table_open(&extman_policy_table, RowExclusiveLock);
	extman_table_delete(policy, POLICY_NAME, name);
	table_close(policy, RowExclusiveLock);
}

void
extman_record_forget(const char *name)
{
	extman_record_clear(name);
	extman_settings_undo(name);
	extman_manifest_forget(name);
}

/* The names in a column of which there is no extension any more. */
static List *
names_gone(Relation relation, AttrNumber column)
{
	List	   *gone = NIL;
	ListCell   *cell;

	/*
	 * The names are read before the catalog is asked: what another session
	 * commits in between has its row in both.
	 */
	foreach(cell, extman_table_names(relation, column))
	{
		char	   *name = lfirst(cell);

		if (!OidIsValid(get_extension_oid(name, true)))
			gone = lappend(gone, name);
	}
	return gone;
}

void
extman_record_forget_stale(void)
{
	Relation	snapshot = extman_table_open(&extman_snapshot_table, RowExclusiveLock);
	Relation	policy = extman_table_open(&extman_policy_table, RowExclusiveLock);
	Relation	setting = extman_table_open(&extman_setting_table, RowExclusiveLock);
	ListCell   *cell;

	foreach(cell, names_gone(setting, SETTING_PACKAGE))
		extman_settings_undo(lfirst(cell));
	table_close(setting, RowExclusiveLock);
	foreach(cell, names_gone(snapshot, SNAPSHOT_NAME))
	{
		extman_table_delete_quietly(snapshot, SNAPSHOT_NAME, lfirst(cell));
		extman_table_delete_quietly(policy, POLICY_NAME, lfirst(cell));
		extman_manifest_forget(lfirst(cell));
	}
	table_close(policy, RowExclusiveLock);
	table_close(snapshot, RowExclusiveLock);
	CommandCounterIncrement();
}

void
extman_record_forget_gone(void)
{
	Relation	policy;
	ListCell   *cell;

	extman_record_forget_stale();

	/* What a restore has yet to bring back has its policy here already. */
	policy = extman_table_open(&extman_policy_table, RowExclusiveLock);
	foreach(cell, names_gone(policy, POLICY_NAME))
	{
		if (extman_manifest_version(lfirst(cell)) == NULL)
			extman_table_delete_quietly(policy, POLICY_NAME, lfirst(cell));
	}
	table_close(policy, RowExclusiveLock);
	CommandCounterIncrement();
}
