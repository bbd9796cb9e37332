"""The graph as RDF: a direct triple for what is asserted, a statement node with its evidence for everything.

Vocabulary and shape are those of DESIGN.md section 5. Quads are made in a fixed order, so that the same graph gives
the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from kg import __version__
from kg.disputes import contradictions
from kg.fitting import ACTORS
from kg.model import Document, Fact, KnowledgeGraph, Node, Statement
from kg.ontology import Ontology
from kg.terms import Names, day, english, iri, number, path_part, plain, prefixes, safe_url
from kg.vocabulary import BASE, DATA, DCT, FRAME, KG, NIF, OPEN, OPEN_FRAME, OWL, PROV, RDF, REL, SCHEMA, SKOS

__all__ = [
    "Names",
    "article_triples",
    "graph_triples",
    "in_order",
    "prefixes",
    "safe_url",
    "serialise",
    "shared_triples",
]

FAMILY_CLASS = {"STATEMENT": "StatementFamily"}
# Counts of a fact: articles, origins, speakers.
COUNTS = ("articles", "origins", "speakers")
DENYING_COUNTS = ("denyingArticles", "denyingOrigins", "denyingSpeakers")
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


def graph_triples(graph: KnowledgeGraph, ontology: Ontology, base: str = DATA) -> list[ox.Triple]:
    """All triples of a graph, sorted, each once."""
    triples = set(shared_triples(graph, ontology, base))
    for told in article_triples(graph, ontology, base).values():
        triples.update(told)
    return in_order(triples)


def shared_triples(graph: KnowledgeGraph, ontology: Ontology, base: str = DATA) -> Iterator[ox.Triple]:
    """What no single article says: the run, the articles, the entities, the facts, what contradicts what."""
    names = Names(base)
    countries = {n.country: n.id for n in graph.nodes if n.type == "Country" and n.country}
    yield from _run(names)
    for document in graph.documents:
        yield from _article(document, graph, names)
    for node in graph.nodes:
        yield from _node(node, names, countries)
    yield from _groups(graph, names)
    yield from _disputes(graph, names, ontology)
    yield from _rules(graph)


def article_triples(graph: KnowledgeGraph, ontology: Ontology, base: str = DATA) -> dict[str, list[ox.Triple]]:
    """What each article says, by its id: statements, their sentences, and the direct triples it is a reason for."""
    names = Names(base)
    found: dict[str, list[ox.Triple]] = defaultdict(list)
    texts = {d.id: d.text for d in graph.documents}
    actors = {n.id for n in graph.nodes if n.type in ACTORS}
    for fact in graph.facts:
        found[fact.document].extend(_statement(fact, texts[fact.document], names))
        found[fact.document].extend(_direct(fact, names, ontology, actors))
    return dict(found)


def in_order(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Triples by subject; within one, its classes first."""
    type_ = iri(RDF + "type")
    by_subject: dict[str, list[tuple[bool, str, str, ox.Triple]]] = defaultdict(list)
    for triple in triples:
        key = (triple.predicate != type_, triple.predicate.value, str(triple.object), triple)
        by_subject[str(triple.subject)].append(key)
    return [row[3] for subject in sorted(by_subject) for row in sorted(by_subject[subject], key=lambda row: row[:3])]


def serialise(triples: Iterable[ox.Triple], format_: ox.RdfFormat = ox.RdfFormat.TURTLE, base: str = DATA) -> bytes:
    """Triples in the order given, with our prefixes where the format has them."""
    names = prefixes(base) if format_ in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML) else None
    return ox.serialize(triples, format=format_, prefixes=names) or b""


# --- Parts -------------------------------------------------------------------------------------------


def _run(names: Names) -> Iterator[ox.Triple]:
    """The build as an activity. It bears no time, so that the same input gives the same graph."""
    run = iri(f"{names.base}run")
    yield ox.Triple(run, iri(RDF + "type"), iri(PROV + "Activity"))
    yield ox.Triple(run, iri(SCHEMA + "softwareVersion"), plain(__version__))
    yield ox.Triple(run, iri(PROV + "wasAssociatedWith"), iri(BASE))
    yield ox.Triple(iri(BASE), iri(RDF + "type"), iri(PROV + "SoftwareAgent"))


