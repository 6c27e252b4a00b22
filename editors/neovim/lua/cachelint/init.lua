-- Starts the server where vim.lsp.enable does not exist, and finds the clients of it.

local M = {}

local NAME = 'cachelint'

---@class cachelint.Options
---@field cmd? string[] how the server is started
---@field filetypes? string[]
---@field root_markers? string[] files and folders that a project's folder holds, the best first
---@field settings? table

-- What the older way was set up with; nil where vim.lsp.enable is used.
---@type table?
M.options = nil

--- Starts the server for the files it is for. Options are those of vim.lsp.config, and win over the plugin's own.
---@param options? cachelint.Options
function M.setup(options)
  if vim.lsp.enable then
    vim.lsp.config(NAME, options or {})
    vim.lsp.enable(NAME)
    return
  end
  M.options = vim.tbl_deep_extend('force', require('cachelint.config'), options or {})
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup(NAME, {}),
    pattern = M.options.filetypes,
    callback = function(event)
      M.start(event.buf)
    end,
  })
end

--- Starts the server for a buffer that is a file's, or has the one of its folder serve it too.
---@param buffer integer
function M.start(buffer)
  if vim.bo[buffer].buftype ~= '' or vim.fn.executable(M.options.cmd[1]) == 0 then
    return
  end
  local config = vim.tbl_extend('force', M.options, {
    name = NAME,
    root_dir = M.root(vim.api.nvim_buf_get_name(buffer), M.options.root_markers),
  })
  vim.lsp.start(config, { bufnr = buffer })
end

--- The nearest folder above a file that holds the first of the markers that any folder above holds.
---@param file string
---@param markers string[]
---@return string?
function M.root(file, markers)
  for _, marker in ipairs(markers) do
    local found = vim.fs.find(marker, { path = vim.fs.dirname(file), upward = true })[1]
    if found then
      return vim.fs.dirname(found)
    end
  end
end

--- The clients that run, in a buffer or anywhere.
---@param buffer? integer
---@return vim.lsp.Client[]
function M.clients(buffer)
  local get = vim.lsp.get_clients or vim.lsp.get_active_clients
  return get({ name = NAME, bufnr = buffer })
end

return M
