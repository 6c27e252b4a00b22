/**
 * @file The template grammar shared by the languages jinja and django.
 *
 * A template is a flat sequence of text and blocks. `scanner.h` decides where each of them begins and ends;
 * this file only says what the tokens inside an output or a statement mean. Any sequence of expressions, words and
 * punctuation is accepted there, because every engine adds its own tags and operators.
 */

const PRECEDENCE = {
  item: -3,
  assignment: -2,
  conditional: -1,
  tuple: -1,
  or: 1,
  and: 2,
  not: 3,
  compare: 4,
  range: 5,
  add: 6,
  concatenate: 7,
  multiply: 8,
  power: 9,
  filter: 10,
  unary: 11,
  postfix: 12,
  equals: 13,
};

/** Operators by precedence: Jinja's own, then those of Twig, Nunjucks and Liquid that are no word. */
const BINARY = [
  ["or", PRECEDENCE.or, ["or", "||", "??", "?:"]],
  ["and", PRECEDENCE.and, ["and", "&&"]],
  ["compare", PRECEDENCE.compare, ["==", "!=", "<", "<=", ">", ">=", "in", "===", "!==", "<=>"]],
  ["range", PRECEDENCE.range, [".."]],
  ["add", PRECEDENCE.add, ["+", "-"]],
  ["concatenate", PRECEDENCE.concatenate, ["~"]],
  ["multiply", PRECEDENCE.multiply, ["*", "/", "//", "%"]],
];

const commaSeparated = (rule) => seq(rule, repeat(seq(",", rule)), optional(","));

