"""The extension that puts the product into LibreOffice Calc."""
