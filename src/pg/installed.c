/*
 * installed.c
 *		What is installed: the catalogs and our own records put together.
 */
#include "postgres.h"

#include "installed.h"

StaticAssertDecl(offsetof(ExtmanSnapshot, name) == 0 && offsetof(ExtmanPolicy, name) == 0,
				 "snapshots and policies begin with the name of a package");

static const char *
name_of(const ListCell *cell)
{
	return *(const char *const *) lfirst(cell);
}

static int
compare_by_name(const ListCell *a, const ListCell *b)
{
	return strcmp(name_of(a), name_of(b));
}

static int
compare_to_name(const void *name, const void *cell)
{
	return strcmp(name, name_of(cell));
}

/* In a list that is sorted by name; NULL when there is none. */
static void *
find_by_name(const List *list, const char *name)
{
	ListCell   *cell;

	if (list == NIL)
		return NULL;
	cell = bsearch(name, list->elements, list->length, sizeof(ListCell), compare_to_name);
	return cell ? lfirst(cell) : NULL;
}

static int
compare_to_extension(const void *name, const void *cell)
{
	return strcmp(name, ((const ExtmanExtension *) lfirst((const ListCell *) cell))->name);
}

ExtmanExtension *
extman_facts_extension(const ExtmanInstalledFacts *facts, const char *name)
{
	const List *list = facts->extensions;
	ListCell   *cell = list == NIL ? NULL :
		bsearch(name, list->elements, list->length, sizeof(ListCell), compare_to_extension);

	return cell ? lfirst(cell) : NULL;
}

ExtmanSnapshot *
extman_facts_snapshot(const ExtmanInstalledFacts *facts, const ExtmanExtension *extension)
{
	ExtmanSnapshot *snapshot;

	if (!extension->ours)
		return NULL;
	snapshot = find_by_name(facts->snapshots, extension->name);
	return snapshot && strcmp(snapshot->version, extension->version) == 0 ? snapshot : NULL;
}

const ExtmanPolicy *
extman_facts_policy(const ExtmanInstalledFacts *facts, const ExtmanExtension *extension)
{
	/* Snapshots are of packages of ours: this one is left over. */
	if (!extension->ours && find_by_name(facts->snapshots, extension->name) != NULL)
		return NULL;
	return find_by_name(facts->policies, extension->name);
}

static void
add_fact(StringInfo fingerprint, const char *text)
{
	/* With its NUL, so that no two lists of texts look the same. */
	appendBinaryStringInfo(fingerprint, text ? text : "", text ? strlen(text) + 1 : 1);
}

void
extman_facts_read(ExtmanInstalledFacts *facts)
{
	ListCell   *cell;

	facts->extensions = extman_catalog_extensions();
	facts->snapshots = extman_record_snapshots();
	facts->policies = extman_record_policies();
	list_sort(facts->snapshots, compare_by_name);
	list_sort(facts->policies, compare_by_name);

	initStringInfo(&facts->fingerprint);
	foreach(cell, facts->extensions)
	{
		ExtmanExtension *extension = lfirst(cell);
		ExtmanSnapshot *snapshot = extman_facts_snapshot(facts, extension);
		const ExtmanPolicy *policy = extman_facts_policy(facts, extension);

		appendStringInfo(&facts->fingerprint, "%u %u %d %d %d ", extension->oid,
						 extension->schema, policy && policy->automatic,
						 policy && policy->held, snapshot != NULL);
		add_fact(&facts->fingerprint, extension->name);
		add_fact(&facts->fingerprint, extension->version);
		if (snapshot)
		{
			add_fact(&facts->fingerprint, snapshot->control);
			add_fact(&facts->fingerprint, snapshot->source);
			appendStringInfo(&facts->fingerprint, INT64_FORMAT " ", snapshot->installed_at);
		}
		else
		{
			ListCell   *required;

			appendStringInfo(&facts->fingerprint, "%d ", list_length(extension->requires_));
			foreach(required, extension->requires_)
				add_fact(&facts->fingerprint, lfirst(required));
		}
	}
}
