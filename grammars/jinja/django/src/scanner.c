// The scanner of the language django.

#define DJANGO 1
#include "../../common/scanner.h"

DEFINE_SCANNER(django)
