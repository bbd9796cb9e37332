"""Repairs of a parse by what is known about names: a name is one noun, and a title before it belongs to it.

A name's inner tokens may have caught its preposition, conjuncts or head (*Supreme Leader Ayatollah Ali Khamenei*).
Before relations are read, every name hangs by one token, and what the parser hung on its parts hangs on that token.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from kg.mentions import Candidate, Words, noun_type, title_in
from kg.repair_clauses import repair_clauses
from kg.repair_descriptions import free_due, is_ancestor, put_before_description, raise_apposition, swap
from kg.repair_headlines import repair_headlines
from kg.repair_hyphens import repair_hyphens
from kg.repair_names import repair_names
from kg.repair_objects import repair_objects
from kg.repair_particles import repair_particles
from kg.repair_relatives import repair_relatives
from kg.repair_speech import repair_reporting
from kg.repair_words import repair_words
from kg.syntax import OBJECTS, children, obliques

# What a part of a name may not govern: it belongs to the name as a whole.
MOVED = frozenset(
    ("conj", "cc", "case", "appos", "nmod", "acl:relcl", "acl", "punct", "nmod:desc", "amod", "det", "nmod:poss")
)


def repair_tree(doc: Doc, names: Sequence[Candidate], words: Words) -> None:
    """Change heads and labels of a parsed Doc in place."""
    repair_words(doc, words)
    repair_hyphens(doc)
    repair_headlines(doc, words)
    repair_particles(doc, words)
    for name in names:
        if name.kind in ("name", "adjective"):
            _collapse(doc, name)
    for name in names:
        if name.kind == "name" and name.type == "Person":
            # A name may have two titles before it: each takes its turn.
            while _attach_title(doc, name, words):
                pass
            _join_title_chain(doc[name.head])
            _part_then(doc[name.head])
            _join_title_words(doc[name.head], words)
            _coordinate(doc[name.head])
    for name in names:
        if name.kind == "name":
            _take_turn(doc[name.head])
            put_before_description(doc, name, words)
            _take_turn(doc[name.head])
            raise_apposition(doc, name, words)
    for token in doc:
        free_due(token)
    repair_names(doc, names, words)
    repair_clauses(doc, words)
    repair_relatives(doc, names, words)
    _join_listed(doc, names, words)
    _join_hyphened(doc, names)
    _free_recipients(doc, names, words)
    _free_described_recipients(doc, words)
    repair_objects(doc, words)
    repair_reporting(doc, words)


def _collapse(doc: Doc, name: Candidate) -> None:
    """Hang the parts of a name on its head token, and their other dependents on that too."""
    inside = range(name.start, name.end)
    head = doc[name.head]
    for index in inside:
        token = doc[index]
        if token.i == head.i:
            continue
        outward = token.head.i not in inside
        if outward and token.dep_ != "punct":
            if is_ancestor(token, head):
                # The name's head takes the place of a part that governs it: a tree has no circles.
                head.head, head.dep_ = token.head, token.dep_
            token.head = head
            token.dep_ = "flat" if token.i > head.i else "compound"
        for child in list(token.children):
            if child.i not in inside and child.dep_ in MOVED and not is_ancestor(child, head):
                child.head = head


def _attach_title(doc: Doc, name: Candidate, words: Words) -> bool:
    """A role noun right before a person's name is its title, however the parser took it; the name takes its place.

    True if anything was changed.
    """
    head, start = doc[name.head], name.start
    while start > 0 and doc[start - 1].dep_ == "nmod:desc" and doc[start - 1].head.i == head.i:
        start = doc[start - 1].left_edge.i
    if start == 0 or doc[start - 1].pos_ not in ("NOUN", "PROPN"):
        return False
    title = doc[start - 1]
    if title.head.i in range(name.start, name.end) and title.dep_ in ("nmod:desc", "compound", "flat"):
        return False
    is_title = title_in(title, words) is not None or title.lower_ in words.lexicon.honorifics
    if name.type == "Person" and title.dep_ in OBJECTS and title.head.lemma_ not in words.lexicon.transfer_verbs:
        # *Beat the activist Anucha Srisuk*: whatever names a person, where it isn't given one.
        is_title = is_title or noun_type(title, words).type == "Person"
    if title.dep_ in ("compound", "flat") or not is_title or title.tag_ in ("NNS", "NNPS"):
        return False
    related = (
        head.head.i == title.i
        or (head.head.i == title.head.i and head.dep_ == title.dep_)
        or head.dep_ in ("conj", "appos", "flat", "list", "dep", "parataxis", "nmod", "compound")
        or title.dep_ in ("nmod:unmarked", "conj", "nsubj", "obj")
    )
    if not related or (is_ancestor(head, title) and head.head.i != title.i):
        return False
    return swap(title, head)


def _join_title_chain(head: Token) -> None:
    """*Supreme Leader Ayatollah* Ali Khamenei: a title that hangs on another title belongs to the name."""
    for title in [c for c in head.children if c.dep_ == "nmod:desc"]:
        for inner in [c for c in title.children if c.dep_ == "nmod:desc" and c.i < title.i]:
            inner.head = head


def _join_title_words(head: Token, words: Words) -> None:
    """*Secretary General* Ban, *Secretary-General* Ban: two words side by side that spell one office are one title."""
    titles = children(head, "nmod:desc", "compound")
    for first, second in pairwise(titles):
        between = head.doc[first.i + 1 : second.i].text
        spelled = {f"{first.lower_} {second.lower_}", f"{first.lower_}-{second.lower_}"}
        if between in ("", "-") and spelled & words.lexicon.roles.keys():
            for child in list(first.children):
                child.head = second
            first.head, first.dep_ = second, "compound"
            for hyphen in head.doc[first.i + 1 : second.i]:
                hyphen.head = first


def _part_then(head: Token) -> None:
    """*Then-defence minister* Petrov: what stands before the hyphen says that the office is over."""
    for title in children(head, "nmod:desc"):
        for hyphen in title.doc[max(1, title.left_edge.i - 1) : title.i]:
            if hyphen.text == "-" and hyphen.nbor(-1).lower_ == "then":
                hyphen.nbor(-1).head, hyphen.nbor(-1).dep_ = title, "advmod"
                hyphen.head = hyphen.nbor(-1)


def _coordinate(head: Token) -> None:
    """A name after another that was taken for its title is coordinated with it (*Raisi and* Ali Khamenei)."""
    if head.dep_ == "nmod:desc" and head.i > head.head.i and any(c.dep_ == "cc" for c in head.children):
        head.dep_ = "conj"


def _take_turn(head: Token) -> None:
    """*Warlord turned preacher Saye Kollie*: the name takes the place of what its bearer was."""
    for title in children(head, "nmod:desc"):
        for participle in [c for c in children(title, "amod") if c.lemma_ == "turn"]:
            participle.dep_ = "acl"
    verb = head.head
    noun = verb.head
    turned = verb.lemma_ == "turn" and verb.dep_ == "acl" and noun.pos_ == "NOUN" and not children(verb, "mark", "case")
    if turned and noun.i < verb.i < head.i <= verb.i + 4 and not children(head, "case") and noun.head.i != noun.i:
        head.head, head.dep_ = noun.head, noun.dep_
        noun.head, noun.dep_ = head, "nmod:desc"


def _join_listed(doc: Doc, names: Sequence[Candidate], words: Words) -> None:
    """*Japan, Philippines sign pact*, *Zimbabwe, EU bury hatchet*: a country is in no apposition to another, nor a name
    that no second comma parts from a verb in the plural to a country, but coordinated with it. *Chad, Mali rebels sign
    truce*: nor is one that a comma follows a part of the next noun's name."""
    entries = words.gazetteer.entries
    capitals = {n.head for n in names if (e := entries.get(n.gazetteer or "")) is not None and e.capital_of}
    types = {n.head: n.type for n in names if n.kind == "name"}
    for index, type_ in types.items():
        token = doc[index]
        first, end = token.head, token.right_edge.i + 1
        if token.dep_ in ("compound", "nmod", "nmod:unmarked") and type_ == "Country" and first.dep_ == "nsubj":
            _part_from(token, first)
        if index in capitals and first.i in capitals and first.i < index and token.dep_ in ("appos", "nmod:unmarked"):
            # Of two capitals each stands for its state (*Seoul, Tokyo to share intelligence*).
            token.dep_ = "conj"
        if token.dep_ != "appos" or first.i > index or types.get(first.i) != "Country":
            continue
        comma = any(t.text == "," for t in doc[first.i : index]) and doc[min(end, len(doc) - 1)].text != ","
        together = first.dep_ == "nsubj" and first.head.tag_ == "VBP" and type_ in ("Organization", "Place", "Group")
        if type_ == "Country" or (comma and together):
            token.dep_ = "conj"


