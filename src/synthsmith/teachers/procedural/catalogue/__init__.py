"""The catalogue: contest vocabulary, and how code and paths are read by it."""

from .evolve import evolve_features
from .extract import extract_features
from .ontology import ONTOLOGY, known

__all__ = ["ONTOLOGY", "evolve_features", "extract_features", "known"]
