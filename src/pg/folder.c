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
#include "script.h"

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
	folder->problem = extman_problem_make(folder->shared.context, file, line, column,
										  message, hint);
}

/* ---------- has it changed? ---------- */

static ExtmanSignature
signature_of(const struct stat *st)
{
	ExtmanSignature signature;

	/* Compared by memcmp: no padding may be left undefined. */
	memset(&signature, 0, sizeof(signature));
	signature.device = st->st_dev;
	signature.inode = st->st_ino;
	signature.size = st->st_size;
	signature.modified = st->st_mtim;
	signature.changed = st->st_ctim;
	return signature;
}

static bool
same_signature(const ExtmanSignature *a, const ExtmanSignature *b)
{
	return memcmp(a, b, sizeof(ExtmanSignature)) == 0;
}

/*
 * A file that changed in this very moment may change again without a new
 * time stamp, since file systems count time in ticks of up to a second.  Such a
 * signature isn't trusted: the file is read again next time.  (The time of the
 * last status change can't be set by a user, so it alone is looked at.)
 */
static bool
is_settled(const ExtmanSignature *signature, time_t now)
{
	return signature->changed.tv_sec + 2 <= now;
}

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
	ExtmanCode	code = extman_name_check(extman_text(folder->package_name), &error);

	if (code == EXTMAN_OK)
		return true;
	if (code != EXTMAN_BAD_INPUT)
		extman_core_failed(code, &error, 0, NULL);

	/* What the message quotes need not be valid text. */
	extman_folder_problem(folder, folder->path, 0, 0, extman_printable(error.message),
						  "The name of the folder must be that of the extension, or \"NAME-VERSION\".");
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
							  psprintf("folder \"%s\" holds the control file of \"%s\" version \"%s\"",
									   extman_printable(folder_name), extman_from_utf8(info->name),
									   extman_from_utf8(info->version)),
							  psprintf("Name the folder \"%s\" or \"%s-%s\".",
									   extman_from_utf8(info->name), extman_from_utf8(info->name),
									   extman_from_utf8(info->version)));
	else
		extman_folder_problem(folder, control_path, 0, 0,
							  psprintf("folder \"%s\" holds the control file of \"%s\"",
									   extman_printable(folder_name), extman_from_utf8(info->name)),
							  psprintf("Name the folder \"%s\".", extman_from_utf8(info->name)));
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
	MemoryContext old = CurrentMemoryContext;

	if (!S_ISREG(st->st_mode))
	{
		extman_folder_problem(folder, control_path, 0, 0, "control file is not a regular file", NULL);
		return;
	}
	if ((uintmax_t) st->st_size > EXTMAN_MAX_CONTROL_SIZE)
	{
		extman_folder_problem(folder, control_path, 0, 0,
							  psprintf("control file is larger than %d MB",
									   (int) (EXTMAN_MAX_CONTROL_SIZE / (1024 * 1024))),
							  NULL);
		return;
	}

	PG_TRY();
	{
		MemoryContextSwitchTo(folder->shared.context);
		folder->text = extman_file_read(control_path, EXTMAN_MAX_CONTROL_SIZE, &folder->length);
		MemoryContextSwitchTo(old);
	}
	PG_CATCH();
	{
		ErrorData  *raised;

		MemoryContextSwitchTo(old);
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
free_control(void *control)
{
	extman_control_free(control);
}

static void
parse_control(ExtmanFolder *folder, const char *control_path)
{
	ExtmanText	text = {folder->text, folder->length};
	ExtmanHandleOwner *owner = extman_handle_reserve(folder->shared.context, free_control);
	ExtmanControl *control;
	ExtmanError error;
	ExtmanCode	code = extman_control_parse(text, &control, &error);

	if (code == EXTMAN_BAD_INPUT)
	{
		extman_folder_problem(folder, control_path, error.line, error.column,
							  extman_utf8_convertible(error.message, strlen(error.message)) ?
							  extman_from_utf8(error.message) : extman_printable(error.message),
							  error.hint[0] != '\0' &&
							  extman_utf8_convertible(error.hint, strlen(error.hint)) ?
							  extman_from_utf8(error.hint) : NULL);
		return;
	}
	if (code != EXTMAN_OK)
		extman_core_failed(code, &error, 0, NULL);
	extman_handle_keep(owner, control);

	if (!extman_utf8_convertible(folder->text, folder->length))
	{
		extman_folder_problem(folder, control_path, 0, 0,
							  "control file has characters that the encoding of this database lacks",
							  "Write it in ASCII, or use a database in UTF-8.");
		return;
	}

	extman_control_info(control, &folder->info);
	if (check_folder_is(folder, control_path))
		folder->control = control;
}

/* ---------- all of it ---------- */

/*
 * The NAME of NAME or NAME-VERSION, as far as can be told before the control
 * file is read: a version begins with a digit.
 */
static Size
name_part(const char *folder_name)
{
	for (const char *p = folder_name; *p; p++)
	{
		if (p > folder_name && *p == '-' && p[1] >= '0' && p[1] <= '9')
			return p - folder_name;
	}
	return strlen(folder_name);
}

static ExtmanFolder *
folder_new(const char *path, const char *name)
{
	ExtmanFolder *folder = extman_shared_new("pg_extman package folder", sizeof(ExtmanFolder));

	folder->path = MemoryContextStrdup(folder->shared.context, path);
	folder->name = MemoryContextStrdup(folder->shared.context, name);
	folder->package_name = MemoryContextStrdup(folder->shared.context,
											   pnstrdup(name, name_part(name)));
	return folder;
}

static ExtmanFolder *
folder_publish(ExtmanFolder *folder)
{
	extman_shared_publish(folder);
	return folder;
}

/* A folder of which all that is known is that it can't be looked at; uses errno. */
static ExtmanFolder *
unreadable(const char *path, const char *name, const char *what, ExtmanFolder *previous)
{
	char	   *message = psprintf("could not access file: %m");
	ExtmanFolder *folder;

	if (previous && previous->problem && strcmp(previous->problem->message, message) == 0)
	{
		extman_shared_pin(previous);
		return previous;
	}
	folder = folder_new(path, name);
	extman_folder_problem(folder, what, 0, 0, message, NULL);
	return folder_publish(folder);
}

/* stat(), but that *st is zeroed when there is nothing. */
static bool
look_at(const char *path, struct stat *st)
{
	if (stat(path, st) == 0)
		return true;
	memset(st, 0, sizeof(*st));
	return false;
}

ExtmanFolder *
extman_folder_read(const char *parent, const char *name, ExtmanFolder *previous, time_t now)
{
	char		path[MAXPGPATH];
	char		control_path[MAXPGPATH];
	struct stat st;
	bool		has_control;
	ExtmanSignature folder_signature;
	ExtmanSignature control_signature;
	ExtmanFolder *folder;

	if (snprintf(path, sizeof(path), "%s/%s", parent, name) >= (int) sizeof(path) ||
		snprintf(control_path, sizeof(control_path), "%s/%s", path, CONTROL_FILE) >=
		(int) sizeof(control_path))
	{
		folder = folder_new(parent, name);
		extman_folder_problem(folder, parent, 0, 0,
							  "the path of a folder in this folder is too long", NULL);
		return folder_publish(folder);
	}

	if (!look_at(path, &st))
		return errno == ENOENT ? NULL : unreadable(path, name, path, previous);
	if (!S_ISDIR(st.st_mode))
		return NULL;
	folder_signature = signature_of(&st);

	has_control = look_at(control_path, &st);
	if (!has_control && errno != ENOENT)
		return unreadable(path, name, control_path, previous);
	control_signature = signature_of(&st);

	if (previous && previous->settled &&
		same_signature(&previous->folder_signature, &folder_signature) &&
		same_signature(&previous->control_signature, &control_signature))
	{
		extman_shared_pin(previous);
		return previous;
	}

	folder = folder_new(path, name);
	folder->folder_signature = folder_signature;
	folder->control_signature = control_signature;
	folder->settled = is_settled(&folder_signature, now) && is_settled(&control_signature, now);

	if (!check_folder_name(folder) || !extman_folder_list(folder))
		return folder_publish(folder);

	if (!has_control)
	{
		if (!folder->has_install)
		{
			MemoryContextDelete(folder->shared.context);
			return NULL;
		}
		extman_folder_problem(folder, path, 0, 0, "there is install.sql, but no control file",
							  "A package needs a file \"control\" with its name and its version.");
		return folder_publish(folder);
	}

	read_control(folder, control_path, &st);

	if (previous && same_content(previous, folder))
	{
		/* Only touched: what was parsed then is still what is there. */
		previous->folder_signature = folder->folder_signature;
		previous->control_signature = folder->control_signature;
		previous->settled = folder->settled;
		MemoryContextDelete(folder->shared.context);
		extman_shared_pin(previous);
		return previous;
	}

	if (folder->text)
		parse_control(folder, control_path);
	return folder_publish(folder);
}
