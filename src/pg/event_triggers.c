/*
 * event_triggers.c
 *		Our installs, upgrades and uninstalls, as event triggers see them.
 *
 * The order of events is that of ProcessUtilitySlow() in utility.c.  Events of
 * the statements in a script come by themselves, as under core.
 */
#include "postgres.h"

#include "commands/event_trigger.h"
#include "nodes/makefuncs.h"
#include "nodes/value.h"

#include "event_triggers.h"

static List *
add_option(List *options, const char *name, const char *value)
{
	if (value == NULL)
		return options;
	return lappend(options,
				   makeDefElem(pstrdup(name), (Node *) makeString(pstrdup(value)), -1));
}

Node *
extman_create_statement(const char *name, const char *version, const char *schema)
{
	CreateExtensionStmt *statement = makeNode(CreateExtensionStmt);

	statement->extname = pstrdup(name);
	statement->options = add_option(NIL, "schema", schema);
	statement->options = add_option(statement->options, "new_version", version);
	return (Node *) statement;
}

Node *
extman_update_statement(const char *name, const char *version)
{
	AlterExtensionStmt *statement = makeNode(AlterExtensionStmt);

	statement->extname = pstrdup(name);
	statement->options = add_option(NIL, "new_version", version);
	return (Node *) statement;
}

Node *
extman_drop_statement(const List *names, bool cascade)
{
	DropStmt   *statement = makeNode(DropStmt);
	const ListCell *cell;

	statement->removeType = OBJECT_EXTENSION;
	foreach(cell, names)
		statement->objects = lappend(statement->objects, makeString(pstrdup(lfirst(cell))));
	statement->behavior = cascade ? DROP_CASCADE : DROP_RESTRICT;
	return (Node *) statement;
}

void
extman_event_triggers_run(Node *statement, ExtmanCommandWork work, void *arg)
{
	bool		complete = EventTriggerBeginCompleteQuery();

	PG_TRY();
	{
		ObjectAddress address;

		EventTriggerDDLCommandStart(statement);
		address = work(arg);

		/* As in core, drops are told by the event sql_drop alone. */
		if (OidIsValid(address.objectId))
			EventTriggerCollectSimpleCommand(address, InvalidObjectAddress, statement);
		EventTriggerSQLDrop(statement);
		EventTriggerDDLCommandEnd(statement);
	}
	PG_FINALLY();
	{
		if (complete)
			EventTriggerEndCompleteQuery();
	}
	PG_END_TRY();
}
