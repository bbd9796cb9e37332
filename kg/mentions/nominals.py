"""Descriptions and pronouns as candidates, and the words of their phrases."""

from __future__ import annotations

import re

from spacy.tokens import Token

from kg.lexicon import NounType
from kg.mentions.candidates import Candidate, Words
from kg.mentions.context import country_near, gender_of, is_acting_place, title_in
from kg.model import EntityType
from kg.syntax import SUBJECTS, act_named, children, phrase, preposition

# What a noun names that the lexicon doesn't have.
UNKNOWN = NounType("Item", None)
SOMEBODY = NounType("Person", None)
# *The 54-year-old*.
AGED = re.compile(r"\d+ ?- ?year ?- ?old")
# The first and the second of two spoken of before.
ORDINALS = frozenset({"former", "latter"})
# Dependents that the phrase of a noun doesn't take in: what is coordinated with it, beside it or said of it.
OUTSIDE = frozenset(
    (
        "conj",
        "cc",
        "appos",
        "parataxis",
        "cop",
        "nsubj",
        "nsubj:pass",
        "nsubj:outer",
        "aux",
        "advcl",
        "obl",
        "list",
        "dep",
        "orphan",
        "punct",
        "discourse",
    )
)


def whole_phrase(head: Token, start: int, end: int) -> tuple[int, int]:
    """[start, end) of a description with all that belongs to it: complements and clauses that tell which one is meant,
    but no apposition and nothing coordinated."""
    inside = [head.i]
    for child in head.children:
        if child.dep_ not in OUTSIDE and not (child.dep_ == "case" and child.i < head.i):
            inside += [t.i for t in child.subtree]
    first, last = min(start, *inside), max(end, *(i + 1 for i in inside))
    doc = head.doc
    while first < head.i and _is_outside(doc[first], head):
        first += 1
    while last - 1 > head.i and (doc[last - 1].is_punct or doc[last - 1].is_space or doc[last - 1].tag_ == "POS"):
        last -= 1
    return first, last


def _is_outside(first: Token, head: Token) -> bool:
    """Whether the first word of a phrase doesn't belong to it: prepositions, and adverbs that go with the clause (*also*
    a minority, *both* reporters and editors)."""
    if first.is_punct or first.is_space or first.dep_ in ("case", "cc", "mark", "cc:preconj"):
        return True
    return first.dep_ == "advmod" and first.head.i == head.i


def find_nominal(token: Token, named: set[int], words: Words) -> Candidate | None:
    """The candidate of a noun phrase or pronoun headed by a token that is in no name; None if it heads none."""
    if token.i in named or token.is_space:
        return None
    if token.pos_ == "PRON" and token.tag_ in ("PRP", "PRP$") and token.dep_ != "expl":
        return _pronoun(token, words)
    if token.dep_ == "advmod" and token.tag_ == "RB" and token.lower_ == "there":
        return _pointer(token, token.i, "Place")
    if token.lower_ in ORDINALS and token.dep_ not in ("amod", "compound") and children(token, "det"):
        return _pointer(token, children(token, "det")[0].i, "Item")
    if token.lower_ == "two" and token.tag_ == "CD" and token.dep_ in SUBJECTS and children(token, "det"):
        return _pointer(token, children(token, "det")[0].i, "Item", plural=True)
    if _counts_people(token, words):
        return _people(token)
    if token.tag_ == "$" and _sum(token, words) is None:
        return _amount(token)
    if act_named(token) and token.dep_ in ("advcl", "xcomp"):
        return _act(token)
    if token.lower_ == "old" and token.dep_ not in ("amod", "acl", "advmod") and children(token, "det"):
        return _aged(token)
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("flat", "fixed", "goeswith"):
        return None
    if token.dep_ == "compound" and not _attacks(token, words):
        return None
    if token.dep_ == "nmod:desc" and token.head.i in named:
        return None
    start, end = phrase(token)
    noun = UNKNOWN if _is_condition(token) else noun_type(token, words)
    noun = NounType("Place", None) if _is_worked_on(token, words) else noun
    noun = NounType("Organization", None) if noun.type == "Place" and is_acting_place(token, words) else noun
    plural = token.tag_ in ("NNS", "NNPS")
    several = plural or token.dep_ == "compound"
    type_: EntityType = "Group" if (noun.type == "Person" and several) or _wields(token, words) else noun.type
    return Candidate(
        start, end, token.i, "nominal", type_, noun.subtype, _sum(token, words) or label_of(token, words),
        country=country_near(token, words), gazetteer=None, plural=plural,
        definite=any(c.lower_ in ("the", "this", "that", "these", "those", "both") for c in children(token, "det", "det:predet")),
        gender=gender_of([token.lemma_], words), title=title_in(token, words) if noun.type in ("Person", "Group") else None,
    )  # fmt: skip


