/*
 * folder_list.c
 *		Which scripts lie in a package's folder.
 */
#include "postgres.h"

#include "storage/fd.h"

#include "folder.h"
#include "translate.h"

#define UPGRADE_PREFIX "upgrade--"
#define UPGRADE_SUFFIX ".sql"

static int
compare_upgrades(const void *a, const void *b)
{
	return strcmp(((const ExtmanUpgradeFile *) a)->file_name,
				  ((const ExtmanUpgradeFile *) b)->file_name);
}

/*
 * upgrade--FROM--TO.sql: exactly one "--" between two texts, as core has it for
 * its own upgrade scripts.  Other files are none of ours.
 */
static bool
parse_upgrade_name(const char *file_name, ExtmanUpgradeFile *upgrade)
{
	Size		length = strlen(file_name);
	const char *from;
	const char *end;
	const char *middle;

	if (length <= strlen(UPGRADE_PREFIX) + strlen(UPGRADE_SUFFIX) ||
		strncmp(file_name, UPGRADE_PREFIX, strlen(UPGRADE_PREFIX)) != 0)
		return false;
	from = file_name + strlen(UPGRADE_PREFIX);
	end = file_name + length - strlen(UPGRADE_SUFFIX);
	if (strcmp(end, UPGRADE_SUFFIX) != 0)
		return false;

	middle = strstr(from, "--");
	if (middle == NULL || middle == from || middle + 2 >= end ||
		strstr(middle + 2, "--") != NULL)
		return false;

	upgrade->file_name = pstrdup(file_name);
	upgrade->from = pnstrdup(from, middle - from);
	upgrade->to = pnstrdup(middle + 2, end - (middle + 2));
	return true;
}

bool
extman_folder_list(ExtmanFolder *folder)
{
	DIR		   *dir = AllocateDir(folder->path);
	int			room = 0;
	struct dirent *entry;

	if (dir == NULL)
	{
		extman_folder_problem(folder, folder->path, 0, 0,
							  psprintf(_("could not open directory: %m")), NULL);
		return false;
	}

	while ((entry = ReadDirExtended(dir, folder->path, LOG)) != NULL)
	{
		ExtmanUpgradeFile upgrade;

		if (strcmp(entry->d_name, EXTMAN_INSTALL_SCRIPT) == 0)
			folder->has_install = true;
		else if (strcmp(entry->d_name, EXTMAN_UNINSTALL_SCRIPT) == 0)
			folder->has_uninstall = true;
		else if (parse_upgrade_name(entry->d_name, &upgrade))
		{
			if (folder->upgrade_count == room)
			{
				room = room ? room * 2 : 8;
				folder->upgrades = folder->upgrades ?
					repalloc(folder->upgrades, room * sizeof(ExtmanUpgradeFile)) :
					palloc(room * sizeof(ExtmanUpgradeFile));
			}
			folder->upgrades[folder->upgrade_count++] = upgrade;
		}
	}
	FreeDir(dir);

	if (folder->upgrade_count > 1)
		qsort(folder->upgrades, folder->upgrade_count, sizeof(ExtmanUpgradeFile),
			  compare_upgrades);
	return true;
}