def _article(document: Document, graph: KnowledgeGraph, names: Names) -> Iterator[ox.Triple]:
    article = names.article(document.id)
    yield ox.Triple(article, iri(RDF + "type"), iri(KG + "Article"))
    yield ox.Triple(article, iri(RDF + "type"), iri(SCHEMA + "NewsArticle"))
    yield ox.Triple(article, iri(DCT + "language"), plain(document.language))
    yield ox.Triple(article, iri(DCT + "identifier"), plain(document.id))
    yield ox.Triple(article, iri(SCHEMA + "sha256"), plain(document.sha256))
    if document.title:
        yield ox.Triple(article, iri(DCT + "title"), english(document.title))
    if document.publisher:
        yield ox.Triple(article, iri(DCT + "publisher"), plain(document.publisher))
    if document.published:
        yield ox.Triple(article, iri(DCT + "issued"), day(document.published))
    if document.reference:
        yield ox.Triple(article, iri(DCT + "source"), plain(document.reference))
    url = safe_url(document.url)
    yield (
        ox.Triple(article, iri(SCHEMA + "url"), iri(url))
        if url
        else ox.Triple(article, iri(SCHEMA + "contentUrl"), plain(document.source))
    )
    yield ox.Triple(article, iri(KG + "origin"), names.article(graph.origin_of.get(document.id, document.id)))


def _node(node: Node, names: Names, countries: Mapping[str, str]) -> Iterator[ox.Triple]:
    entity = names.entity(node.id)
    yield ox.Triple(entity, iri(RDF + "type"), iri(KG + node.type))
    if node.type in SCHEMA_TYPES:
        yield ox.Triple(entity, iri(RDF + "type"), iri(SCHEMA + SCHEMA_TYPES[node.type]))
    if node.subtype:
        yield ox.Triple(entity, iri(RDF + "type"), iri(KG + node.subtype))
    yield ox.Triple(entity, iri(SKOS + "prefLabel"), english(node.label))
    for alias in node.aliases:
        yield ox.Triple(entity, iri(SKOS + "altLabel"), english(alias))
    if node.country:
        yield ox.Triple(entity, iri(KG + "iso3"), plain(node.country))
        if node.country in countries and countries[node.country] != node.id:
            yield ox.Triple(entity, iri(KG + "country"), names.entity(countries[node.country]))
    if node.link:
        yield ox.Triple(entity, iri(OWL + "sameAs"), iri(node.link))
    for reason in node.reasons:
        yield ox.Triple(entity, iri(KG + "mergedBecause"), plain(reason))
    for article in sorted({o.document for o in node.origins}):
        yield ox.Triple(entity, iri(SCHEMA + "subjectOf"), names.article(article))


def _statement(fact: Fact, text: str, names: Names) -> Iterator[ox.Triple]:
    statement, node = fact.statement, names.statement(fact.id)
    family = FAMILY_CLASS.get(statement.family, statement.family.capitalize())
    sentence = names.sentence(fact.document, *statement.sentence)
    for class_ in (KG + "Statement", RDF + "Statement", KG + family):
        yield ox.Triple(node, iri(RDF + "type"), iri(class_))
    yield ox.Triple(node, iri(RDF + "subject"), names.entity(statement.subject))
    yield ox.Triple(node, iri(RDF + "predicate"), iri(_relation(statement)))
    for property_, value in _slots(statement):
        yield ox.Triple(node, iri(property_), names.entity(value))
    yield from _values(node, fact, text)
    yield ox.Triple(node, iri(PROV + "wasDerivedFrom"), sentence)
    yield ox.Triple(node, iri(KG + "fact"), names.fact(fact.group))
    yield ox.Triple(node, iri(PROV + "wasGeneratedBy"), iri(f"{names.base}run"))
    yield from _sentence(sentence, fact, text, names)


def _direct(fact: Fact, names: Names, ontology: Ontology, actors: Collection[str]) -> Iterator[ox.Triple]:
    """The plain triple of an asserted statement. Things aren't turned round: who signed a treaty was not signed by it."""
    statement = fact.statement
    if not fact.asserted or statement.object is None:
        return
    relation = iri(REL + statement.relation)
    yield ox.Triple(names.entity(statement.subject), relation, names.entity(statement.object))
    if ontology.is_symmetric(statement.relation) and statement.object in actors:
        yield ox.Triple(names.entity(statement.object), relation, names.entity(statement.subject))


