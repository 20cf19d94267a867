# shellcheck shell=bash
# Whether the catalogues of messages are complete.  Sourced by scripts/test, after
# common.sh.

# lint_catalogs: a fresh template from the sources, and each of po/*.po against it.
lint_catalogs() {
  local work=$SCRATCH/catalogs file template bad=0
  template=$work/po/pg_extman.pot
  mkdir -p "$work/po"
  # What xgettext warns of are texts that translators cannot do with.
  make -C "$work" -f "$SOURCE_DIR/Makefile.pgxs" PG_CONFIG="$PG_CONFIG" po/pg_extman.pot \
    >"$work/log" 2>&1 || {
    tail -n 5 "$work/log"
    return 1
  }
  ! grep -A 3 'warning: ' "$work/log" || bad=1
  expect_languages || bad=1
  for file in po/*.po; do
    msgfmt --check --output-file=/dev/null "$file" || bad=1
    if [ -n "$(msgattrib --only-fuzzy "$file")$(msgattrib --untranslated "$file")" ]; then
      say "$file has messages that are not translated, or not for sure"
      bad=1
    fi
    # Every message of the sources is there, and none that is gone from them.
    if ! catalog_texts "$template" >"$work/wanted" || ! catalog_texts "$file" >"$work/there" ||
      ! diff "$work/wanted" "$work/there"; then
      say "$file is behind the sources: make -f Makefile.pgxs update-po, and translate"
      bad=1
    fi
  done
  return "$bad"
}

# PGXS installs the languages that this file names.
expect_languages() {
  local file
  for file in po/*.po; do
    file=${file#po/}
    printf '%s\n' "${file%.po}"
  done | diff - <(tr ' ' '\n' <po/LINGUAS) || {
    say 'po/LINGUAS names other languages than there are'
    return 1
  }
}

# The messages of a catalogue, without translations, places and comments.
catalog_texts() {
  msgattrib --no-obsolete --no-location --no-wrap --sort-output "$1" |
    sed -n '/^msgid/,/^msgstr/p' | grep -v '^msgstr'
}
