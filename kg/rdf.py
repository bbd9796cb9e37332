"""The graph as RDF: a direct triple for what is asserted, a statement node with its evidence for everything.

Vocabulary and shape are those of DESIGN.md section 5. Quads are made in a fixed order, so that the same graph gives
the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from kg import __version__
from kg.model import Document, Fact, KnowledgeGraph, Node, Statement
from kg.ontology import Ontology
from kg.vocabulary import DATA, DCT, FRAME, KG, NIF, OWL, PREFIXES, PROV, RDF, REL, SCHEMA, SKOS, XSD

FAMILY_CLASS = {"STATEMENT": "StatementFamily"}
SCHEMA_TYPES = {
    "Person": "Person",
    "Organization": "Organization",
    "Country": "Country",
    "Place": "Place",
    "Event": "Event",
}
CAPITALISED = {
    "positive": "Positive",
    "negative": "Negative",
    "actual": "Actual",
    "possible": "Possible",
    "future": "Future",
    "desired": "Desired",
    "quote": "Quote",
    "paraphrase": "Paraphrase",
}


def path_part(name: str) -> str:
    """A name as the last part of an IRI. Stops and tildes are escaped too: some Turtle readers stumble over them at the
    end of a prefixed name."""
    return quote(name, safe="-").replace(".", "%2E").replace("~", "%7E")


class Names(NamedTuple):
    """Makes the IRIs of a graph's data below a base."""

    base: str = DATA

    def entity(self, id_: str) -> ox.NamedNode:
        """The IRI of a node."""
        return ox.NamedNode(f"{self.base}entity/{path_part(id_)}")

    def statement(self, id_: str) -> ox.NamedNode:
        """The IRI of a statement."""
        return ox.NamedNode(f"{self.base}statement/{id_}")

    def fact(self, id_: str) -> ox.NamedNode:
        """The IRI of a fact."""
        return ox.NamedNode(f"{self.base}fact/{id_}")

    def article(self, id_: str) -> ox.NamedNode:
        """The IRI of an article."""
        return ox.NamedNode(f"{self.base}article/{path_part(id_)}")

    def sentence(self, article: str, start: int, end: int) -> ox.NamedNode:
        """The IRI of a sentence, by its offsets (RFC 5147)."""
        return ox.NamedNode(f"{self.base}article/{path_part(article)}#char={start},{end}")


def prefixes(base: str = DATA) -> dict[str, str]:
    """The prefixes of a serialised graph."""
    return PREFIXES | {
        "ent": f"{base}entity/",
        "st": f"{base}statement/",
        "fact": f"{base}fact/",
        "art": f"{base}article/",
    }


def graph_triples(graph: KnowledgeGraph, ontology: Ontology, base: str = DATA) -> list[ox.Triple]:
    """All triples of a graph, sorted, each once."""
    names = Names(base)
    countries = {n.country: n.id for n in graph.nodes if n.type == "Country" and n.country}
    triples: set[ox.Triple] = set()
    triples.update(_run(names))
    for document in graph.documents:
        triples.update(_article(document, graph, names))
    for node in graph.nodes:
        triples.update(_node(node, names, countries))
    texts = {d.id: d.text for d in graph.documents}
    for fact in graph.facts:
        triples.update(_statement(fact, texts[fact.document], names, ontology))
    triples.update(_groups(graph, names))
    return sorted(triples, key=_sort_key)


def _sort_key(triple: ox.Triple) -> tuple[str, bool, str, str]:
    """By subject; within one, its classes first."""
    return str(triple.subject), triple.predicate.value != RDF + "type", triple.predicate.value, str(triple.object)


def serialise(triples: Iterable[ox.Triple], format_: ox.RdfFormat = ox.RdfFormat.TURTLE, base: str = DATA) -> bytes:
    """Triples in the order given, with our prefixes where the format has them."""
    names = prefixes(base) if format_ in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML) else None
    return ox.serialize(triples, format=format_, prefixes=names) or b""


# --- Parts -------------------------------------------------------------------------------------------


def _iri(value: str) -> ox.NamedNode:
    return ox.NamedNode(value)


def _text(value: str) -> ox.Literal:
    return ox.Literal(value)


def _english(value: str) -> ox.Literal:
    return ox.Literal(value, language="en")


def _number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=_iri(XSD + "nonNegativeInteger"))


