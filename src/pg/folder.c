/*
 * folder.c
 *		One folder of the control path: its control file, parsed, and which
 *		scripts lie beside it.
 *
 * Nothing in a folder is opened before the name of the folder has been
 * checked, and nothing that is wrong in it raises an error: it becomes the
 * folder's problem, so that the packages beside it stay usable.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "nodes/pg_list.h"

#include "extman.h"
#include "folder.h"
#include "script_read.h"
#include "translate.h"

#define CONTROL_FILE "control"

ExtmanProblem *
extman_problem_make(MemoryContext context, const char *file, int line, int column,
					const char *message, const char *hint)
{
	ExtmanProblem *problem = MemoryContextAlloc(context, sizeof(ExtmanProblem));

	problem->file = MemoryContextStrdup(context, extman_printable(file));
	problem->line = line;
	problem->column = column;
	problem->message = MemoryContextStrdup(context, message);
	problem->hint = hint ? MemoryContextStrdup(context, hint) : NULL;
	return problem;
}

void
extman_folder_problem(ExtmanFolder *folder, const char *file, int line, int column,
					  const char *message, const char *hint)
{
	folder->problem = extman_problem_make(CurrentMemoryContext, file, line, column,
										  message, hint);
}

/* ---------- has it changed? ---------- */

static bool
same_content(const ExtmanFolder *a, const ExtmanFolder *b)
{
	if (a->text == NULL || b->text == NULL)
		return a->text == NULL && b->text == NULL &&
			a->problem && b->problem &&
			strcmp(a->problem->message, b->problem->message) == 0;

	if (a->length != b->length || memcmp(a->text, b->text, a->length) != 0 ||
		a->has_install != b->has_install ||
		a->has_uninstall != b->has_uninstall ||
		a->upgrade_count != b->upgrade_count)
		return false;

	for (int i = 0; i < a->upgrade_count; i++)
	{
		if (strcmp(a->upgrades[i].file_name, b->upgrades[i].file_name) != 0)
			return false;
	}
	return true;
}

/* ---------- its name ---------- */

static bool
check_folder_name(ExtmanFolder *folder)
{
	ExtmanError error;
	ExtmanCode	code = extman_name_check(extman_text(extman_folder_package_name(folder)), &error);

	if (code == EXTMAN_OK)
		return true;
	if (code != EXTMAN_BAD_INPUT)
		extman_core_failed(code, &error, 0, NULL);

	/* What the message quotes need not be valid text. */
	extman_folder_problem(folder, folder->path, 0, 0, extman_printable(error.message),
						  _("The name of the folder must be that of the extension, or \"NAME-VERSION\"."));
	return false;
}

/* Whether the folder is called what its control file says. */
static bool
check_folder_is(ExtmanFolder *folder, const char *control_path)
{
	const char *folder_name = folder->name;
	const ExtmanControlInfo *info = &folder->info;
	Size		length = strlen(info->name);

	if (strncmp(folder_name, info->name, length) == 0)
	{
		const char *rest = folder_name + length;

		if (*rest == '\0')
			return true;
		if (*rest == '-' && info->version && strcmp(rest + 1, info->version) == 0)
			return true;
	}

	if (info->version)
		extman_folder_problem(folder, control_path, 0, 0,
							  psprintf(_("folder \"%s\" holds the control file of \"%s\" version \"%s\""),
									   extman_printable(folder_name), extman_from_utf8(info->name),
									   extman_from_utf8(info->version)),
							  psprintf(_("Name the folder \"%s\" or \"%s-%s\"."),
									   extman_from_utf8(info->name), extman_from_utf8(info->name),
									   extman_from_utf8(info->version)));
	else
		extman_folder_problem(folder, control_path, 0, 0,
							  psprintf(_("folder \"%s\" holds the control file of \"%s\""),
									   extman_printable(folder_name), extman_from_utf8(info->name)),
							  psprintf(_("Name the folder \"%s\"."), extman_from_utf8(info->name)));
	return false;
}

/* ---------- its control file ---------- */

/*
 * Reads the control file.  What extman_file_read() raises becomes the folder's
 * problem, but for what isn't about the file: a cancel, no memory.  What can be
 * told from the file's status is looked at first, for messages that say more.
 */
static void
read_control(ExtmanFolder *folder, const char *control_path, const struct stat *st)
{
	MemoryContext context = CurrentMemoryContext;

	if (!S_ISREG(st->st_mode))
	{
		extman_folder_problem(folder, control_path, 0, 0, _("control file is not a regular file"), NULL);
		return;
	}
	if ((uintmax_t) st->st_size > EXTMAN_MAX_CONTROL_SIZE)
	{
		extman_folder_problem(folder, control_path, 0, 0,
							  psprintf(_("control file is larger than %d MB"),
									   (int) (EXTMAN_MAX_CONTROL_SIZE / (1024 * 1024))),
							  NULL);
		return;
	}

	PG_TRY();
	{
		folder->text = extman_file_read(control_path, EXTMAN_MAX_CONTROL_SIZE, &folder->length);
	}
	PG_CATCH();
	{
		ErrorData  *raised;

		MemoryContextSwitchTo(context);
		raised = CopyErrorData();
		if (ERRCODE_TO_CATEGORY(raised->sqlerrcode) == ERRCODE_OPERATOR_INTERVENTION ||
			ERRCODE_TO_CATEGORY(raised->sqlerrcode) == ERRCODE_INSUFFICIENT_RESOURCES)
			PG_RE_THROW();
		FlushErrorState();
		extman_folder_problem(folder, control_path, 0, 0, raised->message, raised->hint);
		FreeErrorData(raised);
	}
	PG_END_TRY();
}

