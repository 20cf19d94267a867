/*
 * shared.h
 *		Objects that outlive a query: a memory context, counted pins.
 *
 * Cached objects are immutable once published, and are replaced rather than
 * changed.  Whoever still uses an old one (a script in the middle of a plan may
 * itself ask for the list of packages) holds a pin on it.
 *
 * An object under construction belongs to the current memory context, so an
 * error takes it away; publishing hands it to the backend for good.
 */
#ifndef EXTMAN_PG_SHARED_H
#define EXTMAN_PG_SHARED_H

#include "utils/memutils.h"

typedef struct ExtmanShared
{
	MemoryContext context;		/* the object and all that it owns */
	int			pins;
} ExtmanShared;

/*
 * Allocates an object of the given size, zeroed, in a new context below the
 * current one.  Its first member is an ExtmanShared.
 */
extern void *extman_shared_new(const char *name, Size size);

/* The object is complete: it lives on, and the caller has the first pin. */
extern void extman_shared_publish(void *object);

extern void extman_shared_pin(void *object);
extern void extman_shared_unpin(void *object);	/* NULL is accepted */

/* Pins an object until a memory context is reset or deleted. */
extern void extman_shared_pin_for(MemoryContext context, void *object);

#endif							/* EXTMAN_PG_SHARED_H */