def _day(value: date) -> ox.Literal:
    return ox.Literal(value.isoformat(), datatype=_iri(XSD + "date"))


def _run(names: Names) -> Iterator[ox.Triple]:
    """The build as an activity. It bears no time, so that the same input gives the same graph."""
    run = _iri(f"{names.base}run")
    yield ox.Triple(run, _iri(RDF + "type"), _iri(PROV + "Activity"))
    yield ox.Triple(run, _iri(SCHEMA + "softwareVersion"), _text(__version__))
    yield ox.Triple(run, _iri(PROV + "wasAssociatedWith"), _iri("https://w3id.org/newskg/"))


def _article(document: Document, graph: KnowledgeGraph, names: Names) -> Iterator[ox.Triple]:
    article = names.article(document.id)
    yield ox.Triple(article, _iri(RDF + "type"), _iri(KG + "Article"))
    yield ox.Triple(article, _iri(RDF + "type"), _iri(SCHEMA + "NewsArticle"))
    yield ox.Triple(article, _iri(DCT + "language"), _text(document.language))
    yield ox.Triple(article, _iri(DCT + "identifier"), _text(document.id))
    yield ox.Triple(article, _iri(SCHEMA + "sha256"), _text(document.sha256))
    if document.title:
        yield ox.Triple(article, _iri(DCT + "title"), _english(document.title))
    if document.publisher:
        yield ox.Triple(article, _iri(DCT + "publisher"), _text(document.publisher))
    if document.published:
        yield ox.Triple(article, _iri(DCT + "issued"), _day(document.published))
    if document.reference:
        yield ox.Triple(article, _iri(DCT + "source"), _text(document.reference))
    url = safe_url(document.url)
    yield (
        ox.Triple(article, _iri(SCHEMA + "url"), _iri(url))
        if url
        else ox.Triple(article, _iri(SCHEMA + "contentUrl"), _text(document.source))
    )
    yield ox.Triple(article, _iri(KG + "origin"), names.article(graph.origin_of.get(document.id, document.id)))


def safe_url(url: str | None) -> str | None:
    """A web address that is a valid IRI, None for anything else."""
    if not url or not url.startswith(("http://", "https://")):
        return None
    cleaned = quote(url, safe="%/:?#[]@!$&'()*+,;=-._~")
    try:
        return ox.NamedNode(cleaned).value
    except ValueError:
        return None


def _node(node: Node, names: Names, countries: Mapping[str, str]) -> Iterator[ox.Triple]:
    entity = names.entity(node.id)
    yield ox.Triple(entity, _iri(RDF + "type"), _iri(KG + node.type))
    if node.type in SCHEMA_TYPES:
        yield ox.Triple(entity, _iri(RDF + "type"), _iri(SCHEMA + SCHEMA_TYPES[node.type]))
    if node.subtype:
        yield ox.Triple(entity, _iri(RDF + "type"), _iri(KG + node.subtype))
    yield ox.Triple(entity, _iri(SKOS + "prefLabel"), _english(node.label))
    for alias in node.aliases:
        yield ox.Triple(entity, _iri(SKOS + "altLabel"), _english(alias))
    if node.country:
        yield ox.Triple(entity, _iri(KG + "iso3"), _text(node.country))
        if node.country in countries and countries[node.country] != node.id:
            yield ox.Triple(entity, _iri(KG + "country"), names.entity(countries[node.country]))
    if node.link:
        yield ox.Triple(entity, _iri(OWL + "sameAs"), _iri(node.link))
    for reason in node.reasons:
        yield ox.Triple(entity, _iri(KG + "mergedBecause"), _text(reason))
    for article in sorted({o.document for o in node.origins}):
        yield ox.Triple(entity, _iri(SCHEMA + "subjectOf"), names.article(article))


