/*
 * package_script.c
 *		Runs a script of a package as core's CREATE EXTENSION would.
 *
 * A script runs as its caller, as the bootstrap superuser for a caller who is
 * none (a trusted package), or as the owner of the extension; package_rights.c
 * says which.  Who could abuse that, and what stops them:
 *
 * - The caller of an elevated script, by objects of the same name: search_path
 *	 holds the target schema, in which the caller had to have CREATE anyhow, the
 *	 schemas of the required extensions, and pg_temp last; functions are not
 *	 parsed at creation.  What the script finds all the same through overloading
 *	 in one of these schemas is refused when it is about to run, unless it belongs
 *	 to a superuser (package_guard.c); or, if it only became part of a view or the
 *	 like, when the script is over (package_bindings.c).  The checks of domains are
 *	 looked at beforehand (package_domains.c).
 * - The caller, by objects that the script would replace or adopt: while
 *	 creating_extension is set, OR REPLACE and IF NOT EXISTS refuse what is not a
 *	 member.
 * - The owner of the extension, by members: those that he made himself when the
 *	 script of an earlier version ran as him, those that he added by ALTER
 *	 EXTENSION, triggers and foreign keys on member tables, and a schema of his
 *	 that takes the name of the renamed one.  Upgrades and uninstalls are elevated
 *	 only if the package has been privileged ever since its install and is intact
 *	 (package_trust.c); the extension is locked against new members.
 * - The owner of a required extension, by its functions: a script isn't elevated
 *	 when it needs an extension that others than superusers could change, at
 *	 whatever remove.
 * - The owner of the extension, by waiting for a superuser to upgrade or
 *	 uninstall it: the script runs as the owner, in a security-restricted
 *	 operation, so that nothing is left behind to run later as the superuser.
 *	 Only a new version that asks for a superuser, and the uninstall of a package
 *	 whose members belong to superusers, run as the superuser who asks for them.
 * - A superuser's own caution is his affair where core makes it so: a package
 *	 that a superuser installs, or upgrades to a version that asks for one, runs
 *	 as him, whoever owns what it needs.
 * - The caller, by settings that change how the script is read:
 *	 standard_conforming_strings is pinned too.
 * - The caller, by a schema or user name that breaks out of its quotes: such
 *	 names are refused where the script uses them.
 * - The script, by SET ROLE or SET SESSION AUTHORIZATION: refused whenever it runs
 *	 as somebody else or is guarded (SECURITY_LOCAL_USERID_CHANGE); otherwise undone
 *	 like all of its settings.
 * - The owner of a schema or role, by a plan kept across the change of user:
 *	 statements are planned for this one execution.
 * - Whoever reads an error, by the place of the script on the server: it is named
 *	 in full only to those who may read the server's files, judged before the
 *	 user changes.
 * - Other users' event triggers fire, as under core; their owners are superusers.
 *	 Those whose functions belong to others are refused like any other function.
 *	 Those for the command as a whole run as the caller (see event_triggers.h).
 *
 * The caller's rights were checked before, as the caller.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_authid.h"
#include "commands/extension.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"

#include "compat.h"
#include "package_domains.h"
#include "package_rights.h"
#include "package_script.h"
#include "script.h"
#include "translate.h"

/* ---------- replacements ---------- */

/*
 * A value with one of these could not be quoted so that it fits inside of
 * '...', inside of $$...$$ and outside of both (CVE-2023-39417).
 */
static const char *const quoting_relevant = "\"$'\\";

typedef struct Tokens
{
	const ExtmanPackageSpec *spec;
	ExtmanReplacement *replacements;
	int			count;
} Tokens;

/* Whether the script holds the token. */
static bool
in_script(const Tokens *tokens, const char *token)
{
	return strstr(tokens->spec->script_text, token) != NULL;
}

static void
add_token(Tokens *tokens, const char *token, const char *value)
{
	tokens->replacements[tokens->count].token = token;
	tokens->replacements[tokens->count].value = value;
	tokens->count++;
}

static void
add_schema(Tokens *tokens, const char *token, const char *extension, Oid schema)
{
	const char *name;

	if (!in_script(tokens, token))
		return;

	name = get_namespace_name(schema);
	if (name == NULL)
		elog(ERROR, "cache lookup failed for schema %u", schema);
	if (strpbrk(name, quoting_relevant))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid character in extension \"%s\" schema: must not contain any of \"%s\"",
						extension, quoting_relevant)));
	add_token(tokens, token, quote_identifier(name));
}

static void
add_owner(Tokens *tokens, Oid owner)
{
	const char *name;

	if (!in_script(tokens, "@extowner@"))
		return;

	name = GetUserNameFromId(owner, false);
	if (strpbrk(name, quoting_relevant))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid character in extension owner: must not contain any of \"%s\"",
						quoting_relevant)));
	add_token(tokens, "@extowner@", quote_identifier(name));
}

/* Those that the script uses.  As in core, elevation doesn't make @extowner@. */
static void
collect_tokens(Tokens *tokens, const ExtmanExtensionRow *extension,
			   const ExtmanPackageSpec *spec, List *required, Oid owner)
{
	ListCell   *cell;

	tokens->spec = spec;
	tokens->replacements = palloc((list_length(required) + 3) * sizeof(ExtmanReplacement));
	tokens->count = 0;

	add_owner(tokens, owner);
	if (!spec->relocatable)
		add_schema(tokens, "@extschema@", extension->name, extension->schema);
	foreach(cell, required)
	{
		ExtmanExtensionRow *row = lfirst(cell);

		add_schema(tokens, psprintf("@extschema:%s@", row->name), row->name, row->schema);
	}
	if (spec->module_pathname)
		add_token(tokens, "MODULE_PATHNAME", spec->module_pathname);
}

