"""What a bill says and what is owed, on plain values; amounts in words."""
