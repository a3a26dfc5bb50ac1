"""The demo edition: deterministic, generated from public facts, marked as examples."""
