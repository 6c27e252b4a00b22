// Decides what is text and where blocks begin and end, as Jinja2's and Django's lexers do; the grammar parses what lies within.
// A dialect's scanner.c defines DJANGO as 0 or 1 and includes this file.
//
// A scanner only moves forward, so every token that ends in text also looks at what follows it (`look_ahead`)
// and leaves the answer in the state for the next call.

#include "tree_sitter/alloc.h"
#include "tree_sitter/parser.h"
#include <string.h>

enum Token {
  START,
  TEXT,
  RAW_TEXT,
  COMMENT_TEXT,
  COMMENT,
  OUTPUT_START,
  OUTPUT_END,
  STATEMENT_START,
  STATEMENT_END,
  LEFT_PARENTHESIS,
  RIGHT_PARENTHESIS,
  LEFT_BRACKET,
  RIGHT_BRACKET,
  LEFT_BRACE,
  RIGHT_BRACE,
  SINGLE_QUOTE,
  DOUBLE_QUOTE,
  STRING_CONTENT,
  ESCAPE_SEQUENCE,
  STRAY,
};

typedef enum {
  AT_START,
  IN_TEXT,
  IN_OUTPUT,
  IN_STATEMENT,
  IN_RAW,
  IN_VERBATIM,
  IN_COMMENT_BODY,
} Place;

typedef enum {
  NOTHING,
  LONE_OPENER,
  AN_OUTPUT,
  A_STATEMENT,
  A_COMMENT,
  OPAQUE_BLOCK,
} Ahead;

// Ends known not to come any more (in Django: on this line), so that no lookahead is done twice for them.
enum Absent {
  ABSENT_OUTPUT_END = 1,
  ABSENT_STATEMENT_END = 2,
  ABSENT_COMMENT_END = 4,
  ABSENT_BODY_END = 8,
};

// At most 24 bytes: tree-sitter keeps larger states on the heap, one for every token.
typedef struct {
  uint64_t verbatim_end; // hash of the statement that ends the verbatim body
  uint32_t wasted;       // characters read in vain by lookaheads
  uint16_t depth;        // open brackets
  uint8_t place;
  uint8_t after;         // the place after the statement
  uint8_t ahead;
  uint8_t balanced;      // whether the block's quotes and brackets are in pairs; else it ends at the first closing delimiter
  uint8_t absent;
  uint8_t quote;         // the quote of the string we are in, or 0
} Scanner;

_Static_assert(sizeof(Scanner) <= 24, "the state must be small");

#define MAX_DEPTH 512
#define MAX_WASTED (1u << 20)

// ---- characters ----

static inline bool is_space(int32_t c) {
  if (c < 128) return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
  return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
         c == 0x202f || c == 0x205f || c == 0x3000;
}

static inline bool is_word(int32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 128;
}

// Whether Jinja2's lexer knows the character outside strings.
static inline bool is_lexable(int32_t c) {
  return is_word(c) || is_space(c) || (c > 0 && strchr("+-/*%~[](){}=><.:|,;", c));
}

static inline bool opens(int32_t c) { return c == '{' || c == '%' || c == '#'; }

static inline char closer(int32_t opener) { return opener == '{' ? '}' : (char)opener; }

static inline void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

static inline bool emit(TSLexer *lexer, enum Token token) {
  lexer->result_symbol = token;
  return true;
}

// ---- brackets ----

typedef struct {
  unsigned depth;
  char expected[MAX_DEPTH]; // what closes each open bracket
} Brackets;

static inline bool is_bracket(int32_t c) { return c > 0 && strchr("()[]{}", c); }

// False where the bracket has no partner, or the nesting is too deep.
static bool brackets_step(Brackets *brackets, int32_t c) {
  char expected = c == '(' ? ')' : c == '[' ? ']' : c == '{' ? '}' : 0;
  if (!expected) return brackets->depth && brackets->expected[--brackets->depth] == c;
  if (brackets->depth == MAX_DEPTH) return false;
  brackets->expected[brackets->depth++] = expected;
  return true;
}

// ---- the words of a statement, read as hashes ----

#define HASH_SEED 0xcbf29ce484222325u

