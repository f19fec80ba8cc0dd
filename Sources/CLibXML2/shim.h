// The headers of libxml2 that XLSX and Forms use; found through pkg-config.
//
// Debian's libxml2 is built with ICU, and its encoding.h would pull in the system's ICU headers, which clash with the
// ICU inside Foundation. Without this macro it does not; the only type that changes is one we never touch
// (xmlCharEncodingHandler).
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

// Damage in an encoding is told to the calling thread's handler, not to the parser's, and the one that libxml2 has by itself
// prints on stderr. This gives the thread one that does not; what went wrong is asked of the parser afterwards.
static void clibxml2_ignore(void *context, const char *message, ...) {
  (void)context;
  (void)message;
}
static inline void clibxml2_silence(void) { xmlSetGenericErrorFunc(NULL, clibxml2_ignore); }
