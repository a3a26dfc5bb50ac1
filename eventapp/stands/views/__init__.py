"""Pages of the floor plan for organisers."""
