/*
 * package_domains.c
 *		Domains of users whose checks a script could come across.
 *
 * The check of a domain runs as whoever makes a value of it.  Functions of a user
 * in it are refused by the guard; those of the system and of superusers are not,
 * and may do a lot: read and write files, connect to a server, run a query whose
 * text is given.  A script that takes a domain for the type that it meant, since it
 * leaves the schema to search_path, would do that with a superuser's rights.
 *
 * What only computes may be in a check: immutable functions, and those of the
 * system that are stable, unless they return XML, for these run queries.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/transam.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

#include "package_domains.h"
#include "translate.h"

typedef struct Search
{
	const ExtmanExtensionRow *extension;
	HTAB	   *visited;		/* OIDs of types */
} Search;

static void visit(const Search *search, Oid type);

/* ---------- checks ---------- */

/* A check_function_callback. */
static bool
does_more(Oid function, void *context)
{
	HeapTuple	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
	Form_pg_proc form;
	bool		result;

	if (!HeapTupleIsValid(tuple))
		return true;
	form = (Form_pg_proc) GETSTRUCT(tuple);
	if (form->provolatile == PROVOLATILE_IMMUTABLE || !superuser_arg(form->proowner))
		result = false;
	else if (form->provolatile == PROVOLATILE_STABLE && function < FirstUnpinnedObjectId)
		result = form->prorettype == XMLOID;
	else
		result = true;
	ReleaseSysCache(tuple);
	return result;
}

static bool
has_more(Node *node, void *context)
{
	if (node == NULL)
		return false;
	return check_functions_in_node(node, does_more, context) ||
		expression_tree_walker(node, has_more, context);
}

static bool
checks_do_more(Oid domain)
{
	Relation	catalog = table_open(ConstraintRelationId, AccessShareLock);
	bool		result = false;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_constraint_contypid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(domain));
	scan = systable_beginscan(catalog, ConstraintTypidIndexId, true, NULL, 1, &key);
	while (!result && HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		bool		isnull;
		Datum		expression = heap_getattr(tuple, Anum_pg_constraint_conbin,
											  RelationGetDescr(catalog), &isnull);

		result = !isnull && has_more(stringToNode(TextDatumGetCString(expression)), NULL);
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return result;
}

static void
check_domain(const Search *search, Oid domain, Oid owner)
{
	ObjectAddress address;

	if (superuser_arg(owner) ||
		getExtensionOfObject(TypeRelationId, domain) == search->extension->oid ||
		!checks_do_more(domain))
		return;
	ObjectAddressSet(address, TypeRelationId, domain);
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("script of extension \"%s\" could come across %s",
					search->extension->name, getObjectDescription(&address, false)),
			 errdetail("The script runs as a superuser; the domain belongs to role \"%s\", which is none, and its check calls a function that does more than compute.",
					   GetUserNameFromId(owner, false)),
			 errhint("Drop it, or move it to a schema that the script does not use.")));
}

/* ---------- types ---------- */

static void
visit_columns(const Search *search, Oid type)
{
	TupleDesc	descriptor = lookup_rowtype_tupdesc_noerror(type, -1, true);

	if (descriptor == NULL)
		return;
	for (int i = 0; i < descriptor->natts; i++)
	{
		if (!TupleDescAttr(descriptor, i)->attisdropped)
			visit(search, TupleDescAttr(descriptor, i)->atttypid);
	}
	ReleaseTupleDesc(descriptor);
}

static void
visit(const Search *search, Oid type)
{
	HeapTuple	tuple;
	Form_pg_type form;
	bool		found;

	check_stack_depth();
	if (type < FirstNormalObjectId)
		return;
	(void) hash_search(search->visited, &type, HASH_ENTER, &found);
	tuple = found ? NULL : SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
	if (!HeapTupleIsValid(tuple))
		return;

	form = (Form_pg_type) GETSTRUCT(tuple);
	switch (form->typtype)
	{
		case TYPTYPE_DOMAIN:
			check_domain(search, type, form->typowner);
			visit(search, form->typbasetype);
			break;
		case TYPTYPE_COMPOSITE:
			visit_columns(search, type);
			break;
		case TYPTYPE_RANGE:
			visit(search, get_range_subtype(type));
			break;
		case TYPTYPE_MULTIRANGE:
			visit(search, get_multirange_range(type));
			break;
		default:
			visit(search, form->typelem);
			break;
	}
	ReleaseSysCache(tuple);
}

void
extman_domains_check(const ExtmanExtensionRow *extension, const List *schemas)
{
	HASHCTL		info = {0};
	Search		search = {extension};
	Relation	catalog = table_open(TypeRelationId, AccessShareLock);
	SysScanDesc scan;
	HeapTuple	tuple;

	info.keysize = sizeof(Oid);
	info.entrysize = sizeof(Oid);
	info.hcxt = CurrentMemoryContext;
	search.visited = hash_create("types of a script", 256, &info,
								 HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);

	scan = systable_beginscan(catalog, InvalidOid, false, NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_type form = (Form_pg_type) GETSTRUCT(tuple);

		CHECK_FOR_INTERRUPTS();
		if (list_member_oid(schemas, form->typnamespace))
			visit(&search, form->oid);
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	hash_destroy(search.visited);
}
