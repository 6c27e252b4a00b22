; The text between the blocks is one HTML document.
([(text) (raw_body)] @injection.content
  (#set! injection.language "html")
  (#set! injection.combined))
