#include "options.h"

#include <getopt.h>

#include <array>
#include <charconv>
#include <string_view>

#include "error.h"

namespace basebackup {

namespace {

enum LongOnly { kWal = 256, kResume, kNoSync, kNoVerify, kNoManifest, kManifestChecksums };

constexpr int kMaxJobs = 64;

const std::array<option, 12> kLongOptions = {{
    {"jobs", required_argument, nullptr, 'j'},
    {"tablespace-mapping", required_argument, nullptr, 'T'},
    {"label", required_argument, nullptr, 'l'},
    {"checkpoint", required_argument, nullptr, 'c'},
    {"progress", no_argument, nullptr, 'P'},
    {"wal", required_argument, nullptr, kWal},
    {"resume", no_argument, nullptr, kResume},
    {"no-sync", no_argument, nullptr, kNoSync},
    {"no-verify-checksums", no_argument, nullptr, kNoVerify},
    {"no-manifest", no_argument, nullptr, kNoManifest},
    {"manifest-checksums", required_argument, nullptr, kManifestChecksums},
    {nullptr, 0, nullptr, 0},
}};

int parse_jobs(std::string_view text) {
  int jobs = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), jobs);
  if (error != std::errc() || end != text.data() + text.size() || jobs < 1 || jobs > kMaxJobs) {
    throw UsageError("the number of jobs must be between 1 and " + std::to_string(kMaxJobs) +
                     ", not \"" + std::string(text) + "\"");
  }
  return jobs;
}

// One of two words; true for the first.
bool parse_choice(const char *option, std::string_view text, std::string_view yes,
                  std::string_view no) {
  if (text == yes) return true;
  if (text == no) return false;
  throw UsageError("invalid value \"" + std::string(text) + "\" for option --" + option +
                   ": it must be \"" + std::string(yes) + "\" or \"" + std::string(no) + "\"");
}

void apply(Options &options, int letter, const char *value) {
  switch (letter) {
    case 'j':
      options.jobs = parse_jobs(value);
      break;
    case 'T':
      options.tablespaces.push_back(parse_mapping(value));
      break;
    case 'l':
      options.label = value;
      if (options.label.find_first_of("\r\n") != std::string::npos) {
        throw UsageError("the label must be one line");
      }
      break;
    case 'c':
      options.fast_checkpoint = parse_choice("checkpoint", value, "fast", "spread");
      break;
    case 'P':
      options.progress = true;
      break;
    case kWal:
      options.include_wal = parse_choice("wal", value, "include", "none");
      break;
    case kResume:
      options.resume = true;
      break;
    case kNoSync:
      options.sync = false;
      break;
    case kNoVerify:
      options.verify_checksums = false;
      break;
    case kNoManifest:
      options.manifest = false;
      break;
    case kManifestChecksums:
      options.digest = parse_digest_kind(value);
      break;
    default:
      break;
  }
}

}  // namespace

Options parse_options(int argc, char **argv) {
  Options options;
  const std::string_view first = argc > 1 ? argv[1] : "";
  options.help = first == "--help" || first == "-?";
  options.version = first == "--version" || first == "-V";
  if (options.help || options.version) return options;

  int letter = 0;
  optind = 1;
  // A colon first: no message of getopt's own, and ':' for a missing value.
  while ((letter = getopt_long(argc, argv, ":j:T:l:c:P", kLongOptions.data(), nullptr)) != -1) {
    const std::string word = argv[optind - 1];
    if (letter == ':') throw UsageError("option \"" + word + "\" needs a value");
    if (letter == '?') throw UsageError("unrecognized option \"" + word + "\"");
    apply(options, letter, optarg);
  }
  if (argc - optind < 2) {
    throw UsageError(argc == optind ? "no connection string and no directory given"
                                    : "no directory given");
  }
  if (argc - optind > 2) {
    throw UsageError(std::string("too many arguments, the first of them \"") + argv[optind + 2] +
                     "\"");
  }
  options.conninfo = argv[optind];
  options.directory = argv[optind + 1];
  if (options.directory.empty()) throw UsageError("the name of the directory is empty");
  return options;
}

const char *usage() {
  return R"(basebackup takes a base backup of a PostgreSQL server over ordinary SQL connections.

usage: basebackup [OPTION]... CONNINFO DIRECTORY

CONNINFO is a connection string, a URI or the name of a database that has the package
basebackup; '' leaves all to the environment.  DIRECTORY must be empty or not exist.

  -j, --jobs=N                   copy over N connections; one more holds the backup
  -T, --tablespace-mapping=OLD=NEW
                                 put the tablespace in OLD into NEW
  -l, --label=LABEL              label of the backup
  -c, --checkpoint=fast|spread   how hurried the checkpoint at the start is
                                 (as the setting basebackup.checkpoint says)
      --wal=include|none         with the WAL that the backup needs, or with none (include)
      --resume                   complete an interrupted backup in DIRECTORY
  -P, --progress                 show progress even if the standard error is no terminal
      --no-sync                  leave it to the system when to write to disk
      --no-verify-checksums      do not verify the checksums of pages
      --manifest-checksums=CRC32C|SHA256|NONE
                                 how files are checked by pg_verifybackup (CRC32C)
      --no-manifest              write no backup_manifest
  -V, --version                  print the version, if it comes first
  -?, --help                     print this, if it comes first

The exit status is 0 for a backup that is complete and sound, else 1.
)";
}

}  // namespace basebackup
