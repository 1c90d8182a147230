" Checks Amazon ECS configuration with ALE.

for s:filetype in ['json', 'terraform', 'hcl', 'yaml']
  call ale#linter#Define(s:filetype, {
  \   'name': 'ecslint',
  \   'lsp': 'stdio',
  \   'executable': 'ecslint',
  \   'command': '%e lsp',
  \   'project_root': {buffer -> fnamemodify(finddir('.git', fnamemodify(bufname(buffer), ':p:h') . ';'), ':p:h:h')},
  \})
endfor
