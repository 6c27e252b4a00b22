-- The command, and highlighting by this project's grammars where they are built.

if vim.g.loaded_cachelint then
  return
end
vim.g.loaded_cachelint = true

vim.api.nvim_create_user_command('Cachelint', function(command)
  require('cachelint.commands').run(command.fargs)
end, {
  nargs = '+',
  desc = 'fix, check, explain or restart',
  complete = function(start, line)
    return require('cachelint.commands').complete(start, line)
  end,
})

require('cachelint.highlighting').enable()
