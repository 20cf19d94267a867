/*
 * solve.c
 *		Asking the solver, and turning its verdicts into error reports.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "extman.h"
#include "solve.h"
#include "translate.h"

static void
free_solution(void *solution)
{
	extman_solution_free(solution);
}

static ExtmanText
request_text(const char *text)
{
	return extman_text(extman_to_utf8(text));
}

/* A request that doesn't follow its grammar. */
static void
report_syntax_error(const ExtmanError *error)
{
	const char *message = extman_message_from_utf8(error->message);
	const char *hint = error->hint[0] != '\0' ? extman_message_from_utf8(error->hint) : NULL;

	if (error->line > 1)
		ereport(ERROR,
				(errcode(ERRCODE_SYNTAX_ERROR),
				 errmsg("syntax error in request at line %d, character %d: %s",
						error->line, error->column, message),
				 hint ? errhint("%s", hint) : 0));
	if (error->column > 0)
		ereport(ERROR,
				(errcode(ERRCODE_SYNTAX_ERROR),
				 errmsg("syntax error in request at character %d: %s",
						error->column, message),
				 hint ? errhint("%s", hint) : 0));
	ereport(ERROR,
			(errcode(ERRCODE_SYNTAX_ERROR),
			 errmsg("invalid request: %s", message),
			 hint ? errhint("%s", hint) : 0));
}

static ExtmanOptions
options_for(ExtmanPoll *poll, bool default_limits)
{
	ExtmanOptions options = {0};

	options.interrupt = extman_interrupt(poll);
	options.max_steps = default_limits ? EXTMAN_DEFAULT_SOLVER_STEPS : extman_max_solver_steps;
	options.max_memory = (Size) 1024 * (default_limits ? EXTMAN_DEFAULT_SOLVER_MEMORY :
										extman_max_solver_memory);
	return options;
}

/* The core could not answer. */
static void
report_failure(ExtmanCode code, const ExtmanError *error, ExtmanPoll *poll)
{
	if (code == EXTMAN_BAD_INPUT)
		report_syntax_error(error);
	extman_universe_discard();
	extman_core_failed(code, error, 0, poll);
}

ExtmanAnswer *
extman_solve_command(const ExtmanCommand *command, ExtmanUniverseState *state)
{
	ExtmanAnswer *answer = palloc0(sizeof(ExtmanAnswer));
	ExtmanRequest request = {0};
	ExtmanOptions options;
	ExtmanPoll	poll;
	ExtmanHandleOwner *owner;
	ExtmanSolution *solution;
	ExtmanError error;
	ExtmanCode	code;
	const ExtmanStep *steps;

	request.install = request_text(command->install);
	request.uninstall = request_text(command->uninstall);
	request.upgrade = request_text(command->upgrade);
	request.upgrade_all = command->upgrade_all;
	request.cascade = command->cascade;
	request.autoremove = command->autoremove;

	options = options_for(&poll, command->default_limits);
	owner = extman_handle_reserve(CurrentMemoryContext, free_solution);
	code = extman_solve(state->universe, state->installed, state->known_count,
						&request, &options, &solution, &error);
	if (code != EXTMAN_OK)
		report_failure(code, &error, &poll);
	extman_handle_keep(owner, solution);

	answer->state = state;
	answer->solution = solution;
	answer->verdict = extman_solution_verdict(solution);
	answer->step_count = (int) extman_solution_steps(solution, &steps);
	answer->steps = steps;
	return answer;
}

static int
sqlstate_of(ExtmanVerdict verdict)
{
	switch (verdict)
	{
		case EXTMAN_UNKNOWN_PACKAGE:
		case EXTMAN_NOT_INSTALLED:
			return ERRCODE_UNDEFINED_OBJECT;
		case EXTMAN_STILL_NEEDED:
			return ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST;
		case EXTMAN_NO_PLAN:
			return ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE;
		case EXTMAN_PLAN:
			break;
	}
	return ERRCODE_INTERNAL_ERROR;
}

