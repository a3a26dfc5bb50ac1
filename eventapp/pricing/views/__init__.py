"""The organiser's pages of the price list."""
