// What is called while memory runs out.  A scenario frees all that it gets, however it
// ends, and says in the trial what came out.
#pragma once

#include "problem/case_file.h"
#include "trial.h"

namespace extman::faults {

void names_and_versions(Trial &trial);
void control_files(Trial &trial);
void conf_files(Trial &trial);
void manifests(Trial &trial);
void scripts(Trial &trial);

// The universe of a case, its request, and what the core says of what is installed.
void solving(Trial &trial, const test::CaseFile &problem);

}  // namespace extman::faults
