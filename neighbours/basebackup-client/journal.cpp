#include "journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <filesystem>

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

Error another_backup(const std::string &directory) {
  return Error("another backup into \"" + directory + "\" is running");
}

void lock_alone(int file, const std::string &path, const std::string &directory) {
  if (flock(file, LOCK_EX | LOCK_NB) == 0) return;
  if (errno == EWOULDBLOCK) throw another_backup(directory);
  throw system_error("could not lock file \"" + path + "\"");
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

Journal::Journal(const std::string &directory, const std::string &identity, bool interrupted)
    : path_(directory + "/" + std::string(kJournalName)) {
  try {
    const std::string head = std::string(kHead) + identity;
    if (!interrupted) {
      make(directory);
      begin(head);
      return;
    }
    open_left(directory);
    const std::string content = read_file(path_);
    const size_t end = content.find('\n');
    if (end == std::string::npos) {
      begin(head);
    } else if (content.substr(0, end) != head) {
      throw Error("the interrupted backup in \"" + directory + "\" is of another data directory",
                  "Remove it, and start a new one.");
    } else {
      read();
    }
  } catch (...) {
    if (file_ >= 0) close(file_);
    throw;
  }
}

void Journal::make(const std::string &directory) {
  file_ = open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file_ < 0 && errno == EEXIST) throw another_backup(directory);
  if (file_ < 0) throw system_error("could not create file \"" + path_ + "\"");
  lock_alone(file_, path_, directory);
  // One that was begun at the same time may be complete by now.
  for (const auto &entry : std::filesystem::directory_iterator(directory)) {
    if (entry.path().filename() == kJournalName) continue;
    remove();
    throw Error("directory \"" + directory + "\" exists but is not empty");
  }
}

void Journal::open_left(const std::string &directory) {
  struct stat status {};
  file_ = open(path_.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
  if (file_ < 0 && errno != ENOENT) throw system_error("could not open file \"" + path_ + "\"");
  if (file_ >= 0) {
    lock_alone(file_, path_, directory);
    if (fstat(file_, &status) != 0) throw system_error("could not stat file \"" + path_ + "\"");
  }
  if (status.st_nlink == 0) {
    throw Error("the interrupted backup in \"" + directory +
                "\" was completed or removed meanwhile");
  }
}

void Journal::begin(const std::string &head) {
  if (ftruncate(file_, 0) != 0) throw system_error("could not write file \"" + path_ + "\"");
  write_all(file_, head + "\n", path_);
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
