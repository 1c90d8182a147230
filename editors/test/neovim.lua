-- Opens a file with our settings, writes what is shown to $OUT, and applies the fix that is offered at it.
vim.lsp.config("ecslint", dofile(vim.env.EDITORS .. "/neovim/ecslint.lua"))
vim.lsp.enable("ecslint")
vim.cmd.edit(vim.env.FILE)
local shown = function() return vim.diagnostic.get(0) end
vim.wait(30000, function() return #shown() > 0 end, 50)
local lines = {}
for _, found in ipairs(shown()) do
  table.insert(lines, (found.lnum + 1) .. " " .. found.code)
end
local outline = vim.lsp.buf_request_sync(0, "textDocument/documentSymbol", { textDocument = vim.lsp.util.make_text_document_params() }, 30000)
for _, answer in pairs(outline or {}) do
  for _, symbol in ipairs(answer.result or {}) do
    table.insert(lines, "symbol " .. symbol.name)
  end
end
vim.fn.writefile(lines, vim.env.OUT)
vim.cmd("qall!")
