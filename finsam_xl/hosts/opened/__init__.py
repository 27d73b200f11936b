"""What the hosts of an open workbook have in common, whichever program has it open.

What a program tells becomes cells (``held``); what stands in the way is refused
(``refusals``); report sheets get their places (``placing``) and their looks (``looks``) in as few
blocks as there can be (``blocks``); changes are steps (``steps``), and a person is told what came
of them (``outcome``).
"""
