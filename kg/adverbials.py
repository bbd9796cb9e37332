"""Adverbial clauses stand for themselves; those of purpose tell what is to come, some what is not done."""

from __future__ import annotations

from spacy.tokens import Token

from kg.content import CHARGES
from kg.effects import TRUE, apply_effect, effects_of, is_unsaid
from kg.lexicon import Effect, Lexicon
from kg.markers import Reading, is_negated, own_words, promised
from kg.syntax import SUBJECTS, children, is_passive

# What an adverbial clause is introduced by when it tells what does not happen.
INSTEAD = frozenset(("instead of", "rather than", "far from", "short of"))
NEARBY = frozenset(("close", "near"))
NEARER = frozenset(("closer", "nearer"))
# Verbs of speech by which it is settled what happens.
SETTLING = frozenset(("rule", "resolve", "find"))
# What stands before the gerund that tells by what act something else comes about.
MEANS = frozenset(("by", "through"))
# What stands before the gerund that tells what somebody is accused of or kept from.
BLAMED = frozenset(("of", "with", "from"))
# What stands before the gerund of what somebody thinks of, aims at or is committed to.
OF_ACTS = frozenset(("of", "about", "on", "at", "to", "in"))


def read_adverbial(clause: Token, governor: Token, reading: Reading, lexicon: Lexicon) -> None:
    """Take into account what introduces an adverbial clause, and the words beside it."""
    marks = {" ".join([m.lower_, *(t.lower_ for t in children(m, "fixed"))]) for m in children(clause, "mark")}
    _on_condition(clause, governor, marks, reading, lexicon)
    _nearly(clause, governor, marks, reading)
    beside = [governor, *children(governor, "advmod", "xcomp"), *children(clause, "advmod")]
    short = "of" in marks and any(c.lower_ == "short" for c in beside)
    too = "to" in marks and any(c.lower_ == "too" for c in children(governor, "advmod"))
    # *Is far from signing it*.
    far = "from" in marks and governor.lower_ == "far"
    # *Would rather leave than apologise*.
    sooner = any(c.lower_ in ("rather", "sooner") for c in children(governor, "advmod"))
    dropped = "than" in marks and clause.tag_ == "VB" and sooner
    if marks & INSTEAD or short or too or far or dropped:
        reading.negate(governor if short or too or far else clause)
    elif "against" in marks and clause.tag_ == "VBG":
        # Warned against attacking: it may come; decided against attacking: it won't.
        if governor.lemma_ in lexicon.speech - SETTLING:
            reading.weaken("possible", governor)
        else:
            reading.negate(governor)
    elif "for" in marks and (governor.lemma_ in CHARGES or governor.lemma_.lower() in lexicon.effects):
        _charged(clause, governor, reading, lexicon)
    elif marks & OF_ACTS and clause.tag_ == "VBG" and _is_complement(clause, governor, lexicon):
        for effect in _effects_on_acts(governor, lexicon):
            apply_effect(effect, governor, reading, lexicon)
        own_words(governor, reading, lexicon, clause)
    elif marks & BLAMED and any(t.tag_ == "VBG" for t in [clause, *children(clause, "aux")]):
        _blamed(clause, governor, marks, reading, lexicon)
    elif clause.tag_ == "VB" and "to" in marks:
        _purpose(clause, governor, reading, lexicon)


def takes_occasion(clause: Token, governor: Token, lexicon: Lexicon) -> bool:
    """Whether an infinitive tells what somebody took an occasion for, or used something for, and did (*chose this day
    to return*, *took the chance to speak*, *used the base to attack*)."""
    if clause.tag_ != "VB" or not any(m.lower_ == "to" for m in children(clause, "mark")):
        return False
    if clause.dep_ == "acl":
        verb = governor.head
        taken = governor.dep_ in ("obj", "obl:unmarked") and governor.lemma_.lower() in lexicon.occasions
        return taken and verb.lemma_ in lexicon.seizing and verb.i < governor.i
    if clause.dep_ not in ("advcl", "xcomp") or governor.i > clause.i:
        return False
    objects = [c for c in children(governor, "obj", "obl:unmarked", "nsubj:pass") if c.i < clause.i]
    occasion = any(c.lemma_.lower() in lexicon.occasions for c in objects)
    return bool(objects) and (governor.lemma_ in lexicon.using or (occasion and governor.lemma_ in lexicon.seizing))


def is_timed(clause: Token) -> bool:
    """Whether a clause tells when another's act takes place, and comes with it: a gerund or a present tense."""
    marks = {m.lower_ for m in [*children(clause, "mark"), *children(clause, "advmod")]}
    gerund = clause.tag_ == "VBG" and not children(clause, "aux")
    present = clause.tag_ in ("VBZ", "VBP") or any(
        c.lower_ in ("is", "are", "has", "have") for c in children(clause, "aux")
    )
    return bool(marks & {"before", "when", "while", "once"} and (gerund or present))


