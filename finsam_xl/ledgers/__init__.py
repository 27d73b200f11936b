"""What bookkeeping exports: SIE files, text ledgers and tables; bytes in, a record out.

Nothing is known here of workbooks.
"""
