/*
 * record.c
 *		What pg_extman writes down: snapshots, policy, history.
 *
 * A snapshot may be stale, when core's DROP EXTENSION removed the package
 * behind our back: it counts only for an extension of that version which
 * depends on pg_extman (see installed.c), and is replaced by the next install.
 * The extension's OID isn't part of it, since pg_upgrade gives out new ones.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/timestamp.h"

#include "catalog.h"
#include "extman.h"
#include "record.h"

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
	SNAPSHOT_INSTALLED_BY,
	SNAPSHOT_INSTALLED_AT,
	SNAPSHOT_COLUMNS = SNAPSHOT_INSTALLED_AT
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

/* ---------- tables ---------- */

/*
 * Opens one of our tables.  A table that merely has the name of one isn't
 * trusted: it must be a member of pg_extman, with the columns that we know.
 */
static Relation
open_table(const char *name, int columns, LOCKMODE lock)
{
	Oid			self = extman_catalog_self();
	Oid			schema = get_namespace_oid(EXTMAN_SCHEMA, true);
	Oid			oid = OidIsValid(schema) ? get_relname_relid(name, schema) : InvalidOid;
	Relation	relation = NULL;

	if (OidIsValid(oid) && getExtensionOfObject(RelationRelationId, oid) == self)
		relation = table_open(oid, lock);

	if (relation == NULL ||
		relation->rd_rel->relkind != RELKIND_RELATION ||
		RelationGetNumberOfAttributes(relation) != columns)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("table \"%s.%s\" of extension \"%s\" is missing or was altered",
						EXTMAN_SCHEMA, name, EXTMAN_EXTENSION),
				 errhint("Restore it, or drop the extension and create it again.")));
	return relation;
}

/* A row under construction: all columns null at first. */
typedef struct RowBuilder
{
	Datum		values[SNAPSHOT_COLUMNS];
	bool		nulls[SNAPSHOT_COLUMNS];
} RowBuilder;

static void
row_init(RowBuilder *row)
{
	memset(row->values, 0, sizeof(row->values));
	memset(row->nulls, true, sizeof(row->nulls));
}

static void
row_set(RowBuilder *row, int column, Datum value)
{
	row->values[column - 1] = value;
	row->nulls[column - 1] = false;
}

static void
row_set_text(RowBuilder *row, int column, const char *value)
{
	if (value)
		row_set(row, column, CStringGetTextDatum(value));
}

static void
row_set_name(RowBuilder *row, int column, const char *value)
{
	if (value)
		row_set(row, column, DirectFunctionCall1(namein, CStringGetDatum(value)));
}

static void
row_insert(RowBuilder *row, Relation relation)
{
	HeapTuple	tuple = heap_form_tuple(RelationGetDescr(relation), row->values, row->nulls);

	CatalogTupleInsert(relation, tuple);
	heap_freetuple(tuple);
}

static SysScanDesc
scan_by_name(Relation relation, AttrNumber column, const char *name, ScanKey key)
{
	if (name == NULL)
		return systable_beginscan(relation, InvalidOid, false, NULL, 0, NULL);

	ScanKeyInit(key, column, BTEqualStrategyNumber, F_NAMEEQ, CStringGetDatum(name));
	return systable_beginscan(relation, InvalidOid, false, NULL, 1, key);
}

static void
delete_by_name(Relation relation, AttrNumber column, const char *name)
{
	ScanKeyData key;
	SysScanDesc scan = scan_by_name(relation, column, name, &key);
	HeapTuple	tuple;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
		CatalogTupleDelete(relation, &tuple->t_self);
	systable_endscan(scan);
}

static char *
text_column(HeapTuple tuple, TupleDesc descriptor, int column)
{
	bool		isnull;
	Datum		value = heap_getattr(tuple, column, descriptor, &isnull);

	return isnull ? NULL : TextDatumGetCString(value);
}

static char *
name_column(HeapTuple tuple, TupleDesc descriptor, int column)
{
	bool		isnull;
	Datum		value = heap_getattr(tuple, column, descriptor, &isnull);

	return isnull ? NULL : pstrdup(NameStr(*DatumGetName(value)));
}

static bool
bool_column(HeapTuple tuple, TupleDesc descriptor, int column)
{
	bool		isnull;
	Datum		value = heap_getattr(tuple, column, descriptor, &isnull);

	return !isnull && DatumGetBool(value);
}

/* ---------- snapshots ---------- */

