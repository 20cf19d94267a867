/*
 * Preloaded with AddressSanitizer, which starts at the first call of malloc().  In a
 * server that is linked to libgpg-error, that one comes under a lock of gettext, and the
 * start wants the same lock: the server would wait for itself.  Linked by -z initfirst,
 * this comes before all other libraries.
 */
#include <stdlib.h>

__attribute__((constructor)) static void
start(void)
{
	free(malloc(1));
}
