#include "file_copy.h"

#include <fcntl.h>
#include <unistd.h>

#include "error.h"
#include "files.h"
#include "page_checksum.h"

namespace basebackup {

FileCopy::FileCopy(Entry entry, std::string target, DigestKind digest, const PageRules &rules)
    : entry_(std::move(entry)),
      target_(std::move(target)),
      rules_(rules),
      relation_(parse_paged_file(entry_.path)),
      digest_(digest) {}

FileCopy::~FileCopy() {
  if (file_ >= 0) close(file_);
}

void FileCopy::open_target() {
  file_ = open(target_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file_ < 0) throw system_error("could not create file \"" + target_ + "\"");
}

void FileCopy::check_pages(uint64_t offset, std::string_view data) {
  const uint32_t size = rules_.block_size;
  for (size_t at = 0; at + size <= data.size(); at += size) {
    const auto block =
        static_cast<uint32_t>(relation_->segment * rules_.segment_blocks + (offset + at) / size);
    if (is_page_bad(data.substr(at, size), block, rules_.backup_start)) {
      suspects_.push_back({entry_.path, offset + at, block});
    }
  }
}

void FileCopy::accept(uint64_t offset, std::string_view data) {
  if (file_ < 0) open_target();
  if (data.empty()) return;
  if (written_ < offset) {
    digest_.update_zeros(offset - written_);
    if (lseek(file_, static_cast<off_t>(offset), SEEK_SET) < 0) {
      throw system_error("could not seek in file \"" + target_ + "\"");
    }
  }
  if (rules_.verify && paged()) check_pages(offset, data);
  digest_.update(data);
  write_all(file_, data, target_);
  written_ = offset + data.size();
}

void FileCopy::finish(bool sync) {
  if (file_ < 0) open_target();
#if defined(__linux__)
  // A hint only: what has been written by the end need not be waited for.
  if (sync) (void)sync_file_range(file_, 0, 0, SYNC_FILE_RANGE_WRITE);
#else
  (void)sync;
#endif
  const int file = file_;
  file_ = -1;
  if (close(file) != 0) throw system_error("could not write file \"" + target_ + "\"");
}

void FileCopy::discard() {
  if (file_ >= 0) close(file_);
  file_ = -1;
  remove_file(target_);
}

}  // namespace basebackup
