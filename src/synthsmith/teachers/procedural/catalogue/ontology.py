"""The catalogue's vocabulary: ``ontology.txt``, two spaces of indentation a level."""

from __future__ import annotations

from importlib import resources

Path = tuple[str, ...]


def parse_ontology(text: str) -> tuple[Path, ...]:
    """Every node's path, parents before children; ``text`` is indented by two spaces a level."""
    nodes: list[Path] = []
    above: Path = ()
    for line in text.splitlines():
        name = line.strip()
        if name:
            level = (len(line) - len(line.lstrip())) // 2
            above = (*above[:level], name)
            nodes.append(above)
    return tuple(nodes)


def _text() -> str:
    return resources.files(__package__).joinpath("ontology.txt").read_text(encoding="utf-8")


NODES: tuple[Path, ...] = parse_ontology(_text())
"""Every node, inner ones included."""

_KNOWN = frozenset(NODES)
CHILDREN: dict[Path, tuple[Path, ...]] = {
    node: tuple(child for child in NODES if child[:-1] == node)
    for node in {child[:-1] for child in NODES}
}
"""Children of every inner node, and under ``()`` the five categories."""

ONTOLOGY: tuple[Path, ...] = tuple(node for node in NODES if node not in CHILDREN)
"""All leaves."""

_BY_NAME = {node[-1]: node for node in NODES}


def known(path: Path) -> bool:
    """Whether ``path`` is a node of the ontology, leaf or not."""
    return path in _KNOWN


def path_named(name: str) -> Path:
    """The path of the node called ``name`` (names are unique). Raises KeyError."""
    return _BY_NAME[name]
