"""Rules about the same quantity stated in two places: tables, sheets, files and text."""
