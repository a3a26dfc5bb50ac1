"""Tests of eventapp.invoicing."""
