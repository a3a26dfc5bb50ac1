"""Verbs on the demo: load it, empty what was loaded."""

from eventapp.demo.operations.emptying import empty_database
from eventapp.demo.operations.loading import load_demo

__all__ = ["empty_database", "load_demo"]
