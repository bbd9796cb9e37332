"""A graph of any size, the same for the same seed, to be written by kg's own writer."""

from __future__ import annotations

import random
from datetime import date, timedelta

from kg.model import Document, Fact, KnowledgeGraph, Node, Origin, Span, Statement, Time
from kg.ontology import Ontology

SEED = 7
# Triples that one statement comes to, with its sentence and its share of everything else: measured.
TRIPLES_PER_STATEMENT = 34
STATEMENTS_PER_ARTICLE = 10
COUNTRIES = ("RUS", "IRN", "USA", "CHN", "TUR", "DEU", "FRA", "IND", "BRA", "EGY")
RELATIONS = (
    "met",
    "visited",
    "supplies",
    "accused",
    "supports",
    "attacked",
    "sanctioned",
    "needs",
    "trusts",
    "requested",
)


def make_graph(triples: int, ontology: Ontology, seed: int = SEED) -> KnowledgeGraph:
    """A graph that comes to about that many triples."""
    rng = random.Random(seed)
    count = max(10, triples // TRIPLES_PER_STATEMENT)
    nodes = _nodes(max(20, count // 8))
    documents, facts = [], []
    for number in range(count // STATEMENTS_PER_ARTICLE + 1):
        document, told = _article(number, nodes, ontology, rng)
        documents.append(document)
        facts += told
    origins = {d.id: d.id if rng.random() < 0.8 else f"a{rng.randrange(int(d.id[1:]) + 1)}" for d in documents}
    return KnowledgeGraph(tuple(documents), tuple(nodes), tuple(facts), origins)


def _nodes(count: int) -> list[Node]:
    found = [Node(c.lower(), c, "Country", None, (), c, None, True, (Origin("a0", "e"),)) for c in COUNTRIES]
    for number in range(count):
        country = COUNTRIES[number % len(COUNTRIES)]
        name = f"Person {number}"
        found.append(
            Node(f"p{number}", name, "Person", None, (f"P. {number}",), country, None, True, (Origin("a0", "e"),))
        )
    return found


def _article(number: int, nodes: list[Node], ontology: Ontology, rng: random.Random) -> tuple[Document, list[Fact]]:
    published = date(2020, 1, 1) + timedelta(days=rng.randrange(1500))
    text, facts = "", []
    for position in range(STATEMENTS_PER_ARTICLE):
        # Few are in the news often, most seldom.
        subject, object_, speaker = (nodes[min(int(rng.paretovariate(0.6)) - 1, len(nodes) - 1)] for _ in range(3))
        if subject is object_:
            object_ = nodes[(nodes.index(subject) + 1) % len(nodes)]
        name = rng.choice(RELATIONS)
        sentence = f"{subject.label} {name} {object_.label}, in sentence {position} of article {number}."
        span = Span(len(text), len(text) + len(sentence))
        text += sentence + " "
        trigger = Span(span.start + len(subject.label) + 1, span.start + len(subject.label) + 1 + len(name))
        claimed, negative = rng.random() < 0.3, rng.random() < 0.08
        modality = rng.choices(("actual", "possible", "future"), (8, 1, 1))[0]
        day = published - timedelta(days=rng.randrange(5))
        statement = Statement(
            f"s{position}", subject.id, name, ontology.relations[name].family, object_.id, None, None,
            Time("that day", day, day), "negative" if negative else "positive", modality,
            speaker.id if claimed else None, "paraphrase" if claimed else None, "said" if claimed else None, span, trigger, "made",
        )  # fmt: skip
        group = f"{subject.id}-{name}-{object_.id}-{day}"
        facts.append(
            Fact(
                f"{number:08x}{position:02x}",
                group,
                f"a{number}",
                statement,
                not (claimed or negative) and modality == "actual",
            )
        )
    return Document(
        f"a{number}",
        f"a{number}.txt",
        text,
        "0" * 64,
        title=f"Article {number}",
        publisher=f"Paper {number % 20}",
        published=published,
    ), facts
