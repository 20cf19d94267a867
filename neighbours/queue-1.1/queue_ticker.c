/*
 * queue_ticker.c
 *		The ticker of the package queue, as background workers.
 *
 * With this library in shared_preload_libraries, a launcher looks through the
 * databases now and then and starts a worker in each.  Where the package is not
 * installed, the worker ends at once; elsewhere it calls ticker() and maintain() in
 * a loop.  It ends after some minutes, to be started anew: so it comes to know what
 * ALTER DATABASE has set meanwhile.
 *
 * Whoever owns the package may make its functions anything.  So they are called with
 * the rights of that role, in a security-restricted operation, as those of an index
 * are by VACUUM; nothing but the lookup is done as a superuser.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/heapam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "catalog/pg_database.h"
#include "catalog/pg_extension.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "parser/parse_func.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/proc.h"
#include "tcop/tcopprot.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"
#include "utils/varlena.h"

PG_MODULE_MAGIC;

#define PACKAGE "queue"
#define MODULE "queue_ticker"

#define LIFE_MS (5 * 60 * 1000)		/* of a worker */
#define MAINTAIN_MS (10 * 1000)		/* between two calls of maintain() */
#define USEFUL_MS (10 * 1000)		/* who lived for so long had work to do */
#define PROBE_MS 100				/* between the starts of two workers */

/* Where a worker runs, ran, or is to run. */
typedef struct Seat
{
	Oid			database;
	BackgroundWorkerHandle *worker; /* NULL: none runs */
	TimestampTz started_at;
	TimestampTz due_at;			/* not to be started before */
	bool		wanted;			/* by the last look at the databases */
} Seat;

PGDLLEXPORT void _PG_init(void);
PGDLLEXPORT void queue_ticker_launch(Datum arg);
PGDLLEXPORT void queue_ticker_work(Datum database);

static char *ticker_databases = NULL;
static int	ticker_naptime = 60;
static int	ticker_poll = 200;

static List *seats = NIL;

/* ---------- the launcher ---------- */

static bool
is_listed(const char *database)
{
	char	   *list = pstrdup(ticker_databases);
	List	   *names;
	ListCell   *cell;

	if (strcmp(list, "*") == 0)
		return true;
	/* The check hook has seen that it can be read. */
	if (!SplitIdentifierString(list, ',', &names))
		return false;
	foreach(cell, names)
	{
		if (strcmp((char *) lfirst(cell), database) == 0)
			return true;
	}
	return false;
}

static bool
check_databases(char **newval, void **extra, GucSource source)
{
	char	   *list = pstrdup(*newval);
	List	   *names = NIL;
	bool		valid = strcmp(list, "*") == 0 || SplitIdentifierString(list, ',', &names);

	list_free(names);
	pfree(list);
	if (!valid)
		GUC_check_errdetail("It is \"*\", or a list of names.");
	return valid;
}

static Seat *
find_seat(Oid database)
{
	ListCell   *cell;
	Seat	   *seat;
	MemoryContext caller;

	foreach(cell, seats)
	{
		seat = (Seat *) lfirst(cell);
		if (seat->database == database)
			return seat;
	}
	caller = MemoryContextSwitchTo(TopMemoryContext);
	seat = (Seat *) palloc0(sizeof(Seat));
	seat->database = database;
	seats = lappend(seats, seat);
	MemoryContextSwitchTo(caller);
	return seat;
}

/* Marks the seats of those databases where a worker may be of use. */
static void
look_at_databases(void)
{
	Relation	relation;
	TableScanDesc scan;
	HeapTuple	tuple;
	ListCell   *cell;

	foreach(cell, seats)
		((Seat *) lfirst(cell))->wanted = false;

	StartTransactionCommand();
	(void) GetTransactionSnapshot();
	relation = table_open(DatabaseRelationId, AccessShareLock);
	scan = table_beginscan_catalog(relation, 0, NULL);
	while ((tuple = heap_getnext(scan, ForwardScanDirection)) != NULL)
	{
		Form_pg_database database = (Form_pg_database) GETSTRUCT(tuple);

		if (database->datallowconn && !database->datistemplate &&
			is_listed(NameStr(database->datname)))
			find_seat(database->oid)->wanted = true;
	}
	table_endscan(scan);
	table_close(relation, AccessShareLock);
	CommitTransactionCommand();
}

