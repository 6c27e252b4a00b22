-- :Cachelint, :checkhealth and the filetypes.

local helper = dofile(vim.env.TESTS .. '/helper.lua')
local step, wait = helper.step, helper.wait

step('templates have a filetype', function()
  for extension, filetype in pairs({ j2 = 'jinja', jinja2 = 'jinja', njk = 'nunjucks', twig = 'twig', tera = 'tera' }) do
    vim.cmd.edit('x.' .. extension)
    assert(vim.bo.filetype == filetype, extension .. ': ' .. vim.bo.filetype)
  end
end)

step('a template is served', function()
  vim.cmd.edit('bakery/templates/order.html')
  helper.go_to(helper.wait_for_finding(helper.line_of('css/order.css'), 'stale-version'))
end)

step('the subcommands and the rules are completed', function()
  local names = vim.fn.getcompletion('Cachelint ', 'cmdline')
  assert(vim.deep_equal(names, { 'check', 'explain', 'fix', 'restart' }), vim.inspect(names))
  local rules = vim.fn.getcompletion('Cachelint explain stale-v', 'cmdline')
  assert(vim.deep_equal(rules, { 'stale-version' }), vim.inspect(rules))
end)

step(':Cachelint explain opens the rule of the finding', function()
  for command, rule in pairs({ ['explain'] = 'stale-version', ['explain missing-asset'] = 'missing-asset' }) do
    vim.cmd('Cachelint ' .. command)
    wait(rule .. '.md', function()
      return vim.fs.basename(vim.api.nvim_buf_get_name(0)) == rule .. '.md'
    end)
    assert(helper.text():find(rule, 1, true))
    vim.cmd('bdelete')
    vim.cmd.buffer('order.html')
  end
end)

step(':Cachelint check lists what the terminal lists', function()
  vim.cmd('Cachelint check')
  wait('the list', function()
    return vim.bo.filetype == 'qf'
  end)
  local expected = vim.json.decode(vim.fn.system({ 'cachelint', 'check', '--output-format', 'json' })).findings
  local list = vim.fn.getqflist()
  assert(#list == #expected, ('%d findings, not %d'):format(#list, #expected))
  vim.cmd.cclose()
end)

step(':Cachelint restart ends the server and starts another', function()
  vim.cmd.buffer('order.html')
  local before = helper.client().id
  vim.cmd('Cachelint restart')
  wait('another server', function()
    local client = helper.client()
    return client and client.id ~= before
  end)
  assert(not vim.lsp.get_client_by_id(before))
  helper.wait_for_finding(helper.line_of('css/order.css'), 'stale-version')
end)

step('the help tells how to fix on save', function()
  local help = helper.read(vim.env.PLUGIN .. '/doc/cachelint.txt')
  local code = help:match('%*cachelint%-fix%-on%-save%*\n>lua\n(.-)\n<')
  assert(load(code))()
  vim.cmd('Cachelint restart')
  helper.wait_for_finding(helper.line_of('css/order.css'), 'stale-version')
  vim.cmd.write()
  local saved = helper.read('bakery/templates/order.html')
  assert(saved:find('css/order.css?v=' .. helper.version('bakery/static/css/order.css'), 1, true), saved)
end)

step('what is no subcommand is said to be none', function()
  local said
  vim.notify = function(message)
    said = message
  end
  vim.cmd('Cachelint nothing')
  assert(said == 'cachelint: there is no :Cachelint nothing', said)
end)

step(':checkhealth cachelint finds all well', function()
  vim.cmd('checkhealth cachelint')
  local text = helper.text()
  for _, line in ipairs({ 'Enabled by ' .. vim.env.ENABLED_BY, 'cachelint 0', 'Serves %d+ buffers in ' }) do
    assert(text:find('OK ' .. line), text)
  end
  assert(not text:find('ERROR') and not text:find('WARNING'), text)
end)

step('the help is found', function()
  vim.cmd('helptags ' .. vim.env.PLUGIN .. '/doc')
  vim.cmd('help cachelint-settings')
  assert(vim.bo.filetype == 'help')
end)

vim.cmd('qall!')
