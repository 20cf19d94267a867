/*
 * folder_keep.c
 *		Folders that outlive a query: one piece of memory each, counted pins.
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "folder.h"

/*
 * Folders come many at a time, stay for long, and differ in size.  This kind of
 * context lays them side by side, without rounding their sizes up.
 */
static MemoryContext
folders_context(void)
{
	static MemoryContext context = NULL;

	if (context == NULL)
		context = GenerationContextCreate(TopMemoryContext, "pg_extman package folders",
										  0, 8 * 1024, 32 * 1024);
	return context;
}

/* ---------- how much ---------- */

static Size
string_size(const char *string)
{
	return string ? strlen(string) + 1 : 0;
}

static Size
info_size(const ExtmanControlInfo *info)
{
	Size		size = info->class_count * sizeof(char *);

	for (size_t i = 0; i < info->class_count; i++)
		size += string_size(info->classes[i]);
	return size + string_size(info->name) + string_size(info->version) +
		string_size(info->comment) + string_size(info->depends) +
		string_size(info->conflicts) + string_size(info->provides) +
		string_size(info->schema) + string_size(info->module_pathname) +
		string_size(info->encoding);
}

static Size
upgrades_size(const ExtmanFolder *folder)
{
	Size		size = folder->upgrade_count * sizeof(ExtmanUpgradeFile);

	for (int i = 0; i < folder->upgrade_count; i++)
		size += string_size(folder->upgrades[i].file_name) +
			string_size(folder->upgrades[i].from) + string_size(folder->upgrades[i].to);
	return size;
}

static Size
problem_size(const ExtmanProblem *problem)
{
	return problem ? sizeof(ExtmanProblem) + string_size(problem->file) +
		string_size(problem->message) + string_size(problem->hint) : 0;
}

/* ---------- copying ---------- */

/* *at is where the next piece goes. */
static void *
put(char **at, const void *piece, Size size)
{
	char	   *to = *at;

	if (size > 0)
		memcpy(to, piece, size);
	*at += size;
	return to;
}

static const char *
put_string(char **at, const char *string)
{
	return string ? put(at, string, strlen(string) + 1) : NULL;
}

/* classes is where the pointers to them are. */
static void
put_info(char **at, ExtmanControlInfo *info, const char **classes)
{
	for (size_t i = 0; i < info->class_count; i++)
		classes[i] = put_string(at, classes[i]);
	info->classes = classes;
	info->name = put_string(at, info->name);
	info->version = put_string(at, info->version);
	info->comment = put_string(at, info->comment);
	info->depends = put_string(at, info->depends);
	info->conflicts = put_string(at, info->conflicts);
	info->provides = put_string(at, info->provides);
	info->schema = put_string(at, info->schema);
	info->module_pathname = put_string(at, info->module_pathname);
	info->encoding = put_string(at, info->encoding);
}

static void
put_upgrades(char **at, ExtmanUpgradeFile *upgrades, int count)
{
	for (int i = 0; i < count; i++)
	{
		upgrades[i].file_name = put_string(at, upgrades[i].file_name);
		upgrades[i].from = put_string(at, upgrades[i].from);
		upgrades[i].to = put_string(at, upgrades[i].to);
	}
}

static void
put_problem(char **at, ExtmanProblem *problem)
{
	problem->file = put_string(at, problem->file);
	problem->message = put_string(at, problem->message);
	problem->hint = put_string(at, problem->hint);
}

ExtmanFolder *
extman_folder_keep(const ExtmanFolder *draft)
{
	Size		text_size = draft->text ? draft->length + 1 : 0;
	Size		size = sizeof(ExtmanFolder) + string_size(draft->path) + text_size +
	info_size(&draft->info) + upgrades_size(draft) + problem_size(draft->problem);
	char	   *at = MemoryContextAllocHuge(folders_context(), size);
	char	   *end PG_USED_FOR_ASSERTS_ONLY = at + size;
	ExtmanFolder *folder;
	const char **classes;

	/* What has to be aligned comes first: the sizes are multiples of that. */
	folder = put(&at, draft, sizeof(ExtmanFolder));
	classes = put(&at, draft->info.classes, draft->info.class_count * sizeof(char *));
	folder->upgrades = put(&at, draft->upgrades,
						   draft->upgrade_count * sizeof(ExtmanUpgradeFile));
	if (draft->problem)
		folder->problem = put(&at, draft->problem, sizeof(ExtmanProblem));

	folder->path = put_string(&at, draft->path);
	folder->name = folder->path + (draft->name - draft->path);
	if (draft->text)
		folder->text = put(&at, draft->text, text_size);
	put_info(&at, &folder->info, classes);
	put_upgrades(&at, folder->upgrades, folder->upgrade_count);
	if (folder->problem)
		put_problem(&at, folder->problem);
	Assert(at == end);

	folder->pins = 1;
	return folder;
}

/* ---------- pins ---------- */

ExtmanFolder *
extman_folder_pin(ExtmanFolder *folder)
{
	Assert(folder->pins > 0);
	folder->pins++;
	return folder;
}

void
extman_folder_unpin(ExtmanFolder *folder)
{
	Assert(folder->pins > 0);
	if (--folder->pins == 0)
		pfree(folder);
}
