-- What the sessions share: named steps, waiting, and what people do in Neovim.

local M = {}

local PATIENCE = 30000

--- Runs one step and says how it went; the first that fails ends Neovim.
function M.step(name, run)
  local good, failure = xpcall(run, debug.traceback)
  io.stdout:write(('\n%s %s\n'):format(good and 'ok' or 'FAILED', name))
  if not good then
    io.stdout:write(failure .. '\n')
    vim.cmd('cquit')
  end
end

function M.wait(what, is_so)
  assert(vim.wait(PATIENCE, is_so, 20), 'waited in vain for ' .. what)
end

--- The finding in a line (from 1) of the current buffer with a code.
function M.finding(line, code)
  for _, finding in ipairs(vim.diagnostic.get(0, { lnum = line - 1 })) do
    if finding.code == code and finding.source == 'cachelint' then
      return finding
    end
  end
end

function M.wait_for_finding(line, code)
  M.wait(code .. ' in line ' .. line, function()
    return M.finding(line, code)
  end)
  return M.finding(line, code)
end

function M.go_to(finding)
  vim.api.nvim_win_set_cursor(0, { finding.lnum + 1, finding.col })
end

--- The number of the first line that holds a text, from 1.
function M.line_of(text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    if line:find(text, 1, true) then
      return number
    end
  end
  error('no line holds ' .. text)
end

function M.line(number)
  return vim.api.nvim_buf_get_lines(0, number - 1, number, false)[1]
end

--- The text of the floating window that `keys` open.
function M.float_of(keys)
  local float
  vim.api.nvim_feedkeys(keys, 'mx', false)
  M.wait('a floating window after ' .. keys, function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        float = window
        return true
      end
    end
  end)
  local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(float), 0, -1, false)
  vim.api.nvim_win_close(float, true)
  return table.concat(lines, '\n')
end

--- Chooses the one code action at the cursor that `is_wanted`.
function M.choose(is_wanted)
  vim.lsp.buf.code_action({ apply = true, filter = is_wanted })
end

function M.preferred(action)
  return action.isPreferred
end

--- Text on disk.
function M.read(path)
  return table.concat(vim.fn.readfile(path, 'b'), '\n')
end

--- Changes a file as another program does.
function M.append(path, text)
  local file = assert(io.open(path, 'a'))
  file:write(text)
  file:close()
end

--- The version of a file as cachelint writes it.
function M.version(path)
  return vim.fn.sha256(vim.fn.readblob(path)):sub(1, 8)
end

--- The text of the current buffer.
function M.text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

function M.client()
  return require('cachelint').clients(0)[1]
end

return M
