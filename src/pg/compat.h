/*
 * compat.h
 *		What differs between the PostgreSQL versions that pg_extman supports.
 */
#ifndef EXTMAN_PG_COMPAT_H
#define EXTMAN_PG_COMPAT_H

#include "catalog/pg_database.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_namespace.h"
#include "nodes/parsenodes.h"
#include "parser/parser.h"
#include "utils/acl.h"

/* What is in a value of varying length: up to PostgreSQL 15 in postgres.h. */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* Of PostgreSQL 18, where it stands in front of a declaration. */
#ifndef pg_noreturn
#define pg_noreturn pg_attribute_noreturn()
#endif

#if PG_VERSION_NUM >= 160000
#define extman_extension_ownercheck(extension, role) \
	object_ownercheck(ExtensionRelationId, extension, role)
#define extman_database_ownercheck(database, role) \
	object_ownercheck(DatabaseRelationId, database, role)
#define extman_schema_aclcheck(schema, role, mode) \
	object_aclcheck(NamespaceRelationId, schema, role, mode)
#define extman_database_aclcheck(database, role, mode) \
	object_aclcheck(DatabaseRelationId, database, role, mode)
#else
#define extman_extension_ownercheck(extension, role) \
	pg_extension_ownercheck(extension, role)
#define extman_database_ownercheck(database, role) \
	pg_database_ownercheck(database, role)
#define extman_schema_aclcheck(schema, role, mode) \
	pg_namespace_aclcheck(schema, role, mode)
#define extman_database_aclcheck(database, role, mode) \
	pg_database_aclcheck(database, role, mode)
#endif

#if PG_VERSION_NUM >= 190000
#define extman_insert_index_tuples(result, slot, estate) \
	ExecInsertIndexTuples(result, estate, 0, slot, NIL, NULL)
#elif PG_VERSION_NUM >= 160000
#define extman_insert_index_tuples(result, slot, estate) \
	ExecInsertIndexTuples(result, slot, estate, false, false, NULL, NIL, false)
#else
#define extman_insert_index_tuples(result, slot, estate) \
	ExecInsertIndexTuples(result, slot, estate, false, false, NULL, NIL)
#endif

/* Deletes the newest version of a row, which a snapshot need not see. */
#if PG_VERSION_NUM >= 190000
#define extman_delete_tuple(relation, tid, wait, failure) \
	table_tuple_delete(relation, tid, GetCurrentCommandId(true), 0, \
					   InvalidSnapshot, InvalidSnapshot, wait, failure)
#else
#define extman_delete_tuple(relation, tid, wait, failure) \
	table_tuple_delete(relation, tid, GetCurrentCommandId(true), \
					   InvalidSnapshot, InvalidSnapshot, wait, failure, false)
#endif

/* To the end, once. */
#if PG_VERSION_NUM >= 180000
#define extman_executor_run(query) ExecutorRun(query, ForwardScanDirection, 0)
#else
#define extman_executor_run(query) ExecutorRun(query, ForwardScanDirection, 0, true)
#endif

#if PG_VERSION_NUM >= 180000
#define extman_primary_key_index(relation) RelationGetPrimaryKeyIndex(relation, true)
#else
#define extman_primary_key_index(relation) RelationGetPrimaryKeyIndex(relation)
#endif

/* Creates a schema; text: what stands for the source of the command. */
#if PG_VERSION_NUM >= 190000
#define extman_create_schema(statement, text) \
	CreateSchemaCommand(&(ParseState) {.p_sourcetext = (text)}, statement, -1, -1)
#else
#define extman_create_schema(statement, text) \
	CreateSchemaCommand(statement, text, -1, -1)
#endif

/* What an ExecutorCheckPerms_hook takes, and the relation of one of its entries. */
#if PG_VERSION_NUM >= 160000
#define EXTMAN_CHECK_PERMS_PARAMETERS List *range_table, List *perm_infos, bool raise
#define EXTMAN_CHECK_PERMS_ARGUMENTS range_table, perm_infos, raise
#define extman_check_perms_list perm_infos
#define extman_check_perms_relation(entry) (((RTEPermissionInfo *) (entry))->relid)
#else
#define EXTMAN_CHECK_PERMS_PARAMETERS List *range_table, bool raise
#define EXTMAN_CHECK_PERMS_ARGUMENTS range_table, raise
#define extman_check_perms_list range_table
#define extman_check_perms_relation(entry) \
	(((RangeTblEntry *) (entry))->rtekind == RTE_RELATION ? \
	 ((RangeTblEntry *) (entry))->relid : InvalidOid)
#endif

/* The setting can no longer be turned off from PostgreSQL 19 on. */
#if PG_VERSION_NUM >= 190000
#define extman_standard_strings() true
#else
#define extman_standard_strings() standard_conforming_strings
#endif

/* One for each type of process from PostgreSQL 19 on. */
#if PG_VERSION_NUM >= 190000
#define extman_log_min_messages() (log_min_messages[MyBackendType])
#else
#define extman_log_min_messages() log_min_messages
#endif

/*
 * Whether ALTER EXTENSION ... SET SCHEMA reads the control files of the extensions
 * that depend on the one that is moved, for their no_relocate.
 */
#define EXTMAN_SET_SCHEMA_READS_DEPENDENTS (PG_VERSION_NUM >= 160000)

/* Whether a deferred trigger runs as whoever queued it, not as whoever commits. */
#define EXTMAN_TRIGGERS_RUN_AS_QUEUED (PG_VERSION_NUM >= 180000)

/* Further parameters of the function that initialises shared memory. */
#if PG_VERSION_NUM >= 190000
#define EXTMAN_SEGMENT_INIT_ARG , void *arg
#else
#define EXTMAN_SEGMENT_INIT_ARG
#endif

typedef void (*ExtmanSegmentInit) (void *memory EXTMAN_SEGMENT_INIT_ARG);

/*
 * Shared memory of that name, made and initialised by the first who asks, until
 * the server restarts.  NULL when there is no memory for it.
 */
extern void *extman_shared_segment(const char *name, Size size, ExtmanSegmentInit init);

#endif							/* EXTMAN_PG_COMPAT_H */
