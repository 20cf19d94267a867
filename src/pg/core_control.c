/*
 * core_control.c
 *		Control files of PostgreSQL's own.
 *
 * Read by the parser that core reads them with.  But nothing that is wrong in
 * one raises an error here, as core would raise for it: the others must stay
 * usable.
 */
#include "postgres.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mb/pg_wchar.h"
#include "storage/fd.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/varlena.h"

#include "core_control.h"
#include "extman.h"
#include "translate.h"

void
extman_core_control_init(ExtmanCoreControl *control)
{
	memset(control, 0, sizeof(*control));
	control->superuser = true;
}

bool
extman_core_name_is_valid(const char *name)
{
	Size		length = strlen(name);

	if (length == 0 || name[0] == '-' || name[length - 1] == '-' ||
		strstr(name, "--") != NULL || first_dir_separator(name) != NULL)
		return false;
	for (const char *p = name; *p; p++)
	{
		if (*p < 0x20 || *p > 0x7E)
			return false;
	}
	return true;
}

static bool
set_names(const char *value, List **names)
{
	ListCell   *cell;

	if (!SplitIdentifierString(pstrdup(value), ',', names))
		return false;
	foreach(cell, *names)
	{
		if (!extman_core_name_is_valid(lfirst(cell)))
			return false;
	}
	return true;
}

/* Sets one parameter; returns what is wrong with it, in core's words, or NULL. */
static const char *
set_parameter(const char *name, const char *value, bool secondary, ExtmanCoreControl *control)
{
	bool	   *flag = NULL;

	if (strcmp(name, "directory") == 0 || strcmp(name, "default_version") == 0)
	{
		if (secondary)
			return psprintf(_("parameter \"%s\" cannot be set in a secondary extension control file"),
							name);
		if (strcmp(name, "directory") == 0)
			control->directory = pstrdup(value);
		else
			control->default_version = pstrdup(value);
	}
	else if (strcmp(name, "comment") == 0)
		control->comment = extman_printable(value);
	else if (strcmp(name, "schema") == 0)
		control->schema = pstrdup(value);
	else if (strcmp(name, "relocatable") == 0)
		flag = &control->relocatable;
	else if (strcmp(name, "superuser") == 0)
		flag = &control->superuser;
	else if (strcmp(name, "trusted") == 0)
		flag = &control->trusted;
	else if (strcmp(name, "encoding") == 0)
	{
		if (pg_valid_server_encoding(value) < 0)
			return psprintf(_("\"%s\" is not a valid encoding name"), value);
	}
	else if (strcmp(name, "requires") == 0)
	{
		if (!set_names(value, &control->requires_))
			return psprintf(_("parameter \"%s\" must be a list of extension names"), name);
	}
#if PG_VERSION_NUM >= 160000
	else if (strcmp(name, "no_relocate") == 0)
	{
		List	   *names;

		if (!set_names(value, &names))
			return psprintf(_("parameter \"%s\" must be a list of extension names"), name);
	}
#endif
	else if (strcmp(name, "module_pathname") != 0)
		return psprintf(_("unrecognized parameter \"%s\""), name);

	if (flag && !parse_bool(value, flag))
		return psprintf(_("parameter \"%s\" requires a Boolean value"), name);
	return NULL;
}

static ExtmanProblem *
problem_at(const char *path, int line, const char *message)
{
	return extman_problem_make(CurrentMemoryContext, path, line, 0, extman_printable(message), NULL);
}

static ExtmanProblem *
take_items(const ConfigVariable *item, const char *path, bool secondary,
		   ExtmanCoreControl *control)
{
	for (; item; item = item->next)
	{
		const char *file = item->filename ? item->filename : path;
		const char *wrong;

		if (item->errmsg)
			return problem_at(file, item->sourceline, item->errmsg);

		wrong = pg_verifymbstr(item->value, strlen(item->value), true) ?
			set_parameter(item->name, item->value, secondary, control) :
			psprintf(_("parameter \"%s\" is not valid in the encoding of this database"), item->name);
		if (wrong)
			return problem_at(file, item->sourceline, wrong);
	}
	if (control->relocatable && control->schema)
		return problem_at(path, 0, psprintf(_("parameter \"%s\" cannot be specified when \"%s\" is true"), "schema", "relocatable"));
	return NULL;
}

/* What is wrong with the open file as such, or NULL. */
static ExtmanProblem *
check_file(int fd, const char *path)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return problem_at(path, 0, psprintf(_("could not access file: %m")));
	if (!S_ISREG(st.st_mode))
		return problem_at(path, 0, _("control file is not a regular file"));
	if ((uintmax_t) st.st_size > EXTMAN_MAX_CONTROL_SIZE)
		return problem_at(path, 0, psprintf(_("control file is larger than %d MB"),
											(int) (EXTMAN_MAX_CONTROL_SIZE / (1024 * 1024))));
	return NULL;
}

/*
 * What a file holds, or what is wrong with it.  Core's parser wants a stream, and
 * AllocateFile() could wait for the writer of a pipe that took the file's place.  So the
 * stream is made of a file that was opened without waiting, and is closed here even when
 * memory runs out.
 */
static ExtmanProblem *
read_items(FILE *stream, const char *path, ConfigVariable **head)
{
	ConfigVariable *tail = NULL;
	ExtmanProblem *volatile problem = NULL;

	PG_TRY();
	{
		problem = check_file(fileno(stream), path);
		/* At this level it raises nothing else, and gives up at the first error. */
		if (!problem)
			(void) ParseConfigFp(stream, path, 0, DEBUG2, head, &tail);
	}
	PG_CATCH();
	{
		fclose(stream);
		PG_RE_THROW();
	}
	PG_END_TRY();
	fclose(stream);
	return problem;
}

ExtmanProblem *
extman_core_control_read(const char *path, bool secondary, ExtmanCoreControl *control)
{
	ConfigVariable *head = NULL;
	ExtmanProblem *problem;
	FILE	   *stream;
	int			fd;

	fd = BasicOpenFile(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return problem_at(path, 0, psprintf(_("could not open file: %m")));
	stream = fdopen(fd, "r");
	if (stream == NULL)
	{
		problem = problem_at(path, 0, psprintf(_("could not open file: %m")));
		close(fd);
		return problem;
	}
	problem = read_items(stream, path, &head);
	if (!problem)
		problem = take_items(head, path, secondary, control);
	FreeConfigVariables(head);
	return problem;
}
