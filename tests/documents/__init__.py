"""Documents: PDF and tables."""
