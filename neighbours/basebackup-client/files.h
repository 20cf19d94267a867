// Files of this machine.  All throw Error with the name of the file.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace basebackup {

void write_all(int file, std::string_view data, const std::string &name);

std::string read_file(const std::string &path);

// Calls with one piece after the other; false if there is no such regular file.
bool read_pieces(const std::string &path, const std::function<void(std::string_view)> &piece);

// For writing, empty.  Throws as well where there is a symbolic link: what it leads to is
// not part of the backup.
int create_file(const std::string &path);

// Throws what the system has put off until then.
void close_file(int file, const std::string &path);

// Replaces what is there.
void write_file(const std::string &path, std::string_view content);

// Writes into a file that exists.
void patch_file(const std::string &path, uint64_t offset, std::string_view data);

// It need not exist.
void remove_file(const std::string &path);

// With those above; they may exist.
void make_directories(const std::string &path);

// True as well if there is none.
bool is_empty_directory(const std::string &path);

// To disk: a file or a directory.
void sync_path(const std::string &path);

}  // namespace basebackup
