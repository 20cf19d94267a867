/*
 * findings.c
 *		What the core finds out about installed packages.
 */
#include "postgres.h"

#include "findings.h"
#include "translate.h"

static void
free_findings(void *findings)
{
	extman_findings_free(findings);
}

static List *
list_of(const ExtmanFindings *findings)
{
	const ExtmanFinding *list;
	size_t		count = extman_findings(findings, &list);
	List	   *result = NIL;

	for (size_t i = 0; i < count; i++)
	{
		ExtmanInstalledFinding *finding = palloc(sizeof(ExtmanInstalledFinding));

		finding->name = extman_from_utf8(list[i].name);
		finding->text = extman_message_from_utf8(list[i].text);
		result = lappend(result, finding);
	}
	return result;
}

static void
raise_not_installed(const char *name, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 errmsg("extension \"%s\" is not installed", name),
			 hint[0] != '\0' ? errhint("%s", hint) : 0));
}

List *
extman_findings_why(ExtmanUniverseState *state, const char *name)
{
	const ExtmanPackage *package = extman_universe_installed_named(state, name);
	ExtmanHandleOwner *owner;
	ExtmanFindings *findings;
	ExtmanError error;
	ExtmanCode	code;

	if (package && package->id == EXTMAN_NO_PACKAGE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("extension \"%s\" cannot take part in requests", name)));

	owner = extman_handle_reserve(CurrentMemoryContext, free_findings);
	code = extman_why(state->universe, state->installed, state->known_count,
					  extman_text(extman_to_utf8(name)), &findings, &error);
	if (code == EXTMAN_BAD_INPUT)
		raise_not_installed(name, extman_message_from_utf8(error.hint));
	if (code != EXTMAN_OK)
	{
		extman_universe_discard();
		extman_core_failed(code, &error, 0, NULL);
	}
	extman_handle_keep(owner, findings);
	return list_of(findings);
}

List *
extman_findings_check(ExtmanUniverseState *state)
{
	ExtmanHandleOwner *owner = extman_handle_reserve(CurrentMemoryContext, free_findings);
	ExtmanFindings *findings;
	ExtmanError error;
	ExtmanCode	code;

	code = extman_check(state->universe, state->installed, state->known_count, &findings, &error);
	if (code != EXTMAN_OK)
	{
		extman_universe_discard();
		extman_core_failed(code, &error, 0, NULL);
	}
	extman_handle_keep(owner, findings);
	return list_of(findings);
}

void
extman_findings_not_installed(const char *name)
{
	/* The nearest names come with the error. */
	(void) extman_findings_why(extman_universe_acquire(false), name);

	/* It was created or dropped this very moment. */
	raise_not_installed(name, "");
	pg_unreachable();
}