/* ---------- settings ---------- */

static void
pin(const char *name, const char *value)
{
	(void) set_config_option(name, value, PGC_USERSET, PGC_S_SESSION,
							 GUC_ACTION_SAVE, true, 0, false);
}

/*
 * The target schema comes first, so that objects are created there.
 * pg_catalog is not listed, unless it is the target: it is searched first
 * anyway, and would be searched later if it were listed.
 */
static char *
search_path(const ExtmanExtensionRow *extension, List *required)
{
	StringInfoData path;
	char	   *target = get_namespace_name(extension->schema);
	ListCell   *cell;

	if (target == NULL)
		elog(ERROR, "cache lookup failed for schema %u", extension->schema);

	initStringInfo(&path);
	appendStringInfoString(&path, quote_identifier(target));
	foreach(cell, required)
	{
		ExtmanExtensionRow *row = lfirst(cell);
		char	   *name = get_namespace_name(row->schema);

		if (name && strcmp(name, "pg_catalog") != 0)
			appendStringInfo(&path, ", %s", quote_identifier(name));
	}
	appendStringInfoString(&path, ", pg_temp");
	return path.data;
}

static void
pin_settings(const ExtmanExtensionRow *extension, List *required, ExtmanGuard guard)
{
	if (client_min_messages < WARNING)
		pin("client_min_messages", "warning");

	/* Only superusers may set this one, so pretend to be one. */
	if (extman_log_min_messages() < WARNING)
		(void) set_config_option_ext("log_min_messages", "warning",
									 PGC_SUSET, PGC_S_SESSION, BOOTSTRAP_SUPERUSERID,
									 GUC_ACTION_SAVE, true, 0, false);
	if (check_function_bodies)
		pin("check_function_bodies", "off");
	if (!extman_standard_strings())
		pin("standard_conforming_strings", "on");
	if (guard != EXTMAN_GUARD_NONE)
		extman_guard_pin_settings();
	pin("search_path", search_path(extension, required));
}

/* Those of search_path, as OIDs. */
static List *
schemas_of(const ExtmanExtensionRow *extension, List *required)
{
	List	   *schemas = list_make1_oid(extension->schema);
	Oid			temporary;
	Oid			temporary_toast;
	ListCell   *cell;

	foreach(cell, required)
		schemas = list_append_unique_oid(schemas, ((ExtmanExtensionRow *) lfirst(cell))->schema);
	GetTempNamespaceState(&temporary, &temporary_toast);
	if (OidIsValid(temporary))
		schemas = lappend_oid(schemas, temporary);
	return schemas;
}

/* ---------- the script ---------- */

static void
run(const ExtmanExtensionRow *extension, const ExtmanPackageSpec *spec,
	const Tokens *tokens, ExtmanGuard guard)
{
	ExtmanScript script;

	script.of_extension = true;
	script.path = spec->script_path;
	script.source = extman_source_memory(spec->script_text, spec->script_length);
	script.encoding = -1;
	script.replacements = tokens->replacements;
	script.replacement_count = tokens->count;

	/*
	 * These make members of all objects that are created, let members be
	 * dropped, and protect what is none.
	 */
	creating_extension = true;
	CurrentExtensionObject = extension->oid;
	extman_guard_begin(extension->oid, guard);
	PG_TRY();
	{
		(void) extman_script_run(&script);
	}
	PG_FINALLY();
	{
		extman_guard_end();
		creating_extension = false;
		CurrentExtensionObject = InvalidOid;
	}
	PG_END_TRY();
	extman_source_close(script.source);
}

/* Nothing that a script can do is known to come here: see above. */
static void
check_same_user(const ExtmanExtensionRow *extension, Oid script_user, int script_context)
{
	Oid			user;
	int			context;

	GetUserIdAndSecContext(&user, &context);
	if (user != script_user || context != script_context)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("script of extension \"%s\" changed the current user",
						extension->name)));
}

void
extman_package_run_script(const ExtmanExtensionRow *extension,
						  const ExtmanPackageSpec *spec,
						  List *required, const ExtmanScriptUser *user)
{
	Tokens		tokens;
	Oid			caller;
	int			caller_context;
	int			script_context;
	bool		switched;
	int			nest_level;
	ExtmanExtensionRow afterwards;

	extman_package_check_nested("CREATE");

	GetUserIdAndSecContext(&caller, &caller_context);
	script_context = caller_context | user->context;
	if (user->guard != EXTMAN_GUARD_NONE)
		script_context |= SECURITY_LOCAL_USERID_CHANGE | EXTMAN_SECURITY_GUARDED;
	switched = user->user != caller || user->guard != EXTMAN_GUARD_NONE;
	collect_tokens(&tokens, extension, spec, required, user->elevated ? caller : user->user);

	if (user->guard != EXTMAN_GUARD_NONE)
		extman_domains_check(extension, schemas_of(extension, required));

	/* An error undoes this and the settings, with the transaction. */
	if (switched)
		SetUserIdAndSecContext(user->user, script_context);
	nest_level = NewGUCNestLevel();
	pin_settings(extension, required, user->guard);

	run(extension, spec, &tokens, user->guard);

	if (switched)
		check_same_user(extension, user->user, script_context);

	/*
	 * As on abort, so that a plain SET of the script is undone too; with role
	 * and session_authorization, the current user may go back in steps.
	 */
	AtEOXact_GUC(false, nest_level);
	SetUserIdAndSecContext(caller, caller_context);

	if (!extman_extension_row(extension->oid, &afterwards))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("script of extension \"%s\" removed its extension",
						extension->name)));
}
