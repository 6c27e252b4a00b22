// Where Django's blocks end: at the first closing delimiter of the line (`tag_re` in django/template/base.py).

static void look_ahead(Scanner *scanner, TSLexer *lexer);
static bool scan_text(Scanner *scanner, TSLexer *lexer, enum Token token);
static bool scan_in_text(Scanner *scanner, TSLexer *lexer);

static inline uint8_t absent_bit(int32_t opener) {
  return opener == '{' ? ABSENT_OUTPUT_END : opener == '%' ? ABSENT_STATEMENT_END : ABSENT_COMMENT_END;
}

// Reads through the closing delimiter; false where the line holds none.
static bool read_block(Scanner *scanner, TSLexer *lexer, int32_t opener, Content *content) {
  char end = closer(opener);
  bool first = true;
  int32_t previous = 0;
  if (scanner->absent & absent_bit(opener)) return false;
  for (; !lexer->eof(lexer) && lexer->lookahead != '\n'; advance(lexer)) {
    if (!first && previous == end && lexer->lookahead == '}') {
      advance(lexer);
      return true;
    }
    if (!first) content_push(content, previous);
    first = false;
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

// After `{`, at the opener's second character.
static Ahead classify(Scanner *scanner, TSLexer *lexer) {
  Content content = content_new();
  int32_t opener = lexer->lookahead;
  advance(lexer);
  if (!read_block(scanner, lexer, opener, &content)) return LONE_OPENER;
  if (scanner->place == IN_VERBATIM || scanner->place == IN_COMMENT_BODY) {
    if (opener != '%' || !ends_body(scanner, &content)) return OPAQUE_BLOCK;
    scanner->place = IN_TEXT;
    scanner->after = IN_TEXT;
    return A_STATEMENT;
  }
  if (opener == '#') return A_COMMENT;
  if (opener == '{') return AN_OUTPUT;
  scanner->after = (uint8_t)place_after(scanner, lexer, &content);
  return A_STATEMENT;
}

static inline void enter(Scanner *scanner, TSLexer *lexer) { look_ahead(scanner, lexer); }

static bool scan_body(Scanner *scanner, TSLexer *lexer) {
  return scan_text(scanner, lexer, scanner->place == IN_VERBATIM ? RAW_TEXT : COMMENT_TEXT);
}
