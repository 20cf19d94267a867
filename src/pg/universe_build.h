/*
 * universe_build.h
 *		What the files that build a universe share.
 */
#ifndef EXTMAN_PG_UNIVERSE_BUILD_H
#define EXTMAN_PG_UNIVERSE_BUILD_H

#include "overlays.h"
#include "universe.h"

/* Notes a problem; file need not be fit to be shown. */
extern void extman_universe_problem(ExtmanUniverseState *state, const char *file,
									const char *message, const char *hint);

/*
 * The first package on disk that has the id, which was given to an earlier
 * package than this one.  NULL: this is the first, and an installed package has
 * the id.
 */
extern const ExtmanPackage *extman_universe_winner(ExtmanUniverseState *state,
												   const ExtmanPackage *package);

/* How many packages and upgrade scripts core's extensions can come to. */
extern int	extman_universe_core_packages(const ExtmanCoreScan *core);
extern int	extman_universe_core_upgrades(const ExtmanCoreScan *core);

/*
 * Adds the versions that core can install, but for those of names that a package
 * with install.sql has.  There is room for them.
 */
extern void extman_universe_add_core(ExtmanUniverseState *state, const ExtmanOverlays *overlays);

#endif							/* EXTMAN_PG_UNIVERSE_BUILD_H */
