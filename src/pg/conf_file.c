/*
 * conf_file.c
 *		The settings that a package brings: NAME.conf in its folder.
 */
#include "postgres.h"

#include <sys/stat.h>

#include "port.h"

#include "conf_file.h"
#include "extman.h"
#include "request.h"
#include "script_read.h"
#include "translate.h"

/* The place of something wrong, for the error's context. */
typedef struct ConfPlace
{
	const char *shown;
	ExtmanError error;
} ConfPlace;

bool
extman_setting_same(const char *a, const char *b)
{
	return pg_strcasecmp(a, b) == 0;
}

static const char *
file_name(const ExtmanFolder *folder)
{
	return psprintf("%s.conf", extman_from_utf8(folder->info.name));
}

static const char *
file_path(const ExtmanFolder *folder)
{
	return psprintf("%s/%s", folder->path, file_name(folder));
}

/* What can't be looked at is there: reading it will say what is wrong. */
bool
extman_conf_exists(const ExtmanFolder *folder)
{
	struct stat st;

	return lstat(file_path(folder), &st) == 0 || errno != ENOENT;
}

static void
name_place(void *arg)
{
	const ConfPlace *place = arg;

	if (place->error.line > 0)
		errcontext("conf file \"%s\", line %d, column %d", place->shown, place->error.line,
				   place->error.column);
	else
		errcontext("conf file \"%s\"", place->shown);
}

static void
release_conf(void *conf)
{
	extman_conf_free(conf);
}

static ExtmanConf *
parse(const ExtmanFolder *folder, const char *shown, const char *bytes, Size length)
{
	const ExtmanControlInfo *info = &folder->info;
	ExtmanText	text = {bytes, length};
	ExtmanHandleOwner *owner = extman_handle_reserve(CurrentMemoryContext, release_conf);
	ConfPlace	place = {shown};
	ErrorContextCallback callback = {error_context_stack, name_place, &place};
	ExtmanConf *conf = NULL;
	ExtmanCode	code = extman_conf_parse(text, info->classes, info->class_count, &conf,
										 &place.error);

	extman_handle_keep(owner, conf);
	error_context_stack = &callback;
	if (code != EXTMAN_OK)
		extman_core_failed(code, &place.error, ERRCODE_CONFIG_FILE_ERROR, NULL);
	error_context_stack = callback.previous;
	return conf;
}

List *
extman_conf_read(const ExtmanFolder *folder)
{
	const char *shown;
	const ExtmanConfSetting *settings;
	size_t		count;
	Size		length;
	char	   *bytes;
	List	   *result = NIL;

	if (!extman_conf_exists(folder))
		return NIL;

	shown = extman_shown_path(folder->path, file_name(folder));
	bytes = extman_file_read_shown(file_path(folder), shown, EXTMAN_MAX_CONTROL_SIZE, &length);
	count = extman_conf_settings(parse(folder, shown, bytes, length), &settings);
	for (size_t i = 0; i < count; i++)
	{
		ExtmanSetting *setting = palloc(sizeof(ExtmanSetting));

		/* The handle's texts go with the memory context. */
		setting->name = pstrdup(extman_from_utf8(settings[i].name));
		setting->value = pstrdup(extman_from_utf8(settings[i].value));
		setting->file = shown;
		setting->line = settings[i].line;
		result = lappend(result, setting);
	}
	return result;
}
