"""The embedded procedural teacher: deterministic, in process, and not a language model.

Problems are composed from typed parts (``parts``); statements are written with a phrase grammar
and read with the same grammar backwards. ``parts/__init__.py`` tells how to add a part.
"""

from synthsmith.teachers.procedural.teacher import ProceduralTeacher

__all__ = ["ProceduralTeacher"]
