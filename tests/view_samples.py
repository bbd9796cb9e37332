"""Made-up knowledge graphs for the tests of the page: a seeded one of any size, and a small fixed one."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from kg.model import (
    Document,
    EntityType,
    Fact,
    KnowledgeGraph,
    Modality,
    Node,
    Origin,
    Polarity,
    Slot,
    Span,
    Statement,
    Time,
)

COUNTRIES = (
    "Arvania", "Belmark", "Corvia", "Dorland", "Estria", "Fenwick Isles", "Gallenia", "Hestovia", "Istmark", "Jorvenia", "Kalland",
    "Lorvia", "Maravia", "Nordmark", "Ostrava Republic", "Pellonia",
)  # fmt: skip
FIRST = (
    "Anna",
    "Boris",
    "Chen",
    "Dana",
    "Emil",
    "Farah",
    "Goran",
    "Hana",
    "Ivo",
    "Jelena",
    "Karim",
    "Lena",
    "Milan",
    "Nadia",
    "Omar",
    "Petra",
)
LAST = (
    "Aldan",
    "Brenko",
    "Castell",
    "Dorati",
    "Elmas",
    "Ferran",
    "Grivas",
    "Halloran",
    "Ilves",
    "Jansko",
    "Kovan",
    "Lisko",
    "Marden",
    "Novak",
)
BODIES = (
    "Ministry of Trade",
    "Ministry of Defence",
    "Central Bank",
    "Parliament",
    "Navy",
    "Border Guard",
    "Foreign Ministry",
)
FIRMS = ("Aerodyne", "Blue Harbour", "Corex", "Deltaship", "Eastline", "Ferrogas", "Grainworks", "Helix Motors")
THINGS = (
    "drones",
    "wheat",
    "natural gas",
    "artillery shells",
    "loans",
    "vaccines",
    "fighter jets",
    "rail cars",
    "turbines",
    "visas",
)
OFFICES = ("president", "prime minister", "foreign minister", "spokesperson", "ambassador", "defence minister")
OUTLETS = (
    "Harbour Observer",
    "Sample Bay Courier",
    "Atlas Review",
    "Demo Wire",
    "Tidewater Times",
    "Lantern",
    "Fable Live",
)
RELATIONS = (
    ("met", "CONSULT"), ("visited", "CONSULT"), ("spokeWith", "CONSULT"), ("negotiatedWith", "CONSULT"), ("supplies", "TRADE"),
    ("buys", "TRADE"), ("sells", "TRADE"), ("supports", "SUPPORT"), ("praised", "SUPPORT"), ("cooperatesWith", "COOPERATE"),
    ("signedAgreementWith", "COOPERATE"), ("aids", "AID"), ("accused", "ACCUSE"), ("criticized", "ACCUSE"), ("sanctioned", "SANCTION"),
    ("threatened", "THREATEN"), ("attacked", "ASSAULT"), ("rejected", "REJECT"), ("requested", "REQUEST"), ("alliedWith", "STANCE"),
)  # fmt: skip
WITH_THEME = {"supplies", "buys", "sells", "requested", "aids"}
START = date(2021, 1, 1)


def sample_graph(statements: int = 400, entities: int = 120, articles: int = 40, seed: int = 1) -> KnowledgeGraph:
    """A graph shaped like news: a few names are everywhere, most appear once or twice."""
    rng = random.Random(seed)
    nodes = tuple(_nodes(rng, entities))
    documents = [_Article(number, rng) for number in range(articles)]
    things = [node for node in nodes if node.type == "Item"]
    actors = [node for node in nodes if node.type != "Item"]
    facts = []
    for number in range(statements):
        article = documents[
            min(int(rng.paretovariate(0.9)) - 1, articles - 1) if rng.random() < 0.5 else rng.randrange(articles)
        ]
        facts.append(_fact(rng, number, article, actors, things))
    origins = {
        f"article-{n:04d}": f"article-{n - 1:04d}" if n % 9 == 8 else f"article-{n:04d}" for n in range(articles)
    }
    return KnowledgeGraph(tuple(article.document() for article in documents), nodes, tuple(facts), origins)


class _Article:
    """Text that grows sentence by sentence."""

    def __init__(self, number: int, rng: random.Random) -> None:
        self.id = f"article-{number:04d}"
        self.title = f"{rng.choice(COUNTRIES)} and {rng.choice(COUNTRIES)}: day {number}"
        self.publisher = OUTLETS[number % len(OUTLETS)]
        self.published = START + timedelta(days=rng.randrange(1200))
        self.text = ""

    def say(self, told: str) -> tuple[Span, tuple[Slot, ...]]:
        """Appends a sentence, given as "[subject Iran] [trigger supplies] [object Russia]." with the slots in brackets."""
        start = len(self.text)
        slots = []
        for words, name, filler in re.findall(r"([^\[]+)|\[(\w+) ([^\]]+)\]", told):
            if name:
                slots.append(Slot(name, len(self.text), len(self.text) + len(filler)))
            self.text += words or filler
        span = Span(start, len(self.text))
        self.text += " "
        return span, tuple(slots)

    def document(self) -> Document:
        return Document(
            self.id,
            f"{self.id}.txt",
            self.text,
            "0" * 64,
            self.title,
            self.publisher,
            self.published,
            f"https://news.example/{self.id}",
        )


def _nodes(rng: random.Random, count: int) -> Iterator[Node]:
    things = min(len(THINGS), max(2, count // 10))
    for number in range(count):
        country = (
            COUNTRIES[number % len(COUNTRIES)]
            if number < 6
            else COUNTRIES[min(int(rng.paretovariate(0.8)), len(COUNTRIES)) - 1]
        )
        if number >= count - things:
            yield _node(number, THINGS[number - count + things], "Item", named=False)
        elif number < min(len(COUNTRIES), count // 4):
            yield _node(
                number,
                COUNTRIES[number],
                "Country",
                country=COUNTRIES[number][:3].upper(),
                link=f"http://www.wikidata.org/entity/Q{number + 11}",
            )
        elif number % 3 == 0:
            name = f"{rng.choice(FIRST)} {rng.choice(LAST)}{'' if number < 200 else f' {number}'}"
            yield _node(
                number,
                name,
                "Person",
                aliases=(name.split()[1], f"{name[0]}. {name.split()[1]}"),
                country=country[:3].upper(),
            )
        elif number % 3 == 1:
            yield _node(number, f"{country} {rng.choice(BODIES)} {number}", "Organization", country=country[:3].upper())
        else:
            label, kind = rng.choice(
                ((f"{rng.choice(FIRMS)} {number}", "Organization"), (f"{country} officials {number}", "Group"), (f"Port {rng.choice(LAST)} {number}", "Place"),
                 (f"Summit of {rng.choice(LAST)} {number}", "Event"), (f"{rng.choice(LAST)} Accord {number}", "Agreement"))
            )  # fmt: skip
            yield _node(number, label, kind)  # type: ignore[arg-type]


def _node(
    number: int,
    label: str,
    kind: EntityType,
    aliases: tuple[str, ...] = (),
    country: str | None = None,
    link: str | None = None,
    named: bool = True,
) -> Node:
    slug = "-".join("".join(c if c.isalnum() else " " for c in label.lower()).split())
    return Node(
        f"{slug}-{number}", label, kind, None, aliases, country, link, named, (Origin("article-0000", f"e{number}"),)
    )


def _pick(rng: random.Random, nodes: list[Node]) -> Node:
    return nodes[
        min(int(rng.paretovariate(0.55)) - 1, len(nodes) - 1) if rng.random() < 0.55 else rng.randrange(len(nodes))
    ]


def _fact(rng: random.Random, number: int, article: _Article, actors: list[Node], things: list[Node]) -> Fact:
    subject, other = _pick(rng, actors), _pick(rng, actors)
    if number % 2:  # half of all statements stay among neighbours, so that there are communities
        near = actors[(actors.index(subject) // 12) * 12 :][:12]
        other = rng.choice(near)
    while other is subject:
        other = rng.choice(actors)
    if subject.type == "Person" and rng.random() < 0.25:
        return _role(rng, number, article, subject, other, things[0])
    relation, family = rng.choice(RELATIONS)
    theme = rng.choice(things) if relation in WITH_THEME else None
    speaker = _pick(rng, actors) if rng.random() < 0.3 else None
    negative, modality = rng.random() < 0.07, rng.choices(("actual", "possible", "future", "desired"), (80, 8, 7, 5))[0]
    day = START + timedelta(days=rng.randrange(1200)) if rng.random() < 0.8 else None
    words = f"[subject {subject.label}]{' never' if negative else ''} [trigger {relation}] [object {other.label}]"
    words += f" with [theme {theme.label}]" if theme else ""
    words += f" on [time {day:%B %d, %Y}]" if day else ""
    words += f", [speaker {speaker.label}] said" if speaker else ""
    told = Told(
        words, subject, relation, family, other, theme, day, "negative" if negative else "positive", modality, speaker
    )
    return _stated(number, article, told)


def _role(rng: random.Random, number: int, article: _Article, subject: Node, other: Node, title: Node) -> Fact:
    words = f"[subject {subject.label}] is [trigger {rng.choice(OFFICES)}] of [object {other.label}]"
    return _stated(number, article, Told(words, subject, "holdsOffice", "ROLE", other, title))


class Told(NamedTuple):
    """A sentence in the notation of `say`, and what it says."""

    words: str
    subject: Node
    relation: str
    family: str
    object: Node | None = None
    theme: Node | None = None
    day: date | None = None
    polarity: Polarity = "positive"
    modality: Modality = "actual"
    speaker: Node | None = None
    place: Node | None = None


def _stated(number: int, article: _Article, told: Told) -> Fact:
    span, slots = article.say(told.words + ".")
    ids = [node.id if node else None for node in (told.object, told.theme, told.place, told.speaker)]
    statement = Statement(
        id=f"s{number}",
        subject=told.subject.id,
        relation=told.relation,
        family=told.family,
        object=ids[0],
        theme=ids[1],
        place=ids[2],
        time=Time(f"{told.day:%B %d, %Y}", told.day, told.day) if told.day else None,
        polarity=told.polarity,
        modality=told.modality,
        attributed_to=ids[3],
        manner="paraphrase" if told.speaker else None,
        cue="said" if told.speaker else None,
        sentence=span,
        trigger=next(Span(slot.start, slot.end) for slot in slots if slot.name == "trigger"),
        frame="frame:x",
        slots=slots,
    )
    asserted = told.polarity == "positive" and told.modality == "actual" and told.speaker is None
    group = f"{told.subject.id}|{told.relation}|{ids[0]}|{ids[1]}|{told.day}"
    return Fact(f"st{number:06d}", group, article.id, statement, asserted)


def small_graph() -> KnowledgeGraph:
    """Two leaders who met, drones told twice and denied once, a claim, a plan, and words without a counterpart."""
    wikidata = "http://www.wikidata.org/entity/"
    putin = _small("Vladimir Putin", "Person", ("Putin", "the Russian leader"), "RUS", f"{wikidata}Q7747")
    raisi = _small("Ebrahim Raisi", "Person", ("Ibrahim Raisi",), "IRN")
    burns = _small("William Burns", "Person", ("Burns",), "USA")
    russia = _small("Russia", "Country", ("Moscow", "the Kremlin"), "RUS", f"{wikidata}Q159")
    iran = _small("Iran", "Country", ("Tehran",), "IRN", f"{wikidata}Q794")
    drones, president, tehran = _small("drones", "Item"), _small("president", "Item"), _small("Tehran", "Place")
    wire = _small_article("wire", "Demo Wire", "Leaders meet in Tehran")
    daily = _small_article("daily", "Lantern", "Drones: who says what")
    copy = _small_article("copy", "Harbour Observer", "Leaders meet in Tehran (agency)")
    met = Told(
        "[subject Putin] [trigger met] [object Raisi] in [place Tehran] on [time July 19, 2022]",
        putin, "met", "CONSULT", raisi, day=date(2022, 7, 19), place=tehran,
    )  # fmt: skip
    supplies = Told(
        "[subject Iran] [trigger supplies] [object Russia] with [theme drones]",
        iran,
        "supplies",
        "TRADE",
        russia,
        drones,
    )
    denies = supplies._replace(
        words="[speaker Raisi] said that [subject Iran] does not [trigger supply] [object Russia] with [theme drones]",
        polarity="negative",
        speaker=raisi,
    )
    needs = Told(
        "[speaker Burns] said that [subject Russia] [trigger needs] [object Iran]",
        russia,
        "needs",
        "STANCE",
        iran,
        speaker=burns,
    )
    buys = Told(
        "[subject Russia] may [trigger buy] drones from [object Iran]",
        russia,
        "buys",
        "TRADE",
        iran,
        drones,
        modality="possible",
    )
    office = Told(
        "[subject Putin], [trigger president] of [object Russia]", putin, "holdsOffice", "ROLE", russia, president
    )
    said = Told("[subject Burns] [trigger spoke] to reporters", burns, "said", "STATEMENT")
    told = [
        (wire, met),
        (copy, met),
        (wire, supplies),
        (daily, supplies),
        (daily, denies),
        (daily, needs),
        (daily, buys),
        (wire, office),
        (daily, said),
    ]
    return KnowledgeGraph(
        facts=tuple(_stated(number, article, what) for number, (article, what) in enumerate(told, 1)),
        documents=(wire.document(), daily.document(), copy.document()),
        nodes=(putin, raisi, burns, russia, iran, drones, president, tehran),
        origin_of={"wire": "wire", "daily": "daily", "copy": "wire"},
    )


def _small(
    label: str, kind: EntityType, aliases: tuple[str, ...] = (), country: str | None = None, link: str | None = None
) -> Node:
    id_ = label.lower().replace(" ", "-")
    return Node(id_, label, kind, None, aliases, country, link, kind != "Item", (Origin("wire", "e1"),), ())


def _small_article(id_: str, publisher: str, title: str) -> _Article:
    article = _Article(0, random.Random(0))
    article.id, article.publisher, article.title, article.published = id_, publisher, title, date(2022, 7, 20)
    return article
