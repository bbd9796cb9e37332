"""Is it so? Polarity and modality of an event from the words that govern it (after Saurí & Pustejovsky 2012).

From the word that names the event up through what governs it: negation, modal verbs, adverbs, conditions, and
governing verbs and nouns that make what they govern false, possible, to come or wished for. A reporting verb ends the
way: what it reports is its speaker's claim, and judged as he puts it.
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from kg.adverbials import is_means, is_shown, is_timed, read_adverbial, takes_occasion
from kg.control import is_ranked
from kg.effects import apply_effect, effects_of, is_unsaid, voices
from kg.hearsay import hearsay, infinitive, is_report
from kg.judgements import (
    asks_after,
    is_announced,
    is_definite,
    is_told,
    judge_apart,
    judged,
    judges,
    no_before,
    told_by_noun,
    verdict_of,
    without_evidence,
)
from kg.lenders import goes_for, responsible
from kg.lexicon import Lexicon
from kg.markers import Reading, is_negated, negator_of, own_modals, own_words, promised
from kg.model import Modality, Polarity
from kg.prospects import idea_of, is_anothers, is_part, is_wish, leaves_open, of_idea, rejecting, supports, turns_down
from kg.syntax import CLAUSE, SUBJECTS, children, climb, is_cleft, is_passive, one_of, preposition


class Factuality(NamedTuple):
    """Polarity, modality, and the tokens that decided them."""

    polarity: Polarity
    modality: Modality
    negators: tuple[int, ...]
    modals: tuple[int, ...]


# Verbs of which not even the object need exist (imagine a country that invades its neighbour).
IMAGINING = frozenset({"imagine", "envisage", "envision", "picture"})


def read_factuality(trigger: Token, lexicon: Lexicon) -> Factuality:
    """The polarity and modality of the event that a token names."""
    reading = Reading(trigger=trigger.i)
    own_words(trigger, reading, lexicon)
    current = trigger
    for governor in climb(trigger):
        if not _step(current, governor, reading, lexicon, trigger.i):
            break
        current = governor
    said = children(current, "parataxis")
    if any(v.tag_ == "VBD" and v.lemma_ in lexicon.speech and v.i < current.i for v in said):
        # *Kenya, its president said, would never recognise it*.
        promised(current, reading)
    _question(trigger, reading)
    hearsay(trigger, reading, lexicon)
    refused = len(reading.negators) % 2 == 1 and any(n < m for n in reading.negators for m in reading.modals)
    if reading.enabled and reading.modality == "actual" and not refused:
        # Who was not let in did not come.
        reading.modality = "possible"
    polarity: Polarity = "negative" if len(reading.negators) % 2 else "positive"
    return Factuality(polarity, reading.modality, tuple(sorted(reading.negators)), tuple(sorted(set(reading.modals))))


def _step(current: Token, governor: Token, reading: Reading, lexicon: Lexicon, trigger: int) -> bool:
    """Take the governor's words into account; False ends the way up."""
    dep = current.dep_
    if dep == "acl:relcl" and any(m.lower_ == "that" for m in children(current, "mark")):
        # *The report that he left*: no relative clause, whatever the parser says.
        dep = "acl"
    if dep == "acl:relcl" and governor.dep_ == "obj" and governor.head.lemma_ in IMAGINING:
        reading.weaken("possible", governor.head)
        return False
    if dep == "acl" and governor.dep_ in SUBJECTS and (judge := verdict_of(governor.head)) is not None:
        # *The idea that he left is absurd*, *proved false*.
        judged(judge, reading, lexicon)
    if (idea := idea_of(current, governor)) is not None and lexicon.effects.get(idea.lemma_):
        # *The prospect of Iran attacking*.
        of_idea(idea, reading, lexicon)
        return False
    if dep == "conj":
        return _coordinated(current, governor, reading, lexicon)
    if one_of(current) is not None and (governor.dep_ == "xcomp" or children(governor, "cop")):
        # Is not one of the allies.
        own_words(governor, reading, lexicon)
        return True
    if dep in ("acl:relcl", "advcl:relcl") and is_cleft(governor):
        # It was not Mali that attacked.
        negator = negator_of(governor, lexicon)
        if negator is not None:
            reading.negate(negator)
        return False
    if (claimant := responsible(current, lexicon)) is not None:
        if claimant.lemma_ in lexicon.denials:
            reading.negate(claimant)
        own_words(claimant, reading, lexicon, current)
        return False
    if dep in ("nsubj:pass", "nsubj") and current.pos_ == "NOUN":
        wish = current.i == trigger and is_wish(current, lexicon) and governor.lemma_ not in lexicon.scheduling
        if not wish or governor.dep_ == "xcomp":
            _foretold(current, governor, reading, lexicon)
        return False
    if dep in (
        "acl:relcl",
        "appos",
        "parataxis",
        "nsubj",
        "nsubj:pass",
        "nsubj:outer",
        "advcl:relcl",
        "vocative",
        "discourse",
        "list",
    ):
        return False
    if goes_for(current, lexicon):
        # Flew there for talks: they were to come.
        reading.weaken("future", governor)
        return False
    if voices(current, lexicon):
        # Who marches to protest does.
        own_words(governor, reading, lexicon, current)
        return True
    if takes_occasion(current, governor, lexicon):
        own_words(governor, reading, lexicon, current)
        return dep == "advcl"
    if dep == "advcl":
        read_adverbial(current, governor, reading, lexicon)
        if is_timed(current) and read_factuality(governor, lexicon).modality == "future":
            # Will meet them before *leaving* for Oslo, when they *come*.
            reading.weaken("future", governor)
        if is_means(current) and not is_shown(governor, lexicon):
            reading.weaken(read_factuality(governor, lexicon).modality, governor)
        return False
    if asks_after(current):
        return False
    if (judge := judge_apart(current, governor)) is not None:
        return judged(judge, reading, lexicon)
    if dep in ("csubj", "ccomp") and judges(governor):
        return judged(governor, reading, lexicon)
    if dep in ("acl", "ccomp") and (no := no_before(current, governor)) is not None:
        return without_evidence(no, governor, reading, lexicon)
    if dep == "acl" and is_ranked(governor):
        # The first to recognise it has done so, and will if he will be the first.
        own_words(governor, reading, lexicon)
        return True
    if dep == "acl" and is_told(current, governor, lexicon):
        return told_by_noun(governor, reading, lexicon)
    if governor.lower_ == "short" and any(m.lower_ == "of" for m in children(current, "mark", "case")):
        # Stopped short of attacking.
        reading.negate(governor)
        return False
    unnamed = is_passive(governor) and not children(governor, "obl:agent")
    if dep in ("ccomp", "csubj", "csubj:pass") and unnamed and governor.lemma_ in lexicon.speech:
        # It is said that: nobody in particular says so.
        reading.weaken("possible", governor)
    if is_report(current, governor, lexicon):
        if is_negated(governor, lexicon) or is_unsaid(governor, lexicon):
            reading.weaken("possible", governor)
        if leaves_open(governor, lexicon):
            return False
        if governor.lemma_ in lexicon.committing or governor.tag_ in ("VBD", "VBN"):
            promised(current, reading)
        unsure = governor.lemma_ in lexicon.beliefs - lexicon.negative_raising
        for effect in lexicon.effects.get(governor.lemma_, ()) if unsure or governor.lemma_ in lexicon.denials else ():
            # Doubts, fears and suspicions don't tell that it is so.
            apply_effect(effect, governor, reading, lexicon)
        if governor.lemma_ in lexicon.negative_raising and is_negated(governor, lexicon):
            reading.negate(negator_of(governor, lexicon) or governor)
        return False
    if dep in ("csubj", "csubj:pass"):
        return False
    if (
        current.i == trigger
        and current.dep_ == "obj"
        and is_wish(current, lexicon)
        and turns_down(current, governor, lexicon)
    ):
        # A rejected request was made.
        return False
    return _governed(current, governor, reading, lexicon)


