/*
 * cache_limit.h
 *		Keeps the system caches from growing with the length of a script.
 */
#ifndef EXTMAN_PG_CACHE_LIMIT_H
#define EXTMAN_PG_CACHE_LIMIT_H

typedef struct ExtmanCacheLimit
{
	Size		allocated;		/* by the caches, when they were last looked at */
	uint64		since;			/* statements since they were last emptied */
	uint64		interval;		/* how many of them fill the caches; 0: not known */
} ExtmanCacheLimit;

extern void extman_cache_limit_begin(ExtmanCacheLimit *limit);

/* To be called after each statement. */
extern void extman_cache_limit_check(ExtmanCacheLimit *limit);

#endif							/* EXTMAN_PG_CACHE_LIMIT_H */
