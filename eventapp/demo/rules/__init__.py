"""What the demo is made of: pure generators with a fixed seed, no database and no clock."""