def _foretold(noun: Token, governor: Token, reading: Reading, lexicon: Lexicon) -> None:
    """What is said of an event: *a visit is planned*, *was called off*, *the talks will not take place*."""
    if is_announced(noun, governor, lexicon):
        reading.weaken("future", governor)
    if noun.dep_ == "nsubj:pass":
        effects = effects_of(noun, governor, lexicon)
        present = {"is", "are"} & {c.lower_ for c in children(governor, "aux:pass", "aux")}
        if not effects and present and not {"been"} & {c.lower_ for c in children(governor, "aux:pass")}:
            # Was expected: and came, or didn't. Is expected, is being arranged: it is still to come.
            effects = lexicon.effects.get(governor.lemma_.lower(), ())
    else:
        effects = lexicon.effects.get(governor.lemma_.lower(), ()) if governor.pos_ == "ADJ" else ()
    for effect in effects:
        apply_effect(effect, governor, reading, lexicon)
    comes_about = lexicon.occurrence if noun.dep_ == "nsubj" else lexicon.support_verbs
    if effects or governor.lemma_ in comes_about:
        own_words(governor, reading, lexicon, noun)


def _governed(current: Token, governor: Token, reading: Reading, lexicon: Lexicon) -> bool:
    """Complements and objects: the governor's own effect, then its negation and modal verbs."""
    if current.dep_ == "obj" and governor.lemma_ in lexicon.presupposing and is_definite(current):
        return False
    if is_announced(current, governor, lexicon):
        reading.weaken("future", governor)
        own_words(governor, reading, lexicon, current)
        return True
    effects = effects_of(current, governor, lexicon)
    remark = current.dep_ == "obj" and current.pos_ == "NOUN" and current.lemma_ in lexicon.speech
    if remark and governor.lemma_ in lexicon.denials:
        # Who rejects remarks doesn't say that they weren't made.
        return False
    another = current.dep_ == "obj" and current.pos_ == "NOUN" and current.i != reading.trigger
    if another and any(e.polarity == "negative" for e in effects) and is_anothers(current, governor):
        # *Rejected **Trump's** decision to recognise it*: whether he did is another matter.
        reading.weaken("possible", governor)
        return False
    if any(e.polarity == "negative" for e in effects) and leaves_open(governor, lexicon):
        reading.weaken("possible", governor)
        return False
    for effect in effects:
        apply_effect(effect, governor, reading, lexicon)
    if current.dep_ == "xcomp":
        infinitive(current, governor, reading, lexicon)
    if current.dep_ in ("acl", "ccomp") and (governor.pos_ == "NOUN" or governor.lemma_ == "be"):
        # *A memo that he would resign*, *the agreement was that he would*.
        promised(current, reading)
    to = any(m.lower_ == "to" for m in children(current, "mark"))
    if current.dep_ == "acl" and to and current.tag_ == "VB" and (verb := rejecting(governor, lexicon)) is not None:
        # Voted down *a motion to reopen talks*: there will be none.
        reading.negate(verb)
    if current.dep_ in ("acl", "advcl") and current.tag_ == "VB" and to and not effects:
        # An infinitive looks ahead: in headlines (Putin to visit Tehran) and after nouns (a law to ban the party).
        reading.weaken("future", current)
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
            # A noun in a phrase of time, place or topic doesn't depend on whether the rest is so; it is to come with what
            # it is part of (*will lead them on a visit*).
            beside = preposition(current) == "alongside" or (
                preposition(current) == "with" and current.lemma_.lower() in lexicon.helps
            )
            if (beside or is_part(current, lexicon)) and read_factuality(governor, lexicon).modality == "future":
                reading.weaken("future", governor)
            return beside
        if current.dep_ == "obj" and governor.lemma_ in ("confirm", "verify", "corroborate", "substantiate"):
            if is_negated(governor, lexicon):
                reading.weaken("possible", governor)
            return False
        if current.dep_ == "obj" and current.pos_ == "NOUN" and not effects and not supports(governor, lexicon):
            # Nor does what is discussed, criticised, remembered; but who *would support an attack* speaks of none yet.
            if not is_definite(current) and any(
                c.lower_ in ("will", "would", "'ll") for c in children(governor, "aux")
            ):
                reading.weaken("possible", governor)
            return False
        own_words(governor, reading, lexicon, current)
        return True
    return False


