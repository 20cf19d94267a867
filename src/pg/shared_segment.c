/*
 * shared_segment.c
 *		Shared memory that is made when it is first used.
 */
#include "postgres.h"

#include "compat.h"

#if PG_VERSION_NUM >= 170000

#include "storage/dsm_registry.h"

void *
extman_shared_segment(const char *name, Size size, ExtmanSegmentInit init)
{
	bool		found;

#if PG_VERSION_NUM >= 190000
	return GetNamedDSMSegment(name, size, init, &found, NULL);
#else
	return GetNamedDSMSegment(name, size, init, &found);
#endif
}

#else

#include "miscadmin.h"
#include "storage/lwlock.h"
#include "storage/shmem.h"

/* From what the server keeps in reserve; there may be none left. */
void *
extman_shared_segment(const char *name, Size size, ExtmanSegmentInit init)
{
	MemoryContext caller = CurrentMemoryContext;
	void	   *volatile memory = NULL;
	bool		found;

	LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
	PG_TRY();
	{
		memory = ShmemInitStruct(name, size, &found);
		if (!found)
			init(memory);
	}
	PG_CATCH();
	{
		/* It has released its own lock before the error. */
		MemoryContextSwitchTo(caller);
		FlushErrorState();
		HOLD_INTERRUPTS();		/* as LWLockRelease() resumes them */
	}
	PG_END_TRY();
	LWLockRelease(AddinShmemInitLock);
	return memory;
}

#endif
