#include "journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <vector>

#include "error.h"
#include "files.h"

namespace basebackup {

namespace {

// How long a file must have lain still before the list of files was made: more than
// the second that its times are cut to.
constexpr int64_t kStill = 2;

constexpr std::string_view kHead = "basebackup journal 1 ";

template <typename T>
bool take_number(std::string_view &line, T &value) {
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
  const auto length = static_cast<size_t>(end - line.data());
  if (error != std::errc() || length == line.size() || line[length] != ' ') return false;
  line.remove_prefix(length + 1);
  return true;
}

}  // namespace

bool is_unchanged(const JournalEntry &copied, const Entry &now) {
  return copied.entry.size == now.size && copied.entry.modified == now.modified &&
         copied.entry.changed == now.changed && now.modified + kStill <= copied.listed_at &&
         now.changed + kStill <= copied.listed_at;
}

std::string format_journal_line(const JournalEntry &entry) {
  return std::to_string(entry.crc) + " " + std::to_string(entry.listed_at) + " " +
         std::to_string(entry.entry.size) + " " + std::to_string(entry.entry.modified) + " " +
         std::to_string(entry.entry.changed) + " " + entry.entry.path;
}

bool parse_journal_line(std::string_view line, JournalEntry &entry) {
  if (!take_number(line, entry.crc) || !take_number(line, entry.listed_at) ||
      !take_number(line, entry.entry.size) || !take_number(line, entry.entry.modified) ||
      !take_number(line, entry.entry.changed) || line.empty()) {
    return false;
  }
  entry.entry.path = line;
  return true;
}

Journal::Journal(const std::string &directory, const std::string &identity, bool resume)
    : path_(directory + "/" + std::string(kJournalName)) {
  file_ = open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file_ < 0) throw system_error("could not open file \"" + path_ + "\"");
  try {
    if (flock(file_, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) throw Error("another backup into \"" + directory + "\" is running");
      throw system_error("could not lock file \"" + path_ + "\"");
    }
    const std::string head = std::string(kHead) + identity;
    const std::string content = read_file(path_);
    const std::string old_head = content.substr(0, content.find('\n'));
    if (resume && old_head.size() < content.size()) {
      if (old_head != head) {
        throw Error("the interrupted backup in \"" + directory + "\" is of another data directory",
                    "Remove it, and start a new one.");
      }
      read();
    } else {
      if (ftruncate(file_, 0) != 0) throw system_error("could not write file \"" + path_ + "\"");
      write_all(file_, head + "\n", path_);
    }
  } catch (...) {
    close(file_);
    throw;
  }
}

Journal::~Journal() { close(file_); }

void Journal::read() {
  const std::string content = read_file(path_);
  size_t begin = content.find('\n') + 1;
  // The last line may have been cut: then it has no line feed.
  for (size_t end = 0; (end = content.find('\n', begin)) != std::string::npos; begin = end + 1) {
    JournalEntry entry;
    if (parse_journal_line(std::string_view(content).substr(begin, end - begin), entry)) {
      copied_[entry.entry.path] = entry;
    }
  }
  // What is added must not continue it.
  if (begin < content.size()) write_all(file_, "\n", path_);
}

void Journal::add(const JournalEntry &entry) {
  // Such a file is copied again.
  if (entry.entry.path.find('\n') != std::string::npos) return;
  const std::string line = format_journal_line(entry) + "\n";
  const std::lock_guard<std::mutex> lock(mutex_);
  write_all(file_, line, path_);
}

void Journal::remove() { remove_file(path_); }

}  // namespace basebackup
