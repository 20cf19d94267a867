/*
 * lint_trial.c
 *		Installs a package and uninstalls it again, and looks what stays behind.
 *
 * All of it happens in a subtransaction that is rolled back.  It is an install like
 * any other, with the rights that it takes.
 *
 * The control path is the administrator's word for whose packages may be installed
 * with more rights than their callers have.  So only a superuser can try a folder
 * that is not on it.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_namespace.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/guc.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"

#include "control_dir.h"
#include "extman.h"
#include "lint.h"
#include "request.h"
#include "translate.h"
#include "universe.h"

/* ---------- what is there ---------- */

/*
 * Whatever a script can create that has an identity of its own.  What belongs to one
 * of these by its nature (columns, rules of views, array types) comes and goes with it.
 */
static const char *const all_objects =
"SELECT tableoid, oid FROM pg_catalog.pg_class WHERE relkind OPERATOR(pg_catalog.<>) ALL ('{i,I,t}'::pg_catalog.\"char\"[])"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_proc"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_type WHERE typtype OPERATOR(pg_catalog.=) ANY ('{b,d,e,r}'::pg_catalog.\"char\"[]) AND typarray OPERATOR(pg_catalog.<>) 0"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_namespace"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_operator"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_opclass"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_opfamily"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_cast"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_collation"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_conversion"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_trigger WHERE NOT tgisinternal"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_policy"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_event_trigger"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_language"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_am"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_statistic_ext"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_default_acl"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_publication"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_foreign_data_wrapper"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_foreign_server"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_transform"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_ts_config"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_ts_dict"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_ts_parser"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_ts_template"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_largeobject_metadata"
" UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_extension"
" UNION ALL SELECT 'pg_catalog.pg_authid'::pg_catalog.regclass, oid FROM pg_catalog.pg_roles";

typedef struct ObjectKey
{
	Oid			class_id;
	Oid			object_id;
} ObjectKey;

