"""Coreference of names: exact, acronyms, short forms, surnames."""

from __future__ import annotations

from itertools import pairwise

from kg.coref.clusters import Clusters
from kg.coref.namesakes import namesake_meant
from kg.gazetteer import Gazetteer
from kg.mentions import Candidate, Words
from kg.naming import name_key
from kg.spelling import is_acronym, same_person


def cluster_names(known: Clusters) -> None:
    """Names join the entity of a longer or equal name anywhere in the article, so that a headline's *Putin* is
    the text's."""
    named = [n for n, c in enumerate(known.candidates) if c.kind in ("name", "adjective")]
    short = _short_forms(known, named)
    # Longest names first: short ones then find their full form. Position breaks ties.
    for number in sorted(named, key=lambda n: (-len(name_key(known.candidates[n].name).split()), n)):
        full = short.get(known.candidates[number].name)
        known.assign(number, known.entity[full] if full is not None else _entity_of_name(known, number))


def _short_forms(known: Clusters, named: list[int]) -> dict[str, int]:
    """Initials in brackets right behind a body's full name, with the full name's number: whatever their letters, they are
    what it is called by (*"Forum for the South" (FOSUR)*)."""
    found: dict[str, int] = {}
    for full, short in pairwise(named):
        one, other = known.candidates[full], known.candidates[short]
        between = known.doc[one.end : other.start]
        closed = other.end < len(known.doc) and known.doc[other.end].text == ")"
        bracketed = closed and between.text.strip("\"'”’» ") == "(" and len(other.name) > 1
        initials = other.name.isupper() and " " not in other.name and " " in one.name and other.type != "Country"
        bodies = {one.type, other.type} <= {"Organization", "Item"} and "Organization" in (one.type, other.type)
        if bracketed and initials and bodies and one.kind == "name" and not _is_known(other, known.words):
            found[other.name] = full
    return found


def _entity_of_name(known: Clusters, number: int) -> int | None:
    candidate = known.candidates[number]
    found = [e for e, names in known.full.items() if any(same_name(candidate, other, known.words) for other in names)]
    if not found:
        return None
    if len(found) == 1:
        return found[0]
    return namesake_meant(known, number, found)


def _is_known(name: Candidate, words: Words) -> bool:
    return any(words.gazetteer.named(name.name))


# --- Two names ---------------------------------------------------------------------------------------


def same_name(a: Candidate, b: Candidate, words: Words) -> bool:
    """Whether two names of one article name the same thing."""
    gazetteer = words.gazetteer
    if a.gazetteer and a.gazetteer == b.gazetteer and a.type == b.type:
        return True
    if a.gazetteer and b.gazetteer and a.type == b.type and a.type in ("Country", "Place"):
        return False
    if {a.type, b.type} == {"Person"}:
        return same_person(a.name, b.name)
    left, right = _canonical(a, gazetteer), _canonical(b, gazetteer)
    if left == right and left:
        return a.type == b.type or {a.type, b.type} <= {"Organization", "Place", "Item", "Event", "Agreement"}
    if "Person" in (a.type, b.type):
        # The model takes a bare surname for something else now and then, in headlines above all.
        person, other = (a, b) if a.type == "Person" else (b, a)
        bare = other.gazetteer is None and " " not in other.name and " " in person.name
        return left == right or (bare and same_person(other.name, person.name))
    initialled = a.type == b.type and a.type in ("Organization", "Item", "Event", "Agreement")
    if initialled and (is_acronym(a.name, b.name) or is_acronym(b.name, a.name)):
        return True
    # The model takes a company's name for a thing's now and then.
    bodies = "Organization" in (a.type, b.type) and {a.type, b.type} <= {"Organization", "Item"}
    return bodies and _is_short_form(left, right, words.lexicon.company_forms)


def _canonical(candidate: Candidate, gazetteer: Gazetteer) -> str:
    """A name's key with nationality words replaced by the country's code: *American* and *US* Institute are one."""
    words = name_key(candidate.name).split()
    if len(words) < 2:
        return " ".join(words)
    return " ".join(gazetteer.codes.get(word, word) for word in words if word not in ("the", "&", "and"))


def _is_short_form(a: str, b: str, forms: frozenset[str]) -> bool:
    """*Gazprom* and *Gazprom PJSC*; not *Bank* and *Bank of China*: the short form begins the long one and is more
    than one common word."""
    short, long = sorted((a.split(), b.split()), key=len)
    if len(short) == len(long) or not short:
        return False
    return long[: len(short)] == short and (
        len(short) > 1 or (len(long) == 2 and len(short[0]) > 2 and long[1] in forms)
    )
