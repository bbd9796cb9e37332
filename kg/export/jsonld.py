"""JSON-LD 1.1: a document with its own context, one object for each node."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from kg.export.material import Material
from kg.rdf import graph_triples, prefixes
from kg.vocabulary import RDF, XSD

Json = dict[str, object]
Objects = Sequence[ox.NamedNode | ox.Literal]
# A plain string needs no type.
STRING = ("@type", XSD + "string")


def to_jsonld(material: Material) -> bytes:
    """The triples of the Turtle export. In the context stand the prefixes, and what the values of a property are where
    they are all alike, so that they can be plain strings."""
    known = dict(sorted(prefixes(material.base).items(), key=lambda pair: (-len(pair[1]), pair[0])))
    nodes: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    for subject, property_, value in graph_triples(*material):
        # Our graphs have neither blank nodes nor triple terms.
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
            nodes.setdefault(subject.value, {}).setdefault(property_.value, []).append(value)
    kinds = _kinds(nodes)
    context: Json = dict(sorted(known.items()))
    context |= {compact(name, known): kind for name, kind in sorted(kinds.items()) if kind}
    graph = [_node(name, properties, known, kinds) for name, properties in nodes.items()]
    document = {"@context": context, "@graph": graph}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def compact(name: str, known: Mapping[str, str]) -> str:
    """An IRI as prefix and rest where a prefix fits. `known` has the longest IRIs first."""
    for prefix, start in known.items():
        if name.startswith(start) and not name[len(start) :].startswith("//"):
            return f"{prefix}:{name[len(start) :]}"
    return name


def _kinds(nodes: Mapping[str, Mapping[str, Objects]]) -> dict[str, Json | None]:
    """By property, what all its values are (IRIs, of one datatype, of one language); None where they differ."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for properties in nodes.values():
        for property_, values in properties.items():
            found[property_].update(_kind(value) for value in values)
    return {
        name: dict(kinds) if len(kinds) == 1 and kinds != {STRING} else None
        for name, kinds in found.items()
        if name != RDF + "type"
    }


def _kind(value: ox.NamedNode | ox.Literal) -> tuple[str, str]:
    if not isinstance(value, ox.Literal):
        return "@type", "@id"
    return ("@language", value.language) if value.language else ("@type", value.datatype.value)


def _node(
    name: str, properties: Mapping[str, Objects], known: Mapping[str, str], kinds: Mapping[str, Json | None]
) -> Json:
    node: Json = {"@id": compact(name, known)}
    for property_, values in properties.items():
        if property_ == RDF + "type":
            node["@type"] = [compact(value.value, known) for value in values]
            continue
        found = [_value(value, kinds[property_], known) for value in values]
        node[compact(property_, known)] = found if len(found) > 1 else found[0]
    return node


def _value(value: ox.NamedNode | ox.Literal, kind: Json | None, known: Mapping[str, str]) -> object:
    if not isinstance(value, ox.Literal):
        return compact(value.value, known) if kind else {"@id": compact(value.value, known)}
    if value.datatype.value == XSD + "boolean":
        return value.value in ("true", "1")
    if kind:
        return value.value
    return value.value if _kind(value) == STRING else {"@value": value.value, **dict([_kind(value)])}
