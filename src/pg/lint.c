/*
 * lint.c
 *		What is wrong or risky in the files of a package's folder.
 *
 * The text analysis is the core's; here, files are found and read.  Whatever is
 * wrong with one becomes a finding, and the others are looked at all the same.
 */
#include "postgres.h"

#include <ctype.h>
#include <sys/stat.h>

#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "storage/fd.h"
#include "utils/memutils.h"

#include "extman.h"
#include "lint.h"
#include "script_read.h"
#include "script_text.h"
#include "translate.h"

#define CONTROL_FILE "control"

/* ---------- findings ---------- */

void
extman_lint_add(ExtmanLintFolder *folder, const char *file, int line,
				ExtmanSeverity severity, const char *message, const char *hint)
{
	ExtmanLintRow *row = palloc(sizeof(ExtmanLintRow));

	row->file = file ? extman_printable(file) : NULL;
	row->line = line;
	row->severity = severity;
	row->message = pstrdup(message);
	row->hint = hint && hint[0] != '\0' ? pstrdup(hint) : NULL;
	folder->rows = lappend(folder->rows, row);
}

ErrorData *
extman_lint_caught(MemoryContext context)
{
	ErrorData  *raised;

	MemoryContextSwitchTo(context);
	raised = CopyErrorData();
	if (ERRCODE_TO_CATEGORY(raised->sqlerrcode) == ERRCODE_OPERATOR_INTERVENTION ||
		ERRCODE_TO_CATEGORY(raised->sqlerrcode) == ERRCODE_INSUFFICIENT_RESOURCES)
		PG_RE_THROW();
	FlushErrorState();
	return raised;
}

int
extman_lint_line_behind(const char *context)
{
	size_t		length = strcspn(context, "0123456789\n");

	return isdigit((unsigned char) context[length]) ? atoi(context + length) : 0;
}

/* What was caught while a file was read or converted. */
static void
add_caught(ExtmanLintFolder *folder, const char *file, const ErrorData *raised)
{
	const char *at = raised->context ? strstr(raised->context, file) : NULL;

	extman_lint_add(folder, file, at ? extman_lint_line_behind(at + strlen(file)) : 0,
					EXTMAN_LINT_ERROR, raised->message, raised->hint);
}

static void
free_lint(void *lint)
{
	extman_lint_free(lint);
}

/* Takes over what the core has found, unless the call has failed. */
static void
add_found(ExtmanLintFolder *folder, const char *file, ExtmanHandleOwner *owner,
		  ExtmanCode code, ExtmanLint *lint, const ExtmanError *error, ExtmanPoll *poll)
{
	const ExtmanLintFinding *findings;
	size_t		count;

	if (code != EXTMAN_OK)
		extman_core_failed(code, error, ERRCODE_CONFIG_FILE_ERROR, poll);
	extman_handle_keep(owner, lint);
	count = extman_lint_findings(lint, &findings);
	for (size_t i = 0; i < count; i++)
	{
		const ExtmanLintFinding *found = &findings[i];

		extman_lint_add(folder, file, found->line, found->severity,
						extman_message_from_utf8(found->message),
						extman_message_from_utf8(found->hint));
	}
}

/* ---------- what lies in the folder ---------- */

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *) a, *(char *const *) b);
}

static void
list_files(ExtmanLintFolder *folder)
{
	DIR		   *dir = AllocateDir(folder->path);
	struct dirent *entry;
	int			room = 16;

	if (dir == NULL)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not open directory \"%s\": %m", extman_printable(folder->path))));
	folder->files = palloc(room * sizeof(char *));
	while ((entry = ReadDir(dir, folder->path)) != NULL)
	{
		CHECK_FOR_INTERRUPTS();
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (folder->file_count == room)
			folder->files = repalloc(folder->files, (room *= 2) * sizeof(char *));
		folder->files[folder->file_count++] = pstrdup(entry->d_name);
	}
	FreeDir(dir);
	qsort(folder->files, folder->file_count, sizeof(char *), compare_names);
}

bool
extman_lint_has_file(const ExtmanLintFolder *folder, const char *name)
{
	return folder->file_count > 0 &&
		bsearch(&name, folder->files, folder->file_count, sizeof(char *), compare_names) != NULL;
}

/* The bytes of a file, or NULL and a finding. */
static char *
read_file(ExtmanLintFolder *folder, const char *file, Size max_length, Size *length)
{
	MemoryContext context = CurrentMemoryContext;
	char	   *volatile bytes = NULL;

	PG_TRY();
	{
		bytes = extman_file_read_shown(psprintf("%s/%s", folder->path, file), file,
									   max_length, length);
	}
	PG_CATCH();
	{
		add_caught(folder, file, extman_lint_caught(context));
	}
	PG_END_TRY();
	return bytes;
}

/* ---------- the control file ---------- */

static void
lint_control_text(ExtmanLintFolder *folder, ExtmanText text)
{
	ExtmanHandleOwner *owner = extman_handle_reserve(CurrentMemoryContext, free_lint);
	ExtmanLint *lint = NULL;
	ExtmanError error;
	ExtmanCode	code = extman_lint_control(text, &lint, &error);

	add_found(folder, CONTROL_FILE, owner, code, lint, &error, NULL);
}

