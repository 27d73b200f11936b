"""One reading of formulas: their tokens, what they look at, their shape, and what they add up.

:mod:`tokens` takes a text apart, :mod:`blocks` reads addresses, :mod:`tree` finds calls and
their arguments. On those stand :mod:`references` (what a formula looks at), :mod:`shapes`
(what formulas of a row or column have in common), :mod:`moving` (the text in another cell)
and :mod:`addends` (what a sum adds up). Formulas are read as files keep them: English names,
comma between arguments; a text with semicolons between them is read the Swedish way.
"""