def _coordinated(current: Token, governor: Token, reading: Reading, lexicon: Lexicon) -> bool:
    """A coordinated predicate without subject and auxiliary of its own shares those of the first."""
    shares = not any(c.dep_ in SUBJECTS or c.dep_ == "aux" for c in current.children)
    if shares and any(c.lower_ == "but" for c in children(current, "cc")) and is_negated(governor, lexicon):
        # Did not attack but helped: of the two only the first is denied.
        own_modals(governor, reading, lexicon)
        return governor.dep_ in CLAUSE
    own = negator_of(current, lexicon)
    if shares and own is not None and own.lower_ != "nor" and is_negated(governor, lexicon):
        # Has not met him, never spoke with him: each is denied by itself.
        own_modals(governor, reading, lexicon)
        return True
    if shares and current.pos_ in ("VERB", "NOUN", "ADJ", "PROPN"):
        own_words(governor, reading, lexicon)
        # *Betrayed nobody and arrested a priest*: nobody is no object of the second.
        apart = {c.i for c in children(governor, "obj", "iobj", "obl:agent") if children(current, "obj")}
        reading.negators = [n for n in reading.negators if n not in apart]
        return True
    return governor.dep_ in CLAUSE or governor.dep_ == "conj"


def _question(trigger: Token, reading: Reading) -> None:
    """What a question asks is not told."""
    sentence = [t for t in trigger.sent if not t.is_space]
    last = next((t for t in reversed(sentence) if t.text not in ("”", '"', "’", ")", "'")), None)
    if last is not None and last.text == "?":
        reading.weaken("possible", last)
