/*
 * task.h
 *		One step of a plan, made ready to run: rights checked, objects locked,
 *		scripts loaded; then run and recorded.
 */
#ifndef EXTMAN_PG_TASK_H
#define EXTMAN_PG_TASK_H

#include "package.h"
#include "record.h"
#include "solve.h"

typedef struct ExtmanTask
{
	ExtmanAction action;
	const char *name;			/* texts in the server's encoding */
	const char *old_version;	/* or NULL */
	const char *new_version;	/* or NULL */
	const char *reason;
	bool		requested;
	const char *wanted_schema;	/* of an install: what the user asked for, or NULL */

	ExtmanPackage *package;		/* what is there afterwards, or what goes */
	Oid			extension;		/* upgrade, uninstall: what is there now */
	List	   *needs;			/* of ExtmanNeed: the packages that it depends on */
	bool		privileged;		/* see package.h; install, upgrade: afterwards */

	List	   *core_steps;		/* of ExtmanCoreVersion: what core runs, if it
								 * carries out the step; specs then has one */
	List	   *specs;			/* of ExtmanPackageSpec: an upgrade may take several */
	List	   *upgrades;		/* of ExtmanUpgradeScript, one for each of specs */
	ExtmanSnapshot *snapshot;	/* to be recorded; uninstall: what was */
	List	   *settings;		/* of ExtmanSetting: those that it brings */

	List	   *along;			/* of ExtmanTask: uninstalls that this one does, too */
	bool		goes_along;		/* it is in such a list */
} ExtmanTask;

/* Whether an installed package was recorded as privileged (see package.h). */
extern bool extman_package_privileged(const ExtmanPackage *package);

/* Whether what a task installs is installed with the rights of a superuser. */
extern bool extman_task_elevated(const ExtmanTask *task);

/* The steps of a plan: a List of ExtmanTask.  No file is read for it. */
extern List *extman_tasks_prepare(const ExtmanAnswer *answer, const ExtmanCommand *command);

/*
 * Raises an error unless the user may do all of it, as far as can be told.
 * Changes nothing.
 */
extern void extman_tasks_check(List *tasks);

/*
 * Locks the extensions that the tasks change or rely on, so that none of them
 * is dropped meanwhile.  They may have been changed before the lock came.
 */
extern void extman_tasks_lock(List *tasks, const ExtmanAnswer *answer);

/*
 * Reads conf files and scripts, from their files or from what was recorded.  For tasks
 * that were checked, and under the lock: what is there can't change any more.
 */
extern void extman_tasks_load(List *tasks, const ExtmanAnswer *answer);

/*
 * Of packages that are uninstalled at the end without a script, makes one
 * deletion, as core's DROP EXTENSION of several does: they may use each other
 * in ways that nobody declared.
 */
extern void extman_tasks_bundle(List *tasks);

/*
 * Installed packages that stay, but whose dependencies another package meets
 * from now on (one of alternatives, or a provider, goes): pg_depend is made to
 * say so.  Called before the tasks are run, when some of the new ones may not
 * be there yet (complete = false), and after.
 */
extern void extman_tasks_rewire(List *tasks, const ExtmanAnswer *answer, Oid self,
								bool complete);

/*
 * Carries out one task; records snapshot and policy.  cascade: an uninstall
 * takes along objects outside of the package that depend on it.  Returns the
 * schema that the package is or was in.
 */
extern const char *extman_task_run(ExtmanTask *task, Oid self, bool cascade);

#endif							/* EXTMAN_PG_TASK_H */
