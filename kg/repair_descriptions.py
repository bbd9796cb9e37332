"""Repairs of what describes a name: a common noun right before it, an office to which it stands in apposition."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.mentions import Candidate, Words, noun_type, title_in
from kg.parse import give_role
from kg.syntax import OBJECTS, SUBJECTS, children, preposition

OPENING = frozenset("\"“‘'«„")
# How a name may hang that the parser takes for something beside the noun that describes it.
LOOSE = frozenset({"appos", "nmod", "nmod:unmarked", "dep", "list", "parataxis", "flat"})
# What of a description's dependents belongs to whom it describes.
BELONGING = frozenset({"case", "cc", "conj", "punct", "appos", "acl:relcl"})


def put_before_description(doc: Doc, name: Candidate, words: Words) -> None:
    """*its neighbour Somalia*, *the newspaper Le Soir*, *the charity "Open Hands"*: a common noun right before a name
    describes it; the name takes its place."""
    head = doc[name.head]
    start = name.start
    quoted = start > 1 and doc[start - 1].text in OPENING
    noun = doc[start - (2 if quoted else 1)] if start else head
    if noun.i == head.i or children(head, "case", "cc"):
        return
    if noun.dep_ in ("amod", "compound") and noun.head.i == head.i and name.type != "Person" and not quoted:
        _describe(noun, words)
        return
    close = head.dep_ == "appos" and head.head.i == noun.i and noun.tag_ == "NN"
    if (close and not quoted and not children(noun, "case")) or _is_said_beside(noun, head, name, words):
        swap(noun, head)
        noun.pos_ = "NOUN"


def _describe(noun: Token, words: Words) -> None:
    """*At the local weekly Luanda Courier*: a body's noun that the parser took for part of the name only tells what it
    is."""
    told = noun_type(noun, words)
    if noun.tag_ == "NN" and told.type == "Organization" and told.subtype not in (None, "GovernmentBody"):
        noun.dep_, noun.pos_ = "nmod:desc", "NOUN"
        for mark in [t for t in noun.subtree if t.dep_ == "case" and t.i == noun.left_edge.i]:
            mark.head = noun.head


def _is_said_beside(noun: Token, head: Token, name: Candidate, words: Words) -> bool:
    """Whether a name that the parser hung on the noun right before it, or beside that on the same word, is who or what
    the noun describes: a person's noun a person, a body's noun a body."""
    told = noun_type(noun, words)
    fits = told.type == name.type if told.type == "Person" else told.type == "Organization" and name.type != "Country"
    # *Israel's arch-foe **Iran***.
    fits = fits or (noun.lemma_.lower() in words.lexicon.stances and name.type in ("Country", "Organization"))
    singular = noun.tag_ == "NN" or (noun.tag_ == "NNP" and noun.lower_ in words.lexicon.nouns)
    if not fits or not singular or children(head, "det", "nmod:poss") or children(noun, "flat"):
        return False
    if head.head.i == noun.i:
        return head.dep_ in LOOSE
    given = noun.dep_ in OBJECTS and noun.head.lemma_ in words.lexicon.transfer_verbs
    return head.head.i == noun.head.i and (head.dep_ == noun.dep_ or head.dep_ in LOOSE) and not given


def raise_apposition(doc: Doc, name: Candidate, words: Words) -> None:
    """*The mayor of Kyiv, Vitali Klitschko, …*, *the head of Ghana's electoral commission, Adwoa Sarpong*: a person is in
    no apposition to a place or body, and coordinated with none, but in apposition to the office that goes with it."""
    head = doc[name.head]
    _raise_parataxis(doc, name, words)
    inner = head.head
    beside = head.dep_ == "appos" or (head.dep_ == "conj" and name.start > 0 and doc[name.start - 1].text == ",")
    if name.type != "Person" or not beside:
        return
    listed = children(head, "cc", "conj") or children(inner, "cc") or len(children(inner, "conj")) > 1
    if head.dep_ == "conj" and (listed or inner.pos_ != "PROPN" or not _is_closed(doc, name)):
        return
    if head.dep_ == "appos" and (other := _described_within(inner, name)) is not None:
        head.head = other
        return
    if _is_named_alike(inner, head):
        inner = inner.head
    if inner.head.lower_ == "charge" and inner.head.dep_ in ("obl", "nmod"):
        # *The minister in charge of water, Ana Ruiz,*.
        holder = inner.doc[inner.head.left_edge.i - 1] if inner.head.left_edge.i else inner
        inner = holder if preposition(inner.head) == "in" and holder.pos_ == "NOUN" else inner
    while inner.dep_ == "nmod" and inner.pos_ in ("PROPN", "NOUN") and noun_type(inner, words).type != "Person":
        inner = inner.head
    several = inner.tag_ == "NNS" and children(inner, "nummod") and children(head, "conj")
    office = inner.tag_ == "NN" and (title_in(inner, words) is not None or inner.lemma_ in words.lexicon.kinship)
    if inner.i != head.head.i and inner.i < head.i and (office or several):
        head.head, head.dep_ = inner, "appos"


def _is_named_alike(other: Token, head: Token) -> bool:
    """*The son of President **Alan Ruiz**, Pedro Ruiz, …*: one person's name is in no apposition to another's, of whom
    something is said."""
    named = other.pos_ == "PROPN" and other.ent_type_ == "PERSON" and other.dep_ == "nmod"
    return named and head.ent_type_ == "PERSON" and not children(head, "conj") and other.head.tag_ == "NN"


def _raise_parataxis(doc: Doc, name: Candidate, words: Words) -> None:
    """*With the Omani envoy, Said al-Harthy, in Tripoli*: a person between commas right behind an office is in apposition
    to it, however the parser hung the name on the clause."""
    head = doc[name.head]
    if name.type != "Person" or head.dep_ not in ("parataxis", "dep", "list") or name.start < 2:
        return
    office = doc[name.start - 2]
    closed = name.end < len(doc) and doc[name.end].text in (",", ".")
    if doc[name.start - 1].text != "," or not closed or office.tag_ != "NN" or office.head.i != head.head.i:
        return
    if (
        title_in(office, words) is not None
        and not children(office, "appos")
        and not children(head, "cc", "conj", "case")
    ):
        head.head, head.dep_ = office, "appos"


def _described_within(person: Token, name: Candidate) -> Token | None:
    """*Omar, the brother of **the bank's founder**, Idris Salim*: one person has no second name; it is that of whom the
    description of the first speaks."""
    if person.pos_ != "PROPN" or person.ent_type_ != "PERSON":
        return None
    said = [c for c in children(person, "appos") if c.tag_ == "NN" and c.i < name.start]
    inner = [n for c in said[-1:] for n in children(c, "nmod") if preposition(n) == "of" and n.tag_ == "NN"]
    definite = [n for n in inner if children(n, "det", "nmod:poss") and n.doc[n.right_edge.i + 1].text == ","]
    return definite[0] if definite and definite[0].right_edge.i + 2 == name.start else None


def free_due(due: Token) -> None:
    """*Lawmakers **due** in Taipei next week*, *the envoy, **due** in Kabul,*: no preposition but said of those before it."""
    place = due.head
    if due.lower_ != "due" or due.dep_ != "case" or place.i < due.i or due.i < 2:
        return
    before = due.nbor(-2) if due.nbor(-1).text == "," else due.nbor(-1)
    noun = (
        place.head if place.head.i < due.i else next((s for s in children(place.head, *SUBJECTS) if s.i < due.i), due)
    )
    if noun.i >= due.i or noun.pos_ not in ("NOUN", "PROPN") or before.i not in {t.i for t in noun.subtree}:
        return
    due.head, due.dep_ = noun, "amod"
    place.head, place.dep_ = due, "obl"
    for time in children(place, "obl:unmarked", "nmod:unmarked", "obl", "nmod"):
        if preposition(time) in (None, "on"):
            give_role(noun.head, time.i, None)
            time.head, time.dep_ = due, "obl:unmarked" if preposition(time) is None else "obl"


def _is_closed(doc: Doc, name: Candidate) -> bool:
    """Whether a comma or the sentence's end stands behind a name."""
    return name.end >= len(doc) or doc[name.end].is_punct


def swap(title: Token, head: Token) -> bool:
    """Put the name where its title stands in the tree, and the title under it, unless the name governs the title."""
    above, dep = title.head, title.dep_
    if above.i == title.i:
        return False
    if head.i == above.i or is_ancestor(head, above):
        return False
    head.head = above
    head.dep_ = dep
    for child in list(title.children):
        # Articles and what describes the office stay with the title; the rest of the phrase belongs to the person.
        behind = child.dep_ == "acl" and child.i > head.i
        if (behind or child.dep_ in BELONGING) and child.i != head.i:
            child.head = head
    title.head = head
    title.dep_ = "nmod:desc"
    return True


def is_ancestor(token: Token, other: Token) -> bool:
    """Whether a token governs the other, however far."""
    return any(ancestor.i == token.i for ancestor in other.ancestors)
