" Opens a file with ALE and our settings, and writes what is shown to $OUT.
set nocompatible
let &runtimepath = $ALE . ',' . &runtimepath
filetype plugin on
let g:ale_linters = {'json': ['ecslint']}
let g:ale_set_signs = 0
source $ALE/plugin/ale.vim
source $EDITORS/vim/ecslint.vim
edit $FILE
ALELint
let s:tries = 0
while s:tries < 300 && empty(ale#engine#GetLoclist(bufnr('')))
  sleep 100m
  let s:tries += 1
endwhile
call writefile(map(copy(ale#engine#GetLoclist(bufnr(''))), {_, found -> found.lnum . ' ' . found.code}), $OUT)
qa!
