"""Words on an event's own word that negate or weaken it: negators, modal verbs, adverbs, adjectives, conditions."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.model import Modality
from kg.syntax import SUBJECTS, children

STRENGTH: dict[Modality, int] = {"actual": 0, "future": 1, "desired": 2, "possible": 3}
# Which modality remains where several words weaken an event.
# The auxiliaries that, before their subject, make a clause a condition.
INVERTED = frozenset(("had", "were", "should"))
# The modal verbs that, before a perfect, tell what was not done.
UNMET = frozenset(("should", "ought"))


@dataclass
class Reading:
    """What has been met on the way up."""

    negators: list[int] = field(default_factory=list)
    modals: list[int] = field(default_factory=list)
    modality: Modality = "actual"
    enabled: bool = False
    trigger: int = -1

    def weaken(self, modality: Modality | None, token: Token) -> None:
        if modality is None:
            return
        self.modals.append(token.i)
        if STRENGTH[modality] > STRENGTH[self.modality]:
            self.modality = modality

    def negate(self, token: Token) -> None:
        if token.i not in self.negators:
            self.negators.append(token.i)


def own_words(token: Token, reading: Reading, lexicon: Lexicon, below: Token | None = None) -> None:
    """Negators, modal verbs, adverbs, adjectives, conditions and the infinitive of a headline on a word itself;
    `below` is the word by which the way up came to it."""
    for child in token.children:
        lower = child.lower_
        if child.i > token.i and _is_of_infinitive(child, token, below):
            continue
        if lower in lexicon.negators and child.dep_ in (
            "advmod",
            "det",
            "case",
            "mark",
            "cc:preconj",
            "cc",
            "neg",
            "nsubj",
            "nsubj:pass",
            "obj",
            "iobj",
            "obl:agent",
            "discourse",
        ):
            if not _is_no_negation(child, token, lexicon):
                reading.negate(child)
        elif child.dep_ == "obl" and child.i < token.i and _is_fronted_no(child, token, lexicon):
            reading.negate(child)
        elif child.dep_ == "advmod" and any(c.lower_ in lexicon.negators for c in children(child, "advmod", "det")):
            # no longer, not yet; but: not far from Goma, they attacked
            fronted = _opens_clause(child, token) and not _is_fronted_no(child, token, lexicon)
            if not fronted and not _is_exceeded(token) and not _is_measure(child, lexicon):
                reading.negate(child)
        elif child.dep_ == "aux":
            effect = lexicon.modals.get(lower) or lexicon.modals.get(child.lemma_)
            perfect = any(c.lower_ in ("have", "'ve", "’ve") for c in children(token, "aux"))
            if effect and effect.modality == "desired" and perfect:
                _looks_back(child, token, reading)
            elif effect:
                reading.weaken(effect.modality, child)
        elif child.dep_ == "advmod" and lower in lexicon.approximators and token.pos_ == "VERB":
            reading.negate(child)
        elif child.dep_ in ("advmod", "obl") and lower in lexicon.adverbs and not _is_as_soon(child):
            reading.weaken(lexicon.adverbs[lower].modality, child)
        elif child.dep_ in ("amod", "compound") and token.pos_ in ("NOUN", "PROPN"):
            adjective = lexicon.adjectives.get(child.lower_) or lexicon.adjectives.get(child.lemma_.lower())
            if adjective is not None:
                reading.weaken(adjective.modality, child)
        elif child.dep_ == "mark" and lower in lexicon.conditionals:
            reading.weaken("possible", child)
        elif child.dep_ in SUBJECTS and child != below and _is_none(child):
            reading.negate(child)
    if _is_headline_future(token):
        reading.weaken("future", token)
    if token.tag_ in ("VB", "VBN") and any(m.lower_ == "to" for m in children(token, "mark")):
        # They are, or were, to meet.
        for auxiliary in children(token, "aux", "aux:pass"):
            if auxiliary.lower_ in ("is", "are", "was", "were", "'s", "'re"):
                reading.weaken("future", auxiliary)
    if _is_inverted_condition(token):
        reading.weaken("possible", token)
    if children(token, "nsubj:outer"):
        # The agreement was that they would leave.
        promised(token, reading)


def _looks_back(modal: Token, verb: Token, reading: Reading) -> None:
    """*Should have left*: did not. *Must have left*, *should have left by now*, *should it have left?*: may have."""
    asked = any(c.i > modal.i for c in verb.children if c.dep_ in SUBJECTS)
    reckoned = any(c.lower_ in ("already", "now") for c in children(verb, "advmod", "obl"))
    if modal.lower_ in UNMET and not asked and not reckoned:
        reading.negate(modal)
    else:
        reading.weaken("possible", modal)


def _is_fronted_no(phrase: Token, verb: Token, lexicon: Lexicon) -> bool:
    """*Not since 1996 **has Taiwan** held drills*, *at no time **did Egypt** attack*: what denies opens the clause, and the
    auxiliary comes before the subject."""
    subjects = [c.i for c in verb.children if c.dep_ in SUBJECTS]
    inverted = any(phrase.i < c.i < subjects[0] for c in children(verb, "aux")) if subjects else False
    return inverted and any(c.lower_ in lexicon.negators for c in children(phrase, "advmod", "det"))


def _is_measure(adverb: Token, lexicon: Lexicon) -> bool:
    """*Not long ago*, *not once but twice*: it took place."""
    contrasted = any(m.lower_ == "but" for c in children(adverb, "conj") for m in children(c, "cc"))
    return adverb.lower_ in lexicon.measures or contrasted


def _is_exceeded(verb: Token) -> bool:
    """*No sooner had he left **than** …*: he left."""
    return any(m.lower_ == "than" for c in children(verb, "advcl") for m in children(c, "mark"))


def _is_as_soon(adverb: Token) -> bool:
    """*As soon as*, *how soon*: when it was, not that it is to come."""
    return any(c.lower_ in ("as", "how", "so") for c in children(adverb, "advmod"))


def _opens_clause(phrase: Token, verb: Token) -> bool:
    return verb.pos_ == "VERB" and any(phrase.i < c.i for c in verb.children if c.dep_ in SUBJECTS)


def _is_headline_future(verb: Token) -> bool:
    """*Putin to visit Tehran*, *Putin to visit Tehran, Kremlin says*."""
    marks = [m.lower_ for m in children(verb, "mark")]
    if verb.tag_ != "VB" or marks != ["to"] or children(verb, "aux"):
        return False
    return verb.dep_ == "ROOT" or (verb.dep_ in ("ccomp", "conj", "parataxis") and bool(children(verb, *SUBJECTS)))


def _is_none(noun: Token) -> bool:
    """*No soldier*, *few soldiers*, *not one soldier*, *not a single soldier*."""
    if any(d.lower_ == "no" for d in children(noun, "det")):
        return True
    if any(c.lower_ == "few" for c in children(noun, "amod")) and not children(noun, "det"):
        return True
    single = [c for c in noun.children if c.lower_ in ("one", "single")]
    denied = [c for part in [noun, *single] for c in children(part, "advmod") if c.lower_ == "not"]
    return bool(single and denied) and denied[0].i < single[0].i


def _is_of_infinitive(adverb: Token, verb: Token, below: Token | None) -> bool:
    """*Vowed never to leave*, *chose not to go*: what stands right before an infinitive is said of that, not of the
    verb above it."""
    if adverb.dep_ != "advmod" or adverb.i + 1 >= len(adverb.doc) or adverb.nbor(1).lower_ != "to":
        return False
    clauses = [
        c for c in children(verb, "xcomp", "advcl", "ccomp") if adverb.i + 1 in {m.i for m in children(c, "mark")}
    ]
    return bool(clauses) and (below is None or clauses[0].i != below.i)


def _is_no_negation(negator: Token, token: Token, lexicon: Lexicon) -> bool:
    """*Not only*, *said no*, and *nor* after a predicate that is negated itself (*neither condemned nor praised*)."""
    if negator.lower_ == "no" and negator.dep_ != "det" and negator.i > token.i:
        return True
    if negator.lower_ in ("not", "n't", "n’t"):
        after = negator.nbor(1) if negator.i + 1 < len(negator.doc) else negator
        if after.lower_ in ("until", "till", "because") and after.dep_ == "mark" and after.head.i == token.i:
            # *Not until he comes*, *not because he left*: he will, he did.
            return True
        return after.lower_ in ("only", "just", "merely", "simply", "solely") and after.dep_ == "advmod"
    return negator.lower_ == "nor" and token.dep_ == "conj" and is_negated(token.head, lexicon)


def _is_inverted_condition(token: Token) -> bool:
    """*Had Iran attacked*, *were they to attack*, *should he come*: the auxiliary opens the clause."""
    if token.dep_ != "advcl":
        return False
    opening = [c for c in token.children if c.dep_ in ("aux", "aux:pass", "cop") and c.lower_ in INVERTED]
    subjects = [c for c in token.children if c.dep_ in SUBJECTS]
    return bool(opening and subjects) and opening[0].i < subjects[0].i and opening[0].i == token.left_edge.i


def own_modals(token: Token, reading: Reading, lexicon: Lexicon) -> None:
    for child in children(token, "aux"):
        effect = lexicon.modals.get(child.lower_) or lexicon.modals.get(child.lemma_)
        if effect:
            reading.weaken(effect.modality, child)


def promised(clause: Token, reading: Reading) -> None:
    """*Announced that he would resign*: the future as seen from the past."""
    would = [c.i for c in children(clause, "aux") if c.lower_ in ("would", "'d", "’d")]
    conditional = any(m.lower_ in ("if", "unless") for c in children(clause, "advcl") for m in children(c, "mark"))
    if conditional or any(c.lower_ in ("have", "'ve", "’ve") for c in children(clause, "aux")):
        # What one would do if something else were so, or would have done, stays possible.
        return
    if would and set(reading.modals) <= set(would):
        reading.modality = "future"


def is_negated(token: Token, lexicon: Lexicon) -> bool:
    return negator_of(token, lexicon) is not None


def negator_of(token: Token, lexicon: Lexicon) -> Token | None:
    return next(
        (
            c
            for c in token.children
            if c.lower_ in lexicon.negators and c.dep_ in ("advmod", "det", "neg", "cc:preconj", "cc", "nsubj")
        ),
        None,
    )
