// The headers that the modules above use; found through pkg-config.
#include <openssl/evp.h>
#include <openssl/hmac.h>
