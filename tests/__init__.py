"""Tests mirror the rooms; flows, browser, architecture and faults stand beside them."""
