"""Seeds: the code samples features are extracted from, bundled or brought."""

from synthsmith.seeds.reader import read_seeds, seeds_digest

__all__ = ["read_seeds", "seeds_digest"]
