-- How the server is started, and for which files.

---@type vim.lsp.Config
return {
  cmd = { 'cachelint', 'server' },
  filetypes = {
    'html',
    'htmldjango',
    'htmljinja',
    'jinja',
    'nunjucks',
    'twig',
    'tera',
    'liquid',
    'css',
    'javascript',
  },
  root_markers = {
    '.git',
    'cachelint.toml',
    'pyproject.toml',
    'manage.py',
    'requirements.txt',
    'package.json',
  },
  -- Beside cachelint.toml; :help cachelint-settings names them.
  settings = { cachelint = vim.empty_dict() },
}
