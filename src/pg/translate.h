/*
 * translate.h
 *		Messages in the language of the reader, by PostgreSQL's own means.
 *
 * ereport() and errcontext() look their texts up in TEXTDOMAIN, which is this module's;
 * other texts are marked by _(), or by gettext_noop() where they are looked up later.
 * The catalogues are in po/, and nls.mk says what is searched for texts.
 */
#ifndef EXTMAN_PG_TRANSLATE_H
#define EXTMAN_PG_TRANSLATE_H

#undef TEXTDOMAIN
#define TEXTDOMAIN extman_textdomain()

#undef _
#define _(x) dgettext(TEXTDOMAIN, x)

/* The name of the module's catalogue. */
extern const char *extman_textdomain(void);

/* The session's lc_messages.  Valid until that is set again. */
extern const char *extman_language(void);

/* Finds the catalogues, and has the core translate its texts, too. */
extern void extman_translate_init(void);

#endif							/* EXTMAN_PG_TRANSLATE_H */
