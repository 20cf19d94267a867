#include "problem/shrink.h"

#include <algorithm>
#include <utility>

namespace extman::test {

namespace {

class Shrinker {
 public:
  Shrinker(Problem problem, const Shows &shows) : best_(std::move(problem)), shows_(shows) {}

  Problem run() {
    do {
      changed_ = false;
      drop_from([](Problem &p) -> Parts & { return p.question.install; });
      drop_from([](Problem &p) -> Parts & { return p.question.uninstall; });
      drop_from([](Problem &p) -> Parts & { return p.question.upgrade; });
      clear_flags();
      drop_packages();
      drop_from([](Problem & p) -> auto & { return p.upgrades; });
      drop_installed();
      for (auto list :
           {&plan::Question::install, &plan::Question::uninstall, &plan::Question::upgrade}) {
        simplify_parts([list](Problem &p) -> Parts & { return p.question.*list; });
      }
      for (std::size_t i = 0; i < best_.packages.size(); ++i) simplify_package(i);
    } while (changed_);
    return std::move(best_);
  }

 private:
  using Parts = std::vector<control::Alternatives>;

  static bool asks_something(const plan::Question &question) {
    return !question.install.empty() || !question.uninstall.empty() || !question.upgrade.empty() ||
           question.upgrade_all;
  }

  template <class Change>
  bool try_change(Change change) {
    Problem next = best_;
    change(next);
    if (!asks_something(next.question) || !shows_(next)) return false;
    best_ = std::move(next);
    changed_ = true;
    return true;
  }

  // Calls drop(problem, from, to) for runs of half of the elements, of a quarter
  // and so on; keep: so many have to stay.
  template <class Size, class Drop>
  void drop_runs(Size size, Drop drop, std::size_t keep) {
    for (std::size_t run = std::max<std::size_t>(size() / 2, 1); run > 0; run /= 2) {
      for (std::size_t at = 0; at < size();) {
        const std::size_t end = std::min(at + run, size());
        const bool dropped =
            size() - (end - at) >= keep && try_change([&](Problem &next) { drop(next, at, end); });
        if (!dropped) at = end;
      }
    }
  }

  template <class List>
  static void erase(List &list, std::size_t from, std::size_t to) {
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(from),
               list.begin() + static_cast<std::ptrdiff_t>(to));
  }

  template <class Get>
  void drop_from(Get get, std::size_t keep = 0) {
    drop_runs([&] { return get(best_).size(); },
              [&](Problem &next, std::size_t from, std::size_t to) { erase(get(next), from, to); },
              keep);
  }

  void drop_packages() {
    drop_runs([this] { return best_.packages.size(); },
              [](Problem &next, std::size_t from, std::size_t to) {
                erase(next.packages, from, to);
                for (std::size_t i = next.installed.size(); i-- > 0;) {
                  std::size_t &package = next.installed[i];
                  if (package >= to) {
                    package -= to - from;
                  } else if (package >= from) {
                    erase(next.installed, i, i + 1);
                    erase(next.held, i, i + 1);
                  }
                }
              },
              0);
  }

  void drop_installed() {
    drop_runs([this] { return best_.installed.size(); },
              [](Problem &next, std::size_t from, std::size_t to) {
                erase(next.installed, from, to);
                erase(next.held, from, to);
              },
              0);
    for (std::size_t i = 0; i < best_.held.size(); ++i) {
      if (best_.held[i] != 0) try_change([i](Problem &next) { next.held[i] = 0; });
    }
  }

  void clear_flags() {
    clear([](Problem &p) -> bool & { return p.question.upgrade_all; });
    clear([](Problem &p) -> bool & { return p.question.cascade; });
    clear([](Problem &p) -> bool & { return p.allow_cycles; });
  }

  template <class Get>
  void clear(Get get) {
    if (get(best_)) try_change([&](Problem &next) { get(next) = false; });
  }

  // Alternatives and constraints of each element.
  template <class Get>
  void simplify_parts(Get get) {
    for (std::size_t i = 0; i < get(best_).size(); ++i) {
      auto alternatives = [&](Problem &p) -> control::Alternatives & { return get(p)[i]; };
      drop_from(alternatives, 1);
      simplify_relations(alternatives);
    }
  }

  template <class Get>
  void simplify_relations(Get get) {
    for (std::size_t i = 0; i < get(best_).size(); ++i) {
      drop_from([&](Problem & p) -> auto & { return get(p)[i].constraints; });
    }
  }

  void simplify_package(std::size_t i) {
    auto depends = [i](Problem &p) -> Parts & { return p.packages[i].depends; };
    auto conflicts = [i](Problem & p) -> auto & { return p.packages[i].conflicts; };
    auto provides = [i](Problem & p) -> auto & { return p.packages[i].provides; };
    drop_from(depends);
    simplify_parts(depends);
    drop_from(conflicts);
    simplify_relations(conflicts);
    drop_from(provides);
    for (std::size_t j = 0; j < provides(best_).size(); ++j) {
      if (!provides(best_)[j].version) continue;
      try_change([&](Problem &next) { provides(next)[j].version.reset(); });
    }
    drop_from([i](Problem & p) -> auto & { return p.packages[i].classes; });
  }

  Problem best_;
  const Shows &shows_;
  bool changed_ = false;
};

}  // namespace

Problem shrink(Problem problem, const Shows &shows) {
  return Shrinker(std::move(problem), shows).run();
}

}  // namespace extman::test