static inline uint64_t hash_step(uint64_t hash, int32_t c) { return (hash ^ (uint32_t)c) * 0x100000001b3u; }

static uint64_t hash_text(const char *text) {
  uint64_t hash = HASH_SEED;
  for (; *text; text++) hash = hash_step(hash, *text);
  return hash;
}

typedef struct {
  uint64_t running, running_end;
  uint64_t whole;     // everything, stripped
  uint64_t end_whole; // "end" and everything, stripped
  uint64_t word;      // the first word
  int32_t separator;  // what follows the first word, or 0
} Content;

static Content content_new(void) {
  uint64_t end = hash_text("end");
  return (Content){HASH_SEED, end, HASH_SEED, end, HASH_SEED, 0};
}

static void content_push(Content *content, int32_t c) {
  bool space = is_space(c);
  if (space && content->whole == HASH_SEED) return;
  content->running = hash_step(content->running, c);
  content->running_end = hash_step(content->running_end, c);
  if (space) {
    if (!content->separator) content->separator = c;
    return;
  }
  content->whole = content->running;
  content->end_whole = content->running_end;
  if (!content->separator) content->word = content->running;
}

// ---- lookahead for the ends of bodies ----

static void skip_spaces(TSLexer *lexer) {
  while (!lexer->eof(lexer) && is_space(lexer->lookahead)) advance(lexer);
}

static bool skip_word(TSLexer *lexer, const char *word) {
  for (; *word; word++) {
    if (lexer->lookahead != *word) return false;
    advance(lexer);
  }
  return true;
}

// After `{`: whether `% word %}` follows.
static bool is_statement_of(TSLexer *lexer, const char *word) {
  if (lexer->lookahead != '%') return false;
  advance(lexer);
  if (!DJANGO && (lexer->lookahead == '-' || lexer->lookahead == '+')) advance(lexer);
  skip_spaces(lexer);
  if (!skip_word(lexer, word)) return false;
  skip_spaces(lexer);
  if (!DJANGO && (lexer->lookahead == '-' || lexer->lookahead == '+')) advance(lexer);
  return skip_word(lexer, "%}");
}

// Whether a statement of that one word follows anywhere.
static bool has_statement_ahead(Scanner *scanner, TSLexer *lexer, const char *word) {
  if (scanner->absent & ABSENT_BODY_END) return false;
  while (!lexer->eof(lexer)) {
    bool brace = lexer->lookahead == '{';
    if (!brace) advance(lexer);
    else if (advance(lexer), is_statement_of(lexer, word)) return true;
  }
  scanner->absent |= ABSENT_BODY_END;
  return false;
}

#if DJANGO
#include "django.h"
#else
#include "jinja.h"
#endif

// What begins where the last token ended. A block without an end is text.
static void look_ahead(Scanner *scanner, TSLexer *lexer) {
  scanner->ahead = NOTHING;
  if (lexer->lookahead != '{') return;
  advance(lexer);
  if (opens(lexer->lookahead)) scanner->ahead = classify(scanner, lexer);
}

// ---- text and bodies ----

static inline void pass(Scanner *scanner, TSLexer *lexer) {
  if (DJANGO && lexer->lookahead == '\n') scanner->absent &= ABSENT_BODY_END;
  advance(lexer);
}

// Over an opener that opens nothing, or a block inside an opaque body.
static void pass_opener(Scanner *scanner, TSLexer *lexer) {
  advance(lexer);
  if (scanner->ahead != OPAQUE_BLOCK) return;
  char end = closer(lexer->lookahead);
  advance(lexer);
  for (int32_t previous = 0; !(previous == end && lexer->lookahead == '}') && !lexer->eof(lexer);) {
    previous = lexer->lookahead;
    advance(lexer);
  }
  advance(lexer);
}

static bool scan_text(Scanner *scanner, TSLexer *lexer, enum Token token) {
  bool some = scanner->ahead != NOTHING;
  if (some) pass_opener(scanner, lexer);
  scanner->ahead = NOTHING;
  while (!lexer->eof(lexer)) {
    if (lexer->lookahead == '{') {
      lexer->mark_end(lexer);
      look_ahead(scanner, lexer);
      if (scanner->ahead != NOTHING) return emit(lexer, token);
    } else {
      pass(scanner, lexer);
    }
    some = true;
  }
  lexer->mark_end(lexer);
  return some && emit(lexer, token);
}

