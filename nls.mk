# Which files and functions hold messages, as PGXS wants to know it (nls-global.mk).
CATALOG_NAME = pg_extman
# PostgreSQL 16 and later read the file themselves.
AVAIL_LANGUAGES = $(shell cat $(source_dir)/po/LINGUAS)
GETTEXT_FILES = $(sort $(patsubst $(source_dir)/%,%,$(c_sources) $(cxx_sources)))
GETTEXT_TRIGGERS = $(BACKEND_COMMON_GETTEXT_TRIGGERS) GUC_check_errdetail \
	tr tr_noop tr_plural:1,2
GETTEXT_FLAGS = $(BACKEND_COMMON_GETTEXT_FLAGS) GUC_check_errdetail:1:c-format \
	tr:1:c-format tr_noop:1:c-format tr_plural:1:c-format tr_plural:2:c-format
