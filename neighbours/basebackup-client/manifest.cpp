#include "manifest.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string_view>

#include "hex.h"
#include "sha256.h"
#include "wal_name.h"

namespace basebackup {

namespace {

// The length of the UTF-8 character at the start, 0 if it is not valid.
size_t utf8_length(std::string_view text) {
  const auto byte = [&](size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto follows = [&](size_t i) { return (byte(i) & 0xc0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return follows(1) ? 2 : 0;
  if ((first & 0xf0U) == 0xe0) {
    if ((first == 0xe0 && byte(1) < 0xa0) || (first == 0xed && byte(1) > 0x9f)) return 0;
    return follows(1) && follows(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    if ((first == 0xf0 && byte(1) < 0x90) || (first == 0xf4 && byte(1) > 0x8f)) return 0;
    return follows(1) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const size_t length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string json_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) < ' ') {
      char escape[8];
      std::snprintf(escape, sizeof(escape), "\\u%04x", static_cast<unsigned>(c));
      result += escape;
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string format_time(int64_t seconds) {
  const auto time = static_cast<time_t>(seconds);
  tm parts{};
  char text[64];
  gmtime_r(&time, &parts);
  text[strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S GMT", &parts)] = '\0';
  return text;
}

const char *algorithm(DigestKind kind) { return kind == DigestKind::kSha256 ? "SHA256" : "CRC32C"; }

void append_file(std::string &text, const ManifestFile &file, DigestKind digest) {
  text += "{ " + manifest_path(file.path) + ", \"Size\": " + std::to_string(file.size) +
          ", \"Last-Modified\": \"" + format_time(file.modified) + "\"";
  if (digest != DigestKind::kNone) {
    text += std::string(", \"Checksum-Algorithm\": \"") + algorithm(digest) +
            "\", \"Checksum\": \"" + file.digest + "\"";
  }
  text += " }";
}

void append_range(std::string &text, const WalRange &range) {
  text += "{ \"Timeline\": " + std::to_string(range.timeline) + ", \"Start-LSN\": \"" +
          format_lsn(range.begin) + "\", \"End-LSN\": \"" + format_lsn(range.end) + "\" }";
}

}  // namespace

std::string manifest_path(const std::string &path) {
  if (is_utf8(path)) return "\"Path\": " + json_string(path);
  return "\"Encoded-Path\": \"" + to_hex(path) + "\"";
}

std::string make_manifest(const ManifestHead &head, std::vector<ManifestFile> files,
                          const std::vector<WalRange> &ranges) {
  std::sort(files.begin(), files.end(),
            [](const ManifestFile &a, const ManifestFile &b) { return a.path < b.path; });

  std::string text =
      "{ \"PostgreSQL-Backup-Manifest-Version\": " + std::to_string(head.version) + ",\n";
  if (head.version >= 2) text += "\"System-Identifier\": " + head.system_identifier + ",\n";
  text += "\"Files\": [";
  const char *separator = "\n";
  for (const ManifestFile &file : files) {
    text += separator;
    append_file(text, file, head.digest);
    separator = ",\n";
  }
  text += "\n],\n\"WAL-Ranges\": [";
  separator = "\n";
  for (const WalRange &range : ranges) {
    text += separator;
    append_range(text, range);
    separator = ",\n";
  }
  text += "\n],\n";

  // pg_verifybackup computes it over all lines but the last.
  Sha256 sha;
  sha.update(text);
  return text + "\"Manifest-Checksum\": \"" + to_hex(sha.finish()) + "\"}\n";
}

}  // namespace basebackup
