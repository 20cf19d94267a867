/*
 * module.c
 *		What happens when the library is loaded.
 */
#include "postgres.h"

#include "fmgr.h"

#include "extman.h"
#include "native.h"
#include "package_guard.h"
#include "translate.h"

PG_MODULE_MAGIC;

PGDLLEXPORT void _PG_init(void);

void
_PG_init(void)
{
	extman_translate_init();
	extman_guc_define();
	extman_guard_install();
	extman_hook_install();
}
