/*
 * audit.c
 *		What is wrong among what is installed.
 *
 *		constraint	what a package depends on, excludes or claims does not hold
 *		script		a file of the package is not as it was, or is gone
 *		members		an object of the package is gone, or one has joined it
 *		snapshot	what was recorded is not what is installed
 *		policy		a hold or a mark of what isn't there
 *		setting		the database has another value than the package brought
 *		manifest	a restore would bring back something else
 *
 * Nothing is changed, and nothing here is an error.
 */
#include "postgres.h"

#include "commands/extension.h"
#include "miscadmin.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "audit.h"
#include "extman.h"
#include "findings.h"
#include "installed.h"
#include "manifest.h"
#include "request.h"
#include "settings.h"
#include "translate.h"

static ExtmanAuditFinding *
finding_make(const char *name, const char *problem, const char *detail, const char *hint)
{
	ExtmanAuditFinding *finding = palloc(sizeof(ExtmanAuditFinding));

	finding->name = pstrdup(name);
	finding->problem = problem;
	finding->detail = pstrdup(detail);
	finding->hint = hint;
	return finding;
}

/* ---------- constraints ---------- */

static List *
audit_constraints(ExtmanUniverseState *state)
{
	List	   *result = NIL;
	ListCell   *cell;

	foreach(cell, extman_findings_check(state))
	{
		const ExtmanInstalledFinding *finding = lfirst(cell);

		result = lappend(result, finding_make(finding->name, "constraint", finding->text, NULL));
	}
	return result;
}

/* ---------- one package ---------- */

/* The folder as the user may know it. */
static char *
shown_folder(const ExtmanFolder *folder)
{
	return extman_printable(extman_may_see_paths() ? folder->path : folder->name);
}

static List *
audit_script(List *result, const ExtmanPackage *package, const ExtmanFolder *folder,
			 const char *file, bool is_there, const ExtmanRecordedScript *recorded)
{
	const char *where = shown_folder(folder);
	uint8		sha256[EXTMAN_SHA256_LENGTH];
	const char *unreadable = NULL;
	const char *detail = NULL;

	if (is_there)
		unreadable = extman_hash_file(psprintf("%s/%s", folder->path, file), sha256);

	if (!is_there && recorded->hashed)
		detail = psprintf(_("%s is gone from \"%s\""), file, where);
	else if (is_there && !recorded->hashed)
		detail = psprintf(_("%s has come to \"%s\" since %s %s was installed"),
						  file, where, package->name, package->version);
	else if (unreadable)
		detail = psprintf(_("%s in \"%s\" cannot be read: %s"), file, where, unreadable);
	else if (is_there && memcmp(sha256, recorded->sha256, EXTMAN_SHA256_LENGTH) != 0)
		detail = psprintf(_("%s in \"%s\" has changed since %s %s was installed"),
						  file, where, package->name, package->version);

	if (detail == NULL)
		return result;
	return lappend(result,
				   finding_make(package->name, "script", detail,
								_("A package that changes should have a new version.")));
}

static List *
audit_files(List *result, const ExtmanPackage *package)
{
	const ExtmanSnapshot *snapshot = package->snapshot;
	const ExtmanFolder *folder;

	if (package->on_disk == NULL || package->on_disk->folder == NULL)
		return lappend(result,
					   finding_make(package->name, "script",
									psprintf(_("%s %s is not on the control path any more"),
											 package->name, package->version),
									_("A dump brings this version back only where it is; "
									"see also pg_extension_broken().")));

	folder = package->on_disk->folder;
	if (strcmp(extman_from_utf8(folder->text), snapshot->control) != 0)
		result = lappend(result,
						 finding_make(package->name, "script",
									  psprintf(_("the control file in \"%s\" has changed since %s %s was installed"),
											   shown_folder(folder), package->name,
											   package->version),
									  _("A package that changes should have a new version.")));
	result = audit_script(result, package, folder, EXTMAN_INSTALL_SCRIPT, folder->has_install,
						  &snapshot->install);
	return audit_script(result, package, folder, EXTMAN_UNINSTALL_SCRIPT,
						folder->has_uninstall, &snapshot->uninstall);
}

/* Both lists are sorted. */
static List *
audit_members(List *result, const ExtmanPackage *package)
{
	const ExtmanMemberNames *then = extman_record_members(package->name);
	const ExtmanMemberNames *now = then ? extman_member_names(package->extension) : NULL;
	const char *schema = get_namespace_name(package->schema);
	int			i = 0;
	int			j = 0;

	if (now == NULL)
		return result;
	while (i < then->count || j < now->count)
	{
		int			order = i == then->count ? 1 : j == now->count ? -1 :
			strcmp(then->names[i], now->names[j]);

		CHECK_FOR_INTERRUPTS();
		if (order < 0)
			result = lappend(result,
							 finding_make(package->name, "members",
										  psprintf(_("%s is missing"),
												   extman_member_name_shown(then->names[i],
																			schema)),
										  _("It was dropped, renamed, or taken out of the extension.")));
		else if (order > 0)
			result = lappend(result,
							 finding_make(package->name, "members",
										  psprintf(_("%s has joined the extension"),
												   extman_member_name_shown(now->names[j],
																			schema)),
										  NULL));
		i += order <= 0;
		j += order >= 0;
	}
	return result;
}

