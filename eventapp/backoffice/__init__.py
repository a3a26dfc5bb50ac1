"""Read side: the organiser's home and the work lists that show several rooms together."""
