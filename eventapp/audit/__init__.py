"""The trail: who did what to which thing, when; written beside the change, in the same transaction."""
