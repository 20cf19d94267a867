/*
 * native.c
 *		What core's own commands on packages share.
 */
#include "postgres.h"

#include "access/parallel.h"
#include "access/xact.h"
#include "access/xlog.h"
#include "commands/extension.h"
#include "common/string.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

#include "extman.h"
#include "native.h"
#include "record_table.h"
#include "task.h"
#include "translate.h"

bool
extman_native_concerns(const Node *statement)
{
	if (IsA(statement, DropStmt))
		return ((const DropStmt *) statement)->removeType == OBJECT_EXTENSION;
	return IsA(statement, CreateExtensionStmt) || IsA(statement, AlterExtensionStmt);
}

/*
 * Where core refuses the command, it shall do so in its own words: in a
 * read-only transaction, on a standby, in a parallel worker, in the script of
 * an extension.  pg_upgrade makes empty extensions, and fills them itself.
 */
bool
extman_native_usable(void)
{
	return !extman_request_running() && !creating_extension && !IsBinaryUpgrade &&
		IsTransactionState() && OidIsValid(MyDatabaseId) &&
		!XactReadOnly && !RecoveryInProgress() && !IsInParallelMode() &&
		extman_tables_usable();
}

/* ---------- what must not stop core ---------- */

/* What the user or the administrator wants, and what a retry may cure. */
static bool
must_be_raised(const ErrorData *error)
{
	return ERRCODE_TO_CATEGORY(error->sqlerrcode) == ERRCODE_OPERATOR_INTERVENTION ||
		ERRCODE_TO_CATEGORY(error->sqlerrcode) == ERRCODE_TRANSACTION_ROLLBACK ||
		error->sqlerrcode == ERRCODE_OUT_OF_MEMORY;
}

bool
extman_native_guarded(void (*work) (void *arg), void *arg)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	volatile bool done = false;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		work(arg);
		ReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(context);
		CurrentResourceOwner = owner;
		done = true;
	}
	PG_CATCH();
	{
		ErrorData  *error;

		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(context);
		CurrentResourceOwner = owner;

		if (must_be_raised(error))
			ReThrowError(error);
		ereport(WARNING,
				(errcode(error->sqlerrcode),
				 errmsg("packages are not taken into account: %s", error->message)));
	}
	PG_END_TRY();
	return done;
}

static void
acquire(void *arg)
{
	*(ExtmanUniverseState **) arg = extman_universe_acquire(true);
}

ExtmanUniverseState *
extman_native_universe(void)
{
	ExtmanUniverseState *state = NULL;

	return extman_native_guarded(acquire, &state) ? state : NULL;
}

/* ---------- names and versions ---------- */

bool
extman_native_name_usable(const char *name)
{
	ExtmanError error;

	/* Such a name has no counterpart in UTF-8. */
	if (GetDatabaseEncoding() == PG_SQL_ASCII && !pg_is_ascii(name))
		return false;
	return strcmp(name, EXTMAN_EXTENSION) != 0 &&
		extman_name_check(extman_text(extman_to_utf8(name)), &error) == EXTMAN_OK;
}

static void
refuse_version(const char *version, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid extension version name: \"%s\"", version),
			 errdetail_internal("%s", detail)));
}

void
extman_native_check_version(const char *version)
{
	Size		length = strlen(version);

	if (length == 0)
		refuse_version(version, _("Version names must not be empty."));
	if (strstr(version, "--"))
		refuse_version(version, _("Version names must not contain \"--\"."));
	if (version[0] == '-' || version[length - 1] == '-')
		refuse_version(version, _("Version names must not begin or end with \"-\"."));
	if (first_dir_separator(version) != NULL)
		refuse_version(version,
					   _("Version names must not contain directory separator characters."));
}

int
extman_native_compare(const char *a, const char *b)
{
	int			result;
	ExtmanError error;

	if (extman_version_compare(extman_text(extman_to_utf8(a)), extman_text(extman_to_utf8(b)),
							   &result, &error) != EXTMAN_OK)
		result = strcmp(a, b);
	return result;
}

static int
newest_first(const ListCell *a, const ListCell *b)
{
	return -extman_native_compare(lfirst(a), lfirst(b));
}

List *
extman_native_versions(const ExtmanUniverseState *state, const char *name)
{
	List	   *all = NIL;
	List	   *versions = NIL;
	ListCell   *cell;

	for (int i = state->installed_count; i < state->package_count; i++)
	{
		const ExtmanPackage *package = &state->packages[i];

		if (package->folder && strcmp(package->name, name) == 0)
			all = lappend(all, unconstify(char *, package->version));
	}
	list_sort(all, newest_first);
	foreach(cell, all)
	{
		if (versions == NIL || extman_native_compare(llast(versions), lfirst(cell)) != 0)
			versions = lappend(versions, lfirst(cell));
	}
	return versions;
}

const char *
extman_native_version(const ExtmanUniverseState *state, const char *name, const char *version)
{
	const char *equal = NULL;

	for (int i = state->installed_count; i < state->package_count; i++)
	{
		const ExtmanPackage *package = &state->packages[i];

		if (strcmp(package->name, name) != 0)
			continue;
		if (strcmp(package->version, version) == 0)
			return package->version;
		if (equal == NULL && extman_native_compare(package->version, version) == 0)
			equal = package->version;
	}
	return equal;
}

bool
extman_native_has_name(const List *names, const char *name)
{
	ListCell   *cell;

	foreach(cell, names)
	{
		if (strcmp(lfirst(cell), name) == 0)
			return true;
	}
	return false;
}

char *
extman_native_relation(const char *name, const char *version)
{
	return version ? psprintf("%s (= %s)", name, version) : pstrdup(name);
}

/* ---------- plans ---------- */

const ExtmanStep *
extman_native_step(const ExtmanAnswer *answer, const char *name)
{
	for (int i = 0; i < answer->step_count; i++)
	{
		if (strcmp(extman_from_utf8(answer->steps[i].name), name) == 0)
			return &answer->steps[i];
	}
	return NULL;
}

/* One object is named, more are counted and listed, as by reportDependentObjects(). */
static void
announce_drops(List *names)
{
	StringInfoData list;
	ListCell   *cell;

	if (names == NIL)
		return;
	if (list_length(names) == 1)
	{
		ereport(NOTICE,
				(errmsg("drop cascades to extension %s", (char *) linitial(names))));
		return;
	}

	initStringInfo(&list);
	foreach(cell, names)
	{
		if (list.len > 0)
			appendStringInfoChar(&list, '\n');
		appendStringInfo(&list, _("drop cascades to extension %s"), (char *) lfirst(cell));
	}
	ereport(NOTICE,
			(errmsg_plural("drop cascades to %d other object", "drop cascades to %d other objects",
						   list_length(names), list_length(names)),
			 errdetail_internal("%s", list.data)));
}

void
extman_native_announce(List *tasks)
{
	List	   *drops = NIL;
	ListCell   *cell;

	foreach(cell, tasks)
	{
		const ExtmanTask *task = lfirst(cell);

		if (task->requested)
			continue;
		switch (task->action)
		{
			case EXTMAN_INSTALL:
				ereport(NOTICE,
						(errmsg("installing required extension \"%s\"", task->name)));
				break;
			case EXTMAN_UPGRADE:
				ereport(NOTICE,
						(errmsg("updating required extension \"%s\" to version \"%s\"",
								task->name, task->new_version)));
				break;
			case EXTMAN_UNINSTALL:
				drops = lappend(drops, unconstify(char *, task->name));
				break;
		}
	}
	announce_drops(drops);
}