static bool scan_comment(Scanner *scanner, TSLexer *lexer) {
  advance(lexer);
  advance(lexer);
  if (!DJANGO && (lexer->lookahead == '-' || lexer->lookahead == '+')) advance(lexer);
  for (int32_t previous = 0; !(previous == '#' && lexer->lookahead == '}') && !lexer->eof(lexer);) {
    previous = lexer->lookahead;
    advance(lexer);
  }
  advance(lexer);
  lexer->mark_end(lexer);
  look_ahead(scanner, lexer);
  return emit(lexer, COMMENT);
}

static bool open_block(Scanner *scanner, TSLexer *lexer, Place place, enum Token token) {
  advance(lexer);
  advance(lexer);
  if (lexer->lookahead == '-' || lexer->lookahead == '+') advance(lexer);
  lexer->mark_end(lexer);
  scanner->place = place;
  scanner->depth = 0;
  scanner->quote = 0;
  return emit(lexer, token);
}

static bool scan_in_text(Scanner *scanner, TSLexer *lexer) {
  switch (scanner->ahead) {
    case AN_OUTPUT:
      scanner->after = IN_TEXT;
      return open_block(scanner, lexer, IN_OUTPUT, OUTPUT_START);
    case A_STATEMENT: return open_block(scanner, lexer, IN_STATEMENT, STATEMENT_START);
    case A_COMMENT: return scan_comment(scanner, lexer);
    default: return scan_text(scanner, lexer, TEXT);
  }
}

// ---- inside a block ----

static bool close_block(Scanner *scanner, TSLexer *lexer, enum Token token) {
  advance(lexer);
  lexer->mark_end(lexer);
  scanner->place = scanner->after;
  scanner->after = IN_TEXT;
  enter(scanner, lexer);
  return emit(lexer, token);
}

// At `-`, `+` or `%`, none of which is a token of its own here.
static bool scan_closer(Scanner *scanner, TSLexer *lexer) {
  bool output = scanner->place == IN_OUTPUT;
  if (scanner->balanced && scanner->depth) return false;
  if (lexer->lookahead != '%') {
    if (output && lexer->lookahead == '+') return false;
    advance(lexer);
  }
  if (lexer->lookahead != (output ? '}' : '%')) return false;
  advance(lexer);
  if (lexer->lookahead != '}') return false;
  return close_block(scanner, lexer, output ? OUTPUT_END : STATEMENT_END);
}

static bool scan_right_brace(Scanner *scanner, TSLexer *lexer) {
  bool may_close = scanner->place == IN_OUTPUT && !(scanner->balanced && scanner->depth);
  advance(lexer);
  lexer->mark_end(lexer);
  if (may_close && lexer->lookahead == '}') return close_block(scanner, lexer, OUTPUT_END);
  if (!scanner->balanced) return emit(lexer, STRAY);
  scanner->depth--;
  return emit(lexer, RIGHT_BRACE);
}

static bool scan_bracket(Scanner *scanner, TSLexer *lexer, enum Token token, int step) {
  advance(lexer);
  lexer->mark_end(lexer);
  if (!scanner->balanced) return emit(lexer, STRAY);
  scanner->depth = (uint16_t)(scanner->depth + step);
  return emit(lexer, token);
}

// After a quote: whether its string ends before the block does.
static bool has_quote_ahead(Scanner *scanner, TSLexer *lexer, int32_t quote) {
  int32_t end = scanner->place == IN_OUTPUT ? '}' : '%', previous = 0;
  bool escaped = false;
  while (!lexer->eof(lexer)) {
    int32_t c = lexer->lookahead;
    if (c == '\n' || (previous == end && c == '}')) return false;
    if (c == quote && !escaped) return true;
    escaped = c == '\\' && !escaped;
    previous = c;
    advance(lexer);
  }
  return false;
}

