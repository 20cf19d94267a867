// One file on its way: pieces come in, are checked, and written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "digest.h"
#include "file_list.h"

namespace basebackup {

// How the pages of a cluster are checked.
struct PageRules {
  bool verify = false;
  uint32_t block_size = 8192;
  uint32_t segment_blocks = 131072;
  uint64_t backup_start = 0;  // pages that changed since are not checked
};

// A page whose checksum is wrong, unless it was just being written when it was read.
struct SuspectPage {
  std::string path;
  uint64_t offset = 0;  // in the file
  uint32_t block = 0;   // in the relation
};

// Adds the pages of part of a file that are wrong, if the rules ask for that and the file
// consists of pages.
void find_suspects(const std::string &path, const PageRules &rules, uint64_t offset,
                   std::string_view data, std::vector<SuspectPage> &suspects);

// Not copied over the network twice at a time: belongs to one thread.
class FileCopy {
 public:
  FileCopy(Entry entry, std::string target, DigestKind digest, const PageRules &rules);
  ~FileCopy();
  FileCopy(const FileCopy &) = delete;
  FileCopy &operator=(const FileCopy &) = delete;

  const Entry &entry() const { return entry_; }

  // Whether the file consists of pages, and so is cut at the size that was listed: what is
  // behind comes from WAL.  Any other file is copied up to its end, as it is at the time.
  bool paged() const { return paged_; }

  // In the order of the offsets.  Where a piece was cut short, because the file was, and
  // more comes behind it, there will be zeros.
  void accept(uint64_t offset, std::string_view data);

  // Nothing more comes.  With sync, begins to write it to disk.
  void finish(bool sync);

  // The file is gone on the server: leaves nothing of it.
  void discard();

  // What was written.
  uint64_t size() const { return written_; }
  Digest &digest() { return digest_; }
  const std::vector<SuspectPage> &suspects() const { return suspects_; }

 private:
  Entry entry_;
  std::string target_;
  const PageRules &rules_;
  bool paged_;
  int file_ = -1;
  uint64_t written_ = 0;
  Digest digest_;
  std::vector<SuspectPage> suspects_;
};

}  // namespace basebackup
