/*
 * solve.h
 *		Asking the solver, and turning its verdicts into error reports.
 */
#ifndef EXTMAN_PG_SOLVE_H
#define EXTMAN_PG_SOLVE_H

#include "universe.h"

/* What the user asked for; texts in the server's encoding, NULL: not given. */
typedef struct ExtmanCommand
{
	const char *kind;			/* "install": the function that was called */
	const char *install;
	const char *uninstall;
	const char *upgrade;
	bool		upgrade_all;	/* everything installed */
	bool		cascade;
	bool		autoremove;		/* what is needed no more goes */
	const char *schema;			/* for what is installed */
} ExtmanCommand;

typedef struct ExtmanAnswer
{
	ExtmanUniverseState *state;
	const ExtmanSolution *solution;
	ExtmanVerdict verdict;
	const ExtmanStep *steps;	/* texts in UTF-8 */
	int			step_count;
} ExtmanAnswer;

/*
 * Solves.  The answer is good until the current memory context is reset, and
 * so must the universe be.  Malformed requests are errors here; any verdict is
 * an answer.
 */
extern ExtmanAnswer *extman_solve_command(const ExtmanCommand *command,
										  ExtmanUniverseState *state);

/* Raises the verdict, unless it is a plan. */
extern void extman_answer_require_plan(const ExtmanAnswer *answer);

/* The answer in words, whatever the verdict. */
extern char *extman_answer_explain(const ExtmanAnswer *answer);

#endif							/* EXTMAN_PG_SOLVE_H */