static List *
audit_packages(ExtmanUniverseState *state)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext one_package = AllocSetContextCreate(caller, "pg_extman audit",
													  ALLOCSET_DEFAULT_SIZES);
	List	   *result = NIL;

	for (int i = 0; i < state->installed_count; i++)
	{
		const ExtmanPackage *package = &state->packages[i];
		List	   *found;
		ListCell   *cell;

		CHECK_FOR_INTERRUPTS();
		if (package->snapshot == NULL)
			continue;

		MemoryContextSwitchTo(one_package);
		found = audit_members(audit_files(NIL, package), package);
		MemoryContextSwitchTo(caller);
		foreach(cell, found)
		{
			const ExtmanAuditFinding *finding = lfirst(cell);

			result = lappend(result, finding_make(finding->name, finding->problem,
												  finding->detail, finding->hint));
		}
		MemoryContextReset(one_package);
	}
	MemoryContextDelete(one_package);
	return result;
}

/* ---------- our own records ---------- */

static char *
unlike_recorded(const ExtmanSnapshot *snapshot, const ExtmanExtension *extension)
{
	if (extension == NULL)
		return psprintf(_("%s %s is recorded, but nothing of that name is installed"),
						snapshot->name, snapshot->version);
	if (strcmp(extension->version, snapshot->version) == 0)
		return psprintf(_("%s %s is recorded, but another extension is installed"),
						snapshot->name, snapshot->version);
	return psprintf(_("%s %s is recorded, but %s is installed"),
					snapshot->name, snapshot->version, extension->version);
}

static List *
audit_records(void)
{
	ExtmanInstalledFacts facts;
	List	   *result = NIL;
	ListCell   *cell;

	extman_facts_read(&facts);
	foreach(cell, facts.snapshots)
	{
		const ExtmanSnapshot *snapshot = lfirst(cell);
		const ExtmanExtension *extension = extman_facts_extension(&facts, snapshot->name);

		if (extension == NULL || extman_facts_snapshot(&facts, extension) == NULL)
			result = lappend(result,
							 finding_make(snapshot->name, "snapshot",
										  unlike_recorded(snapshot, extension),
										  _("It was dropped or updated behind pg_extman's back.")));
	}
	foreach(cell, facts.policies)
	{
		const ExtmanPolicy *policy = lfirst(cell);

		if (extman_facts_extension(&facts, policy->name) == NULL)
			result = lappend(result,
							 finding_make(policy->name, "policy",
										  psprintf(policy->held ?
												   _("%s is held, but not installed") :
												   _("%s is marked as automatic, but not installed"),
												   policy->name),
										  _("It was dropped behind pg_extman's back, "
										  "or a restore did not bring it back.")));
	}
	return result;
}

static List *
audit_settings(void)
{
	List	   *result = NIL;
	ListCell   *cell;

	foreach(cell, extman_settings_deviations())
	{
		const ExtmanSettingDeviation *deviation = lfirst(cell);

		result = lappend(result,
						 finding_make(deviation->package, "setting",
									  deviation->value ?
									  psprintf(_("%s is \"%s\" for this database, but %s brought \"%s\""),
											   deviation->name, deviation->value,
											   deviation->package, deviation->brought) :
									  psprintf(_("%s is not set for this database, but %s brought \"%s\""),
											   deviation->name, deviation->package,
											   deviation->brought),
									  _("It was changed by hand: an upgrade keeps it so, "
									  "and an uninstall, too.")));
	}
	return result;
}

static List *
audit_manifest(void)
{
	List	   *result = NIL;
	ListCell   *cell;

	foreach(cell, extman_manifest_deviations())
	{
		const ExtmanManifestDeviation *deviation = lfirst(cell);
		const char *hint = psprintf(_("Each change of what is installed rewrites it, at the end of "
									  "the comment on extension \"%s\"."), EXTMAN_EXTENSION);
		const char *detail;

		if (deviation->installed == NULL &&
			!OidIsValid(get_extension_oid(deviation->name, true)))
		{
			detail = psprintf(_("the manifest names %s %s, which is not installed"),
							  deviation->name, deviation->named);
			hint = _("A restore has not brought it back yet.");
		}
		else if (deviation->installed == NULL)
			detail = psprintf(_("the manifest names %s %s, which it should not"),
							  deviation->name, deviation->named);
		else if (deviation->named == NULL)
			detail = psprintf(_("the manifest does not name %s %s"), deviation->name,
							  deviation->installed);
		else
			detail = psprintf(_("the manifest names %s %s, but %s is installed"), deviation->name,
							  deviation->named, deviation->installed);
		result = lappend(result, finding_make(deviation->name, "manifest", detail, hint));
	}
	return result;
}

/* ---------- all of it ---------- */

static int
compare_findings(const ListCell *a, const ListCell *b)
{
	const ExtmanAuditFinding *one = lfirst(a);
	const ExtmanAuditFinding *other = lfirst(b);
	int			order = strcmp(one->name, other->name);

	if (order == 0)
		order = strcmp(one->problem, other->problem);
	return order != 0 ? order : strcmp(one->detail, other->detail);
}

List *
extman_audit(void)
{
	ExtmanUniverseState *state = extman_universe_acquire(true);
	List	   *result = audit_constraints(state);

	result = list_concat(result, audit_packages(state));
	result = list_concat(result, audit_records());
	result = list_concat(result, audit_settings());
	result = list_concat(result, audit_manifest());
	list_sort(result, compare_findings);
	return result;
}
