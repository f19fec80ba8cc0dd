// What glibc has beside the standard: giving freed memory back to the system.
#if __has_include(<malloc.h>)
#include <malloc.h>
#endif
