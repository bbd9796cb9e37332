"""Open statements: what predicates say that no frame knows.

A proposition is a predicate (a verb, or what a copula says of somebody) with its subject and arguments, from the tree
and, where the tree leaves the subject open, from semantic roles. One between two entities gives an open statement,
whose relation is made of its words. Those are told apart by their frame, `open`, and are never asserted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.control import subject
from kg.frames import Match
from kg.lexicon import Lexicon
from kg.naming import slug
from kg.parse import Predicate, predicates
from kg.quantities import past_quantity
from kg.standing import State
from kg.syntax import OBJECTS, RELATIVES, SUBJECTS, children, is_passive, particle, preposition
from kg.venues import PLACE_PREPOSITIONS

# Phrases that may be arguments; those with a preposition give it to the relation.
PHRASES = frozenset({"obl", "obl:agent", "obl:unmarked"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
# Prepositions whose noun takes no part in what is said: it is compared, excepted or given as a reason.
APART = frozenset(
    {"like", "unlike", "as", "than", "despite", "because of", "due to", "except", "besides", "during", "amid"}
)
LONGEST = 60


class Argument(NamedTuple):
    """What a predicate says of its subject: the head word of a phrase with its preposition in lower case, None for
    objects, phrases without one and what a copula says."""

    preposition: str | None
    token: Token


class Proposition(NamedTuple):
    """A predicate with its subject and arguments, as head words. `chain` holds the predicate's words from the first
    that has the subject to the one that has the arguments (*wants to* **buy**): the last is `predicate`."""

    predicate: Token
    subject: Token
    arguments: tuple[Argument, ...]
    passive: bool
    chain: tuple[Token, ...]


# --- Propositions ------------------------------------------------------------------------------------


def find_propositions(doc: Doc) -> Iterator[Proposition]:
    """The propositions of a document, in order of their predicates; those without a subject are left out."""
    roles = {p.word: p for p in predicates(doc)}
    for token in doc:
        if _is_predicate(token):
            found = _subject_of(token, roles.get(token.i))
            if found is not None:
                yield Proposition(token, found, tuple(_arguments(token)), _is_passive(token), tuple(_chain(token)))


def _is_predicate(token: Token) -> bool:
    if token.pos_ in ("VERB", "AUX"):
        return token.dep_ not in ("aux", "aux:pass", "cop", "amod", "case", "mark", "compound", "fixed")
    return bool(children(token, "cop"))


def _is_passive(token: Token) -> bool:
    return token.pos_ == "VERB" and is_passive(token)


def _subject_of(token: Token, predicate: Predicate | None) -> Token | None:
    """Of whom a predicate is said: the tree's subject, a noun that a participle or relative clause describes, else
    the word that the roles give."""
    if token.dep_ == "acl" and token.tag_ in ("VBN", "VBG"):
        return token.head
    found = subject(token)
    if found is None and token.dep_ == "acl:relcl" and not _relativised(token):
        found = token.head
    if found is None and predicate is not None:
        wanted = "ARG1" if _is_passive(token) else "ARG0"
        found = next((token.doc[i] for i, role in predicate.args if role == wanted), None)
        if found is not None and found.pos_ not in NOMINAL:
            found = None
    return antecedent(found) if found is not None else None


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for, else the token itself."""
    if token.lower_ in RELATIVES and token.pos_ in ("PRON", "SCONJ", "DET"):
        clause = next((a for a in token.ancestors if a.dep_ == "acl:relcl"), None)
        return clause.head if clause is not None else token
    return token


def _chain(token: Token) -> list[Token]:
    """The predicates from the one that has a subject of its own down to this one."""
    found = [token]
    while found[0].dep_ == "xcomp" and found[0].head.pos_ in ("VERB", "ADJ", "AUX") and not _own_subject(found[0]):
        found.insert(0, found[0].head)
    return found


def _own_subject(token: Token) -> bool:
    return any(c.dep_ in SUBJECTS for c in token.children)


def _arguments(token: Token) -> Iterator[Argument]:
    if token.pos_ not in ("VERB", "AUX") and token.pos_ in NOMINAL and token.pos_ != "ADJ":
        yield Argument(preposition(token), token)
    for child in token.children:
        if child.dep_ in ("obj", "iobj"):
            yield Argument(None, antecedent(child))
        elif child.dep_ in PHRASES or (child.dep_ == "nmod" and token.pos_ == "ADJ"):
            yield Argument(preposition(child), antecedent(child))
    if _relativised(token):
        yield Argument(None, token.head)


def _relativised(token: Token) -> bool:
    """Whether a relative clause lacks its object (*the deal Iran rejected*)."""
    if token.dep_ != "acl:relcl" or children(token, "obj", "ccomp", "xcomp") or token.pos_ != "VERB":
        return False
    found = [c for c in token.children if c.dep_ in SUBJECTS]
    relative = [t for c in found for t in c.subtree if t.lower_ in RELATIVES and t.dep_ in ("nmod:poss", *SUBJECTS)]
    elsewhere = any(c.lower_ in ("where", "when", "why") for c in token.children)
    return bool(found) and not relative and not elsewhere and not is_passive(token)


# --- Open statements ---------------------------------------------------------------------------------