module.exports = function defineGrammar(name) {
  return grammar({
    name,

    externals: $ => [
      $._start,
      $._text,
      $._raw_text,
      $._comment_text,
      $.comment,
      $._output_start,
      $._output_end,
      $._statement_start,
      $._statement_end,
      $._left_parenthesis,
      $._right_parenthesis,
      $._left_bracket,
      $._right_bracket,
      $._left_brace,
      $._right_brace,
      $._single_quote,
      $._double_quote,
      $.string_content,
      $.escape_sequence,
      $._stray,
    ],

    extras: _ => [/\p{White_Space}/],

    word: $ => $.name,

    supertypes: $ => [$.expression],

    inline: $ => [$._item, $._statement_item, $._argument],

    rules: {
      template: $ => seq($._start, repeat($._block)),

      _block: $ => choice($.text, $.output, $.statement, $.comment, $.raw_body, $.comment_body),

      text: $ => prec.right(repeat1($._text)),
      raw_body: $ => prec.right(repeat1($._raw_text)),
      comment_body: $ => prec.right(repeat1($._comment_text)),

      output: $ => seq(
        alias($._output_start, "{{"),
        repeat($._item),
        alias($._output_end, "}}"),
      ),

      statement: $ => seq(
        alias($._statement_start, "{%"),
        repeat($.punctuation),
        optional(seq(field("keyword", $.name), repeat($._statement_item))),
        alias($._statement_end, "%}"),
      ),

      _statement_item: $ => choice($._item, $.alias),

      _item: $ => prec(PRECEDENCE.item, choice(
        $.expression,
        $.assignment,
        $.list_splat,
        $.dictionary_splat,
        ",",
        $.punctuation,
      )),

      alias: $ => seq("as", field("name", $.name)),

      assignment: $ => prec.right(PRECEDENCE.assignment, seq(
        prec(PRECEDENCE.equals, seq(
          field("name", choice($.name, $.attribute, $.subscript)),
          choice("=", "+="),
        )),
        field("value", $.expression),
      )),

      list_splat: $ => prec(PRECEDENCE.unary, seq("*", $.expression)),
      dictionary_splat: $ => prec(PRECEDENCE.unary, seq("**", $.expression)),

      expression: $ => choice(
        $._primary,
        $.filter,
        $.test,
        $.unary,
        $.binary,
        $.conditional,
      ),

      _primary: $ => choice(
        $.name,
        $.number,
        $.string,
        $.attribute,
        $.subscript,
        $.call,
        $.list,
        $.tuple,
        $.parenthesized,
        $.dictionary,
      ),

      attribute: $ => prec(PRECEDENCE.postfix, seq(
        field("object", $._primary),
        choice(".", "?."),
        field("name", choice($.name, alias($._position, $.number))),
      )),

      subscript: $ => prec(PRECEDENCE.postfix, seq(
        field("object", $._primary),
        alias($._left_bracket, "["),
        optional(commaSeparated(field("index", choice($.expression, $.slice)))),
        alias($._right_bracket, "]"),
      )),

      slice: $ => prec.right(seq(
        field("start", optional($.expression)),
        ":",
        field("stop", optional($.expression)),
        optional(seq(":", field("step", optional($.expression)))),
      )),

      call: $ => prec(PRECEDENCE.postfix, seq(
        field("function", $._primary),
        field("arguments", $.arguments),
      )),

      arguments: $ => seq(
        alias($._left_parenthesis, "("),
        repeat($._argument),
        alias($._right_parenthesis, ")"),
      ),

      _argument: $ => prec(PRECEDENCE.item, choice(
        $.expression,
        $.keyword_argument,
        $.list_splat,
        $.dictionary_splat,
        ",",
        $.punctuation,
      )),

      keyword_argument: $ => prec.right(PRECEDENCE.assignment, seq(
        prec(PRECEDENCE.equals, seq(field("name", $.name), "=")),
        field("value", $.expression),
      )),

      filter: $ => prec.right(PRECEDENCE.filter, seq(
        field("value", $.expression),
        "|",
        field("name", choice($.name, $.dotted_name)),
        optional(field("arguments", choice($.arguments, alias($._colon_arguments, $.arguments)))),
      )),

      dotted_name: $ => prec.right(seq(
        prec(PRECEDENCE.postfix, seq($.name, ".")),
        $.name,
        repeat(seq(".", $.name)),
      )),

      _colon_arguments: $ => prec.right(repeat1(seq(
        ":",
        choice($._primary, alias($._signed, $.unary)),
      ))),

      _signed: $ => prec(PRECEDENCE.unary, seq(
        field("operator", choice("-", "+")),
        field("operand", $._primary),
      )),

      test: $ => prec.right(PRECEDENCE.filter, seq(
        field("value", $.expression),
        "is",
        optional("not"),
        field("name", choice($.name, $.dotted_name, alias("in", $.name))),
        optional(field("arguments", choice($.arguments, alias($._bare_argument, $.arguments)))),
      )),

      _bare_argument: $ => choice($.name, $.dotted_name, $.number, $.string, $.list, $.dictionary),

      unary: $ => choice(
        prec(PRECEDENCE.unary, seq(
          field("operator", choice("-", "+", "!")),
          field("operand", $.expression),
        )),
        prec(PRECEDENCE.not, seq(field("operator", "not"), field("operand", $.expression))),
      ),

      binary: $ => choice(
        ...BINARY.map(([, precedence, operators]) => prec.left(precedence, seq(
          field("left", $.expression),
          field("operator", operators.length > 1 ? choice(...operators) : operators[0]),
          field("right", $.expression),
        ))),
        prec.left(PRECEDENCE.compare, seq(
          field("left", $.expression),
          field("operator", seq("not", "in")),
          field("right", $.expression),
        )),
        prec.right(PRECEDENCE.power, seq(
          field("left", $.expression),
          field("operator", "**"),
          field("right", $.expression),
        )),
      ),

      conditional: $ => prec.right(PRECEDENCE.conditional, choice(
        seq(
          field("value", $.expression),
          "if",
          field("condition", $.expression),
          optional(seq("else", field("alternative", $.expression))),
        ),
        seq(
          field("condition", $.expression),
          "?",
          field("value", $.expression),
          optional(seq(":", field("alternative", $.expression))),
        ),
      )),

      list: $ => seq(
        alias($._left_bracket, "["),
        repeat($._item),
        alias($._right_bracket, "]"),
      ),

      parenthesized: $ => prec(1, seq(
        alias($._left_parenthesis, "("),
        $.expression,
        alias($._right_parenthesis, ")"),
      )),

      tuple: $ => seq(
        alias($._left_parenthesis, "("),
        repeat($._item),
        alias($._right_parenthesis, ")"),
      ),

      dictionary: $ => seq(
        alias($._left_brace, "{"),
        repeat(choice($._item, $.pair)),
        alias($._right_brace, "}"),
      ),

      pair: $ => prec.right(seq(
        field("key", $.expression),
        ":",
        field("value", $.expression),
      )),

      string: $ => choice(
        seq(alias($._single_quote, "'"), repeat($._string_part), alias($._single_quote, "'")),
        seq(alias($._double_quote, '"'), repeat($._string_part), alias($._double_quote, '"')),
      ),

      _string_part: $ => choice($.string_content, $.escape_sequence),

      number: _ => token(choice(
        /0[bB][01_]+/,
        /0[oO][0-7_]+/,
        /0[xX][0-9a-fA-F_]+/,
        /[0-9][0-9_]*(\.[0-9][0-9_]*)?([eE][+-]?[0-9][0-9_]*)?/,
      )),

      _position: _ => /[0-9]+/,

      name: _ => /[_\p{XID_Start}][\p{XID_Continue}]*/,

      punctuation: $ => choice(
        "=", ":", ";", ".", "?", "|", "/", "%", "<", ">", "~", "=>", "...",
        $._stray,
        $._symbol,
      ),

      _symbol: _ => token(prec(-1, /[^\s'"(){}\[\]]/)),
    },
  });
};
