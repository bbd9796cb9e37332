"""Where the fillers of a frame's slots are looked for: semantic roles, prepositions, modifiers, clauses.

Roles come from the language model's semantic-role head; where it is silent the tree helps out: a missing subject from the
verb's own or inherited subject, a missing object from the verb's object. Prepositional phrases are looked for on the
trigger, on its object and, for nouns, on the verb that lends them its subject (*hold* talks *with*).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.ontology import Frame, Ontology, Source
from kg.parse import Predicate
from kg.syntax import (
    OBJECTS,
    RELATIVES,
    SUBJECTS,
    addressed,
    blamed,
    children,
    first_conjunct,
    is_passive,
    obliques,
    particle,
    preposition,
    subject,
)

# Prepositions under which a noun's agent may stand; None is a bare modifier or a subject.
BY = frozenset({None, "by", "of", "from", "between", "among"})
# Prepositions that tell where a thing is rather than who takes part.
PLACING = frozenset({"in", "at", "near", "across", "along", "inside", "outside", "off", "around"})
# Sources that are no prepositions.
ROLES_AND_LINKS = frozenset({"poss", "amod", "compound", "nsubj", "obj", "comp", "doer", "owner", "wielder"})


class Filler(NamedTuple):
    """A token that may fill a slot, and the source by which it was found."""

    token: Token
    source: Source


@dataclass(frozen=True)
class Reader:
    """What frames are matched with. `kind_of` tells of a token what kind of thing it speaks of ("actor", "person",
    "place", "thing" ...): all that fit."""

    ontology: Ontology
    lexicon: Lexicon
    kinds_of: Callable[[Token], frozenset[str]]


def past_quantity(token: Token, lexicon: Lexicon) -> Token:
    """The noun that a quantity measures (*hundreds of drones* -> *drones*), the token itself if it is no quantity."""
    money = token.tag_ == "$"
    if not _measures(token, lexicon):
        return token
    # *$2 million in assistance* is assistance.
    nearby = [*children(token, "nmod"), *(_behind(token) if money else ())]
    measured = [
        child
        for child in nearby
        if preposition(child) == ("in" if money else "of") and (not money or child.tag_ in ("NN", "NNS"))
    ]
    # Of two that hang side by side (*tens of thousands of people*) the one that measures nothing is meant.
    measured.sort(key=lambda child: _measures(child, lexicon))
    return past_quantity(measured[0], lexicon) if measured else token


def _behind(token: Token) -> Iterator[Token]:
    """The phrase that stands right behind a noun and hangs on its verb (gave $2 million *in aid*)."""
    yield from (c for c in children(token.head, "obl") if c.left_edge.i == token.right_edge.i + 1)


def _measures(token: Token, lexicon: Lexicon) -> bool:
    return token.lemma_.lower() in lexicon.quantities or token.pos_ == "NUM" or token.tag_ == "$"


def candidates(
    source: Source,
    slot: str,
    token: Token,
    predicate: Predicate | None,
    found: Mapping[str, Filler],
    reader: Reader,
    frame: Frame,
) -> Iterator[Token]:
    where = source.where
    if where.startswith("ARG"):
        yield from _by_role(where, token, predicate, reader)
    elif where in ("poss", "amod", "compound"):
        # A verb's theme may carry its counterpart: sought *Russian* support.
        host = found["theme"].token if token.pos_ == "VERB" and slot == "object" and "theme" in found else token
        yield from _modifiers(where, host)
    elif where == "wielder":
        yield from _wielders(token, predicate, reader)
    elif where in ("nsubj", "obj"):
        yield from _by_label(where, token)
    elif where == "comp":
        yield from _in_complement(token)
    elif where == "doer":
        yield from _doers(token)
    elif where == "owner":
        yield from _owners(found)
    else:
        # *Of* belongs to the noun before it: to a theme only where the frame asks for that noun (come to the *aid of*).
        nested = where != "of" or slot == "theme" or bool(frame.heads["theme"])
        yield from _by_preposition(where, token, found if nested else {}, reader, nested, frame.companions)


def _by_role(role: str, token: Token, predicate: Predicate | None, reader: Reader) -> Iterator[Token]:
    """The role's word by the semantic-role head, then by the tree where that is safe."""
    if role == "ARG0":
        yield from _controllers(token)
    if predicate is not None:
        for index, given in predicate.args:
            argument = token.doc[index]
            if argument.dep_ in SUBJECTS and argument.head.i == token.head.i and _reports(token, reader.lexicon):
                continue
            if token.dep_ == "acl:relcl" and argument.i == token.head.i and _is_whose(token):
                # *Guyana, whose president met him*: it is the president who did.
                continue
            # Talks *with* somebody and attacks *on* somebody are held and made by another.
            if role == "ARG0" and token.pos_ in ("NOUN", "PROPN") and preposition(argument) not in BY:
                continue
            if role == "ARG1" and argument.dep_ == "iobj" and argument.head.i == token.i and children(token, "obj"):
                # *Drones that Iran sold Russia*: who gets it is not what is sold.
                continue
            # Where the tree has a subject of its own, an object can't be the agent.
            if given == role and not (role == "ARG0" and argument.head.i == token.i and argument.dep_ in OBJECTS):
                first = first_conjunct(argument)
                yield first if first.head.i == token.i and role in ("ARG0", "ARG1") else _phrase_head(argument, token)
    if token.pos_ in ("VERB", "AUX"):
        yield from _by_tree(role, token)
    elif role == "ARG0":
        lender = _support_verb(token, reader)
        if lender is not None:
            yield from _agent(lender)


