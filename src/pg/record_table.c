/*
 * record_table.c
 *		The tables that pg_extman writes down to, as rows and columns.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/relation.h"
#include "access/sysattr.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_collation_d.h"
#include "catalog/pg_type_d.h"
#include "commands/extension.h"
#include "executor/executor.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "catalog.h"
#include "compat.h"
#include "extman.h"
#include "record_table.h"
#include "translate.h"

static const ExtmanColumn snapshot_columns[SNAPSHOT_COLUMNS] = {
	{NAMEOID, true}, {TEXTOID, true}, {TEXTOID, true},
	{TEXTOID, false}, {TEXTOID, false}, {TEXTOID, false},
	{BOOLOID, true}, {BOOLOID, true},
	{TEXTOID, false}, {BYTEAOID, false}, {TEXTOID, false}, {BYTEAOID, false},
	{TEXTOID, true}, {NAMEOID, true}, {NAMEOID, true}, {TIMESTAMPTZOID, true},
	{TEXTARRAYOID, false}
};

static const ExtmanColumn policy_columns[POLICY_COLUMNS] = {
	{NAMEOID, true}, {BOOLOID, true}, {BOOLOID, true}
};

static const ExtmanColumn setting_columns[SETTING_COLUMNS] = {
	{NAMEOID, true}, {TEXTOID, true}, {TEXTOID, true}
};

static const ExtmanColumn history_columns[HISTORY_COLUMNS] = {
	{TIMESTAMPTZOID, true}, {NAMEOID, true}, {TEXTOID, true}, {TEXTOID, true},
	{INT4OID, true}, {TEXTOID, true}, {NAMEOID, true},
	{TEXTOID, false}, {TEXTOID, false}, {NAMEOID, false}
};

const ExtmanTable extman_snapshot_table = {"snapshot", snapshot_columns, SNAPSHOT_COLUMNS};
const ExtmanTable extman_policy_table = {"policy", policy_columns, POLICY_COLUMNS};
const ExtmanTable extman_setting_table = {"setting", setting_columns, SETTING_COLUMNS};
const ExtmanTable extman_history_table = {"history", history_columns, HISTORY_COLUMNS};

/*
 * Whether a table has our columns first.  Columns that somebody added behind
 * them don't matter, as long as they may be null.
 */
static bool
has_our_columns(Relation relation, const ExtmanTable *table)
{
	TupleDesc	descriptor = RelationGetDescr(relation);

	if (relation->rd_rel->relkind != RELKIND_RELATION ||
		descriptor->natts < table->column_count)
		return false;

	for (int i = 0; i < descriptor->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(descriptor, i);

		if (i >= table->column_count)
		{
			if (attribute->attnotnull)
				return false;
		}
		else if (attribute->attisdropped ||
				 attribute->atttypid != table->columns[i].type ||
				 (table->columns[i].required && !attribute->attnotnull))
			return false;
	}
	return true;
}

/* NULL: there is no such table, or it isn't ours, or it was altered. */
static Relation
try_open(const ExtmanTable *table, Oid self, LOCKMODE lock)
{
	Oid			schema = get_namespace_oid(EXTMAN_SCHEMA, true);
	Oid			oid = OidIsValid(schema) ? get_relname_relid(table->name, schema) : InvalidOid;
	Relation	relation = NULL;

	if (OidIsValid(oid) && getExtensionOfObject(RelationRelationId, oid) == self)
		relation = try_relation_open(oid, lock);
	if (relation && !has_our_columns(relation, table))
	{
		relation_close(relation, lock);
		relation = NULL;
	}
	return relation;
}

Relation
extman_table_open(const ExtmanTable *table, LOCKMODE lock)
{
	Relation	relation = try_open(table, extman_catalog_self(), lock);

	if (relation == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("table \"%s.%s\" of extension \"%s\" is missing or was altered",
						EXTMAN_SCHEMA, table->name, EXTMAN_EXTENSION),
				 errhint("Restore it, or drop the extension and create it again.")));
	return relation;
}

bool
extman_tables_usable(void)
{
	static const ExtmanTable *const tables[] = {
		&extman_snapshot_table, &extman_policy_table, &extman_setting_table,
		&extman_history_table
	};
	Oid			self = get_extension_oid(EXTMAN_EXTENSION, true);

	if (!OidIsValid(self))
		return false;
	for (int i = 0; i < lengthof(tables); i++)
	{
		Relation	relation = try_open(tables[i], self, AccessShareLock);

		if (relation == NULL)
			return false;
		table_close(relation, AccessShareLock);
	}
	return true;
}

void
extman_tuple_init(ExtmanTuple *row)
{
	memset(row->values, 0, sizeof(row->values));
	memset(row->nulls, true, sizeof(row->nulls));
}

void
extman_tuple_set(ExtmanTuple *row, int column, Datum value)
{
	row->values[column - 1] = value;
	row->nulls[column - 1] = false;
}

