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
folder_size(const ExtmanFolder *folder)
{
	const ExtmanProblem *problem = folder->problem;
	Size		size = sizeof(ExtmanFolder) + string_size(folder->path);

	size += folder->upgrade_count * sizeof(ExtmanUpgradeFile);
	for (int i = 0; i < folder->upgrade_count; i++)
		size += string_size(folder->upgrades[i].file_name) +
			string_size(folder->upgrades[i].from) + string_size(folder->upgrades[i].to);
	if (problem)
		size += sizeof(ExtmanProblem) + string_size(problem->file) +
			string_size(problem->message) + string_size(problem->hint);
	if (folder->text)
		size += folder->length + 1;
	return size;
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

static void
put_upgrades(char **at, ExtmanFolder *folder)
{
	for (int i = 0; i < folder->upgrade_count; i++)
	{
		ExtmanUpgradeFile *upgrade = &folder->upgrades[i];

		upgrade->file_name = put_string(at, upgrade->file_name);
		upgrade->from = put_string(at, upgrade->from);
		upgrade->to = put_string(at, upgrade->to);
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
extman_folder_keep(const ExtmanFolder *draft, ExtmanHandleOwner *owner)
{
	Size		size = folder_size(draft);
	char	   *at = MemoryContextAllocHuge(folders_context(), size);
	char	   *end PG_USED_FOR_ASSERTS_ONLY = at + size;
	ExtmanFolder *folder;

	/* Structs first: they are as large as their alignment asks for. */
	folder = put(&at, draft, sizeof(ExtmanFolder));
	folder->upgrades = put(&at, draft->upgrades,
						   draft->upgrade_count * sizeof(ExtmanUpgradeFile));
	if (draft->problem)
		folder->problem = put(&at, draft->problem, sizeof(ExtmanProblem));

	folder->path = put_string(&at, draft->path);
	folder->name = folder->path + (draft->name - draft->path);
	if (draft->text)
		folder->text = put(&at, draft->text, draft->length + 1);
	put_upgrades(&at, folder);
	if (folder->problem)
		put_problem(&at, folder->problem);
	Assert(at == end);

	if (owner)
		extman_handle_let_go(owner);
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
	if (--folder->pins > 0)
		return;
	extman_control_free(folder->control);
	pfree(folder);
}