/*
 * What makes the folder unfit as a package as a whole: its name, for one.  False:
 * there is such a thing.
 */
static bool
check_folder(ExtmanLintFolder *folder)
{
	DIR		   *dir = AllocateDir(folder->parent);
	ExtmanFolder *read;
	bool		sound;

	if (dir == NULL)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not open directory \"%s\": %m", extman_printable(folder->parent))));
	read = extman_folder_read(folder->parent, dirfd(dir), folder->name, NULL, time(NULL));
	FreeDir(dir);
	if (read == NULL)
	{
		extman_lint_add(folder, NULL, 0, EXTMAN_LINT_ERROR,
						_("there is neither a control file nor install.sql"),
						_("A package needs a file \"control\" with its name and its version."));
		return false;
	}

	sound = read->problem == NULL;
	/* Where the control file is to blame, all of its errors follow. */
	if (read->problem && (read->text == NULL || folder->control))
		extman_lint_add(folder, read->problem->line > 0 ? CONTROL_FILE : NULL,
						read->problem->line, EXTMAN_LINT_ERROR, read->problem->message,
						read->problem->hint);
	extman_folder_unpin(read);
	return sound;
}

static void
lint_control_file(ExtmanLintFolder *folder)
{
	if (extman_lint_has_file(folder, CONTROL_FILE))
	{
		ExtmanText	text;
		ExtmanError error;

		text.data = read_file(folder, CONTROL_FILE, EXTMAN_MAX_CONTROL_SIZE, &text.length);
		if (text.data == NULL)
			return;
		lint_control_text(folder, text);
		if (extman_control_parse_here(text, &folder->control, &error) != EXTMAN_OK)
			folder->control = NULL;
	}
	folder->sound = check_folder(folder);
	if (folder->control == NULL)
		return;

	extman_control_info(folder->control, &folder->info);
	if (folder->info.version == NULL && extman_lint_has_file(folder, EXTMAN_INSTALL_SCRIPT))
	{
		folder->sound = false;
		extman_lint_add(folder, CONTROL_FILE, 0, EXTMAN_LINT_ERROR, _("missing version"),
						_("Add a line such as: version = 1.0."));
	}
}

/* ---------- scripts ---------- */

/* The encoding of the scripts: -1 for the database's. */
static int
script_encoding(const ExtmanLintFolder *folder)
{
	return folder->control && folder->info.encoding ?
		pg_valid_server_encoding(folder->info.encoding) : -1;
}

/* A script's text in UTF-8, or NULL and a finding. */
static char *
script_text(ExtmanLintFolder *folder, const char *file)
{
	MemoryContext context = CurrentMemoryContext;
	char	   *volatile text = NULL;
	Size		length;
	char	   *bytes = read_file(folder, file, EXTMAN_MAX_SCRIPT_SIZE, &length);

	if (bytes == NULL)
		return NULL;
	PG_TRY();
	{
		char	   *converted = extman_script_convert(file, bytes, length,
													  script_encoding(folder), &length);

		text = (char *) extman_to_utf8(converted);
	}
	PG_CATCH();
	{
		add_caught(folder, file, extman_lint_caught(context));
	}
	PG_END_TRY();
	return text;
}

static void
lint_script(ExtmanLintFolder *folder, const char *file, ExtmanRole role)
{
	MemoryContext caller = CurrentMemoryContext;
	char	   *text = script_text(folder, file);
	ExtmanHandleOwner *owner;
	ExtmanLint *lint = NULL;
	ExtmanError error;
	ExtmanPoll	poll;
	ExtmanInterrupt interrupt;
	ExtmanCode	code;

	if (text == NULL)
		return;
	owner = extman_handle_reserve(caller, free_lint);
	interrupt = extman_interrupt(&poll);
	code = extman_lint_script(extman_text(text), role, folder->control, &interrupt, &lint,
							  &error);
	add_found(folder, file, owner, code, lint, &error, &poll);
	pfree(text);
}

/* upgrade--FROM--TO.sql, as folder_list.c takes it. */
static bool
is_upgrade(const char *file)
{
	Size		length = strlen(file);
	const char *from = file + strlen("upgrade--");
	const char *middle;

	if (length <= strlen("upgrade--.sql") || strncmp(file, "upgrade--", strlen("upgrade--")) != 0 ||
		strcmp(file + length - strlen(".sql"), ".sql") != 0)
		return false;
	middle = strstr(from, "--");
	return middle && middle > from && middle + 2 < file + length - strlen(".sql") &&
		strstr(middle + 2, "--") == NULL;
}