/* Of workers that have ended, and of databases that are gone. */
static void
clear_seats(void)
{
	TimestampTz now = GetCurrentTimestamp();
	ListCell   *cell;

	foreach(cell, seats)
	{
		Seat	   *seat = (Seat *) lfirst(cell);
		pid_t		pid;

		if (seat->worker != NULL &&
			GetBackgroundWorkerPid(seat->worker, &pid) == BGWH_STOPPED)
		{
			pfree(seat->worker);
			seat->worker = NULL;
			if (TimestampDifferenceExceeds(seat->started_at, now, USEFUL_MS))
				seat->due_at = now;
			else
				seat->due_at = TimestampTzPlusMilliseconds(seat->started_at,
														   (int64) ticker_naptime * 1000);
		}
		if (seat->worker == NULL && !seat->wanted)
		{
			seats = foreach_delete_current(seats, cell);
			pfree(seat);
		}
	}
}

/* Starts a worker where one is due; of several, only one. */
static bool
start_one(void)
{
	static bool complained = false;
	TimestampTz now = GetCurrentTimestamp();
	ListCell   *cell;

	foreach(cell, seats)
	{
		Seat	   *seat = (Seat *) lfirst(cell);
		BackgroundWorker worker;
		MemoryContext caller;
		bool		started;

		if (seat->worker != NULL || !seat->wanted || seat->due_at > now)
			continue;

		memset(&worker, 0, sizeof(worker));
		worker.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
		worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
		worker.bgw_restart_time = BGW_NEVER_RESTART;
		strlcpy(worker.bgw_library_name, MODULE, sizeof(worker.bgw_library_name));
		strlcpy(worker.bgw_function_name, "queue_ticker_work", sizeof(worker.bgw_function_name));
		snprintf(worker.bgw_name, BGW_MAXLEN, MODULE " of database %u", seat->database);
		strlcpy(worker.bgw_type, MODULE, BGW_MAXLEN);
		worker.bgw_main_arg = ObjectIdGetDatum(seat->database);
		worker.bgw_notify_pid = MyProcPid;

		caller = MemoryContextSwitchTo(TopMemoryContext);
		started = RegisterDynamicBackgroundWorker(&worker, &seat->worker);
		MemoryContextSwitchTo(caller);
		if (started)
		{
			seat->started_at = now;
			complained = false;
			return true;
		}
		seat->worker = NULL;
		seat->due_at = TimestampTzPlusMilliseconds(now, (int64) ticker_naptime * 1000);
		if (!complained)
			ereport(WARNING,
					(errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
					 errmsg("could not start the ticker of database %u", seat->database),
					 errhint("Raise max_worker_processes.")));
		complained = true;
	}
	return false;
}

/* Waits; returns when there may be something to do. */
static void
wait_for(long milliseconds)
{
	(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH,
					 milliseconds, PG_WAIT_EXTENSION);
	ResetLatch(MyLatch);
	CHECK_FOR_INTERRUPTS();
	if (ConfigReloadPending)
	{
		ConfigReloadPending = false;
		ProcessConfigFile(PGC_SIGHUP);
	}
}

static void
accept_signals(void)
{
	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	pqsignal(SIGTERM, die);
	BackgroundWorkerUnblockSignals();
}

void
queue_ticker_launch(Datum arg)
{
	accept_signals();
	BackgroundWorkerInitializeConnection(NULL, NULL, 0);

	for (;;)
	{
		look_at_databases();
		clear_seats();
		if (start_one())
			wait_for(PROBE_MS);
		else
			wait_for(Min(ticker_naptime, 10) * 1000L);
	}
}

/* ---------- a worker ---------- */

/* The owner of the package and the name of its schema; false: it is not installed. */
static bool
find_package(Oid *owner, char **schema)
{
	Relation	relation;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	*schema = NULL;
	relation = table_open(ExtensionRelationId, AccessShareLock);
	ScanKeyInit(&key, Anum_pg_extension_extname, BTEqualStrategyNumber, F_NAMEEQ,
				CStringGetDatum(PACKAGE));
	scan = systable_beginscan(relation, ExtensionNameIndexId, true, NULL, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		Form_pg_extension extension = (Form_pg_extension) GETSTRUCT(tuple);

		*owner = extension->extowner;
		*schema = get_namespace_name(extension->extnamespace);
	}
	systable_endscan(scan);
	table_close(relation, AccessShareLock);

	/* Another extension may have that name. */
	return *schema != NULL &&
		OidIsValid(LookupFuncName(list_make2(makeString(*schema), makeString("ticker")),
								  0, NULL, true)) &&
		OidIsValid(LookupFuncName(list_make2(makeString(*schema), makeString("maintain")),
								  0, NULL, true));
}

