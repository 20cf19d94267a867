/*
 * guc.c
 *		The settings of pg_extman.
 */
#include "postgres.h"

#include <limits.h>

#include "miscadmin.h"
#include "nodes/pg_list.h"
#include "utils/guc.h"

#include "extman.h"
#include "translate.h"

#define SYSTEM_MACRO "$system"
#define PATH_SEPARATOR ':'

char	   *extman_control_path = NULL;
int			extman_max_solver_steps = 0;
int			extman_max_solver_memory = 0;
bool		extman_native_commands = true;
int			extman_enforce_constraints = ERROR;

static const struct config_enum_entry enforce_options[] = {
	{"error", ERROR, false},
	{"warning", WARNING, false},
	{"off", 0, false},
	{NULL, 0, false}
};

/*
 * The first element of a path list: its length; *rest is what comes behind the
 * separator, or NULL after the last element.
 */
static Size
first_element(const char *list, const char **rest)
{
	const char *end = strchr(list, PATH_SEPARATOR);

	*rest = end ? end + 1 : NULL;
	return end ? (Size) (end - list) : strlen(list);
}

static bool
is_system(const char *element, Size length)
{
	return length == strlen(SYSTEM_MACRO) &&
		strncmp(element, SYSTEM_MACRO, length) == 0;
}

static bool
check_control_path(char **newval, void **extra, GucSource source)
{
	const char *element = *newval;

	/* An empty setting is an empty path: nothing can be installed. */
	if (*element == '\0')
		return true;

	while (element)
	{
		const char *rest;
		Size		length = first_element(element, &rest);

		if (length == 0)
		{
			GUC_check_errdetail("The path has an empty element.");
			return false;
		}
		if (length >= MAXPGPATH)
		{
			GUC_check_errdetail("An element of the path is longer than %d bytes.",
								MAXPGPATH - 1);
			return false;
		}
		if (!is_system(element, length) && !is_absolute_path(element))
		{
			GUC_check_errdetail("The element \"%.*s\" is neither an absolute path nor \"%s\".",
								(int) length, element, SYSTEM_MACRO);
			return false;
		}
		element = rest;
	}
	return true;
}

void
extman_guc_define(void)
{
	DefineCustomStringVariable("pg_extman.control_path",
							   gettext_noop("Lists the folders in which extension packages are looked for."),
							   gettext_noop("Elements are separated by colons; the first that has a package "
							   "wins. \"$system\" is the folder \"extensions\" of the server's "
							   "share directory."),
							   &extman_control_path,
							   SYSTEM_MACRO,
							   PGC_SUSET,
							   GUC_SUPERUSER_ONLY,
							   check_control_path, NULL, NULL);

	DefineCustomIntVariable("pg_extman.max_solver_steps",
							gettext_noop("Limits the steps taken to find a plan."),
							gettext_noop("Zero means no limit."),
							&extman_max_solver_steps,
							EXTMAN_DEFAULT_SOLVER_STEPS, 0, INT_MAX,
							PGC_USERSET,
							0,
							NULL, NULL, NULL);

	DefineCustomIntVariable("pg_extman.max_solver_memory",
							gettext_noop("Limits the memory used for finding a plan."),
							gettext_noop("Zero means no limit."),
							&extman_max_solver_memory,
							EXTMAN_DEFAULT_SOLVER_MEMORY, 0, MAX_KILOBYTES,
							PGC_USERSET,
							GUC_UNIT_KB,
							NULL, NULL, NULL);

	/* Without it, anybody can do what core lets him do: nothing more. */
	DefineCustomBoolVariable("pg_extman.native_commands",
							 gettext_noop("Makes CREATE, ALTER and DROP EXTENSION work on packages."),
							 gettext_noop("When off, core carries them out by itself: it knows no packages, "
							 "and drops them without running their scripts."),
							 &extman_native_commands,
							 true,
							 PGC_USERSET,
							 0,
							 NULL, NULL, NULL);

	DefineCustomEnumVariable("pg_extman.enforce_constraints",
							 gettext_noop("Sets what happens when a command of core breaks what installed "
							 "packages demand."),
							 NULL,
							 &extman_enforce_constraints,
							 ERROR,
							 enforce_options,
							 PGC_SUSET,
							 0,
							 NULL, NULL, NULL);

	MarkGUCPrefixReserved("pg_extman");
}

List *
extman_guc_control_folders(void)
{
	List	   *folders = NIL;
	const char *element = extman_control_path;

	if (*element == '\0')
		return NIL;

	while (element)
	{
		const char *rest;
		Size		length = first_element(element, &rest);
		char	   *folder;

		if (is_system(element, length))
		{
			char		share[MAXPGPATH];

			get_share_path(my_exec_path, share);
			folder = psprintf("%s/extensions", share);
		}
		else
		{
			folder = pnstrdup(element, length);
			canonicalize_path(folder);
		}
		folders = lappend(folders, folder);
		element = rest;
	}
	return folders;
}
