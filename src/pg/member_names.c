/*
 * member_names.c
 *		The members of an extension, by names that tell whether one is missing.
 *
 * OIDs would not do: an upgrade of the server gives out new ones.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_class.h"
#include "catalog/pg_depend.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "catalog.h"
#include "member_names.h"

#define OWN_SCHEMA "@extschema@"

/* ---------- one name ---------- */

static bool
is_identifier_byte(char byte)
{
	return byte == '_' || byte == '$' || IS_HIGHBIT_SET(byte) ||
		(byte >= '0' && byte <= '9') ||
		(byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* The length of the identifier, perhaps quoted, that text begins with; or 0. */
static Size
identifier_length(const char *text)
{
	Size		length = 0;

	if (*text != '"')
	{
		while (is_identifier_byte(text[length]))
			length++;
		return length;
	}

	/* A doubled quote is two quoted pieces, side by side. */
	while (text[length] == '"')
	{
		const char *end = strchr(text + length + 1, '"');

		if (end == NULL)
			return strlen(text);
		length = end + 1 - text;
	}
	return length;
}

/*
 * An identity as core tells it, without what depends on where extensions lie.
 * own is the schema's name as it stands in it.
 */
static char *
portable_name(const char *type, const char *identity, const char *own)
{
	StringInfoData name;
	int			depth = 0;
	bool		qualified = false;	/* a dot was last */

	initStringInfo(&name);
	appendStringInfo(&name, "%s ", type);
	while (*identity != '\0')
	{
		Size		length = identifier_length(identity);

		if (length == 0)
		{
			depth += (*identity == '(') - (*identity == ')');
			qualified = *identity == '.';
			appendStringInfoChar(&name, *identity++);
			continue;
		}

		if (identity[length] != '.' || qualified)
			appendBinaryStringInfo(&name, identity, length);
		else if (depth > 0)
			length++;			/* the dot as well */
		else if (length == strlen(own) && strncmp(identity, own, length) == 0)
			appendStringInfoString(&name, OWN_SCHEMA);
		else
			appendBinaryStringInfo(&name, identity, length);
		identity += length;
		qualified = false;
	}
	return name.data;
}

char *
extman_member_name_shown(const char *name, const char *schema)
{
	StringInfoData shown;
	const char *own;

	if (schema == NULL)
		return pstrdup(name);
	initStringInfo(&shown);
	while ((own = strstr(name, OWN_SCHEMA)) != NULL)
	{
		appendBinaryStringInfo(&shown, name, own - name);
		appendStringInfoString(&shown, quote_identifier(schema));
		name = own + strlen(OWN_SCHEMA);
	}
	appendStringInfoString(&shown, name);
	return shown.data;
}

/* ---------- all of them ---------- */

/*
 * Whether it came along with another object, as the type of a table's rows and
 * every array type do.  From PostgreSQL 17 on, these are members of their own.
 * What is recorded must be the same before and after an upgrade to that.
 */
static bool
came_along(const ObjectAddress *member)
{
	HeapTuple	tuple;
	Form_pg_type form;
	bool		result;

	if (member->classId != TypeRelationId)
		return false;
	tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(member->objectId));
	if (!HeapTupleIsValid(tuple))
		return false;
	form = (Form_pg_type) GETSTRUCT(tuple);
	result = (OidIsValid(form->typrelid) &&
			  get_rel_relkind(form->typrelid) != RELKIND_COMPOSITE_TYPE) ||
		(OidIsValid(form->typelem) && get_array_type(form->typelem) == form->oid);
	ReleaseSysCache(tuple);
	return result;
}

static List *
find_members(Oid extension)
{
	Relation	depend = table_open(DependRelationId, AccessShareLock);
	List	   *members = NIL;
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&keys[0], Anum_pg_depend_refclassid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(ExtensionRelationId));
	ScanKeyInit(&keys[1], Anum_pg_depend_refobjid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(extension));
	scan = systable_beginscan(depend, DependReferenceIndexId, true, NULL, 2, keys);
	while (list_length(members) <= EXTMAN_MAX_NAMED_MEMBERS &&
		   HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_depend form = (Form_pg_depend) GETSTRUCT(tuple);
		ObjectAddress *member;

		if (form->deptype != DEPENDENCY_EXTENSION)
			continue;
		member = palloc(sizeof(ObjectAddress));
		ObjectAddressSubSet(*member, form->classid, form->objid, form->objsubid);
		if (!came_along(member))
			members = lappend(members, member);
	}
	systable_endscan(scan);
	table_close(depend, AccessShareLock);
	return members;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *) a, *(char *const *) b);
}

ExtmanMemberNames *
extman_member_names(Oid extension)
{
	List	   *members = find_members(extension);
	const char *schema = extman_catalog_schema_of(extension);
	const char *own;
	ExtmanMemberNames *result;
	ListCell   *cell;
	int			settings;

	if (list_length(members) > EXTMAN_MAX_NAMED_MEMBERS)
		return NULL;

	/* What is recorded must not depend on a setting of the session. */
	settings = NewGUCNestLevel();
	(void) set_config_option("quote_all_identifiers", "off", PGC_USERSET, PGC_S_SESSION,
							 GUC_ACTION_SAVE, true, 0, false);
	own = schema ? quote_identifier(schema) : "";
	result = palloc(sizeof(ExtmanMemberNames));
	result->count = 0;
	result->names = palloc((list_length(members) + 1) * sizeof(char *));
	foreach(cell, members)
	{
		const ObjectAddress *member = lfirst(cell);
		const char *identity = getObjectIdentity(member, true);

		CHECK_FOR_INTERRUPTS();
		if (identity)			/* else it was dropped this very moment */
			result->names[result->count++] =
				portable_name(getObjectTypeDescription(member, true), identity, own);
	}
	AtEOXact_GUC(true, settings);
	qsort(result->names, result->count, sizeof(char *), compare_names);
	return result;
}
