/*
 * manifest.c
 *		Which versions a restore has to bring back: the last line of the comment
 *		on pg_extman.
 *
 * The comment is written for users who could not change it themselves, since
 * they may install packages all the same.  All that they can make it say is
 * which of the packages on the control path are installed: names and versions
 * hold no line breaks, and what the grammar of requests can't spell is left out.
 */
#include "postgres.h"

#include "access/transam.h"
#include "access/xact.h"
#include "catalog/pg_extension.h"
#include "commands/comment.h"
#include "commands/extension.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "storage/lmgr.h"

#include "core_call.h"
#include "extman.h"
#include "installed.h"
#include "manifest.h"
#include "record.h"

#define MANIFEST_MARK "manifest: "

typedef struct ManifestEntry
{
	const char *name;
	const char *version;
} ManifestEntry;

/* The comment on pg_extman, taken apart. */
typedef struct ManifestComment
{
	Oid			extension;		/* pg_extman; invalid: it isn't installed */
	char	   *text;			/* all of it; NULL: there is none */
	char	   *ordinary;		/* what stands before the manifest; may be empty */
	List	   *entries;		/* of ManifestEntry */
} ManifestComment;

/* ---------- reading ---------- */

static void
free_manifest(void *manifest)
{
	extman_manifest_free(manifest);
}

/* False when the text is no manifest. */
static bool
parse_entries(const char *text, List **entries)
{
	ExtmanManifest *manifest;
	ExtmanHandleOwner *owner;
	ExtmanError error;
	ExtmanCode	code;
	const ExtmanManifestEntry *list;
	size_t		count;

	*entries = NIL;
	if (strlen(text) > EXTMAN_MAX_CONTROL_SIZE)
		return false;

	/* Elsewhere, every text of the database can be converted. */
	if (GetDatabaseEncoding() == PG_SQL_ASCII &&
		!pg_verify_mbstr(PG_UTF8, text, strlen(text), true))
		return false;

	owner = extman_handle_reserve(CurrentMemoryContext, free_manifest);
	code = extman_manifest_parse(extman_text(extman_to_utf8(text)), &manifest, &error);
	if (code == EXTMAN_BAD_INPUT)
		return false;
	if (code != EXTMAN_OK)
		extman_core_failed(code, &error, 0, NULL);
	extman_handle_keep(owner, manifest);

	count = extman_manifest_entries(manifest, &list);
	for (size_t i = 0; i < count; i++)
	{
		ManifestEntry *entry = palloc(sizeof(ManifestEntry));

		entry->name = pstrdup(extman_from_utf8(list[i].name));
		entry->version = pstrdup(extman_from_utf8(list[i].version));
		*entries = lappend(*entries, entry);
	}
	return true;
}

static void
read_comment(ManifestComment *comment)
{
	char	   *line;

	memset(comment, 0, sizeof(ManifestComment));
	comment->ordinary = "";
	comment->extension = get_extension_oid(EXTMAN_EXTENSION, true);
	if (!OidIsValid(comment->extension))
		return;

	comment->text = GetComment(comment->extension, ExtensionRelationId, 0);
	if (comment->text == NULL)
		return;

	comment->ordinary = pstrdup(comment->text);
	line = strrchr(comment->ordinary, '\n');
	line = line ? line + 1 : comment->ordinary;
	if (strncmp(line, MANIFEST_MARK, strlen(MANIFEST_MARK)) == 0 &&
		parse_entries(line + strlen(MANIFEST_MARK), &comment->entries))
	{
		if (line > comment->ordinary)
			line--;				/* the line break, too */
		*line = '\0';
	}
}

static const ManifestEntry *
find_entry(const List *entries, const char *name)
{
	ListCell   *cell;

	foreach(cell, entries)
	{
		const ManifestEntry *entry = lfirst(cell);

		if (strcmp(entry->name, name) == 0)
			return entry;
	}
	return NULL;
}

/*
 * Whether it is in the middle of a restore, and this one is still to come.  What
 * is recorded was here before, since no dump holds the records, and was dropped
 * behind our back.
 */
static bool
is_to_come(const ManifestEntry *entry)
{
	return !OidIsValid(get_extension_oid(entry->name, true)) &&
		extman_record_snapshot(entry->name, false) == NULL;
}

char *
extman_manifest_version(const char *name)
{
	ManifestComment comment;
	const ManifestEntry *entry;

	read_comment(&comment);
	entry = find_entry(comment.entries, name);
	return entry && is_to_come(entry) ? pstrdup(entry->version) : NULL;
}

/* ---------- writing ---------- */

static char *
spell_entry(const ManifestEntry *entry)
{
	return psprintf("%s (= %s)", entry->name, entry->version);
}

/*
 * Whether what is written will be read as it was meant.  Core's own extensions
 * may have any name and version.
 */
static bool
can_be_spelled(const ManifestEntry *entry)
{
	List	   *entries;
	const ManifestEntry *only;

	if (!parse_entries(spell_entry(entry), &entries) || list_length(entries) != 1)
		return false;
	only = linitial(entries);
	return strcmp(only->name, entry->name) == 0 && strcmp(only->version, entry->version) == 0;
}

static List *
add_extension(List *entries, const ExtmanExtension *extension)
{
	ManifestEntry *entry = palloc(sizeof(ManifestEntry));

	entry->name = extension->name;
	entry->version = extension->version;
	return can_be_spelled(entry) ? lappend(entries, entry) : entries;
}

