"""The catalogue: contest vocabulary, and how code and paths are read by it."""

from synthsmith.teachers.procedural.catalogue.evolve import evolve_features
from synthsmith.teachers.procedural.catalogue.extract import extract_features
from synthsmith.teachers.procedural.catalogue.ontology import ONTOLOGY, known

__all__ = ["ONTOLOGY", "evolve_features", "extract_features", "known"]
