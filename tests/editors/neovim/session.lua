-- A template is opened, understood, fixed and kept current, as the README tells.

local helper = dofile(vim.env.TESTS .. '/helper.lua')
local step, wait = helper.step, helper.wait

local TEMPLATE, CSS = 'bakery/templates/base.html', 'bakery/static/css/site.css'
local SCRIPT = 'bakery/static/js/basket.js'
local line, fixed

step('a template shows its finding', function()
  vim.cmd.edit(TEMPLATE)
  line = helper.line_of('css/site.css')
  local finding = helper.wait_for_finding(line, 'unversioned-reference')
  assert(finding.message:find('css/site.css has no version in its URL', 1, true), finding.message)
  helper.go_to(finding)
end)

step('K tells the hash', function()
  local text = helper.float_of('K')
  assert(text:find(helper.version(CSS), 1, true), text)
end)

step('a level that is set while the server runs holds at once', function()
  local function set(level)
    local client = helper.client()
    client.settings = { cachelint = { levels = { ['unversioned-reference'] = level } } }
    client:notify('workspace/didChangeConfiguration', { settings = client.settings })
  end
  set('off')
  wait('the end of the finding', function()
    return not helper.finding(line, 'unversioned-reference')
  end)
  set('error')
  wait('the finding as an error', function()
    local finding = helper.finding(line, 'unversioned-reference')
    return finding and finding.severity == vim.diagnostic.severity.ERROR
  end)
  set('warning')
  wait('the finding as a warning', function()
    local finding = helper.finding(line, 'unversioned-reference')
    return finding and finding.severity == vim.diagnostic.severity.WARN
  end)
end)

step('CTRL-] opens the file', function()
  vim.fn.search([[css/\zssite\.css]])
  vim.api.nvim_feedkeys(vim.keycode('<C-]>'), 'mx', false)
  wait('the CSS', function()
    return vim.endswith(vim.api.nvim_buf_get_name(0), CSS)
  end)
  vim.cmd.bdelete()
  vim.cmd.buffer(TEMPLATE)
  helper.go_to(helper.finding(line, 'unversioned-reference'))
end)

step('the preferred action puts the version in, and the finding ends', function()
  helper.choose(helper.preferred)
  fixed = ("filename='css/site.css', v='%s')"):format(helper.version(CSS))
  wait('the fix', function()
    return helper.line(line):find(fixed, 1, true)
  end)
  wait('the end of the finding', function()
    return not helper.finding(line, 'unversioned-reference')
  end)
end)

step('the file is saved', function()
  vim.cmd.write()
  assert(helper.read(TEMPLATE):find(fixed, 1, true))
end)

step('the CSS changes on disk, and the version is out of date by itself', function()
  helper.append(CSS, '\n.new { color: red }\n')
  local finding = helper.wait_for_finding(line, 'stale-version')
  helper.go_to(finding)
  helper.choose(helper.preferred)
  wait('the new version', function()
    return helper.line(line):find(helper.version(CSS), 1, true)
  end)
  vim.cmd.write()
end)

step('a file in a folder that nothing named before is watched from then on', function()
  vim.fn.mkdir('bakery/static/late')
  vim.fn.writefile({ 'late' }, 'bakery/static/late/a.js')
  local text = ('<script src="/static/late/a.js?v=%s"></script>'):format(helper.version('bakery/static/late/a.js'))
  vim.api.nvim_buf_set_lines(0, line, line, false, { text })
  wait('a check of the new line', function()
    return #vim.lsp.buf_request_sync(0, 'textDocument/hover', {
      textDocument = vim.lsp.util.make_text_document_params(),
      position = { line = line, character = 20 },
    }, 1000) > 0
  end)
  helper.append('bakery/static/late/a.js', 'r\n')
  helper.wait_for_finding(line + 1, 'stale-version')
  vim.cmd('silent undo')
end)

step(':Cachelint fix versions the whole project', function()
  vim.cmd('Cachelint fix')
  wait('changed buffers', function()
    return #vim.fn.getbufinfo({ bufmodified = 1 }) > 3
  end)
  vim.cmd('silent wall')
  assert(helper.read('bakery/templates/order.html'):find('basket.js', 1, true))
end)

step('an action updates every template that names a changed file', function()
  helper.append(SCRIPT, '\n// changed\n')
  for _, template in ipairs({ 'bakery/admin/templates/admin/panel.html', 'bakery/templates/order.html' }) do
    vim.cmd.edit(template)
    helper.go_to(helper.wait_for_finding(helper.line_of('basket.js'), 'stale-version'))
  end
  helper.choose(function(action)
    return action.title == 'Update js/basket.js in 2 templates'
  end)
  local version = helper.version(SCRIPT)
  for _, template in ipairs({ 'bakery/templates/order.html', 'bakery/admin/templates/admin/panel.html' }) do
    wait('the version in ' .. template, function()
      vim.cmd.buffer(vim.fn.bufadd(template))
      return helper.text():find(version, 1, true)
    end)
  end
end)

vim.cmd('qall!')
