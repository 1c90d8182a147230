return {
  cmd = { "ecslint", "lsp" },
  filetypes = { "json", "jsonc", "terraform", "hcl" },
  root_markers = { ".git" },
}
