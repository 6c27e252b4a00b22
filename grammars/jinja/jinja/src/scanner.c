// The scanner of the language jinja.

#define DJANGO 0
#include "../../common/scanner.h"

DEFINE_SCANNER(jinja)