def _controllers(verb: Token) -> Iterator[Token]:
    """Who does what an infinitive or gerund tells, where what governs it says so more surely than roles do."""
    if verb.tag_ == "VB" and verb.head.i != verb.i:
        yield from addressed(verb)
    at_fault = blamed(verb)
    if at_fault is not None:
        # *Peru, which Chile accuses of arming them*: Peru does.
        yield at_fault
    if verb.dep_ == "acl" and verb.head.dep_ == "orphan":
        yield verb.head
    found = subject(verb) if verb.dep_ == "acl" and verb.tag_ == "VB" else None
    if found is not None and found.dep_ in SUBJECTS:
        # *Latvia* became the third state to sanction it.
        yield found


def _is_whose(clause: Token) -> bool:
    """Whether a relative clause is about what its noun has (*whose president met …*)."""
    return any(owner.tag_ == "WP$" for part in clause.children for owner in children(part, "nmod:poss"))


def _phrase_head(argument: Token, trigger: Token) -> Token:
    """The noun of a phrase for which a role points at a modifier (*Iranian* President Raisi)."""
    while argument.dep_ in ("amod", "compound", "nmod:desc", "flat", "det", "nummod") and argument.head.i not in (
        trigger.i,
        argument.i,
    ):
        argument = argument.head
    return argument


def _by_tree(role: str, verb: Token) -> Iterator[Token]:
    if role == "ARG0":
        yield from _agent(verb)
    elif role == "ARG1":
        if is_passive(verb):
            patient = verb.head if verb.dep_ == "acl" else subject(verb)
            if patient is not None:
                yield patient
        else:
            yield from children(verb, "obj") or children(verb, "iobj") or _shared_object(verb)
            gap = _relativised(verb)
            if gap is not None:
                yield gap
    elif role == "ARG2":
        yield from children(verb, "iobj")


def _shared_object(verb: Token) -> list[Token]:
    """What two verbs share that stands after the second (*condemned but did not sanction **Eritrea***)."""
    following = children(verb, "conj")
    own = [c for c in verb.children if c.i > verb.i and c not in following]
    bare = all(c.dep_ in ("advmod", "cc", "punct") for c in own)
    joined = following and following[0].pos_ == "VERB" and following[0].left_edge.i == verb.i + 1
    return children(following[0], "obj") if bare and joined else []


def _relativised(verb: Token) -> Token | None:
    """The noun whose relative clause lacks the verb's object (*drones that Moscow may want to buy*)."""
    clause = verb
    while clause.dep_ == "xcomp":
        clause = clause.head
    about = any(m.lower_ == "that" for m in children(clause, "mark"))
    told = clause.dep_ == "acl" and any(c.dep_ in SUBJECTS for c in clause.children) and not about
    relative = clause.dep_ == "acl:relcl" or told
    if not relative or children(verb, "obj", "ccomp", "xcomp") or _is_whose(clause):
        return None
    found = subject(clause)
    # Where the relative pronoun is the subject, nothing is lacking.
    return clause.head if found is not None and found.lower_ not in RELATIVES else None


def _agent(verb: Token) -> Iterator[Token]:
    """Who does it: the agent of a passive, else the subject."""
    if is_passive(verb):
        yield from children(verb, "obl:agent")
        return
    found = subject(verb)
    if found is not None:
        yield found


def _support_verb(noun: Token, reader: Reader) -> Token | None:
    """The verb that lends an event noun its subject (*hold talks*, *launched an attack*), None if there is none."""
    verb = noun.head
    if noun.dep_ in ("obj", "obl", "nsubj:pass") and verb.pos_ == "VERB" and _lends(verb, reader.lexicon):
        return None if _reports(noun, reader.lexicon) else verb
    if noun.dep_ == "conj":
        return _support_verb(noun.head, reader)
    return verb if goes_for(noun, reader.lexicon) else None


