// Where Django's blocks end: at the first closing delimiter of the line (`tag_re` in django/template/base.py).

static void look_ahead(Scanner *scanner, TSLexer *lexer);
static bool scan_text(Scanner *scanner, TSLexer *lexer, enum Token token);
static bool scan_in_text(Scanner *scanner, TSLexer *lexer);

static inline uint8_t absent_bit(int32_t opener) {
  return opener == '{' ? ABSENT_OUTPUT_END : opener == '%' ? ABSENT_STATEMENT_END : ABSENT_COMMENT_END;
}

// What one reading from a block's opener to its end learns.
typedef struct {
  Content content;
  Brackets brackets;
  bool paired; // no bracket has lacked its partner so far
  int32_t quote;
  bool escaped;
} Block;

static void block_push(Block *block, int32_t c) {
  content_push(&block->content, c);
  if (block->quote) {
    if (c == block->quote && !block->escaped) block->quote = 0;
    block->escaped = c == '\\' && !block->escaped;
  } else if (c == '"' || c == '\'') {
    block->quote = c;
  } else if (block->paired && is_bracket(c)) {
    block->paired = brackets_step(&block->brackets, c);
  }
}

// Reads through the closing delimiter; false where the line holds none.
static bool read_block(Scanner *scanner, TSLexer *lexer, int32_t opener, Block *block) {
  int32_t end = closer(opener), previous = 0;
  if (scanner->absent & absent_bit(opener)) return false;
  for (; !lexer->eof(lexer) && lexer->lookahead != '\n'; advance(lexer)) {
    if (previous == end && lexer->lookahead == '}') return true;
    if (previous) block_push(block, previous);
    previous = lexer->lookahead;
  }
  scanner->absent |= absent_bit(opener);
  return false;
}

// Where the text after a statement that begins here goes.
static Place place_after(Scanner *scanner, TSLexer *lexer, const Content *content) {
  bool spaced = content->separator == 0 || content->separator == ' ';
  if (spaced && content->word == hash_text("verbatim")) {
    scanner->verbatim_end = content->end_whole;
    return IN_VERBATIM;
  }
  if (content->word != hash_text("comment")) return IN_TEXT;
  return has_statement_ahead(scanner, lexer, "endcomment") ? IN_COMMENT_BODY : IN_TEXT;
}

static bool ends_body(const Scanner *scanner, const Content *content) {
  if (scanner->place == IN_VERBATIM) return content->whole == scanner->verbatim_end;
  return content->whole == hash_text("endcomment");
}

// Inside a body every block but the one that ends it is opaque.
static Ahead classify_in_body(Scanner *scanner, int32_t opener, const Content *content) {
  if (opener != '%' || !ends_body(scanner, content)) return OPAQUE_BLOCK;
  scanner->place = IN_TEXT;
  scanner->after = IN_TEXT;
  return A_STATEMENT;
}

// After `{`, at the opener's second character.
static Ahead classify(Scanner *scanner, TSLexer *lexer) {
  Block block = {.content = content_new(), .paired = true};
  int32_t opener = lexer->lookahead;
  advance(lexer);
  if (!read_block(scanner, lexer, opener, &block)) return LONE_OPENER;
  scanner->balanced = block.paired && block.brackets.depth == 0 && !block.quote;
  if (scanner->place != IN_TEXT) return classify_in_body(scanner, opener, &block.content);
  if (opener == '#') return A_COMMENT;
  if (opener == '{') return AN_OUTPUT;
  advance(lexer);
  scanner->after = (uint8_t)place_after(scanner, lexer, &block.content);
  return A_STATEMENT;
}

static inline void enter(Scanner *scanner, TSLexer *lexer) { look_ahead(scanner, lexer); }

static bool scan_body(Scanner *scanner, TSLexer *lexer) {
  return scan_text(scanner, lexer, scanner->place == IN_VERBATIM ? RAW_TEXT : COMMENT_TEXT);
}
