# extman.mk: installs a package of pg_extman, by PGXS.
#
# In the Makefile of a package foo:
#
#   EXTMAN_PACKAGE = foo
#   PG_CONFIG ?= pg_config
#   include $(shell $(PG_CONFIG) --sharedir)/extman/extman.mk
#
#   make install        the folder, into SHAREDIR/extensions/foo-VERSION
#   make installcheck   runs test/sql/*.sql, against a running server
#   make uninstall      takes away what install put there
#
# PG_CONFIG and DESTDIR are what they are for PGXS, which this file includes: set its
# variables (MODULES, MODULE_big, OBJS, REGRESS, EXTRA_CLEAN and so on) before.  A
# module goes to where module_pathname = '$libdir/foo' finds it.
#
# Variables:
#
#   EXTMAN_PACKAGE  the name in the control file
#   EXTMAN_SOURCE   the folder that holds the control file; default: that of the
#                   Makefile
#   EXTMAN_FOLDER   what the folder is called in SHAREDIR/extensions: $(EXTMAN_PACKAGE),
#                   or with the version, which is the default, so that several versions
#                   can stand side by side
#   EXTMAN_VERSION  is set: the version that the control file gives

ifndef EXTMAN_PACKAGE
$(error EXTMAN_PACKAGE is not set: name the package as its control file does)
endif

PG_CONFIG ?= pg_config
ifndef EXTMAN_SOURCE
EXTMAN_SOURCE := $(or $(VPATH),.)
endif

# extman_value KEY: a value of the control file, without quotes; of words, the first.
extman_value = $(shell sed -n "s/^$(1)[[:space:]]*=[[:space:]]*'\{0,1\}\([^'[:space:]]*\).*/\1/p" '$(EXTMAN_SOURCE)/control')

ifeq ($(wildcard $(EXTMAN_SOURCE)/control),)
$(error there is no file "$(EXTMAN_SOURCE)/control")
endif
ifneq ($(call extman_value,name),$(EXTMAN_PACKAGE))
$(error $(EXTMAN_SOURCE)/control is of package "$(call extman_value,name)", not of "$(EXTMAN_PACKAGE)")
endif

EXTMAN_VERSION := $(call extman_value,version)
EXTMAN_FOLDER ?= $(EXTMAN_PACKAGE)$(if $(EXTMAN_VERSION),-$(EXTMAN_VERSION))

ifndef REGRESS
REGRESS := $(sort $(patsubst $(EXTMAN_SOURCE)/test/sql/%.sql,%,$(wildcard $(EXTMAN_SOURCE)/test/sql/*.sql)))
REGRESS_OPTS += --inputdir=$(EXTMAN_SOURCE)/test --load-extension=pg_extman
endif

PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

# What a package folder holds; the control file is not among them.
extman_scripts = $(wildcard $(addprefix $(EXTMAN_SOURCE)/,install.sql uninstall.sql \
	upgrade--*.sql $(EXTMAN_PACKAGE).conf))
extman_target = $(DESTDIR)$(datadir)/extensions/$(EXTMAN_FOLDER)
# What an earlier version of the folder had, and this one has not, must not stay.
extman_clear = cd '$(extman_target)' && rm -f control install.sql uninstall.sql \
	upgrade--*.sql '$(EXTMAN_PACKAGE).conf'

.PHONY: install-extman uninstall-extman
install: install-extman
uninstall: uninstall-extman

# The control file comes last: a server that looks meanwhile finds no half a package.
install-extman: all
	$(MKDIR_P) '$(extman_target)'
	$(extman_clear)
ifneq ($(extman_scripts),)
	$(INSTALL_DATA) $(extman_scripts) '$(extman_target)/'
endif
	$(INSTALL_DATA) '$(EXTMAN_SOURCE)/control' '$(extman_target)/'

uninstall-extman:
	if [ -d '$(extman_target)' ]; then $(extman_clear); fi
	rmdir '$(extman_target)' 2>/dev/null || true
