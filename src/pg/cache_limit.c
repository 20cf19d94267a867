/*
 * cache_limit.c
 *		Keeps the system caches from growing with the length of a script.
 *
 * Every object that a statement makes leaves its rows in the system caches, half a
 * kilobyte for a function, and there they stay until the session ends: 50 MB for a
 * hundred thousand.  Nobody will ask for them again soon.  So the caches are emptied
 * when they have grown by a fixed amount, as an overflow of the queue of
 * invalidations does at any time; what is in use stays, and what is wanted again is
 * read again.
 *
 * A context doesn't give back to the system what was freed in it.  So after the first
 * time, statements are counted: the caches are emptied when as many were executed as
 * it took to fill them, or when they have grown once more all the same.
 */
#include "postgres.h"

#include "utils/catcache.h"
#include "utils/memutils.h"

#include "cache_limit.h"

/* How much the caches may grow. */
#define LIMIT ((Size) 4 * 1024 * 1024)

/* How many statements pass between two looks at their size, which takes a while. */
#define LOOK_INTERVAL 256

static Size
allocated(void)
{
	return MemoryContextMemAllocated(CacheMemoryContext, true);
}

void
extman_cache_limit_begin(ExtmanCacheLimit *limit)
{
	memset(limit, 0, sizeof(*limit));
	limit->allocated = allocated();
}

static bool
is_reached(const ExtmanCacheLimit *limit)
{
	if (limit->interval > 0 && limit->since >= limit->interval)
		return true;
	return limit->since % LOOK_INTERVAL == 0 && allocated() - limit->allocated > LIMIT;
}

void
extman_cache_limit_check(ExtmanCacheLimit *limit)
{
	limit->since++;
	if (!is_reached(limit))
		return;

	ResetCatalogCaches();
	if (limit->interval == 0 || limit->since < limit->interval)
		limit->interval = limit->since;
	limit->since = 0;
	limit->allocated = allocated();
}
