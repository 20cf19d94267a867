// Copies the files, over several connections at once.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "connection.h"
#include "file_copy.h"
#include "file_list.h"
#include "journal.h"
#include "manifest.h"
#include "target.h"

namespace basebackup {

// What the threads share; nothing of it changes while they run but the journal.
struct CopyPlan {
  std::string conninfo;
  int jobs = 1;
  Server server;  // to which each connection must lead
  std::vector<Entry> files;
  int64_t listed_at = 0;
  PageRules rules;
  DigestKind digest = DigestKind::kCrc32c;
  bool sync = true;
};

class Copier {
 public:
  // Connects, and begins.
  Copier(CopyPlan plan, const Target &target, Journal &journal);
  ~Copier();
  Copier(const Copier &) = delete;
  Copier &operator=(const Copier &) = delete;

  // True when all is done.  Throws what stopped one of the threads.
  bool wait_for(std::chrono::milliseconds time);

  // Of the files as they were listed.
  uint64_t bytes_done() const { return bytes_done_; }

  // When all is done.
  std::vector<ManifestFile> take_copied() { return std::move(copied_); }
  std::vector<SuspectPage> take_suspects() { return std::move(suspects_); }
  size_t vanished() const { return vanished_; }

 private:
  class Worker;

  void run(Connection &connection);
  // The next file to copy; none if there is none, or all is to stop.
  const Entry *next();
  void complete(FileCopy &file);
  void stop_all();
  void join_all();

  const CopyPlan plan_;
  const Target &target_;
  Journal &journal_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<std::thread> threads_;

  std::atomic<size_t> next_ = 0;
  std::atomic<bool> stop_ = false;
  std::atomic<uint64_t> bytes_done_ = 0;
  std::atomic<size_t> vanished_ = 0;

  std::mutex mutex_;  // for all below
  std::condition_variable changed_;
  int running_ = 0;
  std::exception_ptr failure_;
  std::vector<ManifestFile> copied_;
  std::vector<SuspectPage> suspects_;
};

}  // namespace basebackup
