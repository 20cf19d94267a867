/*
 * core_folders.c
 *		Where PostgreSQL itself looks for extensions.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/guc.h"

#include "core_folders.h"

static void
add_folder(List **folders, char *folder)
{
	ListCell   *cell;

	canonicalize_path(folder);
	foreach(cell, *folders)
	{
		if (strcmp(lfirst(cell), folder) == 0)
			return;
	}
	*folders = lappend(*folders, folder);
}

List *
extman_core_folders(void)
{
	char		share[MAXPGPATH];
	const char *path = GetConfigOption("extension_control_path", true, false);
	char	   *system;
	List	   *folders = NIL;

	get_share_path(my_exec_path, share);
	system = psprintf("%s/extension", share);

	/* The setting is there from PostgreSQL 18 on. */
	if (path == NULL || *path == '\0')
		return list_make1(system);

	for (;;)
	{
		char	   *end = first_path_var_separator(path);
		Size		length = end ? (Size) (end - path) : strlen(path);
		char	   *element = pnstrdup(path, length);

		if (strcmp(element, "$system") == 0)
			add_folder(&folders, pstrdup(system));
		else if (length > 0)
			add_folder(&folders, psprintf("%s/extension", element));
		if (end == NULL)
			return folders;
		path = end + 1;
	}
}
