"""Entries of the gazetteer and how they are written: readable Turtle, the same bytes for the same facts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from kg.naming import LETTERS
from kg.vocabulary import PREFIXES

USED = ("kg", "gaz", "skos", "owl", "wd", "xsd")
WIDTH = 140


@dataclass(frozen=True)
class Entry:
    """One subject: its local name, its class, and its facts as (property, Turtle term) in the order of writing."""

    name: str
    class_: str
    facts: tuple[tuple[str, str], ...]

    def having(self, property_: str, terms: Iterable[str]) -> Entry:
        """The entry with more values of a property, beside those it has; values it has already are not repeated."""
        have = {term for p, term in self.facts if p == property_}
        new = [(property_, term) for term in dict.fromkeys(terms) if term not in have]
        last = max((i for i, (p, _) in enumerate(self.facts) if p == property_), default=len(self.facts) - 1)
        return Entry(self.name, self.class_, (*self.facts[: last + 1], *new, *self.facts[last + 1 :]))

    def values(self, *properties: str) -> list[str]:
        """The texts of the English literals that some properties have."""
        return [unquoted(term) for property_, term in self.facts if property_ in properties and term.endswith("@en")]


def quoted(value: str) -> str:
    """An English literal."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"@en'


def unquoted(term: str) -> str:
    """The text of an English literal."""
    return term[1:-4].replace('\\"', '"').replace("\\\\", "\\")


def plain(value: str) -> str:
    """A literal without language: a code, an acronym, an office."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def dated(value: str) -> str:
    """The literal for YYYY-MM-DD, YYYY-MM or YYYY."""
    kind = {10: "date", 7: "gYearMonth", 4: "gYear"}[len(value)]
    return f'"{value}"^^xsd:{kind}'


def gaz(name: str) -> str:
    """The reference to an entry."""
    return f"gaz:{name}"


def linked(wikidata: str) -> list[tuple[str, str]]:
    """The link to Wikidata, if there is an id."""
    return [("owl:sameAs", f"wd:{wikidata}")] if wikidata else []


def labelled(label: str, others: Iterable[str]) -> list[tuple[str, str]]:
    """A label and the other names, without those that say the same letter by letter."""
    names = dict.fromkeys(other for other in others if other != label)
    return [("skos:prefLabel", quoted(label)), *(("skos:altLabel", quoted(name)) for name in names)]


def slug(name: str) -> str:
    """A local name of ASCII letters, digits and hyphens.

    >>> slug("Recep Tayyip Erdoğan"), slug("N'Djamena"), slug("G7"), slug("OPEC+")
    ('recep-tayyip-erdogan', 'ndjamena', 'g7', 'opec-plus')
    """
    letters = "".join(LETTERS.get(c, c) for c in name.casefold().replace("+", " plus "))
    letters = re.sub(r"['’ʻʼ`.]", "", unicodedata.normalize("NFKD", letters))
    ascii_ = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-")


class Slugs:
    """Local names given out so far, over all files: the first entry with a name has it, the next ones get a suffix."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def give(self, name: str, *suffixes: str) -> str:
        """A name nobody has: the slug itself, else with the first free suffix, else with a number."""
        base = slug(name)
        tails = ["", *(f"-{slug(s)}" for s in suffixes if s), *(f"-{n}" for n in range(2, 100))]
        found = next(base + tail for tail in tails if base + tail not in self.taken)
        self.taken.add(found)
        return found


def document(comment: str, entries: Iterable[Entry]) -> str:
    """A Turtle file: what it is, the prefixes, the entries by class and name."""
    heads = [f"# {line}".rstrip() for line in comment.strip().splitlines()]
    prefixes = [f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in USED]
    blocks: list[str] = []
    ordered = sorted(entries, key=lambda entry: (entry.class_, entry.name))
    for class_, group in groupby(ordered, key=lambda entry: entry.class_):
        blocks.append(f"# --- {class_.removeprefix('kg:')} ---")
        blocks.extend(_block(entry) for entry in group)
    return "\n".join([*heads, "", *prefixes, ""]) + "\n" + "\n\n".join(blocks) + "\n"


def _block(entry: Entry) -> str:
    lines = [f"gaz:{entry.name} a {entry.class_}"]
    for property_, facts in groupby(entry.facts, key=lambda fact: fact[0]):
        lines[-1] += " ;"
        lines.extend(_wrapped(property_, [term for _, term in facts]))
    return "\n".join(lines) + " ."


def _wrapped(property_: str, terms: list[str]) -> list[str]:
    """A property with its values, broken between values into lines of bearable length."""
    lines = [f"  {property_}"]
    for number, term in enumerate(terms):
        piece = f" {term}" + (" ," if number < len(terms) - 1 else "")
        if len(lines[-1]) + len(piece) > WIDTH:
            lines.append("   ")
        lines[-1] += piece
    return lines
