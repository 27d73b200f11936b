"""What may be written into a table of amounts: the gate that every edit passes.

A figure goes into a cell only if one reading explains the table and no other does. Each
edit rests on claims: these columns mean this, this total adds these rows, this row is an
income. A claim is settled by what is printed (the sum holds in other columns, the
deviations beside are the difference of these two columns), by the formulas beside, or by
headings and places that leave no doubt. Otherwise nothing is written, and a finding says why.
"""
