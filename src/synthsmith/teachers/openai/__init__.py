"""Teachers behind OpenAI-compatible endpoints.

A call is one sample (n=1) with its own seed, so that failures and usage stay per sample. What an
endpoint may have charged for is a completion; everything else is tried again.
"""

from synthsmith.teachers.openai.batch import BatchTeacher
from synthsmith.teachers.openai.models import Served, discover, require_context, with_model
from synthsmith.teachers.openai.teacher import OpenAITeacher

__all__ = ["BatchTeacher", "OpenAITeacher", "Served", "discover", "require_context", "with_model"]
