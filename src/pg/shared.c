/*
 * shared.c
 *		Objects that outlive a query: a memory context, counted pins.
 */
#include "postgres.h"

#include "shared.h"

void *
extman_shared_new(const char *name, Size size)
{
	MemoryContext context = AllocSetContextCreateInternal(CurrentMemoryContext, name,
														  ALLOCSET_SMALL_SIZES);
	ExtmanShared *shared = MemoryContextAllocZero(context, size);

	shared->context = context;
	return shared;
}

void
extman_shared_publish(void *object)
{
	ExtmanShared *shared = object;

	MemoryContextSetParent(shared->context, TopMemoryContext);
	shared->pins = 1;
}

void
extman_shared_pin(void *object)
{
	ExtmanShared *shared = object;

	Assert(shared->pins > 0);
	shared->pins++;
}

void
extman_shared_unpin(void *object)
{
	ExtmanShared *shared = object;

	if (shared == NULL)
		return;
	Assert(shared->pins > 0);
	if (--shared->pins == 0)
		MemoryContextDelete(shared->context);
}

void
extman_shared_pin_for(MemoryContext context, void *object)
{
	MemoryContextCallback *callback = MemoryContextAlloc(context, sizeof(*callback));

	extman_shared_pin(object);
	callback->func = extman_shared_unpin;
	callback->arg = object;
	MemoryContextRegisterResetCallback(context, callback);
}
