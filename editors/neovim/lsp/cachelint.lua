-- Read by vim.lsp.config and vim.lsp.enable('cachelint') of Neovim 0.11.
return require('cachelint.config')
