" ALE with this repository's linters, on a copy of the site: what is found, told and fixed goes to the file $RESULT.

set nocompatible hidden nomore viminfo= noswapfile
filetype plugin on
let g:ale_lint_delay = 50
let g:ale_linters_explicit = 1
let g:ale_linters = {'html': ['cachelint'], 'htmldjango': ['cachelint']}
packadd! ale
execute 'set runtimepath+=' . fnameescape($PLUGIN)

let s:lines = []
let s:failed = 0

function! s:Check(name, good, detail) abort
  let s:failed += !a:good
  call add(s:lines, (a:good ? 'ok     ' : 'FAILED ') . 'vim: ' . a:name . (a:good ? '' : ': ' . string(a:detail)))
endfunction

" Waits until the expression holds; answers whether it came to that within 30 seconds.
function! s:WaitFor(expression) abort
  for l:turn in range(600)
    if eval(a:expression) | return 1 | endif
    sleep 50m
  endfor
  return 0
endfunction

function! Findings() abort
  return map(copy(ale#engine#GetLoclist(bufnr(''))), 'v:val.text')
endfunction

function! Preview() abort
  for l:window in range(1, winnr('$'))
    if getwinvar(l:window, '&previewwindow') | return join(getbufline(winbufnr(l:window), 1, '$'), "\n") | endif
  endfor
  return ''
endfunction

function! s:Run() abort
  execute 'edit' fnameescape($TEMPLATE)
  call s:Check('a finding is ALE''s', s:WaitFor('!empty(Findings())') && Findings()[0] =~# 'css/site.css has no version', Findings())
  call search('site.css')
  let g:ale_hover_to_preview = 1
  ALEHover
  call s:Check('the hover tells the digest', s:WaitFor('Preview() =~# "File now [0-9a-f]\\{8\\}"'), Preview())
  pclose
  " The first of the actions, which ALE lets one choose by number.
  call feedkeys("1\<CR>", 't')
  ALECodeAction
  call s:Check('the first action writes the version', s:WaitFor('getline(".") =~# "css/site.css'', v=''[0-9a-f]\\{8\\}''"'), getline('.'))
  silent write
  call s:Check('the finding is gone', s:WaitFor('empty(Findings())'), Findings())
endfunction

function! s:RunAndEnd() abort
  try
    call s:Run()
  catch
    call s:Check('works', 0, v:exception . ' at ' . v:throwpoint)
  endtry
  let l:verdict = s:failed ? 'FAILED' : 'ok'
  call add(s:lines, printf('test result: %s. %d passed; %d failed; 0 ignored', l:verdict, len(s:lines) - s:failed, s:failed))
  call writefile(s:lines, $RESULT)
  qall!
endfunction

autocmd VimEnter * call timer_start(0, {-> s:RunAndEnd()})