void
extman_tuple_set_text(ExtmanTuple *row, int column, const char *value)
{
	if (value)
		extman_tuple_set(row, column, CStringGetTextDatum(value));
}

void
extman_tuple_set_name(ExtmanTuple *row, int column, const char *value)
{
	if (value)
		extman_tuple_set(row, column, DirectFunctionCall1(namein, CStringGetDatum(value)));
}

/*
 * Not as catalogs are written, since a table of ours may have got indexes with
 * expressions or predicates.
 */
void
extman_table_insert(ExtmanTuple *row, Relation relation, const ExtmanTable *table)
{
	EState	   *estate = CreateExecutorState();
	ResultRelInfo *result = makeNode(ResultRelInfo);
	TupleTableSlot *slot = table_slot_create(relation, NULL);

	InitResultRelInfo(result, relation, 1, NULL, 0);
	ExecOpenIndices(result, false);

	ExecClearTuple(slot);
	memset(slot->tts_isnull, true, sizeof(bool) * slot->tts_tupleDescriptor->natts);
	memcpy(slot->tts_values, row->values, sizeof(Datum) * table->column_count);
	memcpy(slot->tts_isnull, row->nulls, sizeof(bool) * table->column_count);
	ExecStoreVirtualTuple(slot);

	simple_table_tuple_insert(relation, slot);
	if (result->ri_NumIndices > 0)
		(void) extman_insert_index_tuples(result, slot, estate);

	ExecCloseIndices(result);
	ExecDropSingleTupleTableSlot(slot);
	FreeExecutorState(estate);
}

/*
 * The index of the primary key, if the key is that column alone, in the order in
 * which we search; somebody may have altered the table.
 */
static Oid
index_of(Relation relation, AttrNumber column)
{
	Bitmapset  *key = RelationGetIndexAttrBitmap(relation, INDEX_ATTR_BITMAP_PRIMARY_KEY);
	int			member = column - FirstLowInvalidHeapAttributeNumber;
	bool		alone = bms_membership(key) == BMS_SINGLETON && bms_is_member(member, key);
	Oid			collation = TupleDescAttr(RelationGetDescr(relation), column - 1)->attcollation;

	bms_free(key);
	return alone && collation == C_COLLATION_OID ? extman_primary_key_index(relation) : InvalidOid;
}

/*
 * All rows by the index, too: it forgets rows that are dead much sooner than the table
 * does, which is as large as all scripts since the last VACUUM.
 */
SysScanDesc
extman_table_scan(Relation relation, AttrNumber column, const char *name, ScanKey key)
{
	Oid			index = index_of(relation, column);

	if (name)
		ScanKeyInit(key, column, BTEqualStrategyNumber, F_NAMEEQ, CStringGetDatum(name));
	return systable_beginscan(relation, index, OidIsValid(index), NULL, name ? 1 : 0, key);
}

void
extman_table_delete(Relation relation, AttrNumber column, const char *name)
{
	ScanKeyData key;
	SysScanDesc scan = extman_table_scan(relation, column, name, &key);
	HeapTuple	tuple;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		TM_FailureData failure;
		TM_Result	result = extman_delete_tuple(relation, &tuple->t_self, true, &failure);

		/* A trigger for drops may have deleted it in another session. */
		if (result != TM_Ok && result != TM_Deleted)
			ereport(ERROR,
					(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
					 errmsg("could not serialize access due to concurrent update")));
	}
	systable_endscan(scan);
}

void
extman_table_delete_quietly(Relation relation, AttrNumber column, const char *name)
{
	ScanKeyData key;
	SysScanDesc scan = extman_table_scan(relation, column, name, &key);
	HeapTuple	tuple;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		TM_FailureData failure;

		(void) extman_delete_tuple(relation, &tuple->t_self, false, &failure);
	}
	systable_endscan(scan);
}

List *
extman_table_names(Relation relation, AttrNumber column)
{
	List	   *names = NIL;
	SysScanDesc scan = extman_table_scan(relation, column, NULL, NULL);
	HeapTuple	tuple;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
		names = lappend(names, extman_tuple_name(tuple, RelationGetDescr(relation), column));
	systable_endscan(scan);
	return names;
}

char *
extman_tuple_text(HeapTuple tuple, TupleDesc descriptor, int column)
{
	bool		isnull;
	Datum		value = heap_getattr(tuple, column, descriptor, &isnull);

	return isnull ? NULL : TextDatumGetCString(value);
}

char *
extman_tuple_name(HeapTuple tuple, TupleDesc descriptor, int column)
{
	bool		isnull;
	Datum		value = heap_getattr(tuple, column, descriptor, &isnull);

	return isnull ? NULL : pstrdup(NameStr(*DatumGetName(value)));
}

bool
extman_tuple_bool(HeapTuple tuple, TupleDesc descriptor, int column)
{
	bool		isnull;
	Datum		value = heap_getattr(tuple, column, descriptor, &isnull);

	return !isnull && DatumGetBool(value);
}
