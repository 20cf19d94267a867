// What has been copied, so that an interrupted backup can go on.
//
// A file in the directory of the backup, with a line for each complete file.  It is locked
// while a backup runs, and removed when the backup is complete.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "file_list.h"

namespace basebackup {

inline constexpr std::string_view kJournalName = "basebackup.journal";

struct JournalEntry {
  Entry entry;            // as the server listed it
  int64_t listed_at = 0;  // when, by the server's clock
  uint32_t crc = 0;       // CRC-32C of the copy
};

// Whether a copy is still what the server has.  The times of the server's file are whole
// seconds: a file that was changed in the second of the former list, or after it, may have
// been read before the change.  So all of it must have lain still for a while by then.
bool is_unchanged(const JournalEntry &copied, const Entry &now);

// A line, without its line feed, and back: false if it is none.
std::string format_journal_line(const JournalEntry &entry);
bool parse_journal_line(std::string_view line, JournalEntry &entry);

class Journal {
 public:
  // Makes it in an empty directory, or opens that of an interrupted backup, and locks it.
  // The identity is that of the data directory: a journal that is there must have the
  // same.  Throws Error, also if another backup has begun there, or is complete by now.
  Journal(const std::string &directory, const std::string &identity, bool interrupted);
  ~Journal();
  Journal(const Journal &) = delete;
  Journal &operator=(const Journal &) = delete;

  // What an earlier run has copied, by path.
  const std::unordered_map<std::string, JournalEntry> &copied() const { return copied_; }

  // From any thread.  The copy must be complete by then.
  void add(const JournalEntry &entry);

  // When there is nothing to resume any more.
  void remove();

 private:
  void make(const std::string &directory);
  void open_left(const std::string &directory);
  void begin(const std::string &head);
  void read();

  std::string path_;
  int file_ = -1;
  std::mutex mutex_;
  std::unordered_map<std::string, JournalEntry> copied_;
};

}  // namespace basebackup
