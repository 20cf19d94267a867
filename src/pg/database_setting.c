/*
 * database_setting.c
 *		Settings of the current database, as ALTER DATABASE ... SET makes them.
 *
 * They are set by core's own function.  They are taken away by hand, as core's
 * first asks what the setting is: it refuses one whose name a module has reserved
 * since, and what nobody knows would stay forever.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/indexing.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_database.h"
#include "catalog/pg_db_role_setting.h"
#include "catalog/pg_parameter_acl.h"
#include "catalog/pg_type_d.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"
#include "utils/rel.h"

#include "conf_file.h"
#include "database_setting.h"

/* ---------- the row of the database ---------- */

typedef struct SettingsRow
{
	Relation	relation;
	SysScanDesc scan;
	HeapTuple	tuple;			/* invalid: there is none */
	Datum	   *items;			/* of type text: "name=value" */
	int			count;
} SettingsRow;

static void
open_row(SettingsRow *row, LOCKMODE lock)
{
	ScanKeyData keys[2];
	bool		isnull = true;
	Datum		array = (Datum) 0;
	bool	   *nulls;

	row->relation = table_open(DbRoleSettingRelationId, lock);
	ScanKeyInit(&keys[0], Anum_pg_db_role_setting_setdatabase, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(MyDatabaseId));
	ScanKeyInit(&keys[1], Anum_pg_db_role_setting_setrole, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(InvalidOid));
	row->scan = systable_beginscan(row->relation, DbRoleSettingDatidRolidIndexId, true, NULL, 2,
								   keys);
	row->tuple = systable_getnext(row->scan);
	row->count = 0;
	if (HeapTupleIsValid(row->tuple))
		array = heap_getattr(row->tuple, Anum_pg_db_role_setting_setconfig,
							 RelationGetDescr(row->relation), &isnull);
	if (!isnull)
		deconstruct_array(DatumGetArrayTypeP(array), TEXTOID, -1, false, TYPALIGN_INT,
						  &row->items, &nulls, &row->count);
}

static void
close_row(SettingsRow *row)
{
	systable_endscan(row->scan);
	/* A lock for writing is kept until the end of the transaction. */
	table_close(row->relation, NoLock);
}

/* The value, if the item is about that setting; else NULL. */
static const char *
value_in(Datum item, const char *name)
{
	char	   *pair = TextDatumGetCString(item);
	char	   *equals = strchr(pair, '=');

	if (equals == NULL)
		return NULL;
	*equals = '\0';
	return extman_setting_same(pair, name) ? equals + 1 : NULL;
}

const char *
extman_database_setting(const char *name)
{
	SettingsRow row;
	const char *value = NULL;

	open_row(&row, AccessShareLock);
	for (int i = 0; i < row.count && value == NULL; i++)
		value = value_in(row.items[i], name);
	close_row(&row);
	return value;
}

/* ---------- changing it ---------- */

static Node *
constant(const char *value)
{
	A_Const    *node = makeNode(A_Const);

	node->val.sval.type = T_String;
	node->val.sval.sval = pstrdup(value);
	node->location = -1;
	return (Node *) node;
}

void
extman_database_setting_set(const char *name, const char *value)
{
	VariableSetStmt *statement = makeNode(VariableSetStmt);

	statement->kind = VAR_SET_VALUE;
	statement->name = pstrdup(name);
	statement->args = list_make1(constant(value));
	AlterSetting(MyDatabaseId, InvalidOid, statement);
	CommandCounterIncrement();

	(void) set_config_option(name, value, superuser() ? PGC_SUSET : PGC_USERSET, PGC_S_SESSION,
							 GUC_ACTION_SET, true, 0, false);
}

/* Only if it is known: a placeholder need not come to be for that. */
static void
reset_in_session(const char *name)
{
	if (GetConfigOption(name, true, false))
		(void) set_config_option_ext(name, NULL, PGC_SUSET, PGC_S_SESSION, BOOTSTRAP_SUPERUSERID,
									 GUC_ACTION_SET, true, WARNING, false);
}

void
extman_database_setting_remove(const char *name)
{
	SettingsRow row;
	int			kept = 0;

	open_row(&row, RowExclusiveLock);
	for (int i = 0; i < row.count; i++)
	{
		if (value_in(row.items[i], name) == NULL)
			row.items[kept++] = row.items[i];
	}
	if (kept == 0 && row.count > 0)
		CatalogTupleDelete(row.relation, &row.tuple->t_self);
	else if (kept < row.count)
	{
		Datum		values[Natts_pg_db_role_setting] = {0};
		bool		nulls[Natts_pg_db_role_setting] = {0};
		bool		replaces[Natts_pg_db_role_setting] = {0};
		HeapTuple	tuple;

		values[Anum_pg_db_role_setting_setconfig - 1] =
			PointerGetDatum(construct_array(row.items, kept, TEXTOID, -1, false, TYPALIGN_INT));
		replaces[Anum_pg_db_role_setting_setconfig - 1] = true;
		tuple = heap_modify_tuple(row.tuple, RelationGetDescr(row.relation), values, nulls,
								  replaces);
		CatalogTupleUpdate(row.relation, &row.tuple->t_self, tuple);
	}
	InvokeObjectPostAlterHookArg(DbRoleSettingRelationId, MyDatabaseId, 0, InvalidOid, false);
	close_row(&row);
	CommandCounterIncrement();

	reset_in_session(name);
}

/* ---------- rights and locks ---------- */

/*
 * As for ALTER DATABASE ... SET: the owner of the database, but of what no module
 * has defined (yet) only with the right to that setting, as it may turn out to be
 * one for superusers.  (validate_option_array_item() in guc.c.  Of those that are
 * defined, setting them will tell.)
 */
bool
extman_database_setting_allowed(const char *name)
{
	if (superuser())
		return true;
	if (!extman_database_ownercheck(MyDatabaseId, GetUserId()))
		return false;
	if (GetConfigOption(name, true, false) &&
		(GetConfigOptionFlags(name, true) & GUC_CUSTOM_PLACEHOLDER) == 0)
		return true;
	return pg_parameter_aclcheck(name, GetUserId(), ACL_SET) == ACLCHECK_OK;
}

void
extman_database_setting_lock(void)
{
	LockSharedObject(DatabaseRelationId, MyDatabaseId, 0, ShareUpdateExclusiveLock);
}
