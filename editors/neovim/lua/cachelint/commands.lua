-- :Cachelint {fix,check,explain,restart}

local cachelint = require('cachelint')

local M = {}

-- Until a server that was told to end is gone, in milliseconds.
local PATIENCE = 5000

local function say(message, level)
  vim.notify('cachelint: ' .. message, level or vim.log.levels.INFO)
end

--- Has a client run a command of the server's.
---@param client vim.lsp.Client
---@param command string without `cachelint.`
---@param arguments any[]
---@param done? fun(result: any)
local function execute(client, command, arguments, done)
  local params = { command = 'cachelint.' .. command, arguments = arguments }
  local handler = function(failure, result)
    if failure then
      say(failure.message, vim.log.levels.ERROR)
    elseif done then
      done(result)
    end
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request('workspace/executeCommand', params, handler)
  else
    client.request('workspace/executeCommand', params, handler)
  end
end

--- The client of the current buffer, else any.
local function client()
  local found = cachelint.clients(vim.api.nvim_get_current_buf())[1] or cachelint.clients()[1]
  if not found then
    say('no server runs; open a template, or see :checkhealth cachelint', vim.log.levels.WARN)
  end
  return found
end

--- The rule of the finding under the cursor, else of the first one in its line.
local function rule_here()
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local first
  for _, finding in ipairs(vim.diagnostic.get(0, { lnum = row - 1 })) do
    if finding.source == 'cachelint' then
      first = first or finding.code
      if finding.col <= column and column < finding.end_col then
        return finding.code
      end
    end
  end
  return first
end

local function count(number, thing)
  return ('%d %s%s'):format(number, thing, number == 1 and '' or 's')
end

local function show_findings(result)
  say(('%s in %s'):format(count(result.findings, 'finding'), count(result.files, 'file')))
  local items = vim.tbl_filter(function(finding)
    return finding.source == 'cachelint'
  end, vim.diagnostic.get())
  vim.fn.setqflist({}, ' ', { title = 'cachelint', items = vim.diagnostic.toqflist(items) })
  vim.cmd(#items > 0 and 'botright copen' or 'cclose')
end

M.subcommands = {
  -- Makes every safe fix in the project.
  fix = function(found)
    execute(found, 'fixWorkspace', {})
  end,
  -- Finds everything in the project, and lists it.
  check = function(found)
    execute(found, 'checkWorkspace', {}, show_findings)
  end,
  -- Opens what a rule is about.
  explain = function(found, rule)
    rule = rule or rule_here()
    if not rule then
      return say('there is no finding here; name a rule: :Cachelint explain stale-version', vim.log.levels.WARN)
    end
    execute(found, 'explainRule', { rule })
  end,
  -- Ends every server and starts it anew for its buffers.
  restart = function()
    for _, running in ipairs(cachelint.clients()) do
      M.restart(running)
    end
  end,
}

---@param running vim.lsp.Client
function M.restart(running)
  local buffers = vim.lsp.get_buffers_by_client_id(running.id)
  vim.lsp.stop_client(running.id)
  local ended = vim.wait(PATIENCE, function()
    return vim.lsp.get_client_by_id(running.id) == nil
  end, 20)
  if not ended then
    vim.lsp.stop_client(running.id, true)
  end
  for _, buffer in ipairs(buffers) do
    vim.lsp.start(running.config, { bufnr = buffer })
  end
end

--- The names of the rules, as the server's program prints them.
local function rules()
  local config = vim.lsp.config and vim.lsp.config.cachelint or cachelint.options
  local lines = vim.fn.systemlist({ config.cmd[1], 'rules' })
  return vim.tbl_map(function(line)
    return line:match('^%S+')
  end, lines)
end

local function starting_with(words, start)
  return vim.tbl_filter(function(word)
    return vim.startswith(word, start)
  end, words)
end

--- Completes a subcommand or the name of a rule.
function M.complete(start, line)
  if line:match('^%s*%S+%s+explain%s') then
    return starting_with(rules(), start)
  end
  local names = vim.tbl_keys(M.subcommands)
  table.sort(names)
  return starting_with(names, start)
end

--- Runs a subcommand.
function M.run(arguments)
  local name, rule = unpack(arguments)
  local subcommand = M.subcommands[name]
  if not subcommand then
    return say(('there is no :Cachelint %s'):format(name), vim.log.levels.ERROR)
  end
  local found = client()
  if found then
    subcommand(found, rule)
  end
end

return M
