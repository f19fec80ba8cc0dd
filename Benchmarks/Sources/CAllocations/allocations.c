// Stands in for glibc's malloc, calloc and realloc, counts, and hands on to them. Swift's objects, arrays and strings come
// from malloc, those of C libraries too; over-aligned memory (posix_memalign) and pages from mmap are not counted.
#include "allocations.h"
#include <stdatomic.h>
#include <stddef.h>

static _Atomic uint64_t calls;
static _Atomic uint64_t bytes;

uint64_t allocations_count(void) { return atomic_load(&calls); }
uint64_t allocations_bytes(void) { return atomic_load(&bytes); }

#ifdef __GLIBC__
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static inline void count(size_t size) {
  atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed);
  atomic_fetch_add_explicit(&bytes, size, memory_order_relaxed);
}

void *malloc(size_t size) {
  count(size);
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  count(number * size);
  return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
  count(size);
  return __libc_realloc(old, size);
}
#endif
