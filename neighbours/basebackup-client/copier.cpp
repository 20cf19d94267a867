#include "copier.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "reader.h"

namespace basebackup {

namespace {

// How much is asked for at once, and how much ahead.
constexpr uint64_t kPiecesAtOnce = 32;
constexpr uint64_t kBytesAhead = 8 << 20;
constexpr size_t kRequestsAhead = 32;

}  // namespace

// Of one thread: the files that it has asked for, whose pieces come in the same order.
class Copier::Worker {
 public:
  Worker(Copier &copier, Connection &connection)
      : copier_(copier), reader_(connection, copier.plan_.server.block_size) {}

  void run() {
    while (true) {
      while (reader_.bytes() < kBytesAhead && reader_.requests() < kRequestsAhead && request()) {
      }
      if (pieces_.empty()) return;
      receive();
    }
  }

 private:
  struct Asked {
    std::shared_ptr<FileCopy> file;
    uint64_t offset = 0;
    uint64_t length = 0;
    bool last = false;
  };

  // Asks for more; false if nothing is left to ask for.
  bool request() {
    while (file_ == nullptr) {
      const Entry *entry = copier_.next();
      if (entry == nullptr) return false;
      file_ = std::make_shared<FileCopy>(*entry, copier_.target_.path(entry->path),
                                         copier_.plan_.digest, copier_.plan_.rules);
      offset_ = 0;
      end_ = entry->size;
      // To the end, if that is a little further away by now; and all in one piece, so that
      // it is one version of the file, if it is small.
      if (!file_->paged()) end_ = end_ / reader_.piece() * reader_.piece() + reader_.piece();
      // There is nothing to read; and a socket or a pipe, which cannot be read, is empty.
      if (entry->size == 0) {
        copier_.complete(*file_);
        file_ = nullptr;
      }
    }
    const uint64_t end = std::min(offset_ + kPiecesAtOnce * reader_.piece(), end_);
    reader_.request(file_->entry().path, offset_, end);
    while (offset_ < end) {
      const uint64_t length = std::min(reader_.piece(), end - offset_);
      pieces_.push_back({file_, offset_, length, offset_ + length == end_});
      offset_ += length;
    }
    if (end == end_) file_ = nullptr;
    return true;
  }

  void receive() {
    const Piece piece = reader_.next();
    const Asked asked = std::move(pieces_.front());
    pieces_.pop_front();
    FileCopy &file = *asked.file;
    if (gone_ != asked.file) {
      if (piece.missing()) {
        // Dropped meanwhile; WAL tells of that as well.
        file.discard();
        ++copier_.vanished_;
        gone_ = asked.file;
      } else {
        file.accept(asked.offset, piece.data());
        if (asked.last) copier_.complete(file);
      }
    }
    const uint64_t size = file.entry().size;
    copier_.bytes_done_ += std::min(asked.length, size - std::min(size, asked.offset));
  }

  Copier &copier_;
  Reader reader_;
  std::deque<Asked> pieces_;        // asked for, the oldest first
  std::shared_ptr<FileCopy> file_;  // of which more is to be asked for
  std::shared_ptr<FileCopy> gone_;  // whose other pieces do not count
  uint64_t offset_ = 0;             // from where
  uint64_t end_ = 0;                // up to where
};

Copier::Copier(CopyPlan plan, const Target &target, Journal &journal)
    : plan_([&plan] {
        // The largest first, so that the connections end at about the same time.
        std::stable_sort(plan.files.begin(), plan.files.end(),
                         [](const Entry &a, const Entry &b) { return a.size > b.size; });
        return std::move(plan);
      }()),
      target_(target),
      journal_(journal) {
  for (int i = 0; i < plan_.jobs; ++i) {
    connections_.push_back(std::make_unique<Connection>(plan_.conninfo));
    if (!read_server(*connections_.back()).same_as(plan_.server)) {
      throw Error("a second connection leads to another server",
                  "Name one host in the connection string.");
    }
  }
  running_ = plan_.jobs;
  try {
    for (auto &connection : connections_) {
      threads_.emplace_back([this, &connection] { run(*connection); });
    }
  } catch (...) {
    join_all();
    throw;
  }
}

Copier::~Copier() { join_all(); }

void Copier::stop_all() { stop_ = true; }

void Copier::join_all() {
  stop_all();
  for (std::thread &thread : threads_) thread.join();
}

void Copier::run(Connection &connection) {
  std::exception_ptr failure;
  try {
    Worker(*this, connection).run();
  } catch (...) {
    failure = std::current_exception();
    stop_all();
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  if (failure && !failure_) failure_ = failure;
  --running_;
  changed_.notify_all();
}

const Entry *Copier::next() {
  if (stop_) return nullptr;
  const size_t index = next_++;
  return index < plan_.files.size() ? &plan_.files[index] : nullptr;
}

void Copier::complete(FileCopy &file) {
  file.finish(plan_.sync);
  JournalEntry entry = {file.entry(), plan_.listed_at, file.digest().crc()};
  // What has another size now cannot be kept by a later run anyway; nor a bad page.
  if (file.size() == entry.entry.size && file.suspects().empty()) journal_.add(entry);
  ManifestFile copied = {entry.entry.path, file.size(), entry.entry.modified,
                         file.digest().finish()};
  const std::lock_guard<std::mutex> lock(mutex_);
  copied_.push_back(std::move(copied));
  suspects_.insert(suspects_.end(), file.suspects().begin(), file.suspects().end());
}

bool Copier::wait_for(std::chrono::milliseconds time) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait_for(lock, time, [this] { return running_ == 0 || failure_; });
  if (failure_) std::rethrow_exception(failure_);
  return running_ == 0;
}

}  // namespace basebackup
