"""Verdicts on untrusted programs.

``Judge`` runs programs on inputs in isolation; ``compare`` and ``canonical`` are the built-in
checkers; ``canonical_json`` is the form in which results of function-style programs are written.
"""

from synthsmith.judge.checkers import canonical, canonical_json, compare, validate
from synthsmith.judge.judge import Judge

__all__ = ["Judge", "canonical", "canonical_json", "compare", "validate"]
