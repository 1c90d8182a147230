;;; ecslint.el --- Checks Amazon ECS configuration with eglot  -*- lexical-binding: t; -*-

;;; Code:

(require 'eglot)

(add-to-list 'eglot-server-programs
             '((js-json-mode json-mode json-ts-mode terraform-mode hcl-mode yaml-mode yaml-ts-mode conf-toml-mode) . ("ecslint" "lsp")))

(provide 'ecslint)
;;; ecslint.el ends here