def _sum(token: Token, words: Words) -> str | None:
    """A sum of money with its number (*5 million euros*); None for what is none."""
    numbers = children(token, "nummod")
    if not numbers or token.lemma_.lower() not in words.lexicon.currencies:
        return None
    start = min(t.i for t in numbers[0].subtree if t.pos_ == "NUM" or t.i == numbers[0].i)
    return token.doc[start : token.i + 1].text


def _is_condition(token: Token) -> bool:
    """Whether a noun without an article is a state to be in, no person (*in exile*, *in office*)."""
    bare = token.tag_ == "NN" and not any(c.dep_ in ("det", "nmod:poss", "amod", "compound") for c in token.children)
    return bare and token.dep_ in ("obl", "nmod") and preposition(token) in ("in", "into", "from")


def _attacks(token: Token, words: Words) -> bool:
    """*A **rebel** raid*, *the **army** offensive*: a force that is named before what it does."""
    noun, lexicon = noun_type(token, words), words.lexicon
    lemma, deed = token.lemma_.lower(), token.head.lemma_.lower()
    force = noun.type == "Group" or noun.subtype == "ArmedGroup" or lemma in lexicon.state_servants | lexicon.armed
    return force and deed in lexicon.instruments | lexicon.assaults and not children(token, "compound", "amod")


def _counts_people(number: Token, words: Words) -> bool:
    """*Killed 12*, *wounding hundreds*: how many people something was done to."""
    harmed = number.dep_ == "obj" and number.head.lemma_ in words.lexicon.casualties
    many = number.tag_ == "NNS" and number.lemma_.lower() in words.lexicon.counts
    return harmed and (number.tag_ == "CD" or many) and not children(number, "nmod", "flat")


def _people(number: Token) -> Candidate:
    start, end = phrase(number)
    return Candidate(
        start, end, number.i, "nominal", "Group", None, number.doc[start:end].text, country=None, gazetteer=None,
        plural=True, definite=False, gender=None, title=None,
    )  # fmt: skip


def _pointer(token: Token, start: int, type_: EntityType, plural: bool = False) -> Candidate:
    """*there*, *the former*, *the latter*, *the two*."""
    return Candidate(
        start, token.i + 1, token.i, "pronoun", type_, None, token.text, country=None, gazetteer=None, plural=plural,
        definite=True, gender=None, title=None,
    )  # fmt: skip


def _aged(token: Token) -> Candidate | None:
    """*The 54-year-old*."""
    start, end = phrase(token)
    if not AGED.search(token.doc[start:end].text):
        return None
    return Candidate(
        start, end, token.i, "nominal", "Person", None, token.doc[start + 1 : end].text, country=None, gazetteer=None,
        plural=False, definite=children(token, "det")[0].lower_ == "the", gender=None, title=None,
    )  # fmt: skip


def _amount(token: Token) -> Candidate | None:
    """A sum of money (*$2 million*), which the parser hangs on the sign."""
    numbers = [t for child in children(token, "nummod") for t in child.subtree if t.i > token.i]
    if not numbers:
        return None
    end = max(t.i for t in numbers) + 1
    return Candidate(
        token.i, end, token.i, "nominal", "Item", None, token.doc[token.i : end].text,
        country=None, gazetteer=None, plural=False, definite=False, gender=None, title=None,
    )  # fmt: skip


def _act(token: Token) -> Candidate:
    """What somebody is accused of or thanked for, in one word (*of smuggling*)."""
    return Candidate(
        token.i, token.i + 1, token.i, "nominal", "Item", None, token.lower_, country=None, gazetteer=None, plural=False,
        definite=False, gender=None, title=None,
    )  # fmt: skip


def _is_worked_on(token: Token, words: Words) -> bool:
    """Whether what may be a body is a place: *dredge a channel*, *ships passed through the channel*."""
    if token.lemma_.lower() not in words.lexicon.doubtful_bodies:
        return False
    beside = [*children(token, "amod", "compound"), *([token.head] if token.dep_ in ("obj", "nsubj:pass") else [])]
    through = token.dep_ in ("obl", "nmod") and preposition(token) in ("through", "across", "along", "near", "at")
    return through or any(t.lemma_.lower() in words.lexicon.works for t in beside)


def _wields(token: Token, words: Words) -> bool:
    """Warplanes, ships and the like that do something stand for those who use them."""
    return (
        token.lemma_.lower() in words.lexicon.military
        and (token.dep_ in ("nsubj", "obl:agent") or (token.dep_ == "nmod" and preposition(token) == "by"))
        and country_near(token, words) is not None
    )


