"""`kg check`: a sound graph passes; each way of breaking one is found, by SPARQL and by pySHACL alike; builds are gated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg.check import Violation, check_shacl, check_store, require_valid, summary, texts_of
from kg.cli import main
from kg.errors import CheckError
from kg.facts import assemble
from kg.fitting import fit
from kg.model import Document, Extraction, Fact, KnowledgeGraph, Node, Origin, Span, Statement, Time
from kg.pipeline import write_outputs
from kg.rdf import graph_triples
from kg.resources import Resources
from kg.vocabulary import DATA, DCT, KG, NIF, PROV, RDF, REL, SCHEMA, SKOS, XSD

Triples = set[ox.Triple]
TYPE = RDF + "type"
DAY = date(2022, 7, 19)


def iri(value: str) -> ox.NamedNode:
    return ox.NamedNode(value)


class Part:
    """One article with one statement, `Alpha<n> met Beta<n> in Town<n>`, and its denial, to break."""

    def __init__(self, number: int) -> None:
        self.number = number
        text = f"Alpha{number} met Beta{number} in Town{number}. Alpha{number} did not meet Beta{number}."
        end = text.index(".") + 1
        self.document = Document(f"d{number}", "x", text, "0", title="T", published=DAY)
        self.nodes = tuple(
            Node(f"{name}{number}", f"{name.title()}{number}", type_, None, (), None, None, True, (Origin("d", "e"),))  # type: ignore[arg-type]
            for name, type_ in (("alpha", "Person"), ("beta", "Person"), ("town", "Place"))
        )
        self.nodes = tuple(Node(*(*vars(n).values(),)[:8], (Origin(f"d{number}", "e"),)) for n in self.nodes)
        trigger = text.index("met")
        yes = self._statement(Span(0, end), Span(trigger, trigger + 3), "positive")
        start = end + 1
        no = self._statement(Span(start, len(text)), Span(text.index("meet"), text.index("meet") + 4), "negative")
        group = f"g{number}"
        self.facts = (
            Fact(f"yes{number}", group, self.document.id, yes, True),
            Fact(f"no{number}", group, self.document.id, no, False),
        )
        self.yes, self.no = iri(f"{DATA}statement/yes{number}"), iri(f"{DATA}statement/no{number}")
        self.alpha, self.beta = iri(f"{DATA}entity/alpha{number}"), iri(f"{DATA}entity/beta{number}")
        self.town = iri(f"{DATA}entity/town{number}")
        self.fact, self.article = iri(f"{DATA}fact/{group}"), iri(f"{DATA}article/d{number}")
        self.sentence = iri(f"{DATA}article/d{number}#char=0,{end}")

    def _statement(self, sentence: Span, trigger: Span, polarity: str) -> Statement:
        n = self.number
        return Statement(
            "s", f"alpha{n}", "met", "CONSULT", f"beta{n}", None, f"town{n}" if polarity == "positive" else None,
            Time("on Tuesday", DAY, DAY), polarity, "actual", None, None, None, sentence, trigger, "meet",  # type: ignore[arg-type]
        )  # fmt: skip


def take(triples: Triples, subject: ox.NamedNode, property_: str) -> None:
    """Remove what a subject has for a property."""
    triples -= {t for t in triples if t.subject == subject and t.predicate.value == property_}


def put(triples: Triples, subject: ox.NamedNode, property_: str, *values: ox.NamedNode | ox.Literal) -> None:
    """Give a subject other values for a property."""
    take(triples, subject, property_)
    triples |= {ox.Triple(subject, iri(property_), value) for value in values}


def add(triples: Triples, subject: ox.NamedNode, property_: str, value: ox.NamedNode | ox.Literal) -> None:
    triples.add(ox.Triple(subject, iri(property_), value))


def forget(triples: Triples, subject: ox.NamedNode) -> None:
    triples -= {t for t in triples if t.subject == subject}


def number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=iri(XSD + "nonNegativeInteger"))


def day(value: str) -> ox.Literal:
    return ox.Literal(value, datatype=iri(XSD + "date"))


def take_fact(triples: Triples, part: Part) -> None:
    take(triples, part.yes, KG + "fact")
    take(triples, part.no, KG + "fact")


Break = Callable[[Triples, Part], None]
# What is done to a part, and the constraints of shapes.ttl that must be named for it.
BREAKS: dict[str, tuple[Break, set[str]]] = {
    "no subject": (lambda t, p: take(t, p.yes, RDF + "subject"), {"statement-subject", "stated"}),
    "two subjects": (lambda t, p: add(t, p.yes, RDF + "subject", p.beta), {"statement-subject"}),
    "subject is an article": (lambda t, p: put(t, p.no, RDF + "subject", p.article), {"statement-subject", "domain"}),
    "subject isn't there": (lambda t, p: forget(t, p.alpha), {"statement-subject", "dangling"}),
    "no predicate": (lambda t, p: take(t, p.yes, RDF + "predicate"), {"statement-predicate"}),
    "unknown relation": (lambda t, p: put(t, p.no, RDF + "predicate", iri(REL + "sang")), {"relation"}),
    "predicate is a text": (lambda t, p: put(t, p.no, RDF + "predicate", ox.Literal("met")), {"statement-predicate"}),
    "two objects": (lambda t, p: add(t, p.yes, RDF + "object", p.town), {"statement-object"}),
    "object out of range": (lambda t, p: put(t, p.no, RDF + "object", p.town), {"range"}),
    "subject out of domain": (lambda t, p: put(t, p.no, RDF + "subject", p.town), {"domain"}),
    "theme is a text": (lambda t, p: put(t, p.yes, KG + "theme", ox.Literal("drones")), {"statement-theme"}),
    "place is a person": (lambda t, p: put(t, p.yes, KG + "place", p.beta), {"statement-place"}),
    "speaker isn't there": (
        lambda t, p: put(t, p.no, PROV + "wasAttributedTo", iri(DATA + "entity/nobody")),
        {"statement-speaker", "dangling"},
    ),
    "no polarity": (lambda t, p: take(t, p.no, KG + "polarity"), {"statement-polarity"}),
    "other polarity": (lambda t, p: put(t, p.no, KG + "polarity", iri(KG + "Maybe")), {"statement-polarity"}),
    "two modalities": (
        lambda t, p: put(t, p.no, KG + "modality", iri(KG + "Actual"), iri(KG + "Future")),
        {"statement-modality"},
    ),
    "other modality": (lambda t, p: put(t, p.no, KG + "modality", iri(KG + "Past")), {"statement-modality"}),
    "other manner": (lambda t, p: put(t, p.no, KG + "manner", iri(KG + "Song")), {"statement-manner"}),
    "asserted is a text": (lambda t, p: put(t, p.no, KG + "asserted", ox.Literal("no")), {"statement-asserted"}),
    "asserted though negative": (lambda t, p: put(t, p.no, KG + "asserted", ox.Literal(True)), {"assertable"}),
    "asserted though possible": (lambda t, p: put(t, p.yes, KG + "modality", iri(KG + "Possible")), {"assertable"}),
    "no direct triple": (lambda t, p: take(t, p.alpha, REL + "met"), {"direct"}),
    "direct triple without statement": (lambda t, p: add(t, p.alpha, REL + "attacked", p.beta), {"stated"}),
    "direct triple of a claim": (lambda t, p: put(t, p.yes, KG + "asserted", ox.Literal(False)), {"stated"}),
    "direct triple of no relation": (lambda t, p: add(t, p.beta, REL + "sang", p.alpha), {"stated"}),
    "dates out of order": (lambda t, p: put(t, p.yes, KG + "earliest", day("2022-08-01")), {"statement-earliest"}),
    "no such day": (lambda t, p: put(t, p.yes, KG + "latest", day("2022-07-42")), {"statement-latest"}),
    "day is a text": (lambda t, p: put(t, p.yes, KG + "latest", ox.Literal("Tuesday")), {"statement-latest"}),
    "no sentence": (lambda t, p: take(t, p.yes, PROV + "wasDerivedFrom"), {"statement-sentence"}),
    "sentence isn't there": (lambda t, p: forget(t, p.sentence), {"statement-sentence", "dangling"}),
    "sentence without words": (lambda t, p: take(t, p.sentence, RDF + "value"), {"sentence-words"}),
    "sentence without offset": (lambda t, p: take(t, p.sentence, NIF + "beginIndex"), {"sentence-begin"}),
    "offsets out of order": (
        lambda t, p: put(t, p.sentence, NIF + "beginIndex", number(900)),
        {"sentence-begin", "quote-length", "quoted-trigger"},
    ),
    "sentence too long": (
        lambda t, p: put(t, p.sentence, NIF + "endIndex", number(30)),
        {"quote-length"},
    ),
    "sentence misquoted": (
        lambda t, p: put(t, p.sentence, RDF + "value", ox.Literal(f"Alpha{p.number} met Beta{p.number} at Town{p.number}.", language="en")),
        {"quote"},
    ),
    "sentence in no article": (lambda t, p: take(t, p.sentence, NIF + "referenceContext"), {"sentence-article"}),
    "article isn't there": (lambda t, p: forget(t, p.article), {"sentence-article", "dangling", "entity-told-in"}),
    "no trigger": (lambda t, p: take(t, p.yes, KG + "trigger"), {"statement-trigger"}),
    "other trigger": (lambda t, p: put(t, p.yes, KG + "trigger", ox.Literal("saw")), {"quoted-trigger"}),
    "trigger outside": (
        lambda t, p: put(t, p.yes, KG + "triggerEnd", number(900)),
        {"quoted-trigger"},
    ),
    "trigger offset is a text": (
        lambda t, p: put(t, p.yes, KG + "triggerBegin", ox.Literal("six")),
        {"statement-trigger-begin"},
    ),
    "no frame": (lambda t, p: take(t, p.yes, KG + "frame"), {"statement-frame"}),
    "no fact": (lambda t, p: take(t, p.yes, KG + "fact"), {"statement-fact"}),
    "fact isn't there": (lambda t, p: forget(t, p.fact), {"statement-fact", "dangling"}),
    "fact without count": (lambda t, p: take(t, p.fact, KG + "speakers"), {"fact-speakers"}),
    "more origins than articles": (lambda t, p: put(t, p.fact, KG + "origins", number(7)), {"fact-origins"}),
    "fact of no statement": (
        take_fact,
        {"told", "statement-fact"},
    ),
    "contradicts itself only": (lambda t, p: take(t, p.no, KG + "contradicts"), {"mutual"}),
    "contradicts an ally": (lambda t, p: put(t, p.no, KG + "polarity", iri(KG + "Positive")), {"opposite"}),
    "no run": (lambda t, p: take(t, p.no, PROV + "wasGeneratedBy"), {"statement-run"}),
    "entity without name": (lambda t, p: take(t, p.town, SKOS + "prefLabel"), {"entity-label"}),
    "entity with two names": (
        lambda t, p: add(t, p.town, SKOS + "prefLabel", ox.Literal("City", language="en")),
        {"entity-label"},
    ),
    "entity of two types": (lambda t, p: add(t, p.beta, TYPE, iri(KG + "Organization")), {"one-type"}),
    "entity without type": (lambda t, p: take(t, p.town, TYPE), {"statement-place", "typed"}),
    "country is a town": (lambda t, p: put(t, p.alpha, KG + "country", p.town), {"entity-country"}),
    "bad country code": (lambda t, p: put(t, p.alpha, KG + "iso3", ox.Literal("Iran")), {"entity-iso3"}),
    "article without hash": (lambda t, p: take(t, p.article, SCHEMA + "sha256"), {"article-hash"}),
    "article without origin": (lambda t, p: take(t, p.article, KG + "origin"), {"article-origin"}),
    "two days of publication": (
        lambda t, p: add(t, p.article, DCT + "issued", day("2023-01-01")),
        {"article-issued"},
    ),
    "further speaker is an article": (lambda t, p: put(t, p.no, KG + "viaSpeaker", p.article), {"statement-via"}),
    "trigger without end": (lambda t, p: take(t, p.yes, KG + "triggerEnd"), {"statement-trigger-end"}),
    "contradicts an article": (
        lambda t, p: add(t, p.yes, KG + "contradicts", p.article),
        {"statement-contradicts", "mutual"},
    ),
    "sentence without end": (lambda t, p: take(t, p.sentence, NIF + "endIndex"), {"sentence-end"}),
    "article without identifier": (lambda t, p: take(t, p.article, DCT + "identifier"), {"article-identifier"}),
    "article without language": (lambda t, p: take(t, p.article, DCT + "language"), {"article-language"}),
    "two titles": (
        lambda t, p: add(t, p.article, DCT + "title", ox.Literal("Other", language="en")),
        {"article-title"},
    ),
    "count is a word": (lambda t, p: put(t, p.fact, KG + "articles", ox.Literal("two")), {"fact-articles"}),
    "fact without denying articles": (
        lambda t, p: take(t, p.fact, KG + "denyingArticles"),
        {"fact-denying-articles"},
    ),
    "more denying origins than articles": (
        lambda t, p: put(t, p.fact, KG + "denyingOrigins", number(7)),
        {"fact-denying-origins"},
    ),
    "two counts": (
        lambda t, p: add(t, p.fact, KG + "denyingSpeakers", number(5)),
        {"fact-denying-speakers"},
    ),
    "described but untyped": (
        lambda t, p: add(t, iri(f"{DATA}entity/ghost{p.number}"), SKOS + "prefLabel", ox.Literal("Ghost")),
        {"typed"},
    ),
}  # fmt: skip
PARTS = {name: Part(number) for number, name in enumerate(BREAKS)}


def triples_of(parts: list[Part], resources: Resources) -> Triples:
    graph = KnowledgeGraph(
        tuple(p.document for p in parts),
        tuple(n for p in parts for n in p.nodes),
        tuple(f for p in parts for f in p.facts),
        {p.document.id: p.document.id for p in parts},
    )
    return set(graph_triples(graph, resources.ontology))


def store_of(triples: Triples) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return store


def found_in(triples: Triples, *parts: Part) -> list[Violation]:
    return check_store(store_of(triples), texts_of(p.document for p in parts))


def test_a_sound_graph_passes_both_ways(resources: Resources) -> None:
    part = Part(1)
    triples = triples_of([part], resources)
    assert found_in(triples, part) == []
    assert check_shacl(sorted(triples, key=str), texts_of([part.document])) == []


@pytest.mark.parametrize("name", BREAKS)
def test_what_is_broken_is_found(name: str, resources: Resources) -> None:
    part, (broken, expected) = PARTS[name], BREAKS[name]
    triples = triples_of([part], resources)
    broken(triples, part)
    found = found_in(triples, part)
    assert expected <= {v.check for v in found}, found
    assert all((v.message and str(part.number) in v.node) or v.node.endswith(("nobody", "run")) for v in found), found


def test_sparql_and_shacl_find_the_same(resources: Resources) -> None:
    parts = list(PARTS.values())
    triples = triples_of(parts, resources)
    for name, (broken, _) in BREAKS.items():
        broken(triples, PARTS[name])
    texts = texts_of(p.document for p in parts)
    fast = {(v.check, v.node) for v in check_store(store_of(triples), texts)}
    shacl = {(v.check, v.node) for v in check_shacl(sorted(triples, key=str), texts)}
    assert fast - shacl == set()
    assert shacl - fast == set()
    named = {check for check, _ in fast}
    assert named >= set().union(*(expected for _, expected in BREAKS.values()))


def test_every_constraint_is_broken_by_some_test() -> None:
    from kg.shapes import load_checks, load_schema

    tested = set().union(*(expected for _, expected in BREAKS.values()))
    assert {check.name for check in load_checks(load_schema())} == tested


def test_a_summary_has_a_line_for_each_constraint(resources: Resources) -> None:
    part = Part(1)
    triples = triples_of([part], resources)
    take(triples, part.yes, KG + "trigger")
    take(triples, part.no, KG + "trigger")
    [line] = summary(found_in(triples, part))
    assert line.startswith("statement-trigger: a statement has one trigger (2 not: ")
    assert "\n" not in line


# --- Builds ------------------------------------------------------------------------------------------


def test_a_graph_that_fails_is_not_swapped_in(tmp_path: Path, resources: Resources) -> None:
    part = Part(1)
    good = KnowledgeGraph((part.document,), part.nodes, part.facts, {"d1": "d1"})
    write_outputs(good, resources, tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    bad = KnowledgeGraph((part.document,), part.nodes[:1], part.facts, {"d1": "d1"})
    with pytest.raises(CheckError, match="breaks its own constraints and isn't written: dangling: ") as caught:
        write_outputs(bad, resources, tmp_path)
    assert "\n" not in str(caught.value)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()} == before
    assert {p.name for p in tmp_path.iterdir()} == {"graph.ttl", "graph.html", "store"}
    require_valid(ox.Store.read_only(str(tmp_path / "store")), {})


@pytest.mark.parametrize(
    "type_, named, relation, kept, became",
    [
        ("Person", True, "met", True, "Person"),
        # Police, fighters, players: descriptions taken for things, which act.
        ("Item", False, "met", True, "Group"),
        ("Item", True, "met", False, "Item"),
        ("Place", True, "met", False, "Place"),
        ("Place", True, "visited", True, "Place"),
        ("Item", False, "basedIn", False, "Item"),
    ],
)
def test_a_statement_that_its_relation_does_not_allow_is_left_out(
    type_: str, named: bool, relation: str, kept: bool, became: str, resources: Resources
) -> None:
    part = Part(1)
    nodes = (part.nodes[0], Node("beta1", "Beta", type_, None, (), None, None, named, ()), part.nodes[2])  # type: ignore[arg-type]
    fact = part.facts[0]
    fact = Fact(fact.id, fact.group, fact.document, Statement(**{**vars(fact.statement), "relation": relation}), True)
    fitted, facts = fit(nodes, [fact], resources.ontology)
    assert (len(facts) == 1, fitted[1].type) == (kept, became)


def test_a_place_that_is_none_and_days_out_of_order_are_left_out(resources: Resources) -> None:
    part = Part(1)
    fact = part.facts[0]
    odd = {**vars(fact.statement), "place": "beta1", "time": Time("then", date(2022, 2, 1), date(2022, 1, 1))}
    _, [found] = fit(part.nodes, [Fact(fact.id, fact.group, fact.document, Statement(**odd), True)], resources.ontology)
    assert found.statement.place is None
    assert found.statement.time == Time("then", None, None)


def test_what_is_read_from_articles_passes(extract: Callable[..., Extraction], resources: Resources) -> None:
    texts = ["Iran supplies Russia with drones.", "Iran does not supply Russia with drones, the Kremlin said.",
             "Police arrested protesters in Paris. Macron visited China on 5 April 2023."]  # fmt: skip
    found = [extract(text, id_=f"a{n}") for n, text in enumerate(texts)]
    graph = assemble(found, resources.ontology, resources.gazetteer)
    assert check_store(store_of(set(graph_triples(graph, resources.ontology))), texts_of(graph.documents)) == []
    assert any(t.predicate.value == KG + "contradicts" for t in graph_triples(graph, resources.ontology))


# --- The command -------------------------------------------------------------------------------------


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check")
    (folder / "a.txt").write_text("Iran supplies Russia with drones.\n")
    assert run("build", folder / "a.txt", "-o", folder / "out").exit_code == 0
    return folder / "out"


@pytest.mark.parametrize("options", [(), ("--shacl",)])
def test_check_says_that_all_is_well(built: Path, options: tuple[str, ...]) -> None:
    result = run("check", "-o", built, *options)
    assert result.exit_code == 0, result.output
    assert "every constraint holds" in result.stdout


def test_check_compares_quotes_with_the_records(built: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(built, tmp_path / "out")
    [record] = (tmp_path / "out" / "records").glob("*.json")
    record.write_text(
        record.read_text().replace("Iran supplies Russia with drones", "Iran promises Russia some drones")
    )
    result = run("check", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "quote: a sentence is not what stands at its offsets in the article's text (1 not: "
    )


def test_check_of_a_graph_without_store_or_records(built: Path, tmp_path: Path) -> None:
    turtle = (built / "graph.ttl").read_text()
    (tmp_path / "graph.ttl").write_text(turtle.replace("kg:polarity kg:Positive", "kg:polarity kg:Sideways"))
    for options in ((), ("--shacl",)):
        result = run("check", "-o", tmp_path, *options)
        assert result.exit_code == 1
        assert "statement-polarity: a statement has one polarity: positive or negative" in result.stdout


def test_check_of_nothing_is_told(tmp_path: Path) -> None:
    for options in ((), ("--shacl",)):
        result = run("check", "-o", tmp_path, *options)
        assert result.exit_code == 1
        assert "no graph here" in result.stderr
