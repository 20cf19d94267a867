/*
 * core_command.c
 *		Commands of PostgreSQL's own that are steps of a plan.
 */
#include "postgres.h"

#include "nodes/makefuncs.h"
#include "tcop/dest.h"
#include "tcop/utility.h"

#include "core_command.h"

static bool running = false;

bool
extman_core_command_running(void)
{
	return running;
}

void
extman_core_command_run(Node *statement, const char *text)
{
	PlannedStmt *wrapper = makeNode(PlannedStmt);

	wrapper->commandType = CMD_UTILITY;
	wrapper->canSetTag = false;
	wrapper->utilityStmt = statement;
	wrapper->stmt_location = 0;
	wrapper->stmt_len = strlen(text);

	running = true;
	PG_TRY();
	{
		ProcessUtility(wrapper, text, false, PROCESS_UTILITY_QUERY, NULL, NULL,
					   None_Receiver, NULL);
	}
	PG_FINALLY();
	{
		running = false;
	}
	PG_END_TRY();
}
