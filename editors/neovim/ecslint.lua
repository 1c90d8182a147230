return {
  cmd = { "ecslint", "lsp" },
  filetypes = { "json", "jsonc", "terraform", "hcl", "toml" },
  root_markers = { ".git" },
}
