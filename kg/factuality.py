"""Is it so? Polarity and modality of an event from the words that govern it (after Saurí & Pustejovsky 2012).

From the word that names the event up through what governs it: negation, modal verbs, adverbs, conditions, and
governing verbs and nouns that make what they govern false, possible, to come or wished for. A reporting verb ends the
way: what it reports is its speaker's claim, and judged as he puts it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Token

from kg.lexicon import Effect, Lexicon
from kg.model import Modality, Polarity
from kg.syntax import CLAUSE, SUBJECTS, children, climb, preposition

# Which modality remains where several words weaken an event.
STRENGTH: dict[Modality, int] = {"actual": 0, "future": 1, "desired": 2, "possible": 3}


class Factuality(NamedTuple):
    """Polarity, modality, and the tokens that decided them."""

    polarity: Polarity
    modality: Modality
    negators: tuple[int, ...]
    modals: tuple[int, ...]


@dataclass
class _Reading:
    """What has been met on the way up."""

    negators: list[int] = field(default_factory=list)
    modals: list[int] = field(default_factory=list)
    modality: Modality = "actual"

    def weaken(self, modality: Modality | None, token: Token) -> None:
        if modality is None:
            return
        self.modals.append(token.i)
        if STRENGTH[modality] > STRENGTH[self.modality]:
            self.modality = modality

    def negate(self, token: Token) -> None:
        if token.i not in self.negators:
            self.negators.append(token.i)


def read_factuality(trigger: Token, lexicon: Lexicon) -> Factuality:
    """The polarity and modality of the event that a token names."""
    reading = _Reading()
    _own_words(trigger, reading, lexicon)
    current = trigger
    for governor in climb(trigger):
        if not _step(current, governor, reading, lexicon):
            break
        current = governor
    _question(trigger, reading)
    polarity: Polarity = "negative" if len(reading.negators) % 2 else "positive"
    return Factuality(polarity, reading.modality, tuple(sorted(reading.negators)), tuple(sorted(set(reading.modals))))


def _own_words(token: Token, reading: _Reading, lexicon: Lexicon) -> None:
    """Negators, modal verbs, adverbs, adjectives, conditions and the infinitive of a headline on a word itself."""
    for child in token.children:
        lower = child.lower_
        if lower in lexicon.negators and child.dep_ in (
            "advmod",
            "det",
            "case",
            "mark",
            "cc:preconj",
            "cc",
            "neg",
            "nsubj",
            "discourse",
        ):
            reading.negate(child)
        elif child.dep_ == "aux":
            effect = lexicon.modals.get(lower) or lexicon.modals.get(child.lemma_)
            if effect:
                reading.weaken(effect.modality, child)
        elif child.dep_ in ("advmod", "obl") and lower in lexicon.adverbs:
            reading.weaken(lexicon.adverbs[lower].modality, child)
        elif child.dep_ == "amod" and token.pos_ in ("NOUN", "PROPN"):
            for effect in lexicon.effects.get(child.lemma_.lower(), ()):
                reading.weaken(effect.modality, child)
        elif child.dep_ == "mark" and lower in lexicon.conditionals:
            reading.weaken("possible", child)
        elif child.dep_ in SUBJECTS and any(d.lower_ == "no" for d in children(child, "det")):
            reading.negate(child)
    if token.tag_ == "VB" and token.dep_ == "ROOT" and any(m.lower_ == "to" for m in children(token, "mark")):
        # A headline's infinitive tells the future: "Putin to visit Tehran".
        reading.weaken("future", token)


def _step(current: Token, governor: Token, reading: _Reading, lexicon: Lexicon) -> bool:
    """Take the governor's words into account; False ends the way up."""
    dep = current.dep_
    if dep == "conj":
        return _coordinated(current, governor, reading, lexicon)
    if dep in (
        "acl:relcl",
        "appos",
        "parataxis",
        "nsubj",
        "nsubj:pass",
        "nsubj:outer",
        "csubj",
        "advcl:relcl",
        "vocative",
        "discourse",
        "list",
    ):
        return False
    if dep == "advcl":
        return _adverbial(current, reading)
    if _reports(current, governor, lexicon):
        if _is_negated(governor, lexicon) and governor.lemma_ not in lexicon.denials:
            reading.weaken("possible", governor)
        for effect in lexicon.effects.get(governor.lemma_.lower(), ()) if governor.lemma_ in lexicon.denials else ():
            _apply(effect, governor, reading)
        if governor.lemma_ in lexicon.negative_raising and _is_negated(governor, lexicon):
            reading.negate(_negator(governor, lexicon) or governor)
        return False
    return _governed(current, governor, reading, lexicon)