static int
compare_entries(const ListCell *a, const ListCell *b)
{
	return strcmp(((const ManifestEntry *) lfirst(a))->name,
				  ((const ManifestEntry *) lfirst(b))->name);
}

static void
append_entries(StringInfo text, List *entries)
{
	ListCell   *cell;

	list_sort(entries, compare_entries);
	foreach(cell, entries)
		appendStringInfo(text, "%s%s", foreach_current_index(cell) > 0 ? ", " : "",
						 spell_entry(lfirst(cell)));
}

static void
write_comment(const ManifestComment *comment, List *entries)
{
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfoString(&text, comment->ordinary);
	if (entries != NIL)
		appendStringInfo(&text, "%s%s", text.len > 0 ? "\n" : "", MANIFEST_MARK);
	append_entries(&text, entries);

	if (strcmp(text.data, comment->text ? comment->text : "") == 0)
		return;
	CreateComments(comment->extension, ExtensionRelationId, 0, text.data);
	CommandCounterIncrement();
}

/*
 * Reads the comment in order to change it.  The lock is the one that serialises
 * our requests, and also the one that COMMENT ON EXTENSION takes.
 */
static void
read_comment_for_update(ManifestComment *comment)
{
	Oid			extension = get_extension_oid(EXTMAN_EXTENSION, true);

	if (OidIsValid(extension))
		LockDatabaseObject(ExtensionRelationId, extension, 0, ShareUpdateExclusiveLock);
	read_comment(comment);
}

/* What is installed and belongs into the manifest. */
static List *
installed_entries(void)
{
	List	   *entries = NIL;
	ListCell   *cell;

	foreach(cell, extman_catalog_extensions())
	{
		const ExtmanExtension *extension = lfirst(cell);

		if (extension->ours)
			entries = add_extension(entries, extension);
	}
	return entries;
}

List *
extman_manifest_to_come(void)
{
	ManifestComment comment;
	List	   *names = NIL;
	ListCell   *cell;

	read_comment(&comment);
	foreach(cell, comment.entries)
	{
		const ManifestEntry *entry = lfirst(cell);

		if (is_to_come(entry))
			names = lappend(names, pstrdup(entry->name));
	}
	return names;
}

void
extman_manifest_update(void)
{
	ManifestComment comment;
	List	   *entries;
	ListCell   *cell;

	read_comment_for_update(&comment);
	if (!OidIsValid(comment.extension))
		return;

	entries = installed_entries();
	foreach(cell, comment.entries)
	{
		ManifestEntry *entry = lfirst(cell);

		/* What a request found to be gone, it has made us forget. */
		if (!OidIsValid(get_extension_oid(entry->name, true)) &&
			find_entry(entries, entry->name) == NULL)
			entries = lappend(entries, entry);
	}
	write_comment(&comment, entries);
}

void
extman_manifest_forget(const char *name)
{
	ManifestComment comment;
	List	   *entries = NIL;
	ListCell   *cell;

	/* Most of what is dropped has nothing to do with us, and needs no lock. */
	read_comment(&comment);
	if (find_entry(comment.entries, name) == NULL)
		return;

	read_comment_for_update(&comment);
	if (!OidIsValid(comment.extension))
		return;
	foreach(cell, comment.entries)
	{
		ManifestEntry *entry = lfirst(cell);

		if (strcmp(entry->name, name) != 0)
			entries = lappend(entries, entry);
	}
	write_comment(&comment, entries);
}

/* ---------- looking ---------- */

static List *
add_deviation(List *deviations, const char *name, const char *installed, const char *named)
{
	ExtmanManifestDeviation *deviation = palloc(sizeof(ExtmanManifestDeviation));

	deviation->name = name;
	deviation->installed = installed;
	deviation->named = named;
	return lappend(deviations, deviation);
}

List *
extman_manifest_deviations(void)
{
	ManifestComment comment;
	List	   *entries = installed_entries();
	List	   *deviations = NIL;
	ListCell   *cell;

	read_comment(&comment);
	foreach(cell, entries)
	{
		const ManifestEntry *entry = lfirst(cell);
		const ManifestEntry *named = find_entry(comment.entries, entry->name);

		if (named == NULL || strcmp(named->version, entry->version) != 0)
			deviations = add_deviation(deviations, entry->name, entry->version,
									   named ? named->version : NULL);
	}
	foreach(cell, comment.entries)
	{
		const ManifestEntry *named = lfirst(cell);

		if (find_entry(entries, named->name) == NULL)
			deviations = add_deviation(deviations, named->name, NULL, named->version);
	}
	return deviations;
}

/* ---------- for another database ---------- */

char *
extman_manifest_wanted(void)
{
	ExtmanInstalledFacts facts;
	List	   *entries = NIL;
	ListCell   *cell;
	StringInfoData text;

	extman_facts_read(&facts);
	foreach(cell, facts.extensions)
	{
		const ExtmanExtension *extension = lfirst(cell);
		const ExtmanPolicy *policy = extman_facts_policy(&facts, extension);

		/* Every database has what initdb made. */
		if ((policy && policy->automatic) ||
			extension->oid < FirstNormalObjectId ||
			strcmp(extension->name, EXTMAN_EXTENSION) == 0)
			continue;
		entries = add_extension(entries, extension);
	}
	if (entries == NIL)
		return NULL;

	initStringInfo(&text);
	append_entries(&text, entries);
	return text.data;
}
