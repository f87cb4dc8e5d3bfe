(comment) @comment
(note) @comment.documentation
(prose) @string
(string) @string
(number) @number
(date) @constant
(id) @label
(kind) @keyword.type
(verb) @keyword
["never" "allow" "deny" "each" "waive"] @keyword
(connector) @keyword.operator
(operator) @keyword.operator
(flag) @attribute
(property) @property
(declaration name: (name) @type)
(entry name: (name) @type)
(name) @variable
(sign) @operator
["{" "}"] @punctuation.bracket
[":" ","] @punctuation.delimiter
