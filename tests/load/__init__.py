"""Benchmarks: each value beside a floor measured in the same run. `python -m tests.load --only NAME`."""