/* Calls visit for each object that is there. */
static void
for_each_object(HTAB *objects, void (*visit) (HTAB *objects, ObjectKey key, void *arg), void *arg)
{
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	/* Not as read-only: it has to see what was done since the caller's snapshot. */
	if (SPI_execute(all_objects, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not list the objects of the database");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		ObjectKey	key;
		bool		isnull;

		key.class_id = DatumGetObjectId(SPI_getbinval(SPI_tuptable->vals[i],
													  SPI_tuptable->tupdesc, 1, &isnull));
		key.object_id = DatumGetObjectId(SPI_getbinval(SPI_tuptable->vals[i],
													   SPI_tuptable->tupdesc, 2, &isnull));
		visit(objects, key, arg);
	}
	SPI_finish();
}

static void
note_object(HTAB *objects, ObjectKey key, void *arg)
{
	(void) hash_search(objects, &key, HASH_ENTER, NULL);
}

static HTAB *
objects_now(void)
{
	HASHCTL		info = {0};
	HTAB	   *objects;

	info.keysize = sizeof(ObjectKey);
	info.entrysize = sizeof(ObjectKey);
	info.hcxt = CurrentMemoryContext;
	objects = hash_create("pg_extman objects", 16384, &info, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	for_each_object(objects, note_object, NULL);
	return objects;
}

typedef struct LeftBehind
{
	ExtmanLintFolder *folder;
	MemoryContext context;		/* of the findings */
	List	   *rows;			/* of ExtmanPlanRow: what was installed */
} LeftBehind;

/*
 * The schema of an extension, which a control file names and the install makes, stays
 * as under core: it is no member, and others may have come to use it.
 */
static bool
is_target_schema(const LeftBehind *left, const ObjectKey *key)
{
	const char *name;
	ListCell   *cell;

	if (key->class_id != NamespaceRelationId)
		return false;
	name = get_namespace_name(key->object_id);
	foreach(cell, left->rows)
	{
		const ExtmanPlanRow *row = lfirst(cell);

		if (name && row->schema && strcmp(name, row->schema) == 0)
			return true;
	}
	return false;
}

/* SPI's memory goes at its end: findings belong to the caller's. */
static void
report_new_object(HTAB *objects, ObjectKey key, void *arg)
{
	LeftBehind *left = arg;
	ObjectAddress address;
	MemoryContext old;

	if (hash_search(objects, &key, HASH_FIND, NULL) != NULL || is_target_schema(left, &key))
		return;
	ObjectAddressSet(address, key.class_id, key.object_id);
	old = MemoryContextSwitchTo(left->context);
	extman_lint_add(left->folder, NULL, 0, EXTMAN_LINT_WARNING,
					psprintf(_("%s stays behind after an uninstall"),
							 getObjectDescription(&address, false)),
					_("What is no member of the extension has to be dropped by uninstall.sql."));
	MemoryContextSwitchTo(old);
}

/* ---------- the trial ---------- */

/* The package's folder comes first on the control path. */
static void
put_on_path(const ExtmanLintFolder *folder)
{
	char	   *parent = pstrdup(folder->parent);

	if (!is_absolute_path(parent))
		parent = make_absolute_path(parent);
	(void) set_config_option("pg_extman.control_path",
							 psprintf("%s:%s", parent, extman_control_path),
							 PGC_SUSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
}

/* What a plan does, but for what only changes. */
static char *
names_of(List *rows)
{
	StringInfoData names;
	ListCell   *cell;

	initStringInfo(&names);
	foreach(cell, rows)
	{
		const ExtmanPlanRow *row = lfirst(cell);

		if (strcmp(row->action, "install") == 0)
			appendStringInfo(&names, "%s%s", names.len > 0 ? ", " : "", row->name);
	}
	return names.data;
}

/* Returns what was installed. */
static List *
install_and_uninstall(const ExtmanLintFolder *folder)
{
	ExtmanCommand install = {"install"};
	ExtmanCommand uninstall = {"uninstall"};
	List	   *rows;

	install.install = psprintf("%s (= %s)", extman_from_utf8(folder->info.name),
							   extman_from_utf8(folder->info.version));
	rows = extman_request_run(&install);
	CommandCounterIncrement();
	uninstall.uninstall = names_of(rows);
	(void) extman_request_run(&uninstall);
	CommandCounterIncrement();
	return rows;
}

static void
try_it(ExtmanLintFolder *folder, MemoryContext context)
{
	LeftBehind	left = {folder, context, NIL};
	int			nest_level = NewGUCNestLevel();
	HTAB	   *before;

	if (superuser())
		put_on_path(folder);
	if (client_min_messages < WARNING)
		(void) set_config_option("client_min_messages", "warning", PGC_USERSET, PGC_S_SESSION,
								 GUC_ACTION_SAVE, true, 0, false);
	before = objects_now();
	left.rows = install_and_uninstall(folder);
	for_each_object(before, report_new_object, &left);
	AtEOXact_GUC(false, nest_level);
}

/*
 * The script of this folder, and the line, where an error came from: its context ends
 * in: extension script file "PATH", near line N; or so in another language.
 */
static const char *
place_of(const ExtmanLintFolder *folder, const char *context, int *line)
{
	const char *start = psprintf("%s/", extman_printable(folder->path));
	const char *file = context ? strstr(context, start) : NULL;
	const char *end = file ? strstr(file, ".sql") : NULL;

	*line = 0;
	if (end == NULL)
		return NULL;
	end += strlen(".sql");
	file += strlen(start);
	*line = extman_lint_line_behind(end);
	return pnstrdup(file, end - file);
}

static void
report_failure(ExtmanLintFolder *folder, const ErrorData *raised)
{
	int			line;
	const char *file = place_of(folder, raised->context, &line);

	extman_lint_add(folder, file, line, EXTMAN_LINT_ERROR,
					raised->detail ?
					psprintf(_("the trial fails: %s: %s"), raised->message, raised->detail) :
					psprintf(_("the trial fails: %s"), raised->message),
					raised->hint);
}

/* Rolled back whatever comes of it; an error is a finding, too. */
static void
in_subtransaction(ExtmanLintFolder *folder)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		try_it(folder, context);
		RollbackAndReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		ErrorData  *raised = extman_lint_caught(context);

		RollbackAndReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(context);
		report_failure(folder, raised);
		FreeErrorData(raised);
	}
	PG_END_TRY();
	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
}

/* Whether this very folder is what a request would find. */
static bool
is_on_path(const ExtmanLintFolder *folder)
{
	ListCell   *cell;

	foreach(cell, extman_guc_control_folders())
	{
		if (strcmp(lfirst(cell), folder->parent) == 0)
			return true;
	}
	return false;
}

void
extman_lint_trial(ExtmanLintFolder *folder)
{
	const char *name;

	if (!folder->sound || !extman_lint_has_file(folder, EXTMAN_INSTALL_SCRIPT))
		return;
	name = extman_from_utf8(folder->info.name);
	if (!is_on_path(folder) && !superuser())
		extman_lint_add(folder, NULL, 0, EXTMAN_LINT_NOTICE,
						_("not tried: only superusers may try a package that is not on the control path"),
						NULL);
	else if (extman_universe_installed_named(extman_universe_acquire(true), name))
		extman_lint_add(folder, NULL, 0, EXTMAN_LINT_NOTICE,
						psprintf(_("not tried: extension \"%s\" is installed"), name),
						_("Try it in a database without it."));
	else
		in_subtransaction(folder);
}
