// Handles of the C API that free themselves.
#pragma once

#include "extman/core.h"

#include <memory>
#include <string>
#include <string_view>

namespace extman::faults {

template <class T, void (*kFree)(T *) noexcept>
struct Free {
  void operator()(T *handle) const { kFree(handle); }
};

template <class T, void (*kFree)(T *) noexcept>
using Handle = std::unique_ptr<T, Free<T, kFree>>;

using Control = Handle<ExtmanControl, extman_control_free>;
using Conf = Handle<ExtmanConf, extman_conf_free>;
using Manifest = Handle<ExtmanManifest, extman_manifest_free>;
using Splitter = Handle<ExtmanSplitter, extman_splitter_free>;
using Universe = Handle<ExtmanUniverse, extman_universe_free>;
using Solution = Handle<ExtmanSolution, extman_solution_free>;
using Findings = Handle<ExtmanFindings, extman_findings_free>;

// What a call gives by way of an out parameter goes into the handle.
template <class HandleType>
class Into {
 public:
  explicit Into(HandleType &handle) : handle_(handle) {}
  Into(const Into &) = delete;
  Into &operator=(const Into &) = delete;
  ~Into() { handle_.reset(raw_); }
  operator typename HandleType::pointer *() { return &raw_; }

 private:
  HandleType &handle_;
  typename HandleType::pointer raw_ = nullptr;
};

inline ExtmanText view(std::string_view text) { return {text.data(), text.size()}; }
inline std::string shown(const char *text) { return text == nullptr ? "-" : text; }

}  // namespace extman::faults
