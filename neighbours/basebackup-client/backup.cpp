#include "backup.h"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <unordered_map>

#include "connection.h"
#include "copier.h"
#include "files.h"
#include "journal.h"
#include "manifest.h"
#include "page_checksum.h"
#include "paths.h"
#include "progress.h"
#include "server.h"
#include "suspects.h"
#include "target.h"
#include "timelines.h"
#include "wal_copier.h"
#include "wal_name.h"

namespace basebackup {

namespace {

constexpr const char *kControlFile = "global/pg_control";
constexpr std::chrono::milliseconds kTick(200);
constexpr std::chrono::seconds kWalInterval(1);
constexpr int kFirstWithSummaries = 170000;

class Backup {
 public:
  explicit Backup(const Options &options)
      : options_(options),
        connection_(options.conninfo),
        server_(read_server(connection_)),
        target_(options.directory, options.tablespaces),
        progress_(options.progress) {}

  bool run() {
    target_.check(options_.resume);
    if (options_.jobs > server_.max_jobs) {
      throw Error("the server allows " + std::to_string(server_.max_jobs) + " jobs, not " +
                      std::to_string(options_.jobs),
                  "Name fewer by -j, or raise the setting basebackup.max_jobs.");
    }
    if (options_.include_wal && !reserve_wal(connection_)) {
      progress_.say("no replication slot: the server may remove WAL before it is copied");
    }
    progress_.say("waiting for a checkpoint");
    start_lsn_ = start_backup(connection_, options_.label,
                              options_.fast_checkpoint.value_or(server_.fast_checkpoint));
    list();
    prepare();
    copy();
    const size_t bad =
        check_suspects(connection_, target_, rules_, options_.digest, suspects_, files_);
    // After all else, since that of a standby tells up to where pages may have changed.
    control_ = read_control_file();
    end_ = stop_backup(connection_, !options_.include_wal);
    if (options_.include_wal) wal_->finish(end_.lsn);
    write_rest();
    if (bad > 0) {
      std::cerr << "basebackup: error: " << bad << " page(s) of the server have a wrong checksum\n";
    }
    return bad == 0;
  }

 private:
  void list() {
    listed_at_ = server_time(connection_);
    std::vector<Entry> entries = list_files(connection_);
    // Afterwards: what has no place by now is gone.
    const std::vector<Tablespace> tablespaces = list_tablespaces(connection_);
    entries.erase(std::remove_if(entries.begin(), entries.end(),
                                 [&](const Entry &entry) {
                                   return is_of_other_tablespace(entry.path, tablespaces);
                                 }),
                  entries.end());
    list_ = select_for_backup(std::move(entries));
    target_.check_tablespaces(tablespaces);
  }

  static bool is_of_other_tablespace(std::string_view path,
                                     const std::vector<Tablespace> &tablespaces) {
    static constexpr std::string_view kFolder = "pg_tblspc/";
    if (!starts_with(path, kFolder)) return false;
    const std::string_view rest = path.substr(kFolder.size());
    const std::string_view oid = rest.substr(0, rest.find('/'));
    return std::none_of(tablespaces.begin(), tablespaces.end(),
                        [&](const Tablespace &tablespace) { return tablespace.oid == oid; });
  }

  void prepare() {
    target_.make_directory(server_.group_access);
    const std::string identity =
        server_.system_identifier + " " + std::to_string(server_.directory_identifier);
    journal_ = std::make_unique<Journal>(target_.directory(), identity, target_.interrupted());
    rules_ = {options_.verify_checksums && server_.checksums, server_.block_size,
              server_.segment_blocks, start_lsn_};
    if (target_.interrupted()) keep_unchanged();
    target_.make_tree(list_, server_.version >= kFirstWithSummaries);
    if (options_.include_wal) {
      wal_ = std::make_unique<WalCopier>(connection_, server_, target_, start_lsn_);
    }
  }

  // Takes those files out of the list whose copies are still good, and removes all else
  // that is there.
  void keep_unchanged() {
    std::unordered_set<std::string> kept;
    std::vector<Entry> left;
    uint64_t bytes = 0;
    target_.remove_links();
    for (Entry &entry : list_.files) {
      const auto found = journal_->copied().find(entry.path);
      if (found != journal_->copied().end() && is_unchanged(found->second, entry) &&
          verify_copy(found->second)) {
        kept.insert(entry.path);
        bytes += entry.size;
      } else {
        left.push_back(std::move(entry));
      }
    }
    list_.files = std::move(left);
    target_.remove_all_but(kept);
    progress_.say("kept " + std::to_string(kept.size()) + " files of the interrupted backup, " +
                  std::to_string(bytes >> 20) + " MB");
  }

