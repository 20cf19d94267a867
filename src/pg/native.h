/*
 * native.h
 *		Core's own commands on packages: CREATE, ALTER and DROP EXTENSION.
 *
 * A native command is a request with core's words for what can't be done.  Each
 * function below either does the whole command, or leaves all of it to core:
 * what concerns none of our packages, and what core refuses in any case.
 *
 * They are called from two places: by the hook on utility commands, in sessions
 * that have loaded the library (hooks.c), and by event triggers in those that
 * have not (native_trigger.c).
 */
#ifndef EXTMAN_PG_NATIVE_H
#define EXTMAN_PG_NATIVE_H

#include "nodes/parsenodes.h"
#include "parser/parse_node.h"

#include "request.h"

/* ---------- the commands ---------- */

/* Whether a statement is one of the three. */
extern bool extman_native_concerns(const Node *statement);

/*
 * Whether commands can be looked at now: pg_extman is installed here with all
 * that it needs, and no request of ours is being carried out, which uses these
 * commands itself.  Raises no error.
 */
extern bool extman_native_usable(void);

/* True: done.  False: this is core's.  pstate is for positions in messages. */
extern bool extman_native_create(const CreateExtensionStmt *statement);
extern bool extman_native_alter(const AlterExtensionStmt *statement, ParseState *pstate);

/* The same; rest: the names that core shall drop: all of them, some, or none. */
extern bool extman_native_drop(const DropStmt *statement, List **rest);

/* ---------- ALTER EXTENSION ... SET SCHEMA ---------- */

/* Whether a statement is one that core cannot do without help. */
extern bool extman_native_moves(const Node *statement);
extern const char *extman_native_moved_name(const Node *statement);

typedef struct ExtmanMove
{
	const char *name;			/* of what is moved */
	Oid			extension;
	List	   *packages;		/* OIDs: those whose dependency on it is away */
} ExtmanMove;

/* To be called before and after core carries it out; not after an error. */
extern void extman_native_move_begin(const Node *statement, ExtmanMove *move);
extern void extman_native_move_end(const ExtmanMove *move);

/* Carries it out, where the hook has not seen it.  False: core can. */
extern bool extman_native_move(const Node *statement);

/* ---------- announcements ---------- */

/* The NOTICEs of core about what comes along or goes along: tasks of a plan. */
extern void extman_native_announce(List *tasks);

/* ---------- the hook ---------- */

extern void extman_hook_install(void);

/* Whether the hook has seen the command that is being executed. */
extern bool extman_hook_saw_it(void);

/* ---------- what they share ---------- */

/* Whether a name or a version can be written in a request as it is. */
extern bool extman_native_name_usable(const char *name);

/* Raises core's error for a version that it would not accept either. */
extern void extman_native_check_version(const char *version);

/* -1, 0 or 1; versions that can't be compared are ordered as text. */
extern int	extman_native_compare(const char *a, const char *b);

/*
 * The version of a package as it is known, given the one that the user wrote:
 * one with the same text, else an equal one.  NULL: there is none on disk.
 */
extern const char *extman_native_version(const ExtmanUniverseState *state, const char *name,
										 const char *version);

/*
 * All versions on the control path, newest first, each once: a List of C strings.
 * None of core's.
 */
extern List *extman_native_versions(const ExtmanUniverseState *state, const char *name);

/* "foo (= 1.0)" */
extern char *extman_native_relation(const char *name, const char *version);

/*
 * Of a package that a restore can't bring back at its version: the newest one that
 * goes together with the rest of the manifest.  NULL: none does.
 */
extern const char *extman_native_substitute(const char *name, ExtmanUniverseState *state);

/* The step of a plan that is about a package, or NULL. */
extern const ExtmanStep *extman_native_step(const ExtmanAnswer *answer, const char *name);

/*
 * Calls work() in a subtransaction.  False: it raised an error, which became a
 * warning: the command is core's, and must not suffer from what is wrong with us.
 */
extern bool extman_native_guarded(void (*work) (void *arg), void *arg);

/* The universe as it is now, got like that; NULL: it can't be had. */
extern ExtmanUniverseState *extman_native_universe(void);

extern bool extman_native_has_name(const List *names, const char *name);

/* ---------- core's own extensions ---------- */

/*
 * Core is about to install or update an extension of its own.  Raises an error
 * (or a warning, as pg_extman.enforce_constraints says) when that breaks what
 * installed packages, overlays or holds demand.  version: NULL for the default.
 *
 * They return true when core would not do all that there is to do: with CASCADE,
 * to install or update more than it knows of, or to apply the conf file of an
 * overlay.  The request for it is in *request.
 */
extern bool extman_native_check_create(ExtmanUniverseState *state, const char *name,
									   const char *version, bool cascade,
									   const char **request);
extern bool extman_native_check_update(ExtmanUniverseState *state,
									   const ExtmanPackage *package, const char *version,
									   const char **request);

#endif							/* EXTMAN_PG_NATIVE_H */
