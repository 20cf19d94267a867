/*
 * record.c
 *		What pg_extman writes down: snapshots, policy, settings, history.
 *
 * A snapshot may be stale, when core's DROP EXTENSION removed the package
 * behind our back: it counts only for an extension of that version which
 * depends on pg_extman (see installed.c), and is replaced by the next install.
 * The extension's OID isn't part of it, since pg_upgrade gives out new ones.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "access/toast_compression.h"
#include "access/toast_internals.h"
#include "access/xact.h"
#include "catalog/pg_type_d.h"
#include "commands/extension.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/rel.h"
#include "utils/timestamp.h"

#include "record.h"
#include "record_table.h"

/* From which size on a script is compressed beforehand. */
#define LONG_SCRIPT ((Size) 64 * 1024)

/* ---------- snapshots ---------- */

/*
 * Short ones are compressed when the row is written, if it helps.  A long one would
 * be copied into the row for that.
 */
static Datum
script_value(const ExtmanRecordedScript *script)
{
	Datum		value = PointerGetDatum(script->value);
	Datum		compressed;

	if (script->length < LONG_SCRIPT)
		return value;
	compressed = toast_compress_datum(value, InvalidCompressionMethod);
	return DatumGetPointer(compressed) ? compressed : value;
}

static void
row_set_script(ExtmanTuple *row, int text_column_number, int hash_column_number,
			   const ExtmanRecordedScript *script)
{
	bytea	   *hash;

	if (script->text == NULL)
		return;
	extman_tuple_set(row, text_column_number, script_value(script));

	hash = palloc(VARHDRSZ + EXTMAN_SHA256_LENGTH);
	SET_VARSIZE(hash, VARHDRSZ + EXTMAN_SHA256_LENGTH);
	memcpy(VARDATA(hash), script->sha256, EXTMAN_SHA256_LENGTH);
	extman_tuple_set(row, hash_column_number, PointerGetDatum(hash));
}

static void
read_script(HeapTuple tuple, TupleDesc descriptor, int text_column_number,
			int hash_column_number, bool with_text, ExtmanRecordedScript *script)
{
	bool		isnull;
	Datum		hash;

	if (with_text)
		script->text = extman_tuple_text(tuple, descriptor, text_column_number);
	script->length = script->text ? strlen(script->text) : 0;

	hash = heap_getattr(tuple, hash_column_number, descriptor, &isnull);
	if (!isnull)
	{
		bytea	   *bytes = DatumGetByteaPP(hash);

		script->hashed = true;

		memcpy(script->sha256, VARDATA_ANY(bytes),
			   Min(VARSIZE_ANY_EXHDR(bytes), EXTMAN_SHA256_LENGTH));
	}
}

static ExtmanSnapshot *
snapshot_from_tuple(HeapTuple tuple, TupleDesc descriptor, bool with_scripts)
{
	ExtmanSnapshot *snapshot = palloc0(sizeof(ExtmanSnapshot));
	bool		isnull;

	snapshot->name = extman_tuple_name(tuple, descriptor, SNAPSHOT_NAME);
	snapshot->version = extman_tuple_text(tuple, descriptor, SNAPSHOT_VERSION);
	snapshot->control = extman_tuple_text(tuple, descriptor, SNAPSHOT_CONTROL);
	snapshot->depends = extman_tuple_text(tuple, descriptor, SNAPSHOT_DEPENDS);
	snapshot->conflicts = extman_tuple_text(tuple, descriptor, SNAPSHOT_CONFLICTS);
	snapshot->provides = extman_tuple_text(tuple, descriptor, SNAPSHOT_PROVIDES);
	snapshot->superuser = extman_tuple_bool(tuple, descriptor, SNAPSHOT_SUPERUSER);
	snapshot->trusted = extman_tuple_bool(tuple, descriptor, SNAPSHOT_TRUSTED);
	snapshot->source = extman_tuple_text(tuple, descriptor, SNAPSHOT_SOURCE);
	snapshot->schema = extman_tuple_name(tuple, descriptor, SNAPSHOT_SCHEMA);
	snapshot->installed_by = extman_tuple_name(tuple, descriptor, SNAPSHOT_INSTALLED_BY);
	snapshot->installed_at =
		DatumGetTimestampTz(heap_getattr(tuple, SNAPSHOT_INSTALLED_AT, descriptor, &isnull));

	read_script(tuple, descriptor, SNAPSHOT_INSTALL_SCRIPT, SNAPSHOT_INSTALL_SHA256,
				with_scripts, &snapshot->install);
	read_script(tuple, descriptor, SNAPSHOT_UNINSTALL_SCRIPT, SNAPSHOT_UNINSTALL_SHA256,
				with_scripts, &snapshot->uninstall);
	return snapshot;
}

