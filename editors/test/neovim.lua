-- Opens a file with our settings, and writes what is shown to $OUT: findings, symbols, hover, the completion of a container
-- name, its definition, and the file after applying the quick fix of the first finding.
local patience = 30000
vim.lsp.config("ecslint", dofile(vim.env.EDITORS .. "/neovim/ecslint.lua"))
vim.lsp.enable("ecslint")
vim.cmd.edit(vim.env.FILE)
local lines = {}
local function say(line) table.insert(lines, line) end

--- The responses to a request for a position in the buffer; line and column are counted from 0.
local function ask(method, line, column)
  vim.api.nvim_win_set_cursor(0, { line + 1, column })
  local encoding = vim.lsp.get_clients({ bufnr = 0 })[1].offset_encoding
  local params = vim.lsp.util.make_position_params(0, encoding)
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, patience) or {}) do
    return answer.result or {}
  end
end

vim.wait(patience, function() return #vim.diagnostic.get(0) > 0 end, 50)
for _, found in ipairs(vim.diagnostic.get(0)) do
  say((found.lnum + 1) .. " " .. found.code)
end
for _, symbol in ipairs(ask("textDocument/documentSymbol", 0, 0)) do
  say("symbol " .. symbol.name)
end
say("hover " .. ask("textDocument/hover", 4, 6).contents.value:match("^[^\n]*"))
for _, item in ipairs(ask("textDocument/completion", 8, 61)) do
  say("offered " .. item.label)
end
say("defined at " .. (ask("textDocument/definition", 8, 61)[1].range.start.line + 1))

-- Applies the fix as a key mapping would.
local found = vim.diagnostic.get(0)[1]
vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
vim.lsp.buf.code_action({ filter = function(action) return action.isPreferred end, apply = true })
vim.wait(patience, function() return vim.bo.modified end, 50)
say("fixed " .. vim.trim(vim.api.nvim_buf_get_lines(0, found.lnum, found.lnum + 1, false)[1]))
vim.wait(patience, function() return #vim.diagnostic.get(0) == 0 end, 50)
say(#vim.diagnostic.get(0) .. " findings left")
vim.fn.writefile(lines, vim.env.OUT)
vim.cmd("qall!")
