// Where Jinja's blocks end: where the brackets balance, outside strings (`Lexer` in jinja2/lexer.py).

static void look_ahead(Scanner *scanner, TSLexer *lexer);

// One reading ahead from a block's opener. It follows Jinja2's lexer while `strict`; once a character comes that Jinja
// does not know, other engines' tokens are accepted too, but no string over lines and no opener within the block.
typedef struct {
  TSLexer *lexer;
  Content content;
  char close;              // the closing delimiter's first character
  bool strict;
  bool tolerable;          // nothing was read that only Jinja2's own lexer may accept
  bool kept_end;           // the closing delimiter has the sign `+`
  int32_t previous;
  enum { UNDECIDED, FOUND, NOT_FOUND } first_closer; // on this line, before any opener
  uint32_t read;
  bool dead;               // nothing can make a block of this any more
  Brackets brackets;
} Probe;

static void step(Probe *probe) {
  int32_t c = probe->lexer->lookahead;
  if (probe->first_closer == UNDECIDED) {
    if (probe->previous == probe->close && c == '}') probe->first_closer = FOUND;
    else if (c == '\n' || (probe->previous == '{' && opens(c))) probe->first_closer = NOT_FOUND;
    probe->previous = c;
  }
  probe->read++;
  content_push(&probe->content, c);
  advance(probe->lexer);
}

// At a quote; false where its string does not end.
static bool step_string(Probe *probe) {
  int32_t quote = probe->lexer->lookahead;
  step(probe);
  while (!probe->lexer->eof(probe->lexer)) {
    int32_t c = probe->lexer->lookahead;
    if (c == '\n') {
      if (!probe->strict) return false;
      probe->tolerable = false;
    }
    step(probe);
    if (c == quote) return true;
    if (c == '\\') step(probe);
  }
  return false;
}

static bool step_bracket(Probe *probe, int32_t c) {
  if (!brackets_step(&probe->brackets, c)) return false;
  step(probe);
  if (c == '{' && opens(probe->lexer->lookahead)) {
    if (!probe->strict) return false;
    probe->tolerable = false;
  }
  return true;
}

// At what may begin the closing delimiter; where it does not, only its sign or first character has been read.
static bool step_closer(Probe *probe) {
  TSLexer *lexer = probe->lexer;
  Content before = probe->content;
  int32_t sign = lexer->lookahead == '-' || lexer->lookahead == '+' ? lexer->lookahead : 0;
  if (sign) step(probe);
  if (lexer->lookahead != probe->close) return false;
  step(probe);
  if (lexer->lookahead != '}') {
    probe->dead = probe->close == '}';
    return false;
  }
  step(probe);
  probe->content = before;
  probe->kept_end = sign == '+';
  return true;
}

static bool may_close(const Probe *probe, int32_t c) {
  return probe->brackets.depth == 0 && (c == probe->close || c == '-' || (c == '+' && probe->close == '%'));
}

// Any other character; false where nothing can make a block of this any more.
static bool step_other(Probe *probe, int32_t c) {
  bool lexable = is_lexable(c);
  step(probe);
  if (c == '!') lexable = probe->lexer->lookahead == '=';
  if (lexable) return true;
  probe->strict = false;
  return probe->tolerable;
}

// Whether the brackets balance before a closing delimiter.
static bool read_balanced(Probe *probe) {
  while (!probe->lexer->eof(probe->lexer)) {
    int32_t c = probe->lexer->lookahead;
    bool alive = true;
    if (c == '\'' || c == '"') alive = step_string(probe);
    else if (may_close(probe, c)) {
      if (step_closer(probe)) return true;
      alive = !probe->dead;
    } else if (is_bracket(c)) alive = step_bracket(probe, c);
    else alive = step_other(probe, c);
    if (!alive) return false;
  }
  return false;
}

static bool read_first_closer(Probe *probe) {
  while (probe->first_closer == UNDECIDED && !probe->lexer->eof(probe->lexer)) step(probe);
  return probe->first_closer == FOUND;
}

static bool read_comment(Scanner *scanner, TSLexer *lexer) {
  if (scanner->absent & ABSENT_COMMENT_END) return false;
  if (lexer->lookahead == '-' || lexer->lookahead == '+') advance(lexer);
  for (int32_t previous = 0; !lexer->eof(lexer); advance(lexer)) {
    if (previous == '#' && lexer->lookahead == '}') return true;
    previous = lexer->lookahead;
  }
  scanner->absent |= ABSENT_COMMENT_END;
  return false;
}

// Whether a raw body follows the statement just read.
static bool begins_raw(Scanner *scanner, Probe *probe) {
  if (probe->kept_end || probe->content.whole != hash_text("raw")) return false;
  return has_statement_ahead(scanner, probe->lexer, "endraw");
}

// After `{`, at the opener's second character.
static Ahead classify(Scanner *scanner, TSLexer *lexer) {
  int32_t opener = lexer->lookahead;
  advance(lexer);
  if (opener == '#') return read_comment(scanner, lexer) ? A_COMMENT : LONE_OPENER;
  Probe probe = {.lexer = lexer, .content = content_new(), .close = closer(opener), .strict = true, .tolerable = true};
  if (lexer->lookahead == '-' || lexer->lookahead == '+') advance(lexer);
  scanner->balanced = scanner->wasted < MAX_WASTED && read_balanced(&probe);
  scanner->after = IN_TEXT;
  if (!scanner->balanced) {
    bool found = read_first_closer(&probe);
    scanner->wasted += probe.read;
    if (!found) return LONE_OPENER;
  }
  if (opener == '{') return AN_OUTPUT;
  if (scanner->balanced && begins_raw(scanner, &probe)) scanner->after = IN_RAW;
  return A_STATEMENT;
}

static void expect_endraw(Scanner *scanner) {
  scanner->place = IN_TEXT;
  scanner->after = IN_TEXT;
  scanner->ahead = A_STATEMENT;
  scanner->balanced = true;
}

// After a closing delimiter; a raw body may be empty.
static void enter(Scanner *scanner, TSLexer *lexer) {
  if (scanner->place != IN_RAW) {
    look_ahead(scanner, lexer);
    return;
  }
  scanner->ahead = NOTHING;
  if (lexer->lookahead != '{') return;
  advance(lexer);
  if (is_statement_of(lexer, "endraw")) expect_endraw(scanner);
}

// A raw body, which ends at the first `{% endraw %}`.
static bool scan_body(Scanner *scanner, TSLexer *lexer) {
  while (!lexer->eof(lexer)) {
    if (lexer->lookahead != '{') {
      advance(lexer);
      continue;
    }
    lexer->mark_end(lexer);
    advance(lexer);
    if (!is_statement_of(lexer, "endraw")) continue;
    expect_endraw(scanner);
    return emit(lexer, RAW_TEXT);
  }
  return false;
}
