/* PostgreSQL's scanner of psql, libpgfeutils, behind names that C++ can read. */
#ifndef EXTMAN_TEST_PSQL_SCANNER_H
#define EXTMAN_TEST_PSQL_SCANNER_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum PsqlStop {
  PSQL_SEMICOLON, /* one that ends a statement */
  PSQL_BACKSLASH, /* one that starts a command of psql */
  PSQL_END        /* of the text */
} PsqlStop;

typedef struct PsqlScanner PsqlScanner;

/* The text must outlive the scanner. */
extern PsqlScanner *psql_scanner_new(const char *text, size_t length, bool standard_strings);
extern void psql_scanner_free(PsqlScanner *scanner);

/* Where it stopped is counted from the start of the text. */
extern PsqlStop psql_scanner_next(PsqlScanner *scanner, size_t *position);

/* Starts anew at a place in the text, between statements. */
extern void psql_scanner_seek(PsqlScanner *scanner, size_t position);

#ifdef __cplusplus
}
#endif

#endif
