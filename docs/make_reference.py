"""Write docs/reference.md, the page of all classes and relations, from the ontology.

python docs/make_reference.py            # writes the page
python docs/make_reference.py --check    # exit status 1 if it is stale
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from kg.datafiles import DataFiles, Entry, load_data_files, local_name
from kg.vocabulary import KG, OWL, RDF, RDFS, REL, SKOS

PAGE = Path(__file__).parent / "reference.md"
PREFIXED = {
    KG: "kg:", REL: "rel:", RDFS: "rdfs:", RDF: "rdf:", SKOS: "skos:", "http://www.w3.org/2001/XMLSchema#": "xsd:",
    "https://schema.org/": "schema:", "http://www.wikidata.org/prop/direct/": "wdt:", "http://www.w3.org/ns/prov#": "prov:",
    "http://semanticweb.cs.vu.nl/2009/11/sem/": "sem:", "http://purl.org/dc/terms/": "dct:", OWL: "owl:",
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#": "nif:",
}  # fmt: skip
INTRODUCTION = """# Reference: classes and relations

Made from `ontology/kg.ttl` and `ontology/frames.ttl` by `python docs/make_reference.py`: edit those, not this page.
`kg:` is <https://w3id.org/newskg/ontology#>, `rel:` is <https://w3id.org/newskg/relation/>. How a frame reads stands in
[ontology/README.md](../ontology/README.md).
"""


def page(data: DataFiles) -> str:
    """The whole page."""
    terms = [
        entry for entry in data.entries.values() if entry.iri.startswith((KG, REL)) and entry.all(SKOS + "definition")
    ]
    terms.sort(key=lambda entry: entry.name.lower())
    return (
        "\n".join(
            [
                INTRODUCTION,
                *_families(terms, data),
                *_word_classes(data),
                *_inverses(terms),
                *_classes(terms),
                *_properties(terms),
            ]
        )
        + "\n"
    )


def short(iri: str) -> str:
    """An IRI with its usual prefix."""
    found = next((start for start in PREFIXED if iri.startswith(start)), None)
    return f"`{PREFIXED[found]}{iri[len(found) :]}`" if found else f"<{iri}>"


def _families(terms: list[Entry], data: DataFiles) -> Iterator[str]:
    yield "## Relations by family\n"
    families = [e for e in terms if any(local_name(p) in ("Family", "Cooperate") for p in e.all(RDFS + "subClassOf"))]
    for family in sorted(families, key=lambda e: e.one(RDFS + "label") or ""):
        codes = ", ".join(code for code in family.all(SKOS + "notation") if code.isdigit())
        yield f"### {family.one(RDFS + 'label')}{f' (CAMEO {codes})' if codes else ''}\n"
        yield f"{short(family.iri)}. {family.one(SKOS + 'definition')}\n"
        for relation in terms:
            if relation.one(KG + "family") == family.iri:
                yield from _relation(relation, data)


def _relation(relation: Entry, data: DataFiles) -> Iterator[str]:
    kinds = [local_name(kind).removesuffix("Property").lower() for kind in relation.all(RDF + "type")]
    marks = [kind for kind in ("symmetric", "transitive") if kind in kinds]
    yield f"#### rel:{relation.name}\n"
    yield f"{relation.one(SKOS + 'definition')} *{' '.join(relation.all(SKOS + 'example'))}*\n"
    yield f"- {short(relation.one(RDFS + 'domain') or '')} → {short(relation.one(RDFS + 'range') or '')}" + "".join(
        f"; {mark}" for mark in marks
    )
    if codes := relation.all(SKOS + "notation"):
        yield f"- CAMEO {', '.join(codes)}"
    matches = [m for p in ("exactMatch", "closeMatch", "relatedMatch") for m in relation.all(SKOS + p)]
    if matches:
        yield f"- see {', '.join(map(short, matches))}"
    for frame in data.of_class("Frame"):
        if frame.one(KG + "evokes") == relation.iri:
            yield f"- frame `{frame.name}`: {_frame(frame)}"
    yield ""


def _frame(frame: Entry) -> str:
    slots = [
        f"{local_name(p)} {' '.join(v)}"
        for p, v in sorted(frame.values.items())
        if p.startswith(KG) and local_name(p) not in ("on", "evokes")
    ]
    return "; ".join([" ".join(frame.all(KG + "on")), *slots])


def _word_classes(data: DataFiles) -> Iterator[str]:
    yield "## Word classes\n\nLists that frames share: `@weapons` in a condition stands for all its words.\n"
    yield from (f"- `@{e.name}`: {' '.join(e.all(KG + 'words'))}" for e in data.of_class("WordClass"))
    yield ""


def _inverses(terms: list[Entry]) -> Iterator[str]:
    yield "## Inverses\n\nFor reasoners and for queries of one's own; graphs hold the relation itself.\n"
    yield "| property | inverse of | definition |\n|---|---|---|"
    for entry in terms:
        if entry.iri.startswith(REL) and entry.all(OWL + "inverseOf"):
            yield f"| `rel:{entry.name}` | {short(entry.one(OWL + 'inverseOf') or '')} | {entry.one(SKOS + 'definition')} |"
    yield ""


def _classes(terms: list[Entry]) -> Iterator[str]:
    yield "## Classes\n\n| class | below | definition | matches |\n|---|---|---|---|"
    for entry in terms:
        if OWL + "Class" in entry.all(RDF + "type"):
            above = ", ".join(map(short, entry.all(RDFS + "subClassOf")))
            matches = ", ".join(short(m) for p in ("exactMatch", "closeMatch") for m in entry.all(SKOS + p))
            yield f"| `kg:{entry.name}` | {above} | {entry.one(SKOS + 'definition')} | {matches} |"
    yield ""


def _properties(terms: list[Entry]) -> Iterator[str]:
    yield "## Properties of statements, facts, articles, entities and data files\n"
    yield "| property | of | value | definition |\n|---|---|---|---|"
    for entry in terms:
        if entry.iri.startswith(KG) and any(kind.endswith("Property") for kind in entry.all(RDF + "type")):
            of, value = (", ".join(map(short, entry.all(RDFS + name))) for name in ("domain", "range"))
            yield f"| `kg:{entry.name}` | {of} | {value} | {entry.one(SKOS + 'definition')} |"


def main() -> None:
    """Write the page, or say whether it is as it would be written."""
    text = page(load_data_files())
    if sys.argv[1:] == ["--check"]:
        sys.exit(
            0
            if PAGE.is_file() and PAGE.read_text(encoding="utf8") == text
            else "docs/reference.md is stale: run docs/make_reference.py"
        )
    PAGE.write_text(text, encoding="utf8")


if __name__ == "__main__":
    main()
