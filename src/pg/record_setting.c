/*
 * record_setting.c
 *		What settings packages brought.
 */
#include "postgres.h"

#include "access/table.h"
#include "access/xact.h"
#include "utils/rel.h"

#include "record.h"
#include "record_table.h"

List *
extman_record_settings(const char *package)
{
	List	   *settings = NIL;
	Relation	relation = extman_table_open(&extman_setting_table, AccessShareLock);
	TupleDesc	descriptor = RelationGetDescr(relation);
	ScanKeyData key;
	SysScanDesc scan = extman_table_scan(relation, SETTING_PACKAGE, package, &key);
	HeapTuple	tuple;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		ExtmanRecordedSetting *setting = palloc(sizeof(ExtmanRecordedSetting));

		setting->name = extman_tuple_text(tuple, descriptor, SETTING_NAME);
		setting->value = extman_tuple_text(tuple, descriptor, SETTING_VALUE);
		settings = lappend(settings, setting);
	}
	systable_endscan(scan);
	table_close(relation, AccessShareLock);
	return settings;
}

void
extman_record_write_settings(const char *package, const List *settings)
{
	Relation	relation = extman_table_open(&extman_setting_table, RowExclusiveLock);
	ListCell   *cell;

	extman_table_delete(relation, SETTING_PACKAGE, package);
	foreach(cell, settings)
	{
		const ExtmanRecordedSetting *setting = lfirst(cell);
		ExtmanTuple row;

		extman_tuple_init(&row);
		extman_tuple_set_name(&row, SETTING_PACKAGE, package);
		extman_tuple_set_text(&row, SETTING_NAME, setting->name);
		extman_tuple_set_text(&row, SETTING_VALUE, setting->value);
		extman_table_insert(&row, relation, &extman_setting_table);
	}
	table_close(relation, RowExclusiveLock);
	CommandCounterIncrement();
}

List *
extman_record_setting_packages(void)
{
	Relation	relation = extman_table_open(&extman_setting_table, AccessShareLock);
	List	   *packages = NIL;
	ListCell   *cell;

	foreach(cell, extman_table_names(relation, SETTING_PACKAGE))
	{
		char	   *name = lfirst(cell);
		ListCell   *inner;
		bool		known = false;

		foreach(inner, packages)
			known |= strcmp(lfirst(inner), name) == 0;
		if (!known)
			packages = lappend(packages, name);
	}
	table_close(relation, AccessShareLock);
	return packages;
}
