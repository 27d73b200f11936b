"""The Calc host: a workbook that is open in LibreOffice, and the functions typed in its cells."""
