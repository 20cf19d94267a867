/*
 * record_table.h
 *		The tables that pg_extman writes down to, as rows and columns.
 *
 * They are read as catalogs are, with a fresh snapshot in every isolation
 * level, and written without SPI: no user is switched, no name is looked up by
 * search_path, and no privilege of the caller is needed.
 */
#ifndef EXTMAN_PG_RECORD_TABLE_H
#define EXTMAN_PG_RECORD_TABLE_H

#include "access/genam.h"
#include "access/skey.h"
#include "nodes/pg_list.h"
#include "utils/relcache.h"

/* The columns of the tables, as pg_extman--1.0.sql creates them. */

enum
{
	SNAPSHOT_NAME = 1,
	SNAPSHOT_VERSION,
	SNAPSHOT_CONTROL,
	SNAPSHOT_DEPENDS,
	SNAPSHOT_CONFLICTS,
	SNAPSHOT_PROVIDES,
	SNAPSHOT_SUPERUSER,
	SNAPSHOT_TRUSTED,
	SNAPSHOT_INSTALL_SCRIPT,
	SNAPSHOT_INSTALL_SHA256,
	SNAPSHOT_UNINSTALL_SCRIPT,
	SNAPSHOT_UNINSTALL_SHA256,
	SNAPSHOT_SOURCE,
	SNAPSHOT_SCHEMA,
	SNAPSHOT_INSTALLED_BY,
	SNAPSHOT_INSTALLED_AT,
	SNAPSHOT_MEMBERS,
	SNAPSHOT_COLUMNS = SNAPSHOT_MEMBERS
};

enum
{
	POLICY_NAME = 1,
	POLICY_AUTOMATIC,
	POLICY_HELD,
	POLICY_COLUMNS = POLICY_HELD
};

enum
{
	SETTING_PACKAGE = 1,
	SETTING_NAME,
	SETTING_VALUE,
	SETTING_COLUMNS = SETTING_VALUE
};

enum
{
	HISTORY_AT = 1,
	HISTORY_BY_ROLE,
	HISTORY_KIND,
	HISTORY_REQUEST,
	HISTORY_STEP,
	HISTORY_ACTION,
	HISTORY_NAME,
	HISTORY_OLD_VERSION,
	HISTORY_NEW_VERSION,
	HISTORY_SCHEMA,
	HISTORY_COLUMNS = HISTORY_SCHEMA
};

/*
 * What the columns must be for us to read and write them: the type, and whether
 * we rely on there being a value.
 */
typedef struct ExtmanColumn
{
	Oid			type;
	bool		required;
} ExtmanColumn;

typedef struct ExtmanTable
{
	const char *name;
	const ExtmanColumn *columns;
	int			column_count;
} ExtmanTable;

extern const ExtmanTable extman_snapshot_table;
extern const ExtmanTable extman_policy_table;
extern const ExtmanTable extman_setting_table;
extern const ExtmanTable extman_history_table;

/* A row under construction: all columns null at first. */
typedef struct ExtmanTuple
{
	Datum		values[SNAPSHOT_COLUMNS];
	bool		nulls[SNAPSHOT_COLUMNS];
} ExtmanTuple;

/*
 * Opens one of our tables.  A table that merely has the name of one isn't
 * trusted: it must be a member of pg_extman, with the columns that we know.
 */
extern Relation extman_table_open(const ExtmanTable *table, LOCKMODE lock);

/* Whether pg_extman is here with all of its tables, so that they would open. */
extern bool extman_tables_usable(void);

extern void extman_table_insert(ExtmanTuple *row, Relation relation, const ExtmanTable *table);

/* The rows of that name; all rows for NULL.  key is the caller's room. */
extern SysScanDesc extman_table_scan(Relation relation, AttrNumber column, const char *name,
									 ScanKey key);
extern void extman_table_delete(Relation relation, AttrNumber column, const char *name);

/* The names in a column: a List of C strings. */
extern List *extman_table_names(Relation relation, AttrNumber column);

/* Deletes rows; those that another session is deleting, too, are left to it. */
extern void extman_table_delete_quietly(Relation relation, AttrNumber column, const char *name);

/* Making a row: all columns are null at first; NULL leaves one so. */
extern void extman_tuple_init(ExtmanTuple *row);
extern void extman_tuple_set(ExtmanTuple *row, int column, Datum value);
extern void extman_tuple_set_text(ExtmanTuple *row, int column, const char *value);
extern void extman_tuple_set_name(ExtmanTuple *row, int column, const char *value);

/* Reading one: palloc'd copies, NULL for null. */
extern char *extman_tuple_text(HeapTuple tuple, TupleDesc descriptor, int column);
extern char *extman_tuple_name(HeapTuple tuple, TupleDesc descriptor, int column);
extern bool extman_tuple_bool(HeapTuple tuple, TupleDesc descriptor, int column);

#endif							/* EXTMAN_PG_RECORD_TABLE_H */
