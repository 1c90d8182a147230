return {
  cmd = { "ecslint", "lsp" },
  filetypes = { "json", "jsonc", "terraform", "hcl", "toml", "yaml", "yaml.cloudformation" },
  root_markers = { ".git" },
}