def _join_hyphened(doc: Doc, names: Sequence[Candidate]) -> None:
    """*Iraqi-Turkish talks*: of two states before and after a hyphen each is the noun's."""
    heads = {name.head for name in names if name.type == "Country"}
    for index in heads:
        first = doc[index]
        second = first.head
        if second.i != index + 2 or second.i not in heads or first.nbor(1).text not in ("-", "–"):
            continue
        if second.dep_ in ("amod", "compound", "nmod:poss") and second.head.i > second.i:
            first.head, first.dep_ = second.head, second.dep_
            second.head, second.dep_ = first, "conj"


def _part_from(country: Token, noun: Token) -> None:
    """Make a country that a comma parts from a noun which it was hung on the subject, with the noun coordinated."""
    between = country.doc[country.i + 1 : noun.i]
    if between.text[:1] != "," or len(between) > 3 or children(country, "case") or noun.head.i < noun.i:
        return
    for part in children(country, "conj"):
        part.head, part.dep_ = noun, "compound"
    country.head, country.dep_ = noun.head, noun.dep_
    noun.head, noun.dep_ = country, "conj"


def _free_recipients(doc: Doc, names: Sequence[Candidate], words: Words) -> None:
    """*sold Azerbaijan drones*: a name between a verb of giving and its object is who gets it, not a modifier."""
    for name in names:
        if name.kind != "name" or name.type not in ("Country", "Organization", "Person", "Place") or name.start == 0:
            continue
        head, verb = doc[name.head], doc[name.start - 1]
        thing = head.head
        between = thing.i > head.i and thing.dep_ == "obj" and thing.head.i == verb.i
        if not between or head.dep_ not in ("compound", "nmod:unmarked", "nmod") or children(head, "case"):
            continue
        told = any(mark in ("to", "for") for token in (verb, thing) for mark, _ in obliques(token))
        if verb.lemma_ in words.lexicon.transfer_verbs and not told and thing.tag_ != "NNP":
            head.head, head.dep_ = verb, "iobj"


def _free_described_recipients(doc: Doc, words: Words) -> None:
    """*denied a Chilean opposition leader asylum*: a person's noun with words of its own between a verb of giving and its
    object is who gets it, not a modifier."""
    for noun in doc:
        thing = noun.head
        if noun.dep_ != "compound" or noun.tag_ not in ("NN", "NNS") or thing.dep_ != "obj" or thing.i != noun.i + 1:
            continue
        verb, own = thing.head, children(noun, "compound", "amod")
        first = thing.left_edge
        if verb.lemma_ not in words.lexicon.transfer_verbs or not own or first.dep_ != "det" or first.i != verb.i + 1:
            continue
        if noun_type(noun, words).type == "Person" and noun_type(thing, words).type != "Person":
            noun.head, noun.dep_ = verb, "iobj"
            for word in [c for c in thing.children if c.i < noun.i]:
                word.head = noun