class Open(NamedTuple):
    """An open statement as the text tells it: its relation, and the head words of its slots. `acts` holds where the
    subject is the one who does it, so that a capital is its government."""

    relation: str
    trigger: Token
    subject: Token
    object: Token
    acts: bool


def find_open(
    doc: Doc, claimed: Collection[int], is_entity: Callable[[Token], bool], lexicon: Lexicon
) -> Iterator[Open]:
    """The open statements of a document: what its predicates say of two entities, those at the tokens in `claimed`
    left out. `is_entity` tells whether a word speaks of one."""
    roles = {p.word: p for p in predicates(doc)}
    for proposition in find_propositions(doc):
        if proposition.predicate.i in claimed:
            continue
        predicate = roles.get(proposition.predicate.i)
        pairs = [p for p in _pairs(proposition, predicate, lexicon) if is_entity(p.subject) and is_entity(p.object)]
        direct = any(p.preposition is None for p in pairs)
        for pair in pairs:
            # Beside an object, a place is where it happens.
            if pair.relation and not (direct and pair.preposition in PLACE_PREPOSITIONS):
                acts = _is_agent(pair.subject, predicate)
                yield Open(pair.relation, proposition.predicate, pair.subject, pair.object, acts)


def claimed_words(matches: Collection[Match], states: Collection[State]) -> frozenset[int]:
    """The words of which frames and states speak for: their triggers, and the verbs that lend an event noun its
    subject (*took part in **talks***)."""
    events = [match.trigger for match in matches]
    lenders = [found for t in events if t.pos_ != "VERB" and (found := lender(t)) is not None]
    return frozenset(t.i for t in (*events, *lenders, *(state.trigger for state in states)))


def lender(noun: Token) -> Token | None:
    """The verb of whose objects or phrases a noun is a part."""
    while noun.dep_ in ("obj", "obl", "nmod", "nsubj:pass", "conj", "compound") and noun.head.i != noun.i:
        noun = noun.head
        if noun.pos_ == "VERB":
            return noun
    return None


def _is_agent(token: Token, predicate: Predicate | None) -> bool:
    return predicate is not None and (token.i, "ARG0") in predicate.args


class Pair(NamedTuple):
    """What a proposition says of two words; `preposition` is the object's."""

    subject: Token
    object: Token
    relation: str
    preposition: str | None


def _pairs(proposition: Proposition, predicate: Predicate | None, lexicon: Lexicon) -> Iterator[Pair]:
    """A pair for each argument. In the passive the agent is the subject of the active relation, and phrases go with
    the participle (*was deported to*)."""
    if proposition.predicate.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        yield from _nominal_pairs(proposition)
        return
    word, patient, passive = proposition.predicate, proposition.subject, proposition.passive
    lemma = word.lemma_.lower()
    particles = [p] if (p := particle(word)) else []
    for mark, argument in proposition.arguments:
        token = past_quantity(argument, lexicon)
        if passive and argument.dep_ == "obl:agent":
            yield Pair(token, patient, relation_name(lemma, *particles), None)
        elif _is_told(mark, argument, word, predicate, lexicon):
            name = relation_name(word.lower_ if passive else lemma, *particles, mark or "")
            yield Pair(patient, token, name, mark)


def _is_told(mark: str | None, argument: Token, word: Token, predicate: Predicate | None, lexicon: Lexicon) -> bool:
    """Whether an argument takes part in what the predicate says: sources and likenesses don't, nor does the noun that
    another predicate is said of (*want **the West** to leave*)."""
    if mark is not None:
        return mark not in APART and mark not in lexicon.speech_prepositions and not mark.startswith("according")
    if argument.dep_ in OBJECTS and children(word, "xcomp"):
        takes_part = predicate is not None and any(index == argument.i for index, _ in predicate.args)
        return takes_part and word.lemma_.lower() not in lexicon.effects
    return argument.dep_ != "obl:unmarked"


def _nominal_pairs(proposition: Proposition) -> Iterator[Pair]:
    """*Putin is in Tehran*: be in; *Malta is a magnet for tourists*: magnet for."""
    noun, mark = proposition.predicate, preposition(proposition.predicate)
    if mark is not None and mark not in APART:
        yield Pair(proposition.subject, noun, relation_name("be", mark), mark)
    elif noun.pos_ == "NOUN" and mark is None:
        for phrase in children(noun, "nmod", "obl"):
            found = preposition(phrase)
            if found and found not in APART:
                name = relation_name(noun.lemma_.lower(), found)
                yield Pair(proposition.subject, antecedent(phrase), name, found)


def relation_name(*words: str) -> str:
    """The words of a relation as one name that is safe in an IRI: ASCII letters and digits, the first word in lower
    case, the others with a capital; empty where the first word leaves nothing that a name may begin with.

    >>> relation_name("travel", "through"), relation_name("pull", "out", "out of"), relation_name("習")
    ('travelThrough', 'pullOutOutOf', '')
    """
    parts = [part for word in words for part in re.split("-", slug(word, LONGEST)) if part]
    if not parts or not parts[0][0].isalpha() or not slug(words[0], LONGEST):
        return ""
    return parts[0] + "".join(part.capitalize() for part in parts[1:])