/* A broken control file of core's, of whose name a message speaks. */
static const char *
hint_about_broken_core(const ExtmanAnswer *answer, const char *message)
{
	ListCell   *cell;

	foreach(cell, answer->state->core->problems)
	{
		const char *file = ((const ExtmanProblem *) lfirst(cell))->file;
		const char *slash = last_dir_separator(file);
		const char *name = slash ? slash + 1 : file;
		const char *dot = strrchr(name, '.');

		if (dot && strstr(message, psprintf("\"%.*s\"", (int) (dot - name), name)) != NULL)
			return psprintf(_("Control file \"%s\" is broken; pg_extension_broken() says why."), name);
	}
	return NULL;
}

/*
 * A name that is unknown only because its control file is broken deserves to
 * be told so.  The message quotes the name.
 */
static const char *
hint_about_broken(const ExtmanAnswer *answer)
{
	const char *message = extman_solution_message(answer->solution);
	const ExtmanScan *scan = answer->state->scan;

	if (answer->verdict != EXTMAN_UNKNOWN_PACKAGE)
		return NULL;
	for (int i = 0; i < scan->count; i++)
	{
		const ExtmanFolder *folder = scan->folders[i];

		if (folder->problem &&
			strstr(message, psprintf("\"%s\"", extman_folder_package_name(folder))) != NULL)
			return psprintf(_("Folder \"%s\" is broken; pg_extension_broken() says why."),
							extman_printable(folder->name));
	}
	return hint_about_broken_core(answer, message);
}

static const char *
hint_of(const ExtmanAnswer *answer)
{
	const char *about_broken = hint_about_broken(answer);

	return about_broken ? about_broken :
		extman_message_from_utf8(extman_solution_hint(answer->solution));
}

void
extman_answer_require_plan(const ExtmanAnswer *answer)
{
	const char *detail;
	const char *hint;

	if (answer->verdict == EXTMAN_PLAN)
		return;

	detail = extman_message_from_utf8(extman_solution_detail(answer->solution));
	hint = hint_of(answer);
	ereport(ERROR,
			(errcode(sqlstate_of(answer->verdict)),
			 errmsg_internal("%s", extman_message_from_utf8(extman_solution_message(answer->solution))),
			 detail[0] != '\0' ? errdetail_internal("%s", detail) : 0,
			 hint[0] != '\0' ? errhint("%s", hint) : 0));
}

char *
extman_answer_explain(const ExtmanAnswer *answer)
{
	const char *parts[3];
	StringInfoData text;

	parts[0] = extman_message_from_utf8(extman_solution_message(answer->solution));
	parts[1] = extman_message_from_utf8(extman_solution_detail(answer->solution));
	parts[2] = hint_of(answer);

	initStringInfo(&text);
	for (int i = 0; i < 3; i++)
	{
		if (parts[i][0] == '\0')
			continue;
		if (text.len > 0)
			appendStringInfoChar(&text, '\n');
		appendStringInfoString(&text, parts[i]);
	}
	return text.data;
}

static void
free_graph(void *graph)
{
	extman_graph_free(graph);
}

const char *
extman_solve_picture(const char *request, ExtmanPicture picture, ExtmanUniverseState *state)
{
	ExtmanPoll	poll;
	ExtmanOptions options = options_for(&poll, false);
	ExtmanHandleOwner *owner = extman_handle_reserve(CurrentMemoryContext, free_graph);
	ExtmanGraph *graph;
	ExtmanError error;
	ExtmanCode	code;

	code = extman_graph(state->universe, state->installed, state->known_count,
						request_text(request), picture, &options, &graph, &error);
	if (code != EXTMAN_OK)
		report_failure(code, &error, &poll);
	extman_handle_keep(owner, graph);
	return extman_graph_text(graph);
}

void
extman_solve_obtainable(const ExtmanText *names, int count, ExtmanPackageId *packages,
						ExtmanUniverseState *state)
{
	ExtmanPoll	poll;
	ExtmanOptions options = options_for(&poll, false);
	ExtmanError error;
	ExtmanCode	code;

	code = extman_obtainable(state->universe, state->installed, state->known_count,
							 names, count, &options, packages, &error);
	if (code != EXTMAN_OK)
		report_failure(code, &error, &poll);
}
