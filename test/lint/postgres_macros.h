/*
 * What cppcheck has to know of PostgreSQL's headers, which it does not read: macros
 * that are no expressions.
 */
#define foreach(cell, list) \
	for (cell = list_head(list); cell != NULL; cell = lnext(list, cell))
#define PG_TRY() do { if (try_begins())
#define PG_CATCH() else
#define PG_FINALLY()
#define PG_END_TRY() } while (0)
#define PG_MODULE_MAGIC
#define PG_FUNCTION_INFO_V1(name) Datum name(PG_FUNCTION_ARGS)
/* What is reported as an error does not return. */
#define DEBUG1 14
#define LOG 15
#define INFO 17
#define NOTICE 18
#define WARNING 19
#define ERROR 21
#define FATAL 22
#define PANIC 23
#define ereport(level, rest) do { if ((level) >= ERROR) abort(); } while (0)
#define elog(level, ...) do { if ((level) >= ERROR) abort(); } while (0)
