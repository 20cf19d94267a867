/*
 * solve.h
 *		Asking the solver, and turning its verdicts into error reports.
 */
#ifndef EXTMAN_PG_SOLVE_H
#define EXTMAN_PG_SOLVE_H

#include "universe.h"

/* What the user asked for; texts in the server's encoding, NULL: not given. */
typedef struct ExtmanAnswer ExtmanAnswer;

typedef struct ExtmanCommand ExtmanCommand;

struct ExtmanCommand
{
	const char *kind;			/* "install": the function that was called; or
								 * "CREATE EXTENSION", see native */
	const char *install;
	const char *uninstall;
	const char *upgrade;
	bool		upgrade_all;	/* everything installed */
	bool		cascade;
	bool		autoremove;		/* what is needed no more goes */
	const char *schema;			/* for what is installed */
	const char *const *schemas; /* instead: for each part of install, or NULL */
	int			schema_count;
	const char *title;			/* what the user called, if it is no function */
	bool		announce;		/* each step, since nobody sees the rows */
	bool		default_limits; /* whatever the user set: it is no question of his */

	/*
	 * A command of core's own grammar.  judge raises what core would say to an
	 * answer, before anything is done; it is asked again when things changed
	 * while a lock was waited for.
	 */
	bool		native;
	void		(*judge) (const ExtmanCommand *command, const ExtmanAnswer *answer);
	bool		lenient_schema; /* CASCADE: a package may insist on another one */
};

struct ExtmanAnswer
{
	ExtmanUniverseState *state;
	const ExtmanSolution *solution;
	ExtmanVerdict verdict;
	const ExtmanStep *steps;	/* texts in UTF-8 */
	int			step_count;
};

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

/*
 * The dependency graph of what is installed, or of a request to install, as text of
 * ASCII; good until the current memory context is reset.
 */
extern const char *extman_solve_picture(const char *request, ExtmanPicture picture,
										ExtmanUniverseState *state);

/* See extman_obtainable(); names are in UTF-8. */
extern void extman_solve_obtainable(const ExtmanText *names, int count,
									ExtmanPackageId *packages, ExtmanUniverseState *state);

#endif							/* EXTMAN_PG_SOLVE_H */
