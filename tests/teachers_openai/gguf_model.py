"""A tiny llama model with random weights, in the GGUF format: a real model file, half a MB."""

from __future__ import annotations

import math
import random
import struct
from pathlib import Path

WIDTH, HIDDEN, HEADS, LAYERS, CONTEXT = 64, 128, 4, 2, 512
UINT32, INT32, FLOAT32, STRING, ARRAY = 4, 5, 6, 8, 9
NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6
ALIGNMENT = 32
TEMPLATE = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant: "


def vocabulary() -> list[tuple[str, float, int]]:
    """Control tokens, every byte, every printable ASCII character: whatever JSON needs."""
    tokens = [("<unk>", 0.0, UNKNOWN), ("<s>", 0.0, CONTROL), ("</s>", 0.0, CONTROL)]
    tokens += [(f"<0x{byte:02X}>", 0.0, BYTE) for byte in range(256)]
    tokens.append(("\u2581", -1.0, NORMAL))
    return tokens + [(chr(code), -1.0, NORMAL) for code in range(33, 127)]


def text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def typed(kind: int, value: object) -> bytes:
    if kind == STRING:
        return text(str(value))
    return struct.pack({UINT32: "<I", INT32: "<i", FLOAT32: "<f"}[kind], value)


def field(name: str, kind: int, value: object) -> bytes:
    return text(name) + struct.pack("<I", kind) + typed(kind, value)


def array(name: str, kind: int, values: list[object]) -> bytes:
    head = text(name) + struct.pack("<IIQ", ARRAY, kind, len(values))
    return head + b"".join(typed(kind, value) for value in values)


def metadata() -> list[bytes]:
    words, scores, kinds = (list(column) for column in zip(*vocabulary(), strict=True))
    sizes = {
        "llama.context_length": CONTEXT,
        "llama.embedding_length": WIDTH,
        "llama.block_count": LAYERS,
        "llama.feed_forward_length": HIDDEN,
        "llama.attention.head_count": HEADS,
        "llama.attention.head_count_kv": HEADS,
        "llama.rope.dimension_count": WIDTH // HEADS,
        "llama.vocab_size": len(words),
        "tokenizer.ggml.unknown_token_id": 0,
        "tokenizer.ggml.bos_token_id": 1,
        "tokenizer.ggml.eos_token_id": 2,
    }
    return [
        field("general.architecture", STRING, "llama"),
        field("general.name", STRING, "tiny"),
        *(field(name, UINT32, size) for name, size in sizes.items()),
        field("llama.attention.layer_norm_rms_epsilon", FLOAT32, 1e-5),
        field("tokenizer.ggml.model", STRING, "llama"),
        field("tokenizer.chat_template", STRING, TEMPLATE),
        array("tokenizer.ggml.tokens", STRING, words),
        array("tokenizer.ggml.scores", FLOAT32, scores),
        array("tokenizer.ggml.token_type", INT32, kinds),
    ]


def shapes() -> dict[str, tuple[int, ...]]:
    out: dict[str, tuple[int, ...]] = {
        "token_embd.weight": (WIDTH, len(vocabulary())),
        "output_norm.weight": (WIDTH,),
        "output.weight": (WIDTH, len(vocabulary())),
    }
    for layer in range(LAYERS):
        block = f"blk.{layer}."
        out |= {block + f"{name}_norm.weight": (WIDTH,) for name in ("attn", "ffn")}
        out |= {block + f"attn_{x}.weight": (WIDTH, WIDTH) for x in ("q", "k", "v", "output")}
        out |= {block + f"ffn_{name}.weight": (WIDTH, HIDDEN) for name in ("gate", "up")}
        out[block + "ffn_down.weight"] = (HIDDEN, WIDTH)
    return out


def write_model(path: Path) -> Path:
    """Write the model; the same bytes every time."""
    dice = random.Random(1)
    fields = metadata()
    infos, bodies, offset = b"", b"", 0
    for name, shape in shapes().items():
        count = math.prod(shape)
        values = [1.0] * count if len(shape) == 1 else [dice.gauss(0, 0.3) for _ in range(count)]
        body = struct.pack(f"<{count}f", *values)
        body += bytes(-len(body) % ALIGNMENT)
        infos += text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, offset)
        bodies += body
        offset += len(body)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(shapes()), len(fields)) + b"".join(fields) + infos
    path.write_bytes(head + bytes(-len(head) % ALIGNMENT) + bodies)
    return path
