#include "suspects.h"

#include <iostream>
#include <map>
#include <set>
#include <string>

#include "files.h"
#include "page_checksum.h"

namespace basebackup {

namespace {

constexpr size_t kTold = 5;  // of one file

void update_digest(const Target &target, DigestKind kind, ManifestFile &file) {
  Digest digest(kind);
  read_pieces(target.path(file.path), [&](std::string_view piece) { digest.update(piece); });
  file.digest = digest.finish();
}

}  // namespace

size_t check_suspects(Connection &connection, const Target &target, const PageRules &rules,
                      DigestKind digest, const std::vector<SuspectPage> &suspects,
                      std::vector<ManifestFile> &files) {
  std::map<std::string, size_t> bad;
  std::set<std::string> patched;
  for (const SuspectPage &suspect : suspects) {
    const auto page = connection.read(suspect.path, suspect.offset, rules.block_size);
    // Dropped, or cut, meanwhile: WAL tells of that.
    if (!page || page->size() < rules.block_size) continue;
    if (!is_page_bad(*page, suspect.block, rules.backup_start)) {
      patch_file(target.path(suspect.path), suspect.offset, *page);
      patched.insert(suspect.path);
    } else if (++bad[suspect.path] <= kTold) {
      std::cerr << "basebackup: warning: checksum verification failed in file \"" << suspect.path
                << "\", block " << suspect.block << ": calculated " << std::hex
                << page_checksum(*page, suspect.block) << " but expected " << stored_checksum(*page)
                << std::dec << "\n";
    }
  }
  for (ManifestFile &file : files) {
    if (patched.count(file.path) > 0) update_digest(target, digest, file);
  }
  size_t total = 0;
  for (const auto &[path, count] : bad) {
    total += count;
    if (count > kTold) {
      std::cerr << "basebackup: warning: file \"" << path << "\" has a total of " << count
                << " checksum verification failures\n";
    }
  }
  return total;
}

}  // namespace basebackup
