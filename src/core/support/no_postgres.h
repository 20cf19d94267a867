// The tripwire: PostgreSQL's macros (printf, ERROR, Max, INFO …) must never
// meet a C++ header.  Every internal header of the core includes this first.
#pragma once

#ifdef POSTGRES_H
#error "the core must not be compiled with PostgreSQL's headers"
#endif
