"""One plain-text template per prompt, and the reading of the replies.

A template is written for a language model; what a program must find again stands in tagged
sections (``<statement>…</statement>``), which is all the procedural teacher reads.
"""

from synthsmith.prompts.code_blocks import last_code_block
from synthsmith.prompts.replies import (
    EvolveReply,
    ExtractReply,
    FormulateReply,
    InputsReply,
    SelectReply,
    clean_paths,
    parse_json_reply,
    reader,
)
from synthsmith.prompts.schemas import reply_schemas
from synthsmith.prompts.templates import TAGS, kind_of, render, section, template_digest

__all__ = [
    "TAGS",
    "EvolveReply",
    "ExtractReply",
    "FormulateReply",
    "InputsReply",
    "SelectReply",
    "clean_paths",
    "kind_of",
    "last_code_block",
    "parse_json_reply",
    "reader",
    "render",
    "reply_schemas",
    "section",
    "template_digest",
]
