-- Names the filetypes of templates that this Neovim, or someone's own configuration, does not name.

local extensions = {
  j2 = 'jinja',
  jinja = 'jinja',
  jinja2 = 'jinja',
  njk = 'nunjucks',
  tera = 'tera',
  twig = 'twig',
}

for extension, filetype in pairs(extensions) do
  if not vim.filetype.match({ filename = 'x.' .. extension }) then
    vim.filetype.add({ extension = { [extension] = filetype } })
  end
end
