-- Highlighting by this project's tree-sitter grammars, for those who built them.

local M = {}

-- The filetypes of each grammar. The names differ from those of other grammars for the same languages, whose nodes
-- have other names.
M.filetypes = {
  cachelint_jinja = { 'jinja', 'htmljinja', 'nunjucks', 'tera' },
  cachelint_django = { 'htmldjango' },
}

--- Whether a grammar is built: `parser/LANGUAGE.so` in the runtime path.
---@param language string
function M.is_built(language)
  return #vim.api.nvim_get_runtime_file(('parser/%s.*'):format(language), false) > 0
end

--- Uses the grammars that are built for their filetypes.
function M.enable()
  for language, filetypes in pairs(M.filetypes) do
    if M.is_built(language) then
      vim.treesitter.language.register(language, filetypes)
      vim.api.nvim_create_autocmd('FileType', {
        pattern = filetypes,
        callback = function(event)
          vim.treesitter.start(event.buf, language)
        end,
      })
    end
  end
end

return M