static void
parse_control(ExtmanFolder *folder, const char *control_path)
{
	ExtmanText	text = {folder->text, folder->length};
	ExtmanControl *control;
	ExtmanError error;
	ExtmanCode	code = extman_control_parse_here(text, &control, &error);

	if (code == EXTMAN_BAD_INPUT)
	{
		extman_folder_problem(folder, control_path, error.line, error.column,
							  extman_message_from_utf8(error.message),
							  error.hint[0] != '\0' ? extman_message_from_utf8(error.hint) : NULL);
		return;
	}
	if (code != EXTMAN_OK)
		extman_core_failed(code, &error, 0, NULL);

	if (!extman_utf8_convertible(folder->text, folder->length))
	{
		extman_folder_problem(folder, control_path, 0, 0,
							  _("control file has characters that the encoding of this database lacks"),
							  _("Write it in ASCII, or use a database in UTF-8."));
		return;
	}

	extman_control_info(control, &folder->info);
	folder->usable = check_folder_is(folder, control_path);
}

/* ---------- all of it ---------- */

char *
extman_folder_package_name(const ExtmanFolder *folder)
{
	const char *name = folder->name;

	for (const char *p = name; *p; p++)
	{
		if (p > name && *p == '-' && p[1] >= '0' && p[1] <= '9')
			return pnstrdup(name, p - name);
	}
	return pstrdup(name);
}

/* A folder under construction, in the current memory context. */
static ExtmanFolder *
folder_new(const char *parent, const char *name)
{
	ExtmanFolder *folder = palloc0(sizeof(ExtmanFolder));

	folder->path = psprintf("%s/%s", parent, name);
	folder->name = folder->path + strlen(parent) + 1;
	return folder;
}

/*
 * A folder of which all that is known is that it, or the control file in it,
 * can't be looked at; uses errno.
 */
static ExtmanFolder *
unreadable(const char *parent, const char *name, bool is_control, ExtmanFolder *previous)
{
	char	   *message = psprintf(_("could not access file: %m"));
	ExtmanFolder *folder;

	if (previous && previous->problem && strcmp(previous->problem->message, message) == 0)
		return extman_folder_pin(previous);
	folder = folder_new(parent, name);
	extman_folder_problem(folder,
						  is_control ? psprintf("%s/%s", folder->path, CONTROL_FILE) : folder->path,
						  0, 0, message, NULL);
	return extman_folder_keep(folder);
}

/* fstatat(), but that *st is zeroed when there is nothing. */
static bool
look_at(int parent_fd, const char *name, struct stat *st)
{
	if (fstatat(parent_fd, name, st, 0) == 0)
		return true;
	memset(st, 0, sizeof(*st));
	return false;
}

/*
 * Reads a folder afresh.  st is the status of its control file, if it has one.
 * NULL: no package at all.
 */
static ExtmanFolder *
read_afresh(ExtmanFolder *folder, bool has_control, const struct stat *st,
			ExtmanFolder *previous)
{
	char	   *control_path;

	if (!check_folder_name(folder) || !extman_folder_list(folder))
		return extman_folder_keep(folder);

	if (!has_control)
	{
		if (!folder->has_install)
			return NULL;
		extman_folder_problem(folder, folder->path, 0, 0,
							  _("there is install.sql, but no control file"),
							  _("A package needs a file \"control\" with its name and its version."));
		return extman_folder_keep(folder);
	}

	control_path = psprintf("%s/%s", folder->path, CONTROL_FILE);
	read_control(folder, control_path, st);

	if (previous && same_content(previous, folder))
	{
		/* Only touched: what was parsed then is still what is there. */
		previous->folder_signature = folder->folder_signature;
		previous->control_signature = folder->control_signature;
		previous->settled = folder->settled;
		return extman_folder_pin(previous);
	}

	if (folder->text)
		parse_control(folder, control_path);
	return extman_folder_keep(folder);
}

ExtmanFolder *
extman_folder_read(const char *parent, int parent_fd, const char *name,
				   ExtmanFolder *previous, time_t now)
{
	Size		parent_length = strlen(parent);
	Size		name_length = strlen(name);
	char		control_name[MAXPGPATH];	/* NAME/control, as seen from the parent */
	struct stat st;
	bool		has_control;
	ExtmanSignature folder_signature;
	ExtmanSignature control_signature;
	ExtmanFolder *folder;

	if (parent_length + name_length + strlen("//" CONTROL_FILE) >= MAXPGPATH)
	{
		folder = folder_new(parent, name);
		extman_folder_problem(folder, parent, 0, 0,
							  _("the path of a folder in this folder is too long"), NULL);
		return extman_folder_keep(folder);
	}
	memcpy(control_name, name, name_length);
	strcpy(control_name + name_length, "/" CONTROL_FILE);

	/*
	 * Nearly always, nothing has changed, and these two calls are all that is
	 * done about a folder: that they need not walk through the whole path is
	 * worth it.
	 */
	if (!look_at(parent_fd, name, &st))
		return errno == ENOENT ? NULL : unreadable(parent, name, false, previous);
	if (!S_ISDIR(st.st_mode))
		return NULL;
	folder_signature = extman_signature_of(&st);

	has_control = look_at(parent_fd, control_name, &st);
	if (!has_control && errno != ENOENT)
		return unreadable(parent, name, true, previous);
	control_signature = extman_signature_of(&st);

	if (previous && previous->settled &&
		extman_signature_same(&previous->folder_signature, &folder_signature) &&
		extman_signature_same(&previous->control_signature, &control_signature))
		return extman_folder_pin(previous);

	folder = folder_new(parent, name);
	folder->folder_signature = folder_signature;
	folder->control_signature = control_signature;
	folder->settled = extman_signature_settled(&folder_signature, now) && extman_signature_settled(&control_signature, now);
	return read_afresh(folder, has_control, &st, previous);
}
