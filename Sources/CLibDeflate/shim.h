// The headers that the modules above use; found through pkg-config.
#include <libdeflate.h>