static List *
read_snapshots(const char *name, bool with_scripts)
{
	List	   *snapshots = NIL;
	Relation	relation = extman_table_open(&extman_snapshot_table, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan = extman_table_scan(relation, SNAPSHOT_NAME, name, &key);
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
extman_record_snapshot(const char *name, bool with_scripts)
{
	List	   *snapshots = read_snapshots(name, with_scripts);

	return snapshots ? linitial(snapshots) : NULL;
}

ExtmanMemberNames *
extman_record_members(const char *name)
{
	Relation	relation = extman_table_open(&extman_snapshot_table, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan = extman_table_scan(relation, SNAPSHOT_NAME, name, &key);
	HeapTuple	tuple = systable_getnext(scan);
	ExtmanMemberNames *members = NULL;
	Datum		array = (Datum) 0;
	bool		isnull = true;

	if (HeapTupleIsValid(tuple))
		array = heap_getattr(tuple, SNAPSHOT_MEMBERS, RelationGetDescr(relation), &isnull);
	if (!isnull)
	{
		Datum	   *names;
		bool	   *nulls;
		int			count;

		deconstruct_array(DatumGetArrayTypeP(array), TEXTOID, -1, false, TYPALIGN_INT,
						  &names, &nulls, &count);
		members = palloc(sizeof(ExtmanMemberNames));
		members->count = 0;
		members->names = palloc((count + 1) * sizeof(char *));
		for (int i = 0; i < count; i++)
		{
			if (!nulls[i])
				members->names[members->count++] = TextDatumGetCString(names[i]);
		}
	}
	systable_endscan(scan);
	table_close(relation, AccessShareLock);
	return members;
}

static void
row_set_members(ExtmanTuple *row, const ExtmanMemberNames *members)
{
	Datum	   *names;

	if (members == NULL)
		return;
	names = palloc((members->count + 1) * sizeof(Datum));
	for (int i = 0; i < members->count; i++)
		names[i] = CStringGetTextDatum(members->names[i]);
	extman_tuple_set(row, SNAPSHOT_MEMBERS,
					 PointerGetDatum(construct_array(names, members->count, TEXTOID, -1, false,
													 TYPALIGN_INT)));
}

void
extman_record_write_snapshot(const ExtmanSnapshot *snapshot)
{
	Relation	relation = extman_table_open(&extman_snapshot_table, RowExclusiveLock);
	ExtmanTuple	row;

	extman_table_delete(relation, SNAPSHOT_NAME, snapshot->name);

	extman_tuple_init(&row);
	extman_tuple_set_name(&row, SNAPSHOT_NAME, snapshot->name);
	extman_tuple_set_text(&row, SNAPSHOT_VERSION, snapshot->version);
	extman_tuple_set_text(&row, SNAPSHOT_CONTROL, snapshot->control);
	extman_tuple_set_text(&row, SNAPSHOT_DEPENDS, snapshot->depends);
	extman_tuple_set_text(&row, SNAPSHOT_CONFLICTS, snapshot->conflicts);
	extman_tuple_set_text(&row, SNAPSHOT_PROVIDES, snapshot->provides);
	extman_tuple_set(&row, SNAPSHOT_SUPERUSER, BoolGetDatum(snapshot->superuser));
	extman_tuple_set(&row, SNAPSHOT_TRUSTED, BoolGetDatum(snapshot->trusted));
	row_set_script(&row, SNAPSHOT_INSTALL_SCRIPT, SNAPSHOT_INSTALL_SHA256, &snapshot->install);
	row_set_script(&row, SNAPSHOT_UNINSTALL_SCRIPT, SNAPSHOT_UNINSTALL_SHA256,
				   &snapshot->uninstall);
	extman_tuple_set_text(&row, SNAPSHOT_SOURCE, snapshot->source);
	extman_tuple_set_name(&row, SNAPSHOT_SCHEMA, snapshot->schema);
	extman_tuple_set_name(&row, SNAPSHOT_INSTALLED_BY, GetUserNameFromId(GetUserId(), false));
	extman_tuple_set(&row, SNAPSHOT_INSTALLED_AT,
					 TimestampTzGetDatum(GetCurrentTransactionStartTimestamp()));
	row_set_members(&row, snapshot->members);
	extman_table_insert(&row, relation, &extman_snapshot_table);

	table_close(relation, RowExclusiveLock);
}

/* ---------- policy ---------- */

static List *
read_policies(const char *name)
{
	List	   *policies = NIL;
	Relation	relation = extman_table_open(&extman_policy_table, AccessShareLock);
	TupleDesc	descriptor = RelationGetDescr(relation);
	ScanKeyData key;
	SysScanDesc scan = extman_table_scan(relation, POLICY_NAME, name, &key);
	HeapTuple	tuple;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		ExtmanPolicy *policy = palloc(sizeof(ExtmanPolicy));

		policy->name = extman_tuple_name(tuple, descriptor, POLICY_NAME);
		policy->automatic = extman_tuple_bool(tuple, descriptor, POLICY_AUTOMATIC);
		policy->held = extman_tuple_bool(tuple, descriptor, POLICY_HELD);
		policies = lappend(policies, policy);
	}
	systable_endscan(scan);
	table_close(relation, AccessShareLock);
	return policies;
}

List *
extman_record_policies(void)
{
	return read_policies(NULL);
}

void
extman_record_policy(const char *name, ExtmanPolicy *policy)
{
	List	   *policies = read_policies(name);

	if (policies != NIL)
		*policy = *(ExtmanPolicy *) linitial(policies);
	else
	{
		policy->name = name;
		policy->automatic = false;
		policy->held = false;
	}
}

/*
 * Only what differs from the default has a row.  So a dump, which brings the
 * packages back first and this table's rows after them, finds no row in its
 * way.
 */
void
extman_record_write_policy(const ExtmanPolicy *policy)
{
	Relation	relation = extman_table_open(&extman_policy_table, RowExclusiveLock);
	ExtmanTuple	row;

	extman_table_delete(relation, POLICY_NAME, policy->name);

	if (policy->automatic || policy->held)
	{
		extman_tuple_init(&row);
		extman_tuple_set_name(&row, POLICY_NAME, policy->name);
		extman_tuple_set(&row, POLICY_AUTOMATIC, BoolGetDatum(policy->automatic));
		extman_tuple_set(&row, POLICY_HELD, BoolGetDatum(policy->held));
		extman_table_insert(&row, relation, &extman_policy_table);
	}
	table_close(relation, RowExclusiveLock);
}

/* ---------- history ---------- */

void
extman_record_history(const ExtmanHistoryEntry *entry)
{
	Relation	relation = extman_table_open(&extman_history_table, RowExclusiveLock);
	ExtmanTuple	row;

	extman_tuple_init(&row);
	extman_tuple_set(&row, HISTORY_AT, TimestampTzGetDatum(entry->at));
	extman_tuple_set_name(&row, HISTORY_BY_ROLE, GetUserNameFromId(GetUserId(), false));
	extman_tuple_set_text(&row, HISTORY_KIND, entry->kind);
	extman_tuple_set_text(&row, HISTORY_REQUEST, entry->request);
	extman_tuple_set(&row, HISTORY_STEP, Int32GetDatum(entry->step));
	extman_tuple_set_text(&row, HISTORY_ACTION, entry->action);
	extman_tuple_set_name(&row, HISTORY_NAME, entry->name);
	extman_tuple_set_text(&row, HISTORY_OLD_VERSION, entry->old_version);
	extman_tuple_set_text(&row, HISTORY_NEW_VERSION, entry->new_version);
	extman_tuple_set_name(&row, HISTORY_SCHEMA, entry->schema);
	extman_table_insert(&row, relation, &extman_history_table);

	table_close(relation, RowExclusiveLock);
}
