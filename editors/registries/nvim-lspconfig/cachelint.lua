---@brief
---
--- Static references in templates whose URL does not change when the file does.
---
--- Install: `pip install cachelint`

---@type vim.lsp.Config
return {
  cmd = { 'cachelint', 'server' },
  filetypes = { 'html', 'htmldjango', 'jinja', 'jinja2', 'nunjucks', 'twig', 'tera', 'liquid', 'css', 'javascript' },
  root_markers = { 'cachelint.toml', 'pyproject.toml', 'manage.py', 'package.json', '.git' },
}
