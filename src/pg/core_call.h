/*
 * core_call.h
 *		Calling the C++ core from the server: text, handles, interrupts, errors.
 *
 * The rules of the boundary: the core neither throws nor longjmps, and nothing
 * here may longjmp through it.  So interrupts are served inside the poll
 * callback, errors are raised only after the core has returned, and handles
 * are tied to a memory context before anything can fail.
 */
#ifndef EXTMAN_PG_CORE_CALL_H
#define EXTMAN_PG_CORE_CALL_H

#include "compat.h"
#include "extman/core.h"
#include "utils/elog.h"
#include "utils/palloc.h"

/* ---------- text: the core speaks UTF-8 ---------- */

/* A C string as the core takes it; NULL stays "not given at all". */
static inline ExtmanText
extman_text(const char *string)
{
	ExtmanText	text = {string, string ? strlen(string) : 0};

	return text;
}

/*
 * Between UTF-8 and the server's encoding.  NULL stays NULL; the result may be
 * the argument.  A character without a counterpart is an error.
 */
extern const char *extman_to_utf8(const char *string);
extern const char *extman_from_utf8(const char *string);

/*
 * The same for what is only read by people: what has no counterpart is shown as the
 * bytes that it is in UTF-8, \xNN.  A translation may have such characters, too.
 */
extern const char *extman_message_from_utf8(const char *string);

/* Whether extman_from_utf8() would succeed. */
extern bool extman_utf8_convertible(const char *string, Size length);

/*
 * Text of unknown encoding (a file's name) made fit to be shown: what isn't
 * valid in the server's encoding, and control characters, become \xNN.
 */
extern char *extman_printable(const char *string);

/* ---------- handles ---------- */

/*
 * Ties a handle to a memory context, in two steps, since a failure to allocate
 * must not come between making a handle and tying it:
 *
 *		owner = extman_handle_reserve(context, release);
 *		code = extman_..._new(&handle, &error);
 *		extman_handle_keep(owner, handle);
 */
typedef struct ExtmanHandleOwner ExtmanHandleOwner;

extern ExtmanHandleOwner *extman_handle_reserve(MemoryContext context,
												void (*release) (void *handle));
extern void extman_handle_keep(ExtmanHandleOwner *owner, void *handle);

/* A control file, parsed, in a handle that the current memory context owns. */
extern ExtmanCode extman_control_parse_here(ExtmanText text, ExtmanControl **control,
											ExtmanError *error);

/* ---------- interrupts and errors ---------- */

typedef struct ExtmanPoll
{
	MemoryContext context;		/* where a caught error is kept */
	ErrorData  *caught;
} ExtmanPoll;

/* The callback for a call of the core; *poll must live as long as the call. */
extern ExtmanInterrupt extman_interrupt(ExtmanPoll *poll);

/*
 * Raises the failure of a call.  bad_input is the SQLSTATE for
 * EXTMAN_BAD_INPUT; poll may be NULL where the call takes no interrupt.
 */
pg_noreturn extern void extman_core_failed(ExtmanCode code, const ExtmanError *error,
							   int bad_input, ExtmanPoll *poll);

#endif							/* EXTMAN_PG_CORE_CALL_H */
