"""What every room stands on, without Flask: database, clock, ids, errors, texts."""
