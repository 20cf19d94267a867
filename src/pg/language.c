/*
 * language.c
 *		The language extman: DO LANGUAGE extman $$ INSTALL EXTENSION foo; ... $$
 *
 * All of a block is one request, which does what the functions do, as the caller.
 * Only blocks are written in it, no functions.
 */
#include "postgres.h"

#include "access/xact.h"
#include "commands/extension.h"
#include "mb/pg_wchar.h"
#include "nodes/parsenodes.h"

#include "core_call.h"
#include "functions.h"
#include "policy.h"
#include "request.h"
#include "translate.h"

PG_FUNCTION_INFO_V1(extman_language_call);
PG_FUNCTION_INFO_V1(extman_language_do);
PG_FUNCTION_INFO_V1(extman_language_validate);

#define BLOCK_TITLE "DO LANGUAGE extman"

/* ---------- reading a block ---------- */

static void
free_block(void *block)
{
	extman_block_free(block);
}

/* Which character of the block a line and a column are, from 1. */
static int
position_of(const char *block, const ExtmanError *error)
{
	int			line = 1;
	int			column = 1;
	int			position = 1;

	for (const char *at = block; *at != '\0'; at += pg_mblen(at), position++)
	{
		if (line == error->line && column == error->column)
			break;
		column++;
		if (*at == '\n')
		{
			line++;
			column = 1;
		}
	}
	return position;
}

static void
report_syntax_error(const char *block, const ExtmanError *error)
{
	ereport(ERROR,
			(errcode(ERRCODE_SYNTAX_ERROR),
			 error->line > 1 ?
			 errmsg("syntax error at line %d, character %d: %s", error->line, error->column,
					extman_message_from_utf8(error->message)) :
			 errmsg("syntax error at character %d: %s", error->column,
					extman_message_from_utf8(error->message)),
			 error->hint[0] != '\0' ? errhint("%s", extman_message_from_utf8(error->hint)) : 0,
			 internalerrposition(position_of(block, error)),
			 internalerrquery(block)));
}

static void
read_block(const char *text, ExtmanBlockInfo *info)
{
	ExtmanHandleOwner *owner = extman_handle_reserve(CurrentMemoryContext, free_block);
	ExtmanBlock *block;
	ExtmanError error;
	ExtmanCode	code;

	code = extman_block_parse(extman_text(extman_to_utf8(text)), &block, &error);
	if (code == EXTMAN_BAD_INPUT)
		report_syntax_error(text, &error);
	if (code != EXTMAN_OK)
		extman_core_failed(code, &error, 0, NULL);
	extman_handle_keep(owner, block);
	extman_block_info(block, info);
}

/* ---------- carrying it out ---------- */

/* The functions say when there was nothing to change. */
static void
change_policy(ExtmanPolicyWord word, const char *name)
{
	switch (word)
	{
		case EXTMAN_HOLD:
			if (extman_policy_hold(name))
				ereport(NOTICE, (errmsg("holding extension \"%s\"", name)));
			break;
		case EXTMAN_UNHOLD:
			if (extman_policy_unhold(name))
				ereport(NOTICE, (errmsg("holding extension \"%s\" no longer", name)));
			break;
		case EXTMAN_AUTOMATIC:
			if (extman_policy_mark(name, true))
				ereport(NOTICE, (errmsg("marking extension \"%s\" as automatic", name)));
			break;
		case EXTMAN_WANTED:
			if (extman_policy_mark(name, false))
				ereport(NOTICE, (errmsg("marking extension \"%s\" as wanted", name)));
			break;
	}
	CommandCounterIncrement();
}

/*
 * Holds of what is there already come first, wherever they stand: they count for the
 * solving of the block.  What is only installed by it is held then, and marks are set
 * at the end, too.
 */
static void
change_policies(const ExtmanBlockInfo *info, bool *done, bool at_end)
{
	for (size_t i = 0; i < info->policy_count; i++)
	{
		const ExtmanPolicyChange *change = &info->policies[i];
		const char *name = extman_from_utf8(change->name);
		bool		hold = change->word == EXTMAN_HOLD || change->word == EXTMAN_UNHOLD;

		if (done[i] || (!at_end && !(hold && OidIsValid(get_extension_oid(name, true)))))
			continue;
		change_policy(change->word, name);
		done[i] = true;
	}
}

static void
run_block(const ExtmanBlockInfo *info)
{
	ExtmanCommand command = {"block"};
	bool	   *done = palloc0((info->policy_count + 1) * sizeof(bool));
	const char **schemas = palloc0((info->schema_count + 1) * sizeof(char *));

	command.title = BLOCK_TITLE;
	command.announce = true;
	command.install = extman_from_utf8(info->install);
	command.uninstall = extman_from_utf8(info->uninstall);
	command.upgrade = extman_from_utf8(info->upgrade);
	command.upgrade_all = info->upgrade_all;
	command.cascade = info->cascade;
	for (size_t i = 0; i < info->schema_count; i++)
		schemas[i] = extman_from_utf8(info->schemas[i]);
	command.schemas = schemas;
	command.schema_count = (int) info->schema_count;

	change_policies(info, done, false);
	if (command.install || command.uninstall || command.upgrade || command.upgrade_all)
		(void) extman_request_run(&command);
	change_policies(info, done, true);
}

/* extman.language_do(internal) */
Datum
extman_language_do(PG_FUNCTION_ARGS)
{
	InlineCodeBlock *code = castNode(InlineCodeBlock, DatumGetPointer(PG_GETARG_DATUM(0)));
	ExtmanBlockInfo info;

	if (strlen(code->source_text) > EXTMAN_MAX_ARGUMENT_SIZE)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("block is too long"),
				 errdetail("At most %d bytes are taken.", EXTMAN_MAX_ARGUMENT_SIZE)));
	read_block(code->source_text, &info);
	run_block(&info);
	PG_RETURN_VOID();
}

/* ---------- functions, of which there are none ---------- */

static void
refuse_function(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("functions and procedures cannot be written in language extman"),
			 errhint("Use DO LANGUAGE extman, or call pg_extension_apply().")));
}

/* extman.language_call() */
Datum
extman_language_call(PG_FUNCTION_ARGS)
{
	refuse_function();
	PG_RETURN_NULL();
}

/* extman.language_validate(oid) */
Datum
extman_language_validate(PG_FUNCTION_ARGS)
{
	if (!CheckFunctionValidatorAccess(fcinfo->flinfo->fn_oid, PG_GETARG_OID(0)))
		PG_RETURN_VOID();
	refuse_function();
	PG_RETURN_VOID();
}
