/*
 * task_core.h
 *		Steps that PostgreSQL itself carries out.
 */
#ifndef EXTMAN_PG_TASK_CORE_H
#define EXTMAN_PG_TASK_CORE_H

#include "task.h"

/*
 * Makes a task ready whose package is a version of core's.  old: what is
 * installed, for an upgrade.
 */
extern void extman_core_task_prepare(ExtmanTask *task, const ExtmanCommand *command,
									 const ExtmanPackage *old);

/*
 * Raises what core would raise for this user in the middle of the plan, before
 * anything is done.
 */
extern void extman_core_task_check(const ExtmanTask *task);

/*
 * Carries it out and records it; returns the schema that the extension is in.
 */
extern const char *extman_core_task_run(const ExtmanTask *task, Oid self);

#endif							/* EXTMAN_PG_TASK_CORE_H */
