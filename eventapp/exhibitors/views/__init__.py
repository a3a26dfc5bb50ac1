"""The organiser's pages of exhibiting."""
