"""Tests of exhibitors."""
