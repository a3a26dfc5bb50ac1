"""Documents: data in, bytes out. PDF by typst, tables as CSV; no room's tables are read here."""
