//! tree-sitter grammars for Jinja and Django templates.
