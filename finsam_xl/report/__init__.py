"""Reports: results in, a sheet as data out. No file format is known here."""