def _statement(fact: Fact, text: str, names: Names, ontology: Ontology) -> Iterator[ox.Triple]:
    statement, node = fact.statement, names.statement(fact.id)
    family = FAMILY_CLASS.get(statement.family, statement.family.capitalize())
    sentence = names.sentence(fact.document, *statement.sentence)
    for class_ in (KG + "Statement", RDF + "Statement", KG + family):
        yield ox.Triple(node, _iri(RDF + "type"), _iri(class_))
    yield ox.Triple(node, _iri(RDF + "subject"), names.entity(statement.subject))
    yield ox.Triple(node, _iri(RDF + "predicate"), _iri(REL + statement.relation))
    for property_, value in _slots(statement):
        yield ox.Triple(node, _iri(property_), names.entity(value))
    yield from _values(node, fact, text)
    yield ox.Triple(node, _iri(PROV + "wasDerivedFrom"), sentence)
    yield ox.Triple(node, _iri(KG + "fact"), names.fact(fact.group))
    yield ox.Triple(node, _iri(PROV + "wasGeneratedBy"), _iri(f"{names.base}run"))
    yield from _sentence(sentence, fact, text, names)
    if fact.asserted and statement.object is not None:
        yield ox.Triple(names.entity(statement.subject), _iri(REL + statement.relation), names.entity(statement.object))
        if ontology.relations[statement.relation].symmetric:
            yield ox.Triple(
                names.entity(statement.object), _iri(REL + statement.relation), names.entity(statement.subject)
            )


def _slots(statement: Statement) -> Iterator[tuple[str, str]]:
    for property_, value in (
        (RDF + "object", statement.object),
        (KG + "theme", statement.theme),
        (KG + "place", statement.place),
        (PROV + "wasAttributedTo", statement.attributed_to),
        *((KG + "viaSpeaker", speaker) for speaker in statement.chain),
    ):
        if value is not None:
            yield property_, value


def _values(node: ox.NamedNode, fact: Fact, text: str) -> Iterator[ox.Triple]:
    statement = fact.statement
    yield ox.Triple(node, _iri(KG + "polarity"), _iri(KG + CAPITALISED[statement.polarity]))
    yield ox.Triple(node, _iri(KG + "modality"), _iri(KG + CAPITALISED[statement.modality]))
    yield ox.Triple(node, _iri(KG + "asserted"), ox.Literal(fact.asserted))
    yield ox.Triple(node, _iri(KG + "frame"), _iri(FRAME + path_part(statement.frame)))
    yield ox.Triple(node, _iri(KG + "trigger"), _text(text[statement.trigger.start : statement.trigger.end]))
    yield ox.Triple(node, _iri(KG + "triggerBegin"), _number(statement.trigger.start))
    yield ox.Triple(node, _iri(KG + "triggerEnd"), _number(statement.trigger.end))
    if statement.manner:
        yield ox.Triple(node, _iri(KG + "manner"), _iri(KG + CAPITALISED[statement.manner]))
    if statement.cue:
        yield ox.Triple(node, _iri(KG + "cue"), _text(statement.cue))
    if statement.time:
        yield ox.Triple(node, _iri(KG + "timeText"), _text(statement.time.text))
        if statement.time.earliest:
            yield ox.Triple(node, _iri(KG + "earliest"), _day(statement.time.earliest))
        if statement.time.latest:
            yield ox.Triple(node, _iri(KG + "latest"), _day(statement.time.latest))


def _sentence(sentence: ox.NamedNode, fact: Fact, text: str, names: Names) -> Iterator[ox.Triple]:
    start, end = fact.statement.sentence
    yield ox.Triple(sentence, _iri(RDF + "type"), _iri(NIF + "Sentence"))
    yield ox.Triple(sentence, _iri(RDF + "type"), _iri(KG + "Sentence"))
    yield ox.Triple(sentence, _iri(RDF + "value"), _english(text[start:end]))
    yield ox.Triple(sentence, _iri(NIF + "beginIndex"), _number(start))
    yield ox.Triple(sentence, _iri(NIF + "endIndex"), _number(end))
    yield ox.Triple(sentence, _iri(NIF + "referenceContext"), names.article(fact.document))


def _groups(graph: KnowledgeGraph, names: Names) -> Iterator[ox.Triple]:
    """Facts with the number of articles and of independent origins that state them."""
    articles: dict[str, set[str]] = defaultdict(set)
    for fact in graph.facts:
        articles[fact.group].add(fact.document)
    for group, documents in articles.items():
        node = names.fact(group)
        yield ox.Triple(node, _iri(RDF + "type"), _iri(KG + "Fact"))
        yield ox.Triple(node, _iri(KG + "articles"), _number(len(documents)))
        yield ox.Triple(node, _iri(KG + "origins"), _number(len({graph.origin_of.get(d, d) for d in documents})))