static void
row_set_script(RowBuilder *row, int text_column_number, int hash_column_number,
			   const ExtmanRecordedScript *script)
{
	bytea	   *hash;

	if (script->text == NULL)
		return;
	row_set(row, text_column_number,
			PointerGetDatum(cstring_to_text_with_len(script->text, script->length)));

	hash = palloc(VARHDRSZ + EXTMAN_SHA256_LENGTH);
	SET_VARSIZE(hash, VARHDRSZ + EXTMAN_SHA256_LENGTH);
	memcpy(VARDATA(hash), script->sha256, EXTMAN_SHA256_LENGTH);
	row_set(row, hash_column_number, PointerGetDatum(hash));
}

static void
read_script(HeapTuple tuple, TupleDesc descriptor, int text_column_number,
			int hash_column_number, ExtmanRecordedScript *script)
{
	bool		isnull;
	Datum		hash;

	script->text = text_column(tuple, descriptor, text_column_number);
	script->length = script->text ? strlen(script->text) : 0;

	hash = heap_getattr(tuple, hash_column_number, descriptor, &isnull);
	if (!isnull)
	{
		bytea	   *bytes = DatumGetByteaPP(hash);

		memcpy(script->sha256, VARDATA_ANY(bytes),
			   Min(VARSIZE_ANY_EXHDR(bytes), EXTMAN_SHA256_LENGTH));
	}
}

static ExtmanSnapshot *
snapshot_from_tuple(HeapTuple tuple, TupleDesc descriptor, bool with_scripts)
{
	ExtmanSnapshot *snapshot = palloc0(sizeof(ExtmanSnapshot));
	bool		isnull;

	snapshot->name = name_column(tuple, descriptor, SNAPSHOT_NAME);
	snapshot->version = text_column(tuple, descriptor, SNAPSHOT_VERSION);
	snapshot->control = text_column(tuple, descriptor, SNAPSHOT_CONTROL);
	snapshot->depends = text_column(tuple, descriptor, SNAPSHOT_DEPENDS);
	snapshot->conflicts = text_column(tuple, descriptor, SNAPSHOT_CONFLICTS);
	snapshot->provides = text_column(tuple, descriptor, SNAPSHOT_PROVIDES);
	snapshot->superuser = bool_column(tuple, descriptor, SNAPSHOT_SUPERUSER);
	snapshot->trusted = bool_column(tuple, descriptor, SNAPSHOT_TRUSTED);
	snapshot->source = text_column(tuple, descriptor, SNAPSHOT_SOURCE);
	snapshot->installed_by = name_column(tuple, descriptor, SNAPSHOT_INSTALLED_BY);
	snapshot->installed_at =
		DatumGetTimestampTz(heap_getattr(tuple, SNAPSHOT_INSTALLED_AT, descriptor, &isnull));

	if (with_scripts)
	{
		read_script(tuple, descriptor, SNAPSHOT_INSTALL_SCRIPT, SNAPSHOT_INSTALL_SHA256,
					&snapshot->install);
		read_script(tuple, descriptor, SNAPSHOT_UNINSTALL_SCRIPT, SNAPSHOT_UNINSTALL_SHA256,
					&snapshot->uninstall);
	}
	return snapshot;
}

