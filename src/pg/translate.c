/*
 * translate.c
 *		Where the catalogues of messages are.
 *
 * The core speaks UTF-8 whatever the server's encoding is, and gettext converts by
 * domain.  So the core's texts have a domain of their own, whose catalogue is the same
 * file under another name.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/guc.h"

#include "extman/core.h"
#include "translate.h"

#define MODULE_TEXTDOMAIN PG_TEXTDOMAIN("pg_extman")

#ifdef ENABLE_NLS

#define CORE_TEXTDOMAIN PG_TEXTDOMAIN("pg_extman_core")

/* Called under C++ frames: gettext neither raises errors nor needs memory of the server. */
static const char *
translate(const char *text, const char *plural, unsigned long count)
{
	return plural ? dngettext(CORE_TEXTDOMAIN, text, plural, count) :
		dgettext(CORE_TEXTDOMAIN, text);
}

#endif

/*
 * A library that the postmaster loads is loaded before there is a database, and so
 * before it is known into which encoding to convert.
 */
const char *
extman_textdomain(void)
{
#ifdef ENABLE_NLS
	static bool encoding_known = false;

	if (!encoding_known && OidIsValid(MyDatabaseId))
	{
		encoding_known = true;
		(void) pg_bind_textdomain_codeset(MODULE_TEXTDOMAIN);
	}
#endif
	return MODULE_TEXTDOMAIN;
}

/* Not by the variable: the header that declares it wants those of ICU. */
const char *
extman_language(void)
{
	return GetConfigOption("lc_messages", false, false);
}

void
extman_translate_init(void)
{
	pg_bindtextdomain(MODULE_TEXTDOMAIN);
#ifdef ENABLE_NLS
	pg_bindtextdomain(CORE_TEXTDOMAIN);
	bind_textdomain_codeset(CORE_TEXTDOMAIN, "UTF-8");
	extman_set_translator(translate);
#endif
}
