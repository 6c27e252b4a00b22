; inherits: cachelint_jinja