static List *
read_snapshots(const char *name, bool with_scripts)
{
	List	   *snapshots = NIL;
	Relation	relation = open_table("snapshot", SNAPSHOT_COLUMNS, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan = scan_by_name(relation, SNAPSHOT_NAME, name, &key);
	HeapTuple	tuple;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
		snapshots = lappend(snapshots,
							snapshot_from_tuple(tuple, RelationGetDescr(relation), with_scripts));
	systable_endscan(scan);
	table_close(relation, AccessShareLock);
	return snapshots;
}

List *
extman_record_snapshots(void)
{
	return read_snapshots(NULL, false);
}

ExtmanSnapshot *
extman_record_snapshot(const char *name)
{
	List	   *snapshots = read_snapshots(name, true);

	return snapshots ? linitial(snapshots) : NULL;
}

void
extman_record_write_snapshot(const ExtmanSnapshot *snapshot)
{
	Relation	relation = open_table("snapshot", SNAPSHOT_COLUMNS, RowExclusiveLock);
	RowBuilder	row;

	delete_by_name(relation, SNAPSHOT_NAME, snapshot->name);

	row_init(&row);
	row_set_name(&row, SNAPSHOT_NAME, snapshot->name);
	row_set_text(&row, SNAPSHOT_VERSION, snapshot->version);
	row_set_text(&row, SNAPSHOT_CONTROL, snapshot->control);
	row_set_text(&row, SNAPSHOT_DEPENDS, snapshot->depends);
	row_set_text(&row, SNAPSHOT_CONFLICTS, snapshot->conflicts);
	row_set_text(&row, SNAPSHOT_PROVIDES, snapshot->provides);
	row_set(&row, SNAPSHOT_SUPERUSER, BoolGetDatum(snapshot->superuser));
	row_set(&row, SNAPSHOT_TRUSTED, BoolGetDatum(snapshot->trusted));
	row_set_script(&row, SNAPSHOT_INSTALL_SCRIPT, SNAPSHOT_INSTALL_SHA256, &snapshot->install);
	row_set_script(&row, SNAPSHOT_UNINSTALL_SCRIPT, SNAPSHOT_UNINSTALL_SHA256,
				   &snapshot->uninstall);
	row_set_text(&row, SNAPSHOT_SOURCE, snapshot->source);
	row_set_name(&row, SNAPSHOT_INSTALLED_BY, GetUserNameFromId(GetUserId(), false));
	row_set(&row, SNAPSHOT_INSTALLED_AT,
			TimestampTzGetDatum(GetCurrentTransactionStartTimestamp()));
	row_insert(&row, relation);

	table_close(relation, RowExclusiveLock);
}

/* ---------- policy ---------- */

List *
extman_record_policies(void)
{
	List	   *policies = NIL;
	Relation	relation = open_table("policy", POLICY_COLUMNS, AccessShareLock);
	TupleDesc	descriptor = RelationGetDescr(relation);
	SysScanDesc scan = systable_beginscan(relation, InvalidOid, false, NULL, 0, NULL);
	HeapTuple	tuple;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		ExtmanPolicy *policy = palloc(sizeof(ExtmanPolicy));

		policy->name = name_column(tuple, descriptor, POLICY_NAME);
		policy->automatic = bool_column(tuple, descriptor, POLICY_AUTOMATIC);
		policy->held = bool_column(tuple, descriptor, POLICY_HELD);
		policies = lappend(policies, policy);
	}
	systable_endscan(scan);
	table_close(relation, AccessShareLock);
	return policies;
}

/*
 * Only what differs from the default has a row.  So a dump, which brings the
 * packages back first and this table's rows after them, finds no row in its
 * way.
 */
void
extman_record_write_policy(const ExtmanPolicy *policy)
{
	Relation	relation = open_table("policy", POLICY_COLUMNS, RowExclusiveLock);
	RowBuilder	row;

	delete_by_name(relation, POLICY_NAME, policy->name);

	if (policy->automatic || policy->held)
	{
		row_init(&row);
		row_set_name(&row, POLICY_NAME, policy->name);
		row_set(&row, POLICY_AUTOMATIC, BoolGetDatum(policy->automatic));
		row_set(&row, POLICY_HELD, BoolGetDatum(policy->held));
		row_insert(&row, relation);
	}
	table_close(relation, RowExclusiveLock);
}

void
extman_record_forget(const char *name)
{
	Relation	snapshot = open_table("snapshot", SNAPSHOT_COLUMNS, RowExclusiveLock);
	Relation	policy = open_table("policy", POLICY_COLUMNS, RowExclusiveLock);

	delete_by_name(snapshot, SNAPSHOT_NAME, name);
	delete_by_name(policy, POLICY_NAME, name);

	table_close(policy, RowExclusiveLock);
	table_close(snapshot, RowExclusiveLock);
}

/* ---------- history ---------- */

void
extman_record_history(const ExtmanHistoryEntry *entry)
{
	Relation	relation = open_table("history", HISTORY_COLUMNS, RowExclusiveLock);
	RowBuilder	row;

	row_init(&row);
	row_set(&row, HISTORY_AT, TimestampTzGetDatum(entry->at));
	row_set_name(&row, HISTORY_BY_ROLE, GetUserNameFromId(GetUserId(), false));
	row_set_text(&row, HISTORY_KIND, entry->kind);
	row_set_text(&row, HISTORY_REQUEST, entry->request);
	row_set(&row, HISTORY_STEP, Int32GetDatum(entry->step));
	row_set_text(&row, HISTORY_ACTION, entry->action);
	row_set_name(&row, HISTORY_NAME, entry->name);
	row_set_text(&row, HISTORY_OLD_VERSION, entry->old_version);
	row_set_text(&row, HISTORY_NEW_VERSION, entry->new_version);
	row_set_name(&row, HISTORY_SCHEMA, entry->schema);
	row_insert(&row, relation);

	table_close(relation, RowExclusiveLock);
}
