// Scenarios of what reads text: names, versions, files, scripts.
#include "handle.h"
#include "scenarios.h"

#include <array>

namespace extman::faults {

void names_and_versions(Trial &trial) {
  for (const char *name : {"foo", "../etc", "a--b", ""}) {
    trial.call("extman_name_check",
               [&](ExtmanError *error) { return extman_name_check(view(name), error); });
  }
  for (const char *version : {"1.0~rc1", "1:2.0-3", "1.0-", "4294967296:1"}) {
    int order = 9;
    if (trial.call("extman_version_compare", [&](ExtmanError *error) {
          return extman_version_compare(view("1.0"), view(version), &order, error);
        }) == EXTMAN_OK) {
      trial.say("order " + std::to_string(order));
    }
  }
  for (const char *constraints :
       {">= 1.1, < 2", "!= 1.5 , >> 1.4-a-rather-long-revision", "~ 1", ">= ", ""}) {
    bool fits = false;
    if (trial.call("extman_version_satisfies", [&](ExtmanError *error) {
          return extman_version_satisfies(view("1.5"), view(constraints), &fits, error);
        }) == EXTMAN_OK) {
      trial.say(fits ? "fits" : "does not fit");
    }
  }
}

void control_files(Trial &trial) {
  static const std::array<const char *, 5> kFiles = {
      // All keys.
      "# an example\nname = foo\nversion = 1.0\ncomment = 'all that there is to it, isn''t it'\n"
      "depends = bar (>= 1.1, << 2), baz | a_rather_long_name_of_a_package (!= 3)\n"
      "conflicts = bla (< 0.8)\nprovides = spatial (= 3.0), geometry\n"
      "custom_variable_classes = 'foo, a_rather_long_custom_class'\nschema = a_schema_of_its_own\n"
      "module_pathname = '$libdir/foo-and-more-than-fits'\nencoding = UTF8\nrelocatable = false\n"
      "superuser = true\ntrusted = false\nx_origin = nobody knows\n",
      "name = foo\nversion = 1.0\ndependz = bar\n",
      "name = foo\nversion = 1.0\ndepends = bar (>= 1.1), (baz\n",
      "name = foo\nversion = 1.0\nname = bar\n",
      "name = foo\nversion = 1.0\nrelocatable = perhaps\n",
  };
  for (const char *file : kFiles) {
    Control control;
    if (trial.call("extman_control_parse", [&](ExtmanError *error) {
          return extman_control_parse(view(file), Into(control), error);
        }) != EXTMAN_OK) {
      continue;
    }
    ExtmanControlInfo info;
    extman_control_info(control.get(), &info);
    for (const char *text : {info.name, info.version, info.comment, info.depends, info.conflicts,
                             info.provides, info.schema, info.module_pathname, info.encoding}) {
      trial.say(shown(text));
    }
    for (std::size_t i = 0; i < info.class_count; ++i) trial.say(info.classes[i]);
  }
}

void conf_files(Trial &trial) {
  static const std::array<const char *, 2> kClasses = {"foo", "a_rather_long_custom_class"};
  static const std::array<const char *, 4> kFiles = {
      "# c\nfoo.limit = 10\na_rather_long_custom_class.path = 'it''s a path, and longer'\n",
      "foo.limit = 10\nfo.limit = 11\n",
      "foo.limit = 'open\n",
      "foo.limit = 10\nfoo.LIMIT = 11\n",
  };
  for (const char *file : kFiles) {
    Conf conf;
    if (trial.call("extman_conf_parse", [&](ExtmanError *error) {
          return extman_conf_parse(view(file), kClasses.data(), kClasses.size(), Into(conf), error);
        }) != EXTMAN_OK) {
      continue;
    }
    const ExtmanConfSetting *settings = nullptr;
    const std::size_t count = extman_conf_settings(conf.get(), &settings);
    for (std::size_t i = 0; i < count; ++i) {
      trial.say(std::string(settings[i].name) + " = " + settings[i].value);
    }
  }
}

void manifests(Trial &trial) {
  for (const char *text : {"foo (= 1.0), a_rather_long_name_of_a_package (= 1.1~beta1-3)",
                           "foo (>= 1)", "foo (= 1.0), foo (= 2)", "foo (= 1.0"}) {
    Manifest manifest;
    if (trial.call("extman_manifest_parse", [&](ExtmanError *error) {
          return extman_manifest_parse(view(text), Into(manifest), error);
        }) != EXTMAN_OK) {
      continue;
    }
    const ExtmanManifestEntry *entries = nullptr;
    const std::size_t count = extman_manifest_entries(manifest.get(), &entries);
    for (std::size_t i = 0; i < count; ++i) {
      trial.say(std::string(entries[i].name) + " = " + entries[i].version);
    }
  }
}

// The script is fed in small chunks, so that the buffer grows in many steps.
void scripts(Trial &trial) {
  static const std::string kScript =
      "\\echo Use \"CREATE EXTENSION foo\" to load this file. \\quit\n"
      "CREATE TABLE t (a integer, b text); -- a comment; with a semicolon\n"
      "COPY t FROM stdin;\n1\tone\n2\ttwo\n\\.\n"
      "CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS $body$BEGIN; RETURN 1; END$body$;\n"
      "CREATE FUNCTION g() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;\n"
      "/* nested /* comment; */ */ SELECT 'a;b', E'c\\';d', U&\"e;f\" FROM t WHERE (a = 1; b);\n"
      "SELECT '" +
      std::string(3000, 'x') + "'; SELECT 'not terminated; ";
  constexpr std::size_t kChunk = 37;
  Splitter splitter;
  trial.call("extman_splitter_new",
             [&](ExtmanError *error) { return extman_splitter_new(true, Into(splitter), error); });
  for (std::size_t at = 0;;) {
    ExtmanPiece piece = {};
    trial.call("extman_splitter_next", [&](ExtmanError *error) {
      return extman_splitter_next(splitter.get(), &piece, error);
    });
    if (piece.kind == EXTMAN_SPLIT_END) return;
    if (piece.kind == EXTMAN_SPLIT_MORE) {
      const std::string chunk = kScript.substr(at, kChunk);
      at += chunk.size();
      trial.call("extman_splitter_feed", [&](ExtmanError *error) {
        return extman_splitter_feed(splitter.get(), view(chunk), at == kScript.size(), error);
      });
      continue;
    }
    const std::string text(piece.text.data, piece.text.length);
    trial.say(std::to_string(piece.kind) + " " + std::to_string(piece.line) + " " + text);
    if (text == "COPY t FROM stdin") {
      trial.call("extman_splitter_expect_copy", [&](ExtmanError *error) {
        return extman_splitter_expect_copy(splitter.get(), error);
      });
    }
  }
}

}  // namespace extman::faults
