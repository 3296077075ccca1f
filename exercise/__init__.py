"""A wargaming and crisis-exercise engine with a terminal interface."""

__version__ = "0.1.0"