def is_means(clause: Token) -> bool:
    """Whether a gerund tells by what act its clause's own comes about, or what it is: *hopes to calm them **by signing** a
    pact*, *will join them **in imposing** sanctions*."""
    marks = {m.lower_ for m in children(clause, "mark")}
    joined = "in" in marks and clause.head.lemma_ in ("join", "follow")
    bare = clause.tag_ == "VBG" and not children(clause, "aux", *SUBJECTS)
    return bare and (bool(marks & MEANS) or joined)


def is_shown(verb: Token, lexicon: Lexicon) -> bool:
    """Whether an act shows something, or somebody wants to show by it that it is so: it is done."""
    return verb.lemma_ in lexicon.speech or (verb.dep_ == "ccomp" and is_unsaid(verb.head, lexicon))


def _is_complement(clause: Token, governor: Token, lexicon: Lexicon) -> bool:
    """*Dreams of selling*, *aims at joining*, *is thinking about leaving*: a gerund right behind a word that says how far
    it is so, with nobody between them."""
    alone = not children(governor, "obj", "nsubj:pass") and not children(clause, "nsubj", "aux")
    near = governor.i < clause.i and all(
        t.dep_ in ("mark", "advmod", "punct") for t in governor.doc[governor.i + 1 : clause.i]
    )
    return alone and near and bool(_effects_on_acts(governor, lexicon))


def _effects_on_acts(governor: Token, lexicon: Lexicon) -> tuple[Effect, ...]:
    if governor.pos_ == "ADJ" and (found := lexicon.adjectives.get(governor.lemma_.lower())) is not None:
        return (found,)
    return lexicon.effects.get(governor.lemma_.lower(), ())


def _on_condition(clause: Token, governor: Token, marks: set[str], reading: Reading, lexicon: Lexicon) -> None:
    modal = any(c.dep_ == "aux" and c.lower_ in lexicon.modals for c in governor.children)
    if marks & {"until", "till"} and (modal or is_negated(governor, lexicon)):
        # Nothing will be done until they have done it.
        reading.weaken("possible", clause)
    if {"so", "that"} <= marks or "so that" in marks:
        promised(clause, reading)


def _nearly(clause: Token, governor: Token, marks: set[str], reading: Reading) -> None:
    """*Is close to signing*, *moves closer to signing* is to come; *came close to signing* did not."""
    gets_near = any(c.lower_ in NEARER for c in [governor, *children(governor, "advmod", "xcomp")])
    if gets_near and "to" in marks and clause.tag_ == "VBG":
        reading.weaken("future", governor)
        return
    near = next((c for c in [governor, *children(governor, "advmod", "xcomp")] if c.lower_ in NEARBY), None)
    if near is None or "to" not in marks or clause.tag_ != "VBG":
        return
    if near.i == governor.i and near.dep_ not in ("advmod", "xcomp"):
        reading.weaken("future", governor)
    else:
        reading.negate(near)


def _charged(clause: Token, governor: Token, reading: Reading, lexicon: Lexicon) -> None:
    """*Indicted for, sued for killing them*: that is what is to be shown. *Called out for it*: nobody calls for it."""
    verb = " ".join([governor.lemma_.lower(), *(p.lower_ for p in children(governor, "compound:prt"))])
    effects = lexicon.effects.get(verb, ())
    if effects and clause.tag_ == "VBG":
        for effect in effects:
            reading.weaken(effect.modality, governor)
    elif governor.lemma_ in CHARGES and is_passive(governor) and not children(governor, "obl:agent"):
        reading.weaken("possible", governor)


def _blamed(clause: Token, governor: Token, marks: set[str], reading: Reading, lexicon: Lexicon) -> None:
    """*Prevented from building, kept them from building, suspected of having sold*; *was accused of* is what somebody says, whoever it is."""
    nobodys = is_passive(governor) and not children(governor, "obl:agent")
    lemma = governor.lemma_.lower()
    marks = marks | {p.lower_ for p in children(governor, "compound:prt")}
    phrasal = [effect for mark in sorted(marks) for effect in lexicon.effects.get(f"{lemma} {mark}", ())]
    for effect in [*lexicon.effects.get(lemma, ()), *phrasal]:
        if effect.polarity == "negative" or nobodys or lemma in lexicon.beliefs:
            # Whoever *suspects him of having sold it* doesn't say so.
            apply_effect(effect, governor, reading, lexicon)
    no_one = any(
        c.lower_ in ("nobody", "none") or (children(c, "det")[:1] and children(c, "det")[0].lower_ == "no")
        for c in children(governor, "nsubj")
    )
    unsaid = no_one or is_negated(governor, lexicon)
    if governor.lemma_ in lexicon.speech and (nobodys or unsaid):
        # *Nobody accused them of selling it*: whether they did is open.
        reading.weaken("possible", governor)
        if unsaid:
            return
    own_words(governor, reading, lexicon, clause)


def _purpose(clause: Token, governor: Token, reading: Reading, lexicon: Lexicon) -> None:
    effects = effects_of(clause, governor, lexicon) if not children(governor, "obj") else ()
    for effect in effects:
        apply_effect(effect, governor, reading, lexicon)
    if not effects and not (governor.pos_ == "ADJ" and governor.lemma_.lower() in TRUE):
        reading.weaken("future", clause)
