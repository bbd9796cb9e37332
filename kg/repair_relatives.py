"""Repairs of clauses that hang on a noun in another's phrase: relative clauses by their pronoun (*who* is said of persons,
*which* and *that* rather of what they belong to), and what a call on somebody is for."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.control import called_on
from kg.mentions import Candidate, Words, noun_type
from kg.parse import give_role, predicates
from kg.syntax import SUBJECTS, children

THINGS = frozenset(("Organization", "Place", "Country", "Agreement", "Event"))


def repair_relatives(doc: Doc, names: Sequence[Candidate], words: Words) -> None:
    """Hang relative clauses on the noun that their pronoun can mean."""
    types = {name.head: str(name.type) for name in names if name.kind == "name"}
    for verb in doc:
        if verb.dep_ == "advcl" and verb.tag_ == "VB":
            _hang_on_call(verb)
        if verb.dep_ != "acl:relcl":
            continue
        _name_what(verb)
        noun = verb.head
        marks = [t for t in doc[noun.i + 1 : verb.i] if t.dep_ != "punct" and t.lower_ in ("who", "which", "that")]
        if not marks or not verb.is_ancestor(marks[0]):
            continue
        _agree_second(verb, marks[0])
        if marks[0].lower_ == "who":
            meant = _holder(noun, types, words)
        else:
            meant = _held(noun, marks[0], types, words) or _event(noun, verb, marks[0], words)
        if meant is not None:
            _move(verb, noun, meant)
        elif marks[0].lower_ == "which":
            _keep_things(verb, marks[0], types, words)


def _agree_second(verb: Token, mark: Token) -> None:
    """*Sold fuel to **rebels** that attacked the town and killed its mayor*: of whom the first verb of a relative clause
    is said the second is too."""
    given = {p.word: p.args for p in predicates(verb.doc)}
    noun = verb.head
    if not any(i == noun.i for i, _ in given.get(verb.i, ())):
        return
    for second in children(verb, "conj"):
        args = given.get(second.i, ())
        for role in [role.removeprefix("R-") for i, role in args if i == mark.i and role.startswith("R-")]:
            wrong = [i for i, own in args if own == role and i != noun.i and i < noun.i]
            if wrong:
                give_role(second, wrong[0], None)
                give_role(second, noun.i, role)


def _name_what(verb: Token) -> None:
    """*What Ukraine needs is **ammunition***, *ammunition is what it needs*: who takes the part of *what* is said beside
    it."""
    what = verb.head
    if what.lower_ not in ("what", "all") or any(t.text == "?" for t in what.sent):
        return
    if children(what, "cop"):
        named = children(what, "nsubj")
    else:
        named = [what.head] if what.dep_ == "nsubj" and children(what.head, "cop") else []
    if len(named) != 1 or named[0].pos_ not in ("NOUN", "PROPN"):
        return
    if any(c.lower_ in ("not", "n't", "n’t") for c in named[0].children):
        return
    for role in [role for p in predicates(verb.doc) if p.word == verb.i for i, role in p.args if i == what.i]:
        give_role(verb, what.i, None)
        give_role(verb, named[0].i, role)


def _keep_things(verb: Token, mark: Token, types: dict[int, str], words: Words) -> None:
    """*Men who sold rifles to **al-Shabab**, which attacked a bus, killing two*: of what *which* is said, by the tree, no
    person before it does."""
    noun = verb.head
    if _type(noun, types, words) == "Person":
        return
    clauses = [t for t in verb.subtree if t.i == verb.i or (t.pos_ == "VERB" and t.i > verb.i)]
    for predicate in predicates(verb.doc):
        if predicate.word not in {t.i for t in clauses} or not any(i == mark.i for i, _ in predicate.args):
            continue
        for i, role in predicate.args:
            argument = verb.doc[i]
            taken = any(r == f"R-{role}" for at, r in predicate.args if at == mark.i)
            if taken and argument.i != noun.i and i < noun.i and _type(argument, types, words) == "Person":
                give_role(verb.doc[predicate.word], i, None)
                give_role(verb.doc[predicate.word], noun.i, role)


def _hang_on_call(verb: Token) -> None:
    """*Backs the UN's call on Mali **to leave***: what is asked hangs on the call."""
    mark = next((m for m in children(verb, "mark") if m.lower_ == "to"), None)
    if mark is None or mark.i != verb.left_edge.i or mark.i == 0:
        return
    phrase = mark.nbor(-1)
    while phrase.dep_ in ("nmod", "conj", "flat", "compound") and phrase.head.i < mark.i:
        if phrase.dep_ == "nmod" and phrase in called_on(phrase.head):
            verb.head, verb.dep_ = phrase.head, "acl"
            return
        phrase = phrase.head


def _type(noun: Token, types: dict[int, str], words: Words) -> str:
    return types.get(noun.i) or noun_type(noun, words).type


def _holder(noun: Token, types: dict[int, str], words: Words) -> Token | None:
    """The person whose body or place a noun is: *a member of the party **who** left*."""
    person = noun.head
    if noun.dep_ != "nmod" or noun.tag_ in ("NNS", "NNPS") or _type(noun, types, words) not in THINGS:
        return None
    return person if person.i < noun.i and _type(person, types, words) == "Person" else None


def _held(noun: Token, mark: Token, types: dict[int, str], words: Words) -> Token | None:
    """The body or place right before the pronoun that a person's noun goes with: *the head of the party **that** left*."""
    if noun.pos_ != "NOUN" or (noun.tag_ == "NNS" and mark.lower_ != "which") or _type(noun, types, words) != "Person":
        return None
    inner = [c for c in children(noun, "nmod") if c.right_edge.i == mark.i - 1 - (mark.nbor(-1).text == ",")]
    return inner[0] if inner and _type(inner[0], types, words) in THINGS else None


def _event(noun: Token, verb: Token, mark: Token, words: Words) -> Token | None:
    """The event of which a clause tells that it began or took place, where its parties come between: *talks between Peru
    and Chile, **which** began on Monday*."""
    passed = noun
    while passed.dep_ == "nmod" and passed.pos_ in ("PROPN", "NOUN") and passed.head.i < passed.i:
        passed = passed.head
        if _is_event(passed, words) and mark.dep_ in SUBJECTS:
            happens = verb.lemma_ in words.lexicon.occurrence and not _is_event(noun, words)
            return passed if happens and mark.nbor(-1).text == "," else None
    return None


def _is_event(noun: Token, words: Words) -> bool:
    lemma = noun.lemma_.lower()
    found = words.lexicon.nouns.get(lemma)
    return noun.pos_ == "NOUN" and (lemma in words.lexicon.scheduled or (found is not None and found.type == "Event"))


def _move(verb: Token, noun: Token, meant: Token) -> None:
    for role in [role for p in predicates(verb.doc) if p.word == verb.i for i, role in p.args if i == noun.i]:
        give_role(verb, noun.i, None)
        give_role(verb, meant.i, role)
    verb.head = meant
