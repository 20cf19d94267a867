/*
 * overlays.h
 *		Folders that add constraints to an extension of PostgreSQL's own.
 *
 * An overlay has a control file but no install.sql.  It speaks for the version
 * that its control file gives, or for all.
 */
#ifndef EXTMAN_PG_OVERLAYS_H
#define EXTMAN_PG_OVERLAYS_H

#include "universe.h"

typedef struct ExtmanOverlay
{
	ExtmanFolder *folder;
	ExtmanControl *control;
	int			order;			/* on the control path */
} ExtmanOverlay;

typedef struct ExtmanOverlays
{
	ExtmanOverlay *list;		/* by name, then in order of the control path */
	int			count;
} ExtmanOverlays;

/*
 * The overlays on the control path, in the current memory context.  What is
 * wrong with them becomes a problem of the universe.
 */
extern void extman_overlays_collect(ExtmanUniverseState *state, ExtmanOverlays *overlays);

/*
 * Those that speak for one version of an extension: they are put into the
 * description for the solver, and their folders returned as a List.
 */
extern List *extman_overlays_apply(const ExtmanOverlays *overlays, const char *name,
								   const char *version, ExtmanPlain *plain);

/*
 * Reports those that speak for no extension that there is, once all packages
 * have been added.
 */
extern void extman_overlays_report(ExtmanUniverseState *state, const ExtmanOverlays *overlays);

#endif							/* EXTMAN_PG_OVERLAYS_H */