static bool scan_quote(Scanner *scanner, TSLexer *lexer) {
  int32_t quote = lexer->lookahead;
  advance(lexer);
  lexer->mark_end(lexer);
  if (!scanner->balanced && !has_quote_ahead(scanner, lexer, quote)) return emit(lexer, STRAY);
  scanner->quote = (uint8_t)quote;
  return emit(lexer, quote == '"' ? DOUBLE_QUOTE : SINGLE_QUOTE);
}

static bool scan_in_string(Scanner *scanner, TSLexer *lexer) {
  int32_t quote = scanner->quote;
  if (lexer->eof(lexer)) return false;
  if (lexer->lookahead == quote) {
    scanner->quote = 0;
    advance(lexer);
    lexer->mark_end(lexer);
    return emit(lexer, quote == '"' ? DOUBLE_QUOTE : SINGLE_QUOTE);
  }
  if (lexer->lookahead == '\\') {
    advance(lexer);
    advance(lexer);
    lexer->mark_end(lexer);
    return emit(lexer, ESCAPE_SEQUENCE);
  }
  while (!lexer->eof(lexer) && lexer->lookahead != quote && lexer->lookahead != '\\') advance(lexer);
  lexer->mark_end(lexer);
  return emit(lexer, STRING_CONTENT);
}

static bool scan_in_block(Scanner *scanner, TSLexer *lexer) {
  if (scanner->quote) return scan_in_string(scanner, lexer);
  while (!lexer->eof(lexer) && is_space(lexer->lookahead)) lexer->advance(lexer, true);
  switch (lexer->lookahead) {
    case '-':
    case '+':
    case '%': return scan_closer(scanner, lexer);
    case '}': return scan_right_brace(scanner, lexer);
    case '{': return scan_bracket(scanner, lexer, LEFT_BRACE, 1);
    case '(': return scan_bracket(scanner, lexer, LEFT_PARENTHESIS, 1);
    case ')': return scan_bracket(scanner, lexer, RIGHT_PARENTHESIS, -1);
    case '[': return scan_bracket(scanner, lexer, LEFT_BRACKET, 1);
    case ']': return scan_bracket(scanner, lexer, RIGHT_BRACKET, -1);
    case '"':
    case '\'': return scan_quote(scanner, lexer);
    default: return false;
  }
}

static bool scan(Scanner *scanner, TSLexer *lexer) {
  switch (scanner->place) {
    case AT_START:
      lexer->mark_end(lexer);
      scanner->place = IN_TEXT;
      enter(scanner, lexer);
      return emit(lexer, START);
    case IN_TEXT: return scan_in_text(scanner, lexer);
    case IN_OUTPUT:
    case IN_STATEMENT: return scan_in_block(scanner, lexer);
    default: return scan_body(scanner, lexer);
  }
}

// ---- what tree-sitter calls ----

static void *create(void) { return ts_calloc(1, sizeof(Scanner)); }

static void destroy(void *scanner) { ts_free(scanner); }

static unsigned serialize(const void *scanner, char *buffer) {
  memcpy(buffer, scanner, sizeof(Scanner));
  return sizeof(Scanner);
}

static void deserialize(void *scanner, const char *buffer, unsigned length) {
  memset(scanner, 0, sizeof(Scanner));
  if (length == sizeof(Scanner)) memcpy(scanner, buffer, length);
}

#define DEFINE_SCANNER(language)                                                                                 \
  void *tree_sitter_##language##_external_scanner_create(void) { return create(); }                              \
  void tree_sitter_##language##_external_scanner_destroy(void *payload) { destroy(payload); }                    \
  unsigned tree_sitter_##language##_external_scanner_serialize(void *payload, char *buffer) {                    \
    return serialize(payload, buffer);                                                                           \
  }                                                                                                              \
  void tree_sitter_##language##_external_scanner_deserialize(void *payload, const char *buffer, unsigned size) { \
    deserialize(payload, buffer, size);                                                                          \
  }                                                                                                              \
  bool tree_sitter_##language##_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {        \
    (void)valid;                                                                                                 \
    return scan(payload, lexer);                                                                                 \
  }
