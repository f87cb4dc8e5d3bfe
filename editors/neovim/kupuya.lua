-- Kupuya in Neovim 0.11 and later. Copy to ~/.config/nvim/plugin/kupuya.lua.

vim.filetype.add({ extension = { kup = "kupuya" } })

vim.lsp.config("kupuya", {
  cmd = { "kupuya-lsp" },
  filetypes = { "kupuya" },
  root_markers = { "kupuya.toml" },
  -- settings = { kupuya = { law = "kgdc2025", language = "ky" } },
})
vim.lsp.enable("kupuya")

vim.api.nvim_create_autocmd("FileType", {
  pattern = "kupuya",
  callback = function(event)
    vim.bo[event.buf].commentstring = "// %s"
    vim.bo[event.buf].expandtab = true
    vim.bo[event.buf].shiftwidth = 4
  end,
})
