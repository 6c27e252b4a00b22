-- The grammars, built as the README tells, highlight templates.

local helper = dofile(vim.env.TESTS .. '/helper.lua')

--- The captures at a text of the current buffer.
local function captures(text)
  local number = helper.line_of(text)
  local column = helper.line(number):find(text, 1, true) - 1
  local names = {}
  for _, capture in ipairs(vim.treesitter.get_captures_at_pos(0, number - 1, column)) do
    table.insert(names, capture.capture)
  end
  return names
end

local function check(text, capture)
  local names = captures(text)
  assert(vim.tbl_contains(names, capture), ('%s is %s'):format(text, vim.inspect(names)))
end

local TEXT = "{% extends 'a.html' %}\n<p>{{ title|upper }}</p>\n{# note #}\n"

for name, filetype in pairs({ ['a.j2'] = 'jinja', ['a.html'] = 'htmldjango' }) do
  helper.step(filetype .. ' is highlighted', function()
    vim.fn.writefile(vim.split(TEXT, '\n'), name)
    vim.cmd.edit(name)
    assert(vim.bo.filetype == filetype, vim.bo.filetype)
    vim.treesitter.get_parser(0):parse(true)
    check('extends', 'keyword')
    check("'a.html'", 'string')
    check('title', 'variable')
    check('upper', 'function.builtin')
    check('{# note', 'comment')
  end)
end

vim.cmd('qall!')
