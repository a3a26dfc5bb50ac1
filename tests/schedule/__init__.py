"""Tests of the public schedule."""
