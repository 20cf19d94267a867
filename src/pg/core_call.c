/*
 * core_call.c
 *		Calling the C++ core from the server: text, handles, interrupts, errors.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "core_call.h"
#include "translate.h"

/* ---------- text ---------- */

const char *
extman_to_utf8(const char *string)
{
	if (string == NULL)
		return NULL;
	return pg_server_to_any(string, strlen(string), PG_UTF8);
}

const char *
extman_from_utf8(const char *string)
{
	if (string == NULL)
		return NULL;
	return pg_any_to_server(string, strlen(string), PG_UTF8);
}

bool
extman_utf8_convertible(const char *string, Size length)
{
	int			encoding = GetDatabaseEncoding();
	Oid			proc;
	Size		room;
	unsigned char *buffer;
	int			converted;

	if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII)
		return pg_verify_mbstr(PG_UTF8, string, length, true);

	proc = FindDefaultConversionProc(PG_UTF8, encoding);
	if (!OidIsValid(proc))
		return false;

	room = length * MAX_CONVERSION_GROWTH + 1;
	buffer = palloc(room);
	converted = pg_do_encoding_conversion_buf(proc, PG_UTF8, encoding,
											  unconstify(unsigned char *, (const unsigned char *) string),
											  length, buffer, room, true);
	pfree(buffer);
	return converted == (int) length;
}

const char *
extman_message_from_utf8(const char *string)
{
	StringInfoData out;

	if (string == NULL || extman_utf8_convertible(string, strlen(string)))
		return extman_from_utf8(string);

	initStringInfo(&out);
	for (const char *p = string; *p;)
	{
		Size		length = strnlen(p, pg_encoding_mblen(PG_UTF8, p));

		if (extman_utf8_convertible(p, length))
			appendStringInfoString(&out, extman_from_utf8(pnstrdup(p, length)));
		else
			for (Size i = 0; i < length; i++)
				appendStringInfo(&out, "\\x%02X", (unsigned char) p[i]);
		p += length;
	}
	return out.data;
}

char *
extman_printable(const char *string)
{
	Size		length = strlen(string);
	bool		valid = pg_verifymbstr(string, length, true);
	bool		plain = valid;
	StringInfoData out;

	for (Size i = 0; plain && i < length; i++)
		plain = (unsigned char) string[i] >= 0x20 && string[i] != 0x7F;
	if (plain)
		return pnstrdup(string, length);

	initStringInfo(&out);
	for (const unsigned char *p = (const unsigned char *) string; *p; p++)
	{
		if (*p < 0x20 || *p == 0x7F || (!valid && *p >= 0x80))
			appendStringInfo(&out, "\\x%02X", *p);
		else
			appendStringInfoChar(&out, *p);
	}
	return out.data;
}

/* ---------- handles ---------- */

struct ExtmanHandleOwner
{
	MemoryContextCallback callback;
	MemoryContext context;
	void		(*release) (void *handle);
	void	   *handle;
};

static void
release_handle(void *arg)
{
	ExtmanHandleOwner *owner = arg;

	owner->release(owner->handle);
}

ExtmanHandleOwner *
extman_handle_reserve(MemoryContext context, void (*release) (void *handle))
{
	ExtmanHandleOwner *owner = MemoryContextAllocZero(context, sizeof(ExtmanHandleOwner));

	owner->callback.func = release_handle;
	owner->callback.arg = owner;
	owner->context = context;
	owner->release = release;
	return owner;
}

void
extman_handle_keep(ExtmanHandleOwner *owner, void *handle)
{
	owner->handle = handle;
	MemoryContextRegisterResetCallback(owner->context, &owner->callback);
}

static void
free_control(void *control)
{
	extman_control_free(control);
}

ExtmanCode
extman_control_parse_here(ExtmanText text, ExtmanControl **control, ExtmanError *error)
{
	ExtmanHandleOwner *owner = extman_handle_reserve(CurrentMemoryContext, free_control);
	ExtmanCode	code = extman_control_parse(text, control, error);

	if (code == EXTMAN_OK)
		extman_handle_keep(owner, *control);
	return code;
}

/* ---------- interrupts and errors ---------- */

/*
 * Runs under C++ frames.  Whatever CHECK_FOR_INTERRUPTS() raises is kept for
 * extman_core_failed(), and the core is asked to return.
 */
static bool
poll_interrupts(void *arg)
{
	ExtmanPoll *poll = arg;

	if (!InterruptPending)
		return false;

	PG_TRY();
	{
		CHECK_FOR_INTERRUPTS();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(poll->context);
		poll->caught = CopyErrorData();
		FlushErrorState();
	}
	PG_END_TRY();

	return poll->caught != NULL;
}

ExtmanInterrupt
extman_interrupt(ExtmanPoll *poll)
{
	ExtmanInterrupt interrupt = {poll_interrupts, poll};

	poll->context = CurrentMemoryContext;
	poll->caught = NULL;
	return interrupt;
}

void
extman_core_failed(ExtmanCode code, const ExtmanError *error, int bad_input,
				   ExtmanPoll *poll)
{
	switch (code)
	{
		case EXTMAN_CANCELLED:
			if (poll && poll->caught)
				ReThrowError(poll->caught);
			break;

		case EXTMAN_BAD_INPUT:
			ereport(ERROR,
					(errcode(bad_input),
					 errmsg_internal("%s", extman_message_from_utf8(error->message)),
					 error->hint[0] != '\0' ?
					 errhint("%s", extman_message_from_utf8(error->hint)) : 0));
			break;

		case EXTMAN_NO_MEMORY:
			ereport(ERROR,
					(errcode(ERRCODE_OUT_OF_MEMORY),
					 errmsg("out of memory"),
					 errdetail("Failed in the core of pg_extman.")));
			break;

		case EXTMAN_LIMIT:
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg_internal("%s", extman_message_from_utf8(error->message)),
					 errhint("Raise \"pg_extman.max_solver_steps\" or "
							 "\"pg_extman.max_solver_memory\", or ask for fewer packages at once.")));
			break;

		case EXTMAN_OK:
		case EXTMAN_MISUSE:
		case EXTMAN_INTERNAL:
			break;
	}
	elog(ERROR, "core of pg_extman failed with code %d: %s", (int) code, error->message);
}
