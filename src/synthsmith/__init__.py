"""Verified competitive-programming training data from a language model and a compiler."""

__version__ = "0.1.0"
