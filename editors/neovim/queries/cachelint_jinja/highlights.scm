["{{" "}}" "{%" "%}"] @punctuation.special
["(" ")" "[" "]" "{" "}"] @punctuation.bracket
["," "."] @punctuation.delimiter

[(comment) (comment_body)] @comment

(name) @variable
((name) @constant.builtin
  (#any-of? @constant.builtin "true" "false" "none" "True" "False" "None"))

(statement keyword: (name) @keyword)
["if" "else" "as"] @keyword
["and" "or" "not" "in" "is"] @keyword.operator

(attribute name: (name) @property)
(assignment name: (name) @variable)
(keyword_argument name: (name) @variable.parameter)
(alias name: (name) @variable)

(call function: (name) @function)
(call function: (attribute name: (name) @function.method))
(filter name: (_) @function.builtin)
(test name: (_) @function.builtin)

(string) @string
(escape_sequence) @string.escape
(number) @number

(binary operator: _ @operator)
(unary operator: _ @operator)
(assignment "=" @operator)
(keyword_argument "=" @operator)
["|" "*" "**" "?"] @operator