def _governed(current: Token, governor: Token, reading: _Reading, lexicon: Lexicon) -> bool:
    """Complements and objects: the governor's own effect, then its negation and modal verbs."""
    effects = _effects_of(current, governor, lexicon)
    for effect in effects:
        _apply(effect, governor, reading)
    to = any(m.lower_ == "to" for m in children(current, "mark"))
    if current.dep_ in ("acl", "advcl") and current.tag_ == "VB" and to and not effects:
        # A headline's infinitive tells the future (Putin to visit Tehran); after other nouns it is a mere possibility.
        headline = governor.dep_ == "ROOT" and governor.pos_ == "PROPN"
        reading.weaken("future" if headline else "possible", current)
    if current.dep_ in (
        "xcomp",
        "ccomp",
        "obj",
        "obl",
        "acl",
        "nmod",
        "nmod:poss",
        "obl:agent",
        "compound",
        "iobj",
        "cop",
    ):
        if (
            current.dep_ in ("obl", "nmod", "nmod:poss", "acl", "obl:agent")
            and not effects
            and current.pos_ in ("NOUN", "PROPN", "VERB")
        ):
            # A noun in a phrase of time, place or topic doesn't depend on whether the rest is so.
            return False
        _own_words(governor, reading, lexicon)
        return True
    return False


def _effects_of(current: Token, governor: Token, lexicon: Lexicon) -> tuple[Effect, ...]:
    if governor.pos_ not in ("VERB", "NOUN", "ADJ", "AUX", "PROPN"):
        return ()
    lemma = governor.lemma_.lower()
    found = lexicon.effects.get(lemma, ())
    particle = children(governor, "compound:prt")
    if particle:
        found = lexicon.effects.get(f"{lemma} {particle[0].lower_}", found)
    if current.dep_ in ("xcomp", "ccomp", "acl", "advcl"):
        return found
    if current.dep_ in ("obj", "nsubj:pass"):
        return found
    if current.dep_ in ("obl", "nmod") and preposition(current) in (
        "for",
        "of",
        "to",
        "on",
        "about",
        "from",
        "against",
    ):
        return found
    return ()


def _apply(effect: Effect, token: Token, reading: _Reading) -> None:
    if effect.polarity == "negative":
        reading.negate(token)
    reading.weaken(effect.modality, token)


def _reports(current: Token, governor: Token, lexicon: Lexicon) -> bool:
    """Whether the governor reports the current clause as somebody's speech or thought."""
    if current.dep_ != "ccomp" or governor.pos_ != "VERB":
        return False
    lemma = governor.lemma_
    if lemma in lexicon.speech or lemma in lexicon.denials:
        # *demanded that X withdraw*, *proposed that …*: what is asked for is not told as a fact.
        return not any(e.modality == "desired" for e in lexicon.effects.get(lemma, ())) or lemma in ("tell", "say")
    return False


def _is_negated(token: Token, lexicon: Lexicon) -> bool:
    return _negator(token, lexicon) is not None


def _negator(token: Token, lexicon: Lexicon) -> Token | None:
    return next(
        (
            c
            for c in token.children
            if c.lower_ in lexicon.negators and c.dep_ in ("advmod", "det", "neg", "cc:preconj", "cc")
        ),
        None,
    )


def _coordinated(current: Token, governor: Token, reading: _Reading, lexicon: Lexicon) -> bool:
    """A coordinated predicate without subject and auxiliary of its own shares those of the first."""
    shares = not any(c.dep_ in SUBJECTS or c.dep_ == "aux" for c in current.children)
    if shares and current.pos_ in ("VERB", "NOUN", "ADJ", "PROPN"):
        _own_words(governor, reading, lexicon)
        return True
    return governor.dep_ in CLAUSE or governor.dep_ == "conj"


def _adverbial(current: Token, reading: _Reading) -> bool:
    """Adverbial clauses stand for themselves; those of purpose tell what is wished."""
    marks = {m.lower_ for m in children(current, "mark")}
    if current.tag_ == "VB" and "to" in marks:
        reading.weaken("desired", current)
    return False


def _question(trigger: Token, reading: _Reading) -> None:
    """What a question asks is not told."""
    sentence = [t for t in trigger.sent if not t.is_space]
    last = next((t for t in reversed(sentence) if t.text not in ("”", '"', "’", ")", "'")), None)
    if last is not None and last.text == "?":
        reading.weaken("possible", last)
