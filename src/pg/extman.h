/*
 * extman.h
 *		What every shim knows: the names that pg_extman goes by, its settings.
 */
#ifndef EXTMAN_PG_EXTMAN_H
#define EXTMAN_PG_EXTMAN_H

#include "nodes/pg_list.h"

#define EXTMAN_EXTENSION "pg_extman"
#define EXTMAN_SCHEMA "extman"

/*
 * The largest control file that is read: a larger one is a mistake, and parsing
 * it could not be cancelled for too long.
 */
#define EXTMAN_MAX_CONTROL_SIZE ((Size) 4 * 1024 * 1024)

/* The largest script: as much text as one value of PostgreSQL can hold. */
#define EXTMAN_MAX_SCRIPT_SIZE ((Size) (MaxAllocSize - VARHDRSZ - 1))

/* What the limits of the solver are unless somebody sets them. */
#define EXTMAN_DEFAULT_SOLVER_STEPS (500 * 1000 * 1000)
#define EXTMAN_DEFAULT_SOLVER_MEMORY (512 * 1024)

/* Settings, defined in guc.c. */
extern char *extman_control_path;	/* pg_extman.control_path */
extern int	extman_max_solver_steps;	/* 0: no limit */
extern int	extman_max_solver_memory;	/* in kilobytes; 0: no limit */

extern bool extman_native_commands; /* pg_extman.native_commands */

/* pg_extman.enforce_constraints: the level of an error report; 0: off. */
extern int	extman_enforce_constraints;

extern void extman_guc_define(void);

/*
 * The folders of pg_extman.control_path in order, as absolute paths; "$system"
 * is replaced.  A List of C strings in the current context.
 */
extern List *extman_guc_control_folders(void);

#endif							/* EXTMAN_PG_EXTMAN_H */
