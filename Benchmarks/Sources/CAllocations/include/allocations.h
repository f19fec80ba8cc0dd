#pragma once
#include <stdint.h>

/// Calls of malloc, calloc and realloc in this process so far; 0 where they cannot be counted.
uint64_t allocations_count(void);
/// Bytes that those calls asked for.
uint64_t allocations_bytes(void);