/* Calls a function of the package, in a transaction; false: there is no package. */
static bool
call(const char *function)
{
	Oid			owner = InvalidOid;
	char	   *schema;
	bool		found;

	SetCurrentStatementStartTimestamp();
	StartTransactionCommand();
	PushActiveSnapshot(GetTransactionSnapshot());
	found = find_package(&owner, &schema);
	if (found)
	{
		char	   *query = psprintf("SELECT %s.%s()", quote_identifier(schema), function);
		int			settings = NewGUCNestLevel();
		Oid			caller;
		int			context;

		pgstat_report_activity(STATE_RUNNING, query);
		GetUserIdAndSecContext(&caller, &context);
		SetUserIdAndSecContext(owner, context | SECURITY_LOCAL_USERID_CHANGE |
							   SECURITY_RESTRICTED_OPERATION);
		SPI_connect();
		if (SPI_execute(query, false, 0) != SPI_OK_SELECT)
			elog(ERROR, "could not run \"%s\"", query);
		SPI_finish();
		AtEOXact_GUC(false, settings);
		SetUserIdAndSecContext(caller, context);
	}
	PopActiveSnapshot();
	CommitTransactionCommand();
	pgstat_report_stat(true);
	pgstat_report_activity(STATE_IDLE, NULL);
	return found;
}

void
queue_ticker_work(Datum database)
{
	TimestampTz started_at = GetCurrentTimestamp();
	TimestampTz maintained_at = 0;

	accept_signals();
	BackgroundWorkerInitializeConnectionByOid(DatumGetObjectId(database), InvalidOid, 0);
	/* A tick takes snapshots of its own, whatever is set for the database. */
	SetConfigOption("default_transaction_isolation", "read committed",
					PGC_SUSET, PGC_S_OVERRIDE);

	while (call("ticker"))
	{
		TimestampTz now = GetCurrentTimestamp();

		if (TimestampDifferenceExceeds(maintained_at, now, MAINTAIN_MS))
		{
			if (!call("maintain"))
				break;
			maintained_at = now;
		}
		if (TimestampDifferenceExceeds(started_at, now, LIFE_MS))
			break;
		wait_for(ticker_poll);
	}
	proc_exit(0);
}

/* ---------- the library ---------- */

void
_PG_init(void)
{
	BackgroundWorker launcher;

	if (!process_shared_preload_libraries_in_progress)
		return;

	DefineCustomStringVariable(MODULE ".databases",
							   "The databases whose queues are ticked.",
							   "\"*\": all of them that have the package.",
							   &ticker_databases, "*", PGC_SIGHUP, 0,
							   check_databases, NULL, NULL);
	DefineCustomIntVariable(MODULE ".naptime",
							"How often databases without the package are looked at.",
							NULL, &ticker_naptime, 60, 1, 24 * 3600, PGC_SIGHUP, GUC_UNIT_S,
							NULL, NULL, NULL);
	DefineCustomIntVariable(MODULE ".poll",
							"How often queues are looked at.",
							NULL, &ticker_poll, 200, 10, 60000, PGC_SIGHUP, GUC_UNIT_MS,
							NULL, NULL, NULL);

	memset(&launcher, 0, sizeof(launcher));
	launcher.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
	launcher.bgw_start_time = BgWorkerStart_RecoveryFinished;
	launcher.bgw_restart_time = 10;
	strlcpy(launcher.bgw_library_name, MODULE, sizeof(launcher.bgw_library_name));
	strlcpy(launcher.bgw_function_name, "queue_ticker_launch", sizeof(launcher.bgw_function_name));
	strlcpy(launcher.bgw_name, MODULE " launcher", BGW_MAXLEN);
	strlcpy(launcher.bgw_type, MODULE " launcher", BGW_MAXLEN);
	RegisterBackgroundWorker(&launcher);
}
