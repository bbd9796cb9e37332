"""Whose an office is where its own words don't say it: *his finance minister*, *hospital chief Lawal Khalid*, *government
spokesman Steffen Seibert*."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.coref import Discourse
from kg.mentions import Candidate, Words
from kg.syntax import children
from kg.titles import Office

# How many sentences back the body may have been named of which a title has the noun.
REACH = 6


def land_of_owner(noun: Token, discourse: Discourse) -> list[Token]:
    """*His finance minister*: an office of the state whose leader's minister it is, where the article names that."""
    for owner in children(noun, "nmod:poss"):
        at = discourse.at.get(owner.i)
        entity = discourse.entity_of[at] if at is not None else None
        mentions = discourse.mentions_of(entity) if entity is not None else []
        countries = {c.country for c in mentions if c.type == "Person" and c.country}
        lands = [
            c for c in discourse.candidates
            if c.type == "Country" and c.kind in ("name", "adjective") and c.country in countries
        ]  # fmt: skip
        if len(countries) == 1 and lands:
            return [noun.doc[lands[0].head]]
    return []


def body_called(noun: Token, title: str, relation: str, discourse: Discourse, words: Words) -> Office:
    """The body that the noun before a title means: the last that was called by it (*the clinic in Zaria … **clinic** chief
    Musa*); of *government* else the only state that is named near."""
    before = [c for c in children(noun, "compound") if c.i == noun.i - 1 and c.tag_ in ("NN", "NNP")]
    kind = before[0].lemma_.lower() if before else ""
    lands = [t for c in before for t in children(c, "amod", "compound") if _is_land(t, discourse)]
    if lands and relation in ("speaksFor", "worksFor") and words.lexicon.nouns.get(kind):
        # *Indian foreign ministry spokesman Arun Rao*; a party's or company's spokesman is not the state's.
        public = words.lexicon.nouns[kind].subtype == "GovernmentBody"
        return Office(relation, lands[:1] if public else [])
    if not before or discourse.covering(before[0].i) is not None or children(before[0], "compound", "amod"):
        return Office(relation, [])
    doc, lexicon = noun.doc, words.lexicon
    led = relation == "leads" or (lexicon.roles.get(title) == "leads" and kind not in lexicon.state_servants)
    if not (led or relation in ("speaksFor", "worksFor")):
        return Office(relation, [])
    start = _start_before(doc, noun, REACH)
    called = [c for c in discourse.candidates if start <= c.head < before[0].i and _is_called(c, kind, doc)]
    if called:
        return Office("leads" if led else relation, [doc[called[-1].head]])
    return Office(relation, _only_state(noun, discourse, words) if kind in lexicon.governments else [])


def _is_land(token: Token, discourse: Discourse) -> bool:
    number = discourse.covering(token.i)
    return number is not None and discourse.candidates[number].type == "Country"


def _is_called(candidate: Candidate, kind: str, doc: Doc) -> bool:
    """Whether a mention calls a body of which it is clear which one by a noun."""
    if candidate.plural or candidate.type not in ("Organization", "Group", "Place", "Country"):
        return False
    head = doc[candidate.head]
    if candidate.kind == "name":
        told = any(c.lemma_.lower() == kind for c in children(head, "nmod:desc"))
        return told or (" " in candidate.name and candidate.name.lower().split()[-1] == kind)
    known = candidate.definite or candidate.country is not None or bool(children(head, "nmod", "nmod:poss"))
    return candidate.kind == "nominal" and head.lemma_.lower() == kind and known


def _only_state(noun: Token, discourse: Discourse, words: Words) -> list[Token]:
    """The state that the sentence and the one before name, by itself, its adjective or its capital, if it is but one."""
    start = _start_before(noun.doc, noun, 1)
    found: dict[str, Token] = {}
    for candidate in discourse.candidates:
        if not start <= candidate.head < noun.sent.end or candidate.kind not in ("name", "adjective"):
            continue
        entry = words.gazetteer.entries.get(candidate.gazetteer or "")
        code = candidate.country if candidate.type == "Country" else entry.capital_of if entry is not None else None
        if code is not None:
            found.setdefault(code, noun.doc[candidate.head])
    return list(found.values()) if len(found) == 1 else []


def _start_before(doc: Doc, noun: Token, sentences: int) -> int:
    """The first token of the sentence some sentences before a word's."""
    start: int = noun.sent.start
    for _ in range(sentences):
        start = doc[start - 1].sent.start if start else 0
    return start
