"""The gazetteer's files: what they say, and that it hangs together."""

from __future__ import annotations

import importlib
import os
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.datafiles import Entry, load_data_files
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.naming import name_key
from kg.vocabulary import GAZ, KG, OWL, RDF, SKOS, WD

ROOT = Path(__file__).parent.parent
FILES = [ROOT / "ontology" / name for name in ("gazetteer.ttl", "gazetteer-leaders.ttl", "gazetteer-organizations.ttl")]
LABELS = [SKOS + "prefLabel", SKOS + "altLabel", *(KG + p for p in ("formerName", "adjective", "demonym", "acronym"))]
JUNK = re.compile(r"(?i)n/?a|none|null|unknown|-|note\b.*|.*[;|<>{}\[\]].*|.*\(.*|.*&\w+;.*|.*  .*|\s.*|.*\s")
NAMED_WITH_BRACKETS = [
    "CPI(M)",
    "Cocos (Keeling) Islands",
    "Communist Party of India (Maoist)",
    "Communist Party of India (Marxist)",
    "Communist Party of Nepal (Maoist)",
    "Communist Party of Nepal (Unified Marxist-Leninist)",
    "Pakistan Muslim League (Nawaz)",
    "Republic of China (Taiwan)",
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(load_data_files())


@pytest.fixture(scope="module")
def entries() -> dict[str, Entry]:
    return {iri: entry for iri, entry in load_data_files().entries.items() if iri.startswith(GAZ)}


# --- The files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_two_parsers_read_the_same_triples(path: Path) -> None:
    graph = rdflib.Graph().parse(path)
    ours = {(s.n3(), p.n3(), o.n3()) for s, p, o in graph}
    theirs = {
        tuple(rdflib.util.from_n3(str(term)).n3() for term in (quad.subject, quad.predicate, quad.object))
        for quad in ox.parse(path=str(path))
    }
    assert ours == theirs
    assert len(ours) > 4000


def test_every_entry_is_in_one_file_and_of_one_class(entries: dict[str, Entry]) -> None:
    subjects = Counter(iri for path in FILES for iri in {quad.subject.value for quad in ox.parse(path=str(path))})
    assert [iri for iri, files in subjects.items() if files > 1] == []
    assert [iri for iri, entry in entries.items() if len(entry.all(RDF + "type")) != 1] == []


def test_names_of_entries_are_plain(entries: dict[str, Entry]) -> None:
    odd = [e.name for e in entries.values() if not re.fullmatch(r"[A-Z]{3}|[a-z0-9]+(-[a-z0-9]+)*", e.name)]
    assert odd == []


def test_references_lead_to_entries_of_the_right_class(entries: dict[str, Entry]) -> None:
    wanted = {
        "capital": {"Place"}, "capitalOf": {"Country"}, "seatOf": {"Country", "Organization"}, "country": {"Country"},
        "member": {"Country"}, "holder": {"Person"}, "officeOf": {"Country", "Organization"},
    }  # fmt: skip
    wrong = [
        (entry.name, property_, value)
        for entry in entries.values()
        for property_, classes in wanted.items()
        for value in entry.all(KG + property_)
        if value not in entries or not {KG + c for c in classes} & set(entries[value].all(RDF + "type"))
    ]
    assert wrong == []
    everywhere = {v for e in entries.values() for values in e.values.values() for v in values if v.startswith(GAZ)}
    assert everywhere <= set(entries)


def test_no_label_is_junk(entries: dict[str, Entry]) -> None:
    labels = {label for e in entries.values() for property_ in LABELS for label in e.all(property_)}
    assert sorted(label for label in labels if JUNK.fullmatch(label) or not name_key(label)) == NAMED_WITH_BRACKETS
    assert [e.name for e in entries.values() if "Term" not in e.one(RDF + "type") and len(e.all(LABELS[0])) != 1] == []


def test_links_are_wikidata_items_and_none_is_shared(entries: dict[str, Entry]) -> None:
    links = Counter(link for entry in entries.values() for link in entry.all(OWL + "sameAs"))
    assert [link for link in links if not re.fullmatch(re.escape(WD) + r"Q[1-9]\d*", link)] == []
    assert [link for link, times in links.items() if times > 1] == []


def test_every_country_has_its_code(entries: dict[str, Entry]) -> None:
    countries = [e for e in entries.values() if KG + "Country" in e.all(RDF + "type")]
    assert [e.name for e in countries if e.one(KG + "iso3") != e.name] == []
    assert len({e.one(KG + "iso2") for e in countries} - {None}) >= 245
    assert [e.one(KG + "iso2") for e in countries if e.name == "NAM"] == ["NA"]


def test_terms_are_in_order(entries: dict[str, Entry]) -> None:
    terms = [e for e in entries.values() if KG + "Term" in e.all(RDF + "type")]
    backwards = [e.name for e in terms if (e.one(KG + "until") or "9999") < (e.one(KG + "from") or "0000")]
    endless = [e.name for e in terms if not e.all(KG + "until") and not e.all(KG + "current")]
    both = [e.name for e in terms if e.all(KG + "until") and e.all(KG + "current")]
    assert (backwards, endless, both) == ([], [], [])
    assert [e.name for e in terms if (e.one(KG + "until") or "9999") < "1990"] == []


@pytest.mark.skipif(
    "GAZETTEER_FACTS" not in os.environ, reason="GAZETTEER_FACTS doesn't name the folder with the open data"
)
def test_the_files_are_what_the_tables_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    made = importlib.import_module("ontology.generate.gazetteer").generate(Path(os.environ["GAZETTEER_FACTS"]))
    assert {path.name: path.read_text(encoding="utf-8") for path in FILES} == made


# --- What they say -------------------------------------------------------------------------------------

NAMES = [
    # (name, what it names)
    ("Iran", {"IRN"}),
    ("Islamic Republic of Iran", {"IRN"}),
    ("Persia", {"IRN"}),
    ("U.S.", {"USA"}),
    ("Türkiye", {"TUR"}),
    ("Turkiye", {"TUR"}),
    ("Ivory Coast", {"CIV"}),
    ("Burma", {"MMR"}),
    ("Eswatini", {"SWZ"}),
    ("Swaziland", {"SWZ"}),
    ("Georgia", {"GEO", "georgia"}),
    ("Kiev", {"kyiv"}),
    ("Peking", {"beijing"}),
    ("the Kremlin", {"kremlin"}),
    ("Downing Street", {"downing-street"}),
    ("Tripoli", {"tripoli", "tripoli-lbn"}),
    ("Strait of Hormuz", {"strait-of-hormuz"}),
    ("IAEA", {"international-atomic-energy-agency"}),
    ("North Atlantic Treaty Organization", {"nato"}),
    ("JCPOA", {"iran-nuclear-deal"}),
    ("Ebrahim Raisi", {"ebrahim-raisi"}),
    ("Ibrahim Raisi", {"ebrahim-raisi"}),
    ("Ebrahim Raeisi", {"ebrahim-raisi"}),
    ("Hassan Rohani", {"hassan-rouhani"}),
    ("Volodymyr Zelenskyy", {"volodymyr-zelensky"}),
    ("Moammar Gadhafi", {"muammar-gaddafi"}),
    ("Recep Tayyip Erdoğan", {"recep-tayyip-erdogan"}),
    ("Alyaksandr Lukashenka", {"alexander-lukashenko"}),
    ("Kim Jong-un", {"kim-jong-un"}),
    ("MBS", {"mohammed-bin-salman"}),
    ("Abdel-Fattah el-Sissi", {"abdel-fattah-el-sisi"}),
    ("Bashar Assad", {"bashar-al-assad"}),
    ("Lyudmila Putina", set()),
    ("Freedonia", set()),
    ("Putin", set()),  # a surname alone needs an anchor in the article
    ("Clinton", set()),
]


@pytest.mark.parametrize("name, ids", NAMES)
def test_names(gazetteer: Gazetteer, name: str, ids: set[str]) -> None:
    assert {entry.id for entry in gazetteer.named(name)} == ids


WORDS = [
    # (adjective or demonym, countries or peoples)
    ("Iranian", {"IRN"}),
    ("Sino", {"CHN"}),
    ("Dutch", {"NLD"}),
    ("British", {"GBR"}),
    ("Ivorian", {"CIV"}),
    ("Korean", {"KOR"}),  # of the South, unless the article says more
    ("Kurdish", {"kurds"}),
    ("Ruritanian", set()),
]


@pytest.mark.parametrize("word, ids", WORDS)
def test_adjectives(gazetteer: Gazetteer, word: str, ids: set[str]) -> None:
    found = {entry.id for entry in gazetteer.described(word)}
    assert found == ids


@pytest.mark.parametrize(
    "word, ids",
    [("Iranians", {"IRN"}), ("Swiss", {"CHE"}), ("Frenchmen", {"FRA"}), ("Kurds", {"kurds"}), ("Swisses", set())],
)
def test_demonyms(gazetteer: Gazetteer, word: str, ids: set[str]) -> None:
    assert {entry.id for entry in gazetteer.inhabited(word)} == ids


CITIES = [
    # (city, capital of, seat of): what its name may stand for
    ("Tehran", "IRN", None),
    ("Moscow", "RUS", None),
    ("Prague", "CZE", None),
    ("Belgrade", "SRB", None),
    ("Pretoria", "ZAF", None),
    ("Tel Aviv", None, "ISR"),
    ("The Hague", None, "NLD"),
    ("Ho Chi Minh City", None, None),
    ("Istanbul", None, None),
    ("New York", None, None),
    ("Kremlin", None, "RUS"),
    ("White House", None, "USA"),
]


@pytest.mark.parametrize("name, capital_of, seat_of", CITIES)
def test_what_a_place_stands_for(gazetteer: Gazetteer, name: str, capital_of: str | None, seat_of: str | None) -> None:
    entries = list(gazetteer.named(name))
    assert [(entry.capital_of, entry.seat_of) for entry in entries] == [(capital_of, seat_of)]


AMBIGUOUS = [
    # (name, whether it often means something else): by name, not by entry
    ("IS", True),
    ("Islamic State", False),
    ("WHO", True),
    ("World Health Organization", False),
    ("Washington", True),
    ("Washington, D.C.", False),
    ("the Alliance", True),
    ("NATO", False),
    ("Iran", False),
]


@pytest.mark.parametrize("name, ambiguous", AMBIGUOUS)
def test_ambiguous_names(gazetteer: Gazetteer, name: str, ambiguous: bool) -> None:
    assert {entry.ambiguous for entry in gazetteer.named(name)} == {ambiguous}


MEMBERS = [
    ("NATO", "TUR", True),
    ("NATO", "FIN", True),
    ("NATO", "SWE", True),
    ("NATO", "RUS", False),
    ("NATO", "UKR", False),
    ("European Union", "HUN", True),
    ("European Union", "GBR", False),
    ("European Union", "TUR", False),
    ("Shanghai Cooperation Organization", "IRN", True),
    ("OPEC", "QAT", False),
    ("Collective Security Treaty Organization", "UKR", False),
    ("Iran nuclear deal", "ISR", False),
    ("Iran nuclear deal", "IRN", True),
]


@pytest.mark.parametrize("name, country, member", MEMBERS)
def test_membership(gazetteer: Gazetteer, name: str, country: str, member: bool) -> None:
    (entry,) = gazetteer.named(name)
    assert (country in entry.members) == member


HOLDERS = [
    # (state or organisation, office, day, who)
    ("IRN", "president", "2019-10-01", {"Hassan Rouhani"}),
    ("IRN", "president", "2022-07-19", {"Ebrahim Raisi"}),
    ("IRN", "president", "2024-06-15", {"Mohammad Mokhber"}),
    ("IRN", "president", "2025-01-17", {"Masoud Pezeshkian"}),
    ("IRN", "supreme leader", "2022-07-19", {"Ali Khamenei"}),
    ("IRN", "foreign minister", "2015-07-14", {"Mohammad Javad Zarif"}),
    ("IRN", "foreign minister", "2022-07-19", {"Hossein Amir-Abdollahian"}),
    ("IRN", "prime minister", "2022-07-19", set()),
    ("RUS", "president", "2022-02-24", {"Vladimir Putin"}),
    ("RUS", "president", "2010-06-01", {"Dmitry Medvedev"}),
    ("RUS", "prime minister", "2010-06-01", {"Vladimir Putin"}),
    ("RUS", "premier", "2022-02-24", {"Mikhail Mishustin"}),
    ("RUS", "president", "1999-06-01", {"Boris Yeltsin"}),
    ("USA", "president", "2010-06-01", {"Barack Obama"}),
    ("USA", "president", "2020-06-01", {"Donald Trump"}),
    ("USA", "president", "2022-07-15", {"Joe Biden"}),
    ("USA", "president", "2025-06-01", {"Donald Trump"}),
    ("USA", "secretary of state", "2012-06-01", {"Hillary Clinton"}),
    ("USA", "defense secretary", "2022-07-15", {"Lloyd Austin"}),
    ("USA", "leader", "2022-07-15", {"Joe Biden"}),
    ("USA", "king", "2022-07-15", set()),
    ("DEU", "chancellor", "2015-09-01", {"Angela Merkel"}),
    ("DEU", "chancellor", "2023-01-01", {"Olaf Scholz"}),
    ("DEU", "chancellor", "1995-01-01", {"Helmut Kohl"}),
    ("DEU", "president", "2023-01-01", {"Frank-Walter Steinmeier"}),
    ("FRA", "president", "2008-01-01", {"Nicolas Sarkozy"}),
    ("GBR", "prime minister", "2022-10-01", {"Liz Truss"}),
    ("GBR", "prime minister", "2022-07-07", {"Boris Johnson"}),
    ("GBR", "queen", "2022-07-07", {"Elizabeth II"}),
    ("TUR", "president", "2022-07-19", {"Recep Tayyip Erdogan"}),
    ("TUR", "prime minister", "2010-01-01", {"Recep Tayyip Erdogan"}),
    ("TUR", "president", "2010-01-01", {"Abdullah Gül"}),
    ("UKR", "president", "2014-01-15", {"Viktor Yanukovych"}),
    ("UKR", "president", "2022-02-24", {"Volodymyr Zelensky"}),
    ("ISR", "prime minister", "2022-01-01", {"Naftali Bennett"}),
    ("ISR", "prime minister", "2023-10-07", {"Benjamin Netanyahu"}),
    ("CHN", "president", "2008-08-08", {"Hu Jintao"}),
    ("PRK", "supreme leader", "2018-06-12", {"Kim Jong Un"}),
    ("LBY", "leader", "2005-01-01", {"Muammar Gaddafi"}),
    ("SYR", "president", "2016-01-01", {"Bashar al-Assad"}),
    ("POL", "prime minister", "2010-04-10", {"Donald Tusk"}),
    ("CAN", "prime minister", "1995-01-01", {"Jean Chrétien"}),
    ("KEN", "president", "1995-01-01", {"Daniel arap Moi"}),
    ("ITA", "premier", "2005-01-01", {"Silvio Berlusconi"}),
    ("central-intelligence-agency", "director", "2022-07-19", {"William Burns"}),
    ("central-intelligence-agency", "chief", "2018-01-01", {"Mike Pompeo"}),
    ("united-nations", "secretary general", "2003-03-01", {"Kofi Annan"}),
    ("united-nations", "chief", "2022-07-19", {"António Guterres"}),
    ("nato", "secretary-general", "2022-07-19", {"Jens Stoltenberg"}),
    ("european-commission", "president", "2010-01-01", {"José Manuel Barroso"}),
    ("international-atomic-energy-agency", "director general", "2022-07-19", {"Rafael Grossi"}),
    ("freedonia", "president", "2022-07-19", set()),
]


@pytest.mark.parametrize("body, office, day, labels", HOLDERS)
def test_who_held_an_office(gazetteer: Gazetteer, body: str, office: str, day: str, labels: set[str]) -> None:
    assert {entry.label for entry in gazetteer.holders(body, office, date.fromisoformat(day))} == labels


def test_without_a_day_those_who_hold_it_now(gazetteer: Gazetteer) -> None:
    assert {entry.label for entry in gazetteer.holders("RUS", "president", None)} == {"Vladimir Putin"}
    assert {entry.label for entry in gazetteer.holders("SUN", "president", None)} == set()


PEOPLE = [
    # (person, country)
    ("Vladimir Putin", "RUS"),
    ("William Burns", "USA"),
    ("Charles III", "GBR"),
    ("Slobodan Milošević", "SRB"),
    ("António Guterres", "PRT"),
    ("Mohamed ElBaradei", "EGY"),
    ("Ban Ki-moon", "KOR"),
]


@pytest.mark.parametrize("name, country", PEOPLE)
def test_countries_of_persons(gazetteer: Gazetteer, name: str, country: str) -> None:
    assert [entry.country for entry in gazetteer.named(name)] == [country]
