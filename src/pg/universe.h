/*
 * universe.h
 *		All packages that a request can choose from, and which are installed.
 */
#ifndef EXTMAN_PG_UNIVERSE_H
#define EXTMAN_PG_UNIVERSE_H

#include "catalog.h"
#include "control_dir.h"
#include "core_call.h"
#include "core_dir.h"
#include "record.h"
#include "shared.h"

/*
 * One package.  The universe's tag of a package is its index in the array of
 * packages.  Texts are in the server's encoding.
 */
typedef struct ExtmanPackage
{
	ExtmanPackageId id;			/* of a shadowed one: the winner's; none: the
								 * solver doesn't know it */
	const char *name;
	const char *version;

	/* on disk: one of these; neither, when it is what is installed */
	ExtmanFolder *folder;		/* on the control path */
	const ExtmanCoreVersion *core;	/* a version that core can install */
	List	   *overlays;		/* of ExtmanFolder: what else speaks for it */

	/* installed */
	Oid			extension;		/* invalid: it isn't */
	Oid			schema;
	bool		automatic;
	bool		held;
	const ExtmanSnapshot *snapshot; /* NULL: none that counts; no scripts' text */
	const struct ExtmanPackage *on_disk;	/* the first of the same version there */
} ExtmanPackage;

typedef struct ExtmanUpgradeScript
{
	ExtmanFolder *folder;
	const ExtmanUpgradeFile *file;
	const ExtmanCoreVersion *core;	/* instead: one of core's that leads there */
} ExtmanUpgradeScript;

typedef struct ExtmanUniverseState
{
	ExtmanShared shared;
	ExtmanUniverse *universe;
	ExtmanScan *scan;			/* pinned, as the next one */
	ExtmanCoreScan *core;

	/* First those installed, by name; then those on disk, shadowed ones too. */
	ExtmanPackage *packages;
	int			package_count;
	int			installed_count;
	ExtmanInstalled *installed; /* as the solver wants them */
	int			known_count;	/* how many of them it knows */

	ExtmanUpgradeScript *upgrades;	/* indexed by the script's tag */
	int			upgrade_count;

	List	   *problems;		/* of ExtmanProblem: shadowed packages and the like */

	/* What it was built from, for the question whether it still holds. */
	const char *fingerprint;
	Size		fingerprint_length;
} ExtmanUniverseState;

/*
 * The universe as it is now; the same one as before when nothing changed.
 * rescan = false takes the control path as it was last seen.  Good until the
 * current memory context is reset.
 */
extern ExtmanUniverseState *extman_universe_acquire(bool rescan);

/* Don't use the cached one again: a call of the core on it has failed. */
extern void extman_universe_discard(void);

/* The package of an id. */
extern ExtmanPackage *extman_universe_package(ExtmanUniverseState *state, ExtmanPackageId id);

/* The installed package of an id, or NULL when that is not installed. */
extern const ExtmanPackage *extman_universe_installed(const ExtmanUniverseState *state,
													  ExtmanPackageId id);

/* The installed package of a name, or NULL. */
extern const ExtmanPackage *extman_universe_installed_named(const ExtmanUniverseState *state,
															const char *name);

#endif							/* EXTMAN_PG_UNIVERSE_H */