  // Reads what is there: after a crash of this machine it need not be what was written,
  // and its pages may not have been verified before.
  bool verify_copy(const JournalEntry &copied) {
    Digest digest(options_.digest);
    uint64_t size = 0;
    std::vector<SuspectPage> suspects;
    const bool exists = read_pieces(target_.path(copied.entry.path), [&](std::string_view piece) {
      find_suspects(copied.entry.path, rules_, size, piece, suspects);
      digest.update(piece);
      size += piece.size();
    });
    if (!exists || size != copied.entry.size || digest.crc() != copied.crc || !suspects.empty()) {
      return false;
    }
    files_.push_back({copied.entry.path, size, copied.entry.modified, digest.finish()});
    return true;
  }

  void copy() {
    uint64_t total = 0;
    for (const Entry &entry : list_.files) total += entry.size;
    progress_.start(total);
    Copier copier({options_.conninfo, options_.jobs, server_, std::move(list_.files), listed_at_,
                   rules_, options_.digest, options_.sync},
                  target_, *journal_);
    auto wal_time = std::chrono::steady_clock::now();
    while (!copier.wait_for(kTick)) {
      progress_.show(copier.bytes_done());
      // This session has nothing else to do but hold the backup.
      if (std::chrono::steady_clock::now() - wal_time >= kWalInterval) {
        if (wal_) {
          wal_->catch_up();
        } else {
          // Nothing between here and the server takes the session for dead.
          connection_.query("SELECT");
        }
        wal_time = std::chrono::steady_clock::now();
      }
    }
    progress_.finish(copier.bytes_done());
    for (ManifestFile &file : copier.take_copied()) files_.push_back(std::move(file));
    suspects_ = copier.take_suspects();
    if (copier.vanished() > 0) {
      progress_.say("left out " + std::to_string(copier.vanished()) +
                    " files that the server removed meanwhile");
    }
  }

  // The server may be writing it; the same contents twice are whole.
  std::string read_control_file() {
    std::string content = read_small_file(connection_, kControlFile);
    while (true) {
      std::string again = read_small_file(connection_, kControlFile);
      if (again == content) return content;
      content = std::move(again);
    }
  }

  void write_with_digest(const std::string &name, const std::string &content) {
    write_file(target_.path(name), content);
    add_to_manifest(name, content);
  }

  void add_to_manifest(const std::string &name, const std::string &content) {
    Digest digest(options_.digest);
    digest.update(content);
    const auto now = std::chrono::system_clock::now();
    files_.push_back(
        {name, content.size(), std::chrono::system_clock::to_time_t(now), digest.finish()});
  }

  // What no server starts without comes last, when all else is on disk.
  void write_rest() {
    write_with_digest("backup_label", end_.label);
    if (!end_.tablespace_map.empty()) {
      write_with_digest("tablespace_map", map_file(end_.tablespace_map, options_.tablespaces));
    }
    if (options_.manifest) {
      add_to_manifest(kControlFile, control_);
      write_file(target_.path("backup_manifest"), manifest());
    }
    progress_.say(options_.sync ? "writing to disk" : "done");
    if (options_.sync) target_.sync();
    write_file(target_.path(kControlFile), control_);
    if (options_.sync) {
      sync_path(target_.path(kControlFile));
      sync_path(target_.path("global"));
    }
    journal_->remove();
    if (options_.sync) sync_path(target_.directory());
  }

  std::string manifest() {
    const WalRange whole = {start_timeline(end_.label), start_lsn_, end_.lsn};
    std::string history;
    if (whole.timeline != end_.timeline) {
      history = read_small_file(connection_, "pg_wal/" + history_file(end_.timeline));
    }
    const ManifestHead head = {server_.version >= kFirstWithSummaries ? 2 : 1,
                               server_.system_identifier, options_.digest};
    return make_manifest(head, files_, wal_ranges(whole, end_.timeline, history));
  }

  const Options &options_;
  Connection connection_;  // holds the backup
  Server server_;
  Target target_;
  Progress progress_;

  uint64_t start_lsn_ = 0;
  int64_t listed_at_ = 0;
  FileList list_;
  PageRules rules_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<WalCopier> wal_;
  std::vector<ManifestFile> files_;
  std::vector<SuspectPage> suspects_;
  std::string control_;
  BackupEnd end_;
};

}  // namespace

bool take_backup(const Options &options) { return Backup(options).run(); }

}  // namespace basebackup
