#include "allocations.h"

#include <cstdlib>
#include <new>

namespace extman::faults {

namespace {

// In front of each piece of memory, which stays aligned as malloc's.
struct alignas(std::max_align_t) Header {
  bool of_core;
};

Plan plan;
bool in_core = false;
std::size_t asked_count = 0;
std::size_t thrown_count = 0;
std::size_t refused_count = 0;
std::size_t outstanding_count = 0;

bool is_due() noexcept {
  if (!in_core) return false;
  ++asked_count;
  return plan.nth != 0 && (plan.from_then ? asked_count >= plan.nth : asked_count == plan.nth);
}

void *take(std::size_t size) noexcept {
  auto *header = static_cast<Header *>(std::malloc(sizeof(Header) + size));
  if (header == nullptr) return nullptr;
  header->of_core = in_core;
  outstanding_count += in_core;
  return header + 1;
}

void *take_or_throw(std::size_t size) {
  if (is_due()) {
    ++thrown_count;
    throw std::bad_alloc();
  }
  void *memory = take(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void *take_or_null(std::size_t size) noexcept {
  if (is_due()) {
    ++refused_count;
    return nullptr;
  }
  return take(size);
}

void give_back(void *memory) noexcept {
  if (memory == nullptr) return;
  Header *header = static_cast<Header *>(memory) - 1;
  outstanding_count -= header->of_core;
  std::free(header);
}

}  // namespace

void start(Plan next) noexcept {
  plan = next;
  asked_count = thrown_count = refused_count = 0;
}

InCore::InCore() noexcept { in_core = true; }
InCore::~InCore() { in_core = false; }

std::size_t asked() noexcept { return asked_count; }
std::size_t thrown() noexcept { return thrown_count; }
std::size_t refused() noexcept { return refused_count; }
std::size_t outstanding() noexcept { return outstanding_count; }

}  // namespace extman::faults

void *operator new(std::size_t size) { return extman::faults::take_or_throw(size); }
void *operator new[](std::size_t size) { return extman::faults::take_or_throw(size); }
void *operator new(std::size_t size, const std::nothrow_t &) noexcept {
  return extman::faults::take_or_null(size);
}
void *operator new[](std::size_t size, const std::nothrow_t &) noexcept {
  return extman::faults::take_or_null(size);
}
void operator delete(void *memory) noexcept { extman::faults::give_back(memory); }
void operator delete[](void *memory) noexcept { extman::faults::give_back(memory); }
void operator delete(void *memory, std::size_t) noexcept { extman::faults::give_back(memory); }
void operator delete[](void *memory, std::size_t) noexcept { extman::faults::give_back(memory); }
void operator delete(void *memory, const std::nothrow_t &) noexcept {
  extman::faults::give_back(memory);
}
void operator delete[](void *memory, const std::nothrow_t &) noexcept {
  extman::faults::give_back(memory);
}
