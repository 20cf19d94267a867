/*
 * native_restore.c
 *		CREATE EXTENSION in a restore, of a version that is gone from disk.
 *
 * What comes first in a dump is what others need.  The newest version of it may
 * be one that those can't live with, which would only show when they come.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "extman.h"
#include "manifest.h"
#include "native.h"

const char *
extman_native_substitute(const char *name, ExtmanUniverseState *state)
{
	ExtmanCommand command = {"CREATE EXTENSION"};
	StringInfoData request;
	const ExtmanAnswer *answer;
	const ExtmanStep *step;
	ListCell   *cell;

	initStringInfo(&request);
	appendStringInfoString(&request, name);
	foreach(cell, extman_manifest_to_come())
	{
		const char *other = lfirst(cell);

		if (strcmp(other, name) == 0 || extman_native_versions(state, other) == NIL)
			continue;
		appendStringInfo(&request, ", %s",
						 extman_native_relation(other,
												extman_native_version(state, other,
																	  extman_manifest_version(other))));
	}

	command.install = request.data;
	answer = extman_solve_command(&command, state);
	step = answer->verdict == EXTMAN_PLAN ? extman_native_step(answer, name) : NULL;
	return step ? extman_from_utf8(step->new_version) : NULL;
}
