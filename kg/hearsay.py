"""What speech makes of a clause's factuality: reports, hearsay, and infinitives under words that tell of them."""

from __future__ import annotations

from spacy.tokens import Token

from kg.content import judged_by_particle
from kg.effects import KNOWN
from kg.lexicon import Lexicon
from kg.markers import Reading, is_negated
from kg.syntax import children, is_passive


def infinitive(current: Token, governor: Token, reading: Reading, lexicon: Lexicon) -> None:
    """*Has yet to agree*, *too weak to attack*, *is certain to attack*; what somebody *is said to have done* is
    hearsay."""
    cue = lexicon.infinitives.get(governor.lower_) or lexicon.infinitives.get(governor.lemma_.lower())
    if (governor.lemma_ in ("have", "be") and any(c.lower_ == "yet" for c in children(governor, "advmod"))) or (
        any(c.lower_ == "too" for c in children(governor, "advmod")) and governor.pos_ == "ADJ"
    ):
        reading.negate(governor)
    elif cue is not None:
        # Looks *to have left*, *to be leaving*.
        perfect = any(c.lower_ in ("have", "be") for c in children(current, "aux"))
        reading.weaken("possible" if perfect else cue.modality, governor)
    elif _is_hearsay(governor, lexicon):
        reading.weaken("possible", governor)


def _is_hearsay(verb: Token, lexicon: Lexicon) -> bool:
    """*Is said to*, *is not known to*; what *is known* is so."""
    said = is_passive(verb) and verb.lemma_ in lexicon.speech and not lexicon.effects.get(verb.lemma_)
    return said and (verb.lower_ not in KNOWN or is_negated(verb, lexicon))


def is_report(current: Token, governor: Token, lexicon: Lexicon) -> bool:
    """Whether the governor reports the current clause as somebody's speech or thought."""
    if current.dep_ != "ccomp" or governor.pos_ != "VERB":
        return False
    lemma = governor.lemma_
    if judged_by_particle(governor, lexicon):
        # *Ruled out sending them*: no report.
        return False
    if lemma in lexicon.speech or lemma in lexicon.denials:
        # *demanded that X withdraw*, *proposed that …*: what is asked for is not told as a fact; *insists that X
        # withdraws* tells it as one.
        wished = any(e.modality == "desired" for e in lexicon.effects.get(lemma, ()))
        return not wished or lemma in ("tell", "say") or _is_indicative(current)
    return False


def _is_indicative(clause: Token) -> bool:
    """Whether a clause is finite and no subjunctive: *that he leaves*, *that he will leave*, not *that he leave*."""
    auxiliaries = children(clause, "aux", "aux:pass", "cop")
    if not auxiliaries and clause.tag_ == "VBD" and clause.lower_ == clause.lemma_:
        # Demanding Peru *cut* its aid.
        return False
    if auxiliaries:
        first = auxiliaries[0]
        return first.lower_ not in ("should", "be", "to", "must", "ought")
    return clause.tag_ in ("VBZ", "VBD")


def hearsay(trigger: Token, reading: Reading, lexicon: Lexicon) -> None:
    """*…, it is claimed*: nobody in particular says so."""
    for beside in children(trigger, "parataxis"):
        if is_passive(beside) and beside.lemma_ in lexicon.echoes and not children(beside, "obl:agent", "ccomp"):
            reading.weaken("possible", beside)