def goes_for(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun tells what somebody goes or is somewhere for (*flew to Oslo for talks*, *is in Oslo for talks*)."""
    if noun.dep_ not in ("obl", "nmod") or preposition(noun) != "for":
        return False
    there = noun.head.pos_ in ("PROPN", "NOUN") and children(noun.head, "cop") and preposition(noun.head) in PLACING
    return noun.head.lemma_ in lexicon.motion or bool(there)


def _lends(verb: Token, lexicon: Lexicon) -> bool:
    found = particle(verb)
    return (f"{verb.lemma_} {found}" if found else verb.lemma_) in lexicon.support_verbs


def _reports(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun is what a spokesman or a website announces: others take part in it."""
    verb = noun.head
    found = subject(verb) if verb.lemma_ in lexicon.speech and verb.pos_ == "VERB" else None
    return found is not None and (found.lemma_ in lexicon.sources or lexicon.roles.get(found.lemma_) == "speaksFor")


def _modifiers(where: str, noun: Token) -> Iterator[Token]:
    if noun.pos_ not in ("NOUN", "PROPN"):
        return
    for child in noun.children:
        if (
            (where == "poss" and child.dep_ == "nmod:poss")
            or (where == "amod" and child.dep_ == "amod")
            or (
                where == "compound"
                and child.dep_ in ("compound", "nmod:unmarked", "nmod")
                and preposition(child) is None
            )
        ):
            yield child


def _wielders(token: Token, predicate: Predicate | None, reader: Reader) -> Iterator[Token]:
    """Whose an attack or a weapon is that does what the verb says (*U.S. airstrikes* killed, *missiles fired by
    Israel* hit)."""
    for instrument in _by_role("ARG0", token, predicate, reader):
        if instrument.lemma_.lower() not in reader.lexicon.instruments:
            continue
        yield from children(instrument, "nmod:poss", "amod", "compound", "nmod:unmarked")
        yield from (noun for mark, noun in obliques(instrument) if mark in ("by", "from"))
        for clause in children(instrument, "acl"):
            yield from children(clause, "obl:agent")


def _by_label(label: str, token: Token) -> Iterator[Token]:
    if label == "nsubj":
        found = subject(token)
        if found is not None:
            yield found
    else:
        yield from children(token, *OBJECTS)


def _owners(found: Mapping[str, Filler]) -> Iterator[Token]:
    """Whose a theme is: rejected *Russia's* proposal, a request *from* Modi, the *UN* call."""
    if "theme" not in found:
        return
    theme = found["theme"].token
    yield from children(theme, "nmod:poss")
    yield from (noun for mark, noun in obliques(theme) if mark in ("by", "from"))
    yield from children(theme, "amod", "compound")
    for clause in children(theme, "acl"):
        yield from children(clause, "obl:agent")


def _in_complement(token: Token) -> Iterator[Token]:
    """Who takes part in what is agreed, refused, threatened, demanded: subject, objects and phrases of the clause that
    hangs on a word (*threatened to close the border with **Iraq***), nearest clause first."""
    for clause in children(token, "xcomp", "ccomp", "acl", "advcl"):
        purpose = any(m.lower_ == "to" for m in children(clause, "mark")) and not children(token, "obj")
        if clause.dep_ == "advcl" and not purpose:
            continue
        yield from (c for c in clause.children if c.dep_ in SUBJECTS)
        for part in [clause, *children(clause, "obj", "iobj")]:
            if part is not clause:
                yield part
                yield from (c for c in children(part, "nmod:poss", "amod", "compound") if c.pos_ != "PRON")
            yield from (noun for mark, noun in obliques(part) if part is clause or mark not in PLACING)
        yield from _in_complement(clause)


def _doers(token: Token) -> Iterator[Token]:
    """Who is to do what the clause under a word says (*called for **Rwanda** to leave*)."""
    for clause in children(token, "xcomp", "ccomp", "acl", "advcl"):
        if clause.dep_ != "advcl" or any(m.lower_ == "for" for m in children(clause, "mark")):
            yield from children(clause, "nsubj")


def _by_preposition(
    mark: str,
    token: Token,
    found: Mapping[str, Filler],
    reader: Reader,
    nested: bool,
    companions: frozenset[str],
) -> Iterator[Token]:
    """Phrases with a preposition on the trigger, its object or theme, or the verb that lends it its subject."""
    places = [token, *children(token, "obj")]
    if "theme" in found and found["theme"].token.sent == token.sent:
        theme = found["theme"].token
        places += [theme, past_quantity(theme, reader.lexicon)]
    # What helps to choose the frame may carry the phrase too: went to *war against*, in *touch with*.
    places += [t for t in token.children if companions and t.lemma_.lower() in companions]
    lender = _support_verb(token, reader) if token.pos_ in ("NOUN", "PROPN") else None
    if lender is not None:
        places.append(lender)
    if mark == "by" and token.pos_ == "NOUN":
        # The release of two nurses *by Mali*.
        places += [noun for of, noun in obliques(token) if of == "of"]
    if mark == "by" and token.pos_ == "VERB":
        # The sale *by Niger* was approved: by somebody else.
        nested = False
    seen = set()
    for place in places if nested else places[:1]:
        for preposition_, noun in obliques(place):
            if preposition_ == mark and noun.i not in seen and noun.i != token.i:
                seen.add(noun.i)
                yield noun
