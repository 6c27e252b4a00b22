-- :checkhealth cachelint

local cachelint = require('cachelint')
local highlighting = require('cachelint.highlighting')

local M = {}

local health = {
  start = vim.health.start or vim.health.report_start,
  ok = vim.health.ok or vim.health.report_ok,
  info = vim.health.info or vim.health.report_info,
  warn = vim.health.warn or vim.health.report_warn,
  error = vim.health.error or vim.health.report_error,
}

--- The configuration in force, and how it came into force; nil where it did not.
local function in_force()
  if cachelint.options then
    return cachelint.options, "require('cachelint').setup()"
  end
  if vim.lsp.is_enabled and vim.lsp.is_enabled('cachelint') then
    return vim.lsp.config.cachelint, "vim.lsp.enable('cachelint')"
  end
end

local function check_program(program)
  if vim.fn.executable(program) == 0 then
    return health.error(program .. ' is not in PATH', { 'Install it: the README says how' })
  end
  local version = vim.fn.system({ program, '--version' })
  health.ok(('%s (%s)'):format(vim.trim(version), vim.fn.exepath(program)))
end

local function check_clients()
  local clients = cachelint.clients()
  if #clients == 0 then
    return health.info('No server runs; one starts with the first template that is opened')
  end
  for _, client in ipairs(clients) do
    local buffers = vim.lsp.get_buffers_by_client_id(client.id)
    health.ok(('Serves %d buffers in %s'):format(#buffers, client.config.root_dir or 'no folder'))
  end
end

local function check_grammars()
  for language in vim.spairs and vim.spairs(highlighting.filetypes) or pairs(highlighting.filetypes) do
    if not highlighting.is_built(language) then
      health.info(language .. ' is not built; only highlighting needs it')
    elseif pcall(vim.treesitter.query.get, language, 'highlights') then
      health.ok(language .. ' highlights')
    else
      health.warn(language .. ' does not fit its queries', { 'Build it again from the same revision' })
    end
  end
end

function M.check()
  health.start('cachelint')
  if vim.fn.has('nvim-0.9') == 0 then
    return health.error('Neovim 0.9 or newer is needed')
  end
  local config, by = in_force()
  if config then
    health.ok('Enabled by ' .. by)
  else
    health.warn('Not enabled', { "Add to init.lua: vim.lsp.enable('cachelint'), or require('cachelint').setup()" })
  end
  check_program((config or require('cachelint.config')).cmd[1])
  check_clients()
  check_grammars()
end

return M
