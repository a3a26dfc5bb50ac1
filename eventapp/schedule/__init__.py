"""Read side: the public schedule, from the latest published version."""
