" What ALE is told of the server, for each file type the same.

function! cachelint#Define(filetype) abort
  call ale#Set('cachelint_executable', 'cachelint')
  call ale#linter#Define(a:filetype, {
  \   'name': 'cachelint',
  \   'lsp': 'stdio',
  \   'executable': {buffer -> ale#Var(buffer, 'cachelint_executable')},
  \   'command': '%e server',
  \   'project_root': function('cachelint#Root'),
  \ })
endfunction

" The folder of the nearest configuration, manifest or repository; else the file's own.
function! cachelint#Root(buffer) abort
  for l:name in ['cachelint.toml', 'pyproject.toml', 'package.json', 'manage.py', 'app.py']
    let l:file = ale#path#FindNearestFile(a:buffer, l:name)
    if !empty(l:file)
      return fnamemodify(l:file, ':h')
    endif
  endfor
  let l:repository = ale#path#FindNearestDirectory(a:buffer, '.git')
  return !empty(l:repository) ? fnamemodify(l:repository, ':h:h') : expand('#' . a:buffer . ':p:h')
endfunction