static void
lint_scripts(ExtmanLintFolder *folder)
{
	bool		has_install = extman_lint_has_file(folder, EXTMAN_INSTALL_SCRIPT);

	if (has_install)
		lint_script(folder, EXTMAN_INSTALL_SCRIPT, EXTMAN_ROLE_INSTALL);
	if (extman_lint_has_file(folder, EXTMAN_UNINSTALL_SCRIPT))
		lint_script(folder, EXTMAN_UNINSTALL_SCRIPT, EXTMAN_ROLE_UNINSTALL);
	else if (has_install)
		extman_lint_add(folder, NULL, 0, EXTMAN_LINT_NOTICE, _("there is no uninstall.sql"),
						_("An uninstall drops the members, with their data, and does nothing else."));
	for (int i = 0; i < folder->file_count; i++)
	{
		if (is_upgrade(folder->files[i]))
			lint_script(folder, folder->files[i], EXTMAN_ROLE_UPGRADE);
	}
}

/* ---------- the conf file ---------- */

static char *
conf_name(const ExtmanLintFolder *folder)
{
	return psprintf("%s.conf", extman_from_utf8(folder->info.name));
}

static void
lint_conf(ExtmanLintFolder *folder)
{
	const char *file;
	ExtmanText	text;
	ExtmanHandleOwner *owner;
	ExtmanLint *lint = NULL;
	ExtmanError error;
	ExtmanCode	code;

	if (folder->control == NULL)
		return;
	file = conf_name(folder);
	if (!extman_lint_has_file(folder, file))
		return;
	text.data = read_file(folder, file, EXTMAN_MAX_CONTROL_SIZE, &text.length);
	if (text.data == NULL)
		return;
	owner = extman_handle_reserve(CurrentMemoryContext, free_lint);
	code = extman_lint_conf(text, folder->info.classes, folder->info.class_count, &lint, &error);
	add_found(folder, file, owner, code, lint, &error, NULL);
}

/* ---------- other files ---------- */

static bool
ends_with(const char *name, const char *end)
{
	Size		length = strlen(name);

	return length >= strlen(end) && strcmp(name + length - strlen(end), end) == 0;
}

static bool
is_known(const ExtmanLintFolder *folder, const char *name)
{
	return strcmp(name, CONTROL_FILE) == 0 || strcmp(name, EXTMAN_INSTALL_SCRIPT) == 0 ||
		strcmp(name, EXTMAN_UNINSTALL_SCRIPT) == 0 || is_upgrade(name) ||
		(folder->control && strcmp(name, conf_name(folder)) == 0);
}

/* What an author's folder holds beside the package: nobody takes it for a part of it. */
static bool
is_of_author(const ExtmanLintFolder *folder, const char *name)
{
	static const char *const documents[] = {"README", "LICENSE", "COPYING", "COPYRIGHT", "CHANGE",
	"HISTORY", "NEWS", "AUTHORS", "CONTRIBUTING", "Makefile", "META.json"};
	static const char *const suffixes[] = {".c", ".h", ".o", ".so", ".bc", ".md", ".txt"};
	struct stat st;

	if (name[0] == '.')
		return true;
	for (int i = 0; i < lengthof(documents); i++)
	{
		if (strncmp(name, documents[i], strlen(documents[i])) == 0)
			return true;
	}
	for (int i = 0; i < lengthof(suffixes); i++)
	{
		if (ends_with(name, suffixes[i]))
			return true;
	}
	return stat(psprintf("%s/%s", folder->path, name), &st) == 0 && S_ISDIR(st.st_mode);
}

static void
lint_other_files(ExtmanLintFolder *folder)
{
	for (int i = 0; i < folder->file_count; i++)
	{
		const char *name = folder->files[i];

		CHECK_FOR_INTERRUPTS();
		if (is_known(folder, name) || is_of_author(folder, name))
			continue;
		if (ends_with(name, ".sql"))
			extman_lint_add(folder, name, 0, EXTMAN_LINT_WARNING, _("this script is never run"),
							_("Scripts are called install.sql, uninstall.sql and upgrade--FROM--TO.sql."));
		else if (ends_with(name, ".conf"))
			extman_lint_add(folder, name, 0, EXTMAN_LINT_WARNING, _("this file is not read"),
							folder->control ?
							psprintf(_("Settings are read from %s."), conf_name(folder)) : NULL);
		else
			extman_lint_add(folder, name, 0, EXTMAN_LINT_NOTICE, _("this file is not used"),
							ends_with(name, ".control") || strcmp(name, "Control") == 0 ?
							_("The control file is called \"control\".") : NULL);
	}
}

/* ---------- all of it ---------- */

ExtmanLintFolder *
extman_lint_folder(const char *path)
{
	ExtmanLintFolder *folder = palloc0(sizeof(ExtmanLintFolder));
	char	   *parent = pstrdup(path);
	char	   *slash = last_dir_separator(parent);

	folder->path = path;
	if (slash == NULL)
	{
		folder->parent = ".";
		folder->name = path;
	}
	else
	{
		folder->name = path + (slash - parent) + 1;
		*(slash == parent ? slash + 1 : slash) = '\0';
		folder->parent = parent;
	}

	list_files(folder);
	lint_control_file(folder);
	lint_scripts(folder);
	lint_conf(folder);
	lint_other_files(folder);
	return folder;
}
