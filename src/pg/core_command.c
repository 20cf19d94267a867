/*
 * core_command.c
 *		Commands of PostgreSQL's own that are steps of a plan.
 */
#include "postgres.h"

#include "nodes/makefuncs.h"
#include "tcop/dest.h"
#include "tcop/utility.h"

#include "core_command.h"

void
extman_core_command_run(Node *statement, const char *text)
{
	PlannedStmt *wrapper = makeNode(PlannedStmt);

	wrapper->commandType = CMD_UTILITY;
	wrapper->canSetTag = false;
	wrapper->utilityStmt = statement;
	wrapper->stmt_location = 0;
	wrapper->stmt_len = strlen(text);

	ProcessUtility(wrapper, text, false, PROCESS_UTILITY_QUERY, NULL, NULL,
				   None_Receiver, NULL);
}
