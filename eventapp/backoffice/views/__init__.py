"""Pages of the organisers."""
