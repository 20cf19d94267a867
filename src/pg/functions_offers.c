/*
 * functions_offers.c
 *		extman.available(): what is on disk, name by name, and what could be had.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "functions.h"
#include "solve.h"
#include "universe.h"

PG_FUNCTION_INFO_V1(extman_available);

/* A name on disk. */
typedef struct Offer
{
	const ExtmanPackage *newest;
	bool		ahead;			/* no version of it is recommended */
} Offer;

static bool
is_ahead(const ExtmanPackage *package)
{
	return package->core && extman_core_version_is_ahead(package->core);
}

static int
compare_packages(const void *a, const void *b)
{
	const ExtmanPackage *left = *(const ExtmanPackage *const *) a;
	const ExtmanPackage *right = *(const ExtmanPackage *const *) b;

	return strcmp(left->name, right->name);
}

static bool
is_better(const ExtmanPackage *package, const Offer *than)
{
	ExtmanError error;
	int			order = 0;

	if (is_ahead(package) != than->ahead)
		return than->ahead;
	(void) extman_version_compare(extman_text(extman_to_utf8(package->version)),
								  extman_text(extman_to_utf8(than->newest->version)),
								  &order, &error);
	return order > 0;
}

/* One for each name, by name. */
static Offer *
find_offers(const ExtmanUniverseState *state, int *count)
{
	int			on_disk = state->package_count - state->installed_count;
	const ExtmanPackage **packages = palloc((on_disk + 1) * sizeof(*packages));
	Offer	   *offers = palloc((on_disk + 1) * sizeof(Offer));

	for (int i = 0; i < on_disk; i++)
		packages[i] = &state->packages[state->installed_count + i];
	qsort(packages, on_disk, sizeof(*packages), compare_packages);

	*count = 0;
	for (int i = 0; i < on_disk; i++)
	{
		Offer	   *last = *count > 0 ? &offers[*count - 1] : NULL;

		CHECK_FOR_INTERRUPTS();
		if (last == NULL || strcmp(last->newest->name, packages[i]->name) != 0)
			last = &offers[(*count)++];
		else if (!is_better(packages[i], last))
			continue;
		last->newest = packages[i];
		last->ahead = is_ahead(packages[i]);
	}
	return offers;
}

static const char *
comment_of(const ExtmanPackage *package)
{
	return package->core ? package->core->steps[0]->control.comment :
		extman_from_utf8(package->folder->info.comment);
}

/* extman.available() */
Datum
extman_available(PG_FUNCTION_ARGS)
{
	ExtmanUniverseState *state = extman_universe_acquire(true);
	int			count;
	const Offer *offers = find_offers(state, &count);
	ExtmanText *names = palloc((count + 1) * sizeof(ExtmanText));
	ExtmanPackageId *obtainable = palloc((count + 1) * sizeof(ExtmanPackageId));
	ExtmanRow	row;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < count; i++)
		names[i] = extman_text(extman_to_utf8(offers[i].newest->name));
	extman_solve_obtainable(names, count, obtainable, state);

	for (int i = 0; i < count; i++)
	{
		const ExtmanPackage *newest = offers[i].newest;
		const ExtmanPackage *installed = extman_universe_installed_named(state, newest->name);

		extman_row_begin(&row, fcinfo);
		extman_row_text(&row, newest->name);
		extman_row_text(&row, installed ? installed->version : NULL);
		extman_row_text(&row, newest->version);
		extman_row_text(&row, obtainable[i] == EXTMAN_NO_PACKAGE ? NULL :
						extman_universe_package(state, obtainable[i])->version);
		extman_row_text(&row, comment_of(newest));
		extman_row_end(&row);
	}
	return (Datum) 0;
}
