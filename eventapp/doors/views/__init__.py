"""Pages and interface of the doors."""
