#include "file_copy.h"

#include <fcntl.h>
#include <unistd.h>

#include "error.h"
#include "files.h"
#include "page_checksum.h"
#include "relation_file.h"

namespace basebackup {

void find_suspects(const std::string &path, const PageRules &rules, uint64_t offset,
                   std::string_view data, std::vector<SuspectPage> &suspects) {
  const auto relation = parse_paged_file(path);
  if (!rules.verify || !relation) return;
  const uint32_t size = rules.block_size;
  for (size_t at = 0; at + size <= data.size(); at += size) {
    const auto block =
        static_cast<uint32_t>(relation->segment * rules.segment_blocks + (offset + at) / size);
    if (is_page_bad(data.substr(at, size), block, rules.backup_start)) {
      suspects.push_back({path, offset + at, block});
    }
  }
}

FileCopy::FileCopy(Entry entry, std::string target, DigestKind digest, const PageRules &rules)
    : entry_(std::move(entry)),
      target_(std::move(target)),
      rules_(rules),
      paged_(parse_paged_file(entry_.path).has_value()),
      digest_(digest) {}

FileCopy::~FileCopy() {
  if (file_ >= 0) close(file_);
}

void FileCopy::accept(uint64_t offset, std::string_view data) {
  if (file_ < 0) file_ = create_file(target_);
  if (data.empty()) return;
  if (written_ < offset) {
    digest_.update_zeros(offset - written_);
    if (lseek(file_, static_cast<off_t>(offset), SEEK_SET) < 0) {
      throw system_error("could not seek in file \"" + target_ + "\"");
    }
  }
  find_suspects(entry_.path, rules_, offset, data, suspects_);
  digest_.update(data);
  write_all(file_, data, target_);
  written_ = offset + data.size();
}

void FileCopy::finish(bool sync) {
  if (file_ < 0) file_ = create_file(target_);
#if defined(__linux__)
  // A hint only: what has been written by the end need not be waited for.
  if (sync) (void)sync_file_range(file_, 0, 0, SYNC_FILE_RANGE_WRITE);
#else
  (void)sync;
#endif
  const int file = file_;
  file_ = -1;
  close_file(file, target_);
}

void FileCopy::discard() {
  if (file_ >= 0) close(file_);
  file_ = -1;
  remove_file(target_);
}

}  // namespace basebackup
