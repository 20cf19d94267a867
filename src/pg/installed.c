/*
 * installed.c
 *		What is installed: the catalogs and our own records put together.
 */
#include "postgres.h"

#include "installed.h"

ExtmanSnapshot *
extman_facts_snapshot(const ExtmanInstalledFacts *facts, const ExtmanExtension *extension)
{
	ListCell   *cell;

	if (!extension->ours)
		return NULL;
	foreach(cell, facts->snapshots)
	{
		ExtmanSnapshot *snapshot = lfirst(cell);

		if (strcmp(snapshot->name, extension->name) == 0)
			return strcmp(snapshot->version, extension->version) == 0 ? snapshot : NULL;
	}
	return NULL;
}

const ExtmanPolicy *
extman_facts_policy(const ExtmanInstalledFacts *facts, const ExtmanExtension *extension)
{
	ListCell   *cell;

	if (extman_facts_snapshot(facts, extension) == NULL)
		return NULL;
	foreach(cell, facts->policies)
	{
		ExtmanPolicy *policy = lfirst(cell);

		if (strcmp(policy->name, extension->name) == 0)
			return policy;
	}
	return NULL;
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
