"""The embedded teacher of the lists world: small tasks that a tiny model can learn."""

from synthsmith.teachers.lists.teacher import ListsTeacher

__all__ = ["ListsTeacher"]