def _relation(statement: Statement) -> str:
    """The IRI of a statement's relation. Open ones have a namespace of their own: no ontology defines them."""
    return (OPEN if statement.frame == OPEN_FRAME else REL) + path_part(statement.relation)


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
    yield ox.Triple(node, iri(KG + "polarity"), iri(KG + CAPITALISED[statement.polarity]))
    yield ox.Triple(node, iri(KG + "modality"), iri(KG + CAPITALISED[statement.modality]))
    yield ox.Triple(node, iri(KG + "asserted"), ox.Literal(fact.asserted))
    yield ox.Triple(node, iri(KG + "frame"), iri(FRAME + path_part(statement.frame)))
    yield ox.Triple(node, iri(KG + "trigger"), plain(text[statement.trigger.start : statement.trigger.end]))
    yield ox.Triple(node, iri(KG + "triggerBegin"), number(statement.trigger.start))
    yield ox.Triple(node, iri(KG + "triggerEnd"), number(statement.trigger.end))
    if statement.manner:
        yield ox.Triple(node, iri(KG + "manner"), iri(KG + CAPITALISED[statement.manner]))
    if statement.cue:
        yield ox.Triple(node, iri(KG + "cue"), plain(statement.cue))
    if statement.time:
        yield ox.Triple(node, iri(KG + "timeText"), plain(statement.time.text))
        if statement.time.earliest:
            yield ox.Triple(node, iri(KG + "earliest"), day(statement.time.earliest))
        if statement.time.latest:
            yield ox.Triple(node, iri(KG + "latest"), day(statement.time.latest))


def _sentence(sentence: ox.NamedNode, fact: Fact, text: str, names: Names) -> Iterator[ox.Triple]:
    start, end = fact.statement.sentence
    yield ox.Triple(sentence, iri(RDF + "type"), iri(NIF + "Sentence"))
    yield ox.Triple(sentence, iri(RDF + "type"), iri(KG + "Sentence"))
    yield ox.Triple(sentence, iri(RDF + "value"), english(text[start:end]))
    yield ox.Triple(sentence, iri(NIF + "beginIndex"), number(start))
    yield ox.Triple(sentence, iri(NIF + "endIndex"), number(end))
    yield ox.Triple(sentence, iri(NIF + "referenceContext"), names.article(fact.document))


def _groups(graph: KnowledgeGraph, names: Names) -> Iterator[ox.Triple]:
    """Facts with how many articles, independent origins and speakers say that they are so, and that they are not.

    What is only possible, planned or wished for counts for neither.
    """
    told: dict[str, list[Fact]] = defaultdict(list)
    for fact in graph.facts:
        told[fact.group].append(fact)
    for group, facts in told.items():
        node = names.fact(group)
        yield ox.Triple(node, iri(RDF + "type"), iri(KG + "Fact"))
        saying = [f for f in facts if f.statement.polarity == "positive" and f.statement.modality == "actual"]
        denying = [f for f in facts if f.statement.polarity == "negative"]
        yield from _counts(node, COUNTS, saying, graph.origin_of)
        yield from _counts(node, DENYING_COUNTS, denying, graph.origin_of)


def _counts(
    node: ox.NamedNode, properties: Sequence[str], facts: Sequence[Fact], origin_of: Mapping[str, str]
) -> Iterator[ox.Triple]:
    articles = {f.document for f in facts}
    origins = {origin_of.get(document, document) for document in articles}
    speakers = {f.statement.attributed_to for f in facts} - {None}
    counts = (len(articles), len(origins), len(speakers))
    for property_, count in zip(properties, counts, strict=True):
        yield ox.Triple(node, iri(KG + property_), number(count))


def _disputes(graph: KnowledgeGraph, names: Names, ontology: Ontology) -> Iterator[ox.Triple]:
    for yes, no in contradictions(graph.facts, ontology):
        yield ox.Triple(names.statement(yes), iri(KG + "contradicts"), names.statement(no))
        yield ox.Triple(names.statement(no), iri(KG + "contradicts"), names.statement(yes))


def _rules(graph: KnowledgeGraph) -> Iterator[ox.Triple]:
    """The frames and open relations that statements name: frames of grammar stand in no file, open relations neither."""
    for fact in graph.facts:
        relation = iri(_relation(fact.statement))
        frame = iri(FRAME + path_part(fact.statement.frame))
        yield ox.Triple(frame, iri(RDF + "type"), iri(KG + "Frame"))
        if fact.statement.frame == OPEN_FRAME:
            yield ox.Triple(relation, iri(RDF + "type"), iri(KG + "OpenRelation"))
        else:
            yield ox.Triple(frame, iri(KG + "evokes"), relation)
