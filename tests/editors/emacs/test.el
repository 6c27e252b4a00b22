;;; test.el --- Eglot, set up by the README's block, on a copy of the site -*- lexical-binding: t -*-

;; emacs --batch -l test.el README TEMPLATE, with cachelint on the PATH.

(setq make-backup-files nil auto-save-default nil create-lockfiles nil)
(package-initialize)
(require 'cl-lib)
(require 'flymake)

(defvar passed 0)
(defvar failed 0)

(defun check (name good &optional detail)
  "Count and print the check NAME, with DETAIL unless it is GOOD."
  (if good (cl-incf passed) (cl-incf failed))
  (princ (format "%s emacs: %s%s\n" (if good "ok    " "FAILED") name (if good "" (format ": %s" detail)))))

(defun wait-for (holds)
  "Wait until HOLDS answers with something, and answer that; nil after 30 seconds."
  (with-timeout (30 nil)
    (let (answer)
      (while (not (setq answer (funcall holds))) (accept-process-output nil 0.05))
      answer)))

(defun findings ()
  "The texts of flymake's diagnostics, asked for anew: batch mode has no idle timers."
  (flymake-start)
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(let ((readme (pop command-line-args-left)) (template (pop command-line-args-left)) block)
  (with-temp-buffer
    (insert-file-contents readme)
    (search-forward "```elisp\n")
    (let ((start (point))) (search-forward "```") (setq block (buffer-substring start (match-beginning 0)))))
  (with-temp-buffer (insert block) (eval-buffer))
  (setq eglot-sync-connect 10 eglot-confirm-server-initiated-edits nil)
  (find-file template)
  (apply #'eglot (eglot--guess-contact))

  (let ((found (wait-for #'findings)))
    (check "a finding is flymake's" (string-match-p "css/site.css has no version" (or (car found) "")) found))
  (goto-char (flymake-diagnostic-beg (car (flymake-diagnostics))))
  (let (hover)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq hover text)))
    (wait-for (lambda () hover))
    (check "the hover tells the digest" (string-match-p "File now [0-9a-f]\\{8\\}" (or hover "")) hover))
  (setq last-nonmenu-event ?x) ; a key: else the choice is a menu of the mouse
  (cl-letf (((symbol-function 'completing-read) (lambda (_ choices &rest _) (caar choices)))
            ((symbol-function 'y-or-n-p) #'always))
    (eglot-code-actions (point) nil "quickfix" t))
  (check "the first quick fix writes the version"
         (string-match-p "css/site.css', v='[0-9a-f]\\{8\\}'" (thing-at-point 'line t)) (thing-at-point 'line t))
  (eglot--signal-textDocument/didChange)
  (check "the finding is gone" (wait-for (lambda () (null (findings)))) (findings))
  (eglot-shutdown (eglot-current-server))
  (set-buffer-modified-p nil)
  (princ (format "test result: %s. %d passed; %d failed; 0 ignored\n" (if (zerop failed) "ok" "FAILED") passed failed))
  (kill-emacs (if (zerop failed) 0 1)))

;;; test.el ends here
