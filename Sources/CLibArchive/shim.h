// The headers that the modules above use; found through pkg-config.
#include <archive.h>
#include <archive_entry.h>