def _pronoun(token: Token, words: Words) -> Candidate:
    lower = token.lower_
    person: EntityType = (
        "Person" if lower in words.lexicon.genders or lower in ("i", "me", "my", "mine", "myself") else "Item"
    )
    return Candidate(
        token.i, token.i + 1, token.i, "pronoun", person, None, token.text, country=None, gazetteer=None,
        plural=lower in ("they", "them", "their", "theirs", "themselves", "we", "us", "our", "ours", "ourselves"),
        definite=True, gender=gender_of([lower], words), title=None,
    )  # fmt: skip


def noun_type(token: Token, words: Words) -> NounType:
    """What a noun names, by the lexicon; the compound with the word before it first (*air force*). Unknown nouns are
    items."""
    beside = (token.i - 1, token.i - 2 if token.i > 1 and token.nbor(-1).text == "-" else -1)
    compounds = [child for child in children(token, "compound", "amod") if child.i in beside]
    for child in compounds:
        # The *lower* house: a comparative's lemma is another word.
        for first in (child.lemma_.lower(), child.lower_):
            joined = f"{first} {token.lemma_.lower()}"
            if joined in words.lexicon.nouns:
                return words.lexicon.nouns[joined]
            if joined in words.lexicon.roles:
                return SOMEBODY
    lemma = token.lemma_.lower()
    if lemma in words.lexicon.military and any("-" in c.text and c.text[-1].isdigit() for c in compounds):
        # F-16 fighters are no people, M23 fighters are.
        return UNKNOWN
    # Attachés without their accent: the lemma is one letter short.
    for key in (lemma, token.lower_, lemma.removesuffix("s"), f"{lemma}e" if token.tag_ == "NNS" else lemma):
        found = words.lexicon.nouns.get(key)
        if found:
            return found
    return SOMEBODY if lemma in words.lexicon.roles or _is_made_of_man(token) or is_counted_rest(token) else UNKNOWN


def _is_made_of_man(token: Token) -> bool:
    """*Trawlermen*, *tribeswoman*."""
    word, plural = token.lower_, token.tag_ == "NNS"
    return len(word) > 7 and token.pos_ == "NOUN" and word.endswith(("men", "women") if plural else ("man", "woman"))


def is_counted_rest(token: Token) -> bool:
    """*Eleven others*: people, where nothing else is counted before."""
    return token.lower_ == "others" and bool(children(token, "nummod"))


def label_of(token: Token, words: Words) -> str:
    """How a description is called: its phrase without determiners, numbers, possessors and words like *former*."""
    start, end = phrase(token)
    kept = []
    for part in token.doc[start:end]:
        owner = part if part.head.i == token.i else next((a for a in part.ancestors if a.head.i == token.i), part)
        outside = (
            part.i != token.i
            and owner.dep_ in ("det", "det:predet", "nummod", "nmod:poss", "advmod", "punct")
            and owner.text not in ("-", "–")
        )
        if (
            not outside
            and not part.is_space
            and not (part.i == start and part.dep_ == "det")
            and not (owner.dep_ == "amod" and owner.lemma_.lower() in words.lexicon.quantifying)
        ):
            kept.append(part)
    kept += _membership(token, words)
    label = _joined(kept).strip(" -–'’\"“”") or token.text
    opens = bool(kept) and kept[0].pos_ != "PROPN" and len(kept[0]) > 1 and kept[0].is_title and kept[0].tag_ != "NNP"
    return label[0].lower() + label[1:] if opens and kept[0].is_sent_start and not kept[0].ent_type_ else label


def _membership(token: Token, words: Words) -> list[Token]:
    """What members are members of: nothing is said of *members* alone."""
    if words.lexicon.roles.get(token.lemma_.lower()) != "memberOf" or token.tag_ != "NNS":
        return []
    whole = next((c for c in children(token, "nmod") if preposition(c) == "of"), None)
    return [t for t in whole.subtree if t.i <= whole.i] if whole is not None else []


def _joined(tokens: list[Token]) -> str:
    text = ""
    for previous, token in zip([None, *tokens], tokens, strict=False):
        gap = previous is not None and (previous.whitespace_ or previous.i + 1 != token.i)
        text += (" " if gap else "") + token.text
    return " ".join(text.split())


def is_end_of(token: Token) -> bool:
    """*Demanded **an end** to the embargo*: what is to be put to something is no vague word."""
    return any(c.lower_ in ("a", "an") for c in children(token, "det")) and any(
        preposition(c) == "to" for c in children(token, "nmod")
    )
