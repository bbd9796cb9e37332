"""Selection: what a frame wants in its slots, by kind and by lemma, and what it lacks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from spacy.tokens import Token

from kg.fillers import ROLES_AND_LINKS, Filler, Reader
from kg.lenders import PLACING
from kg.ontology import KINDS_OF_TYPE, Frame, Source
from kg.parse import Predicate
from kg.quantities import past_quantity
from kg.syntax import OBJECTS, RELATIVES, SUBJECTS, children, obliques, preposition

# Families of what is done by words.
SPOKEN = frozenset({"STATEMENT", "CONSULT", "REQUEST", "AGREE", "ACCUSE", "SUPPORT", "REJECT", "THREATEN"})

# Families of what is said to somebody.
ADDRESSED = frozenset({"REQUEST", "ACCUSE", "THREATEN", "REJECT"})
# Prepositions before what takes no part in an act.
ABSENT = frozenset(("without", "despite", "unlike", "except", "besides", "than"))
# Families of what is done for somebody.
FRIENDLY = frozenset({"AID", "SUPPORT", "COOPERATE", "TRADE", "AGREE", "CONCEDE"})

# The word of a condition that stands for all names of models: *F-16s*, *Su-57*, *T72*.
MODEL = "#model"
DESIGNATION = re.compile(r"[A-Z][A-Za-z]{0,3}-[0-9]{1,4}[A-Za-z]{0,3}|[A-Z]{1,3}[0-9]{2,4}s?")


def lacking_in(frame: Frame, trigger: Token, fillers: Mapping[str, Filler], reader: Reader) -> str | None:
    for slot, words in frame.heads.items():
        if words and (slot not in fillers or not _names(fillers[slot].token, words, reader)):
            return f"{slot} is none of: {', '.join(sorted(words))}"
    # They met, they spoke: *with* each other; who *called on Iran* called nobody.
    together = any(source.where in ("with", "between") for source in frame.sources["object"])
    mutual = frame.relation.symmetric and together and "subject" in fillers and _is_several(fillers["subject"].token)
    mutual = mutual and not _is_speech(trigger) and not _are_apart(trigger, fillers["subject"])
    for slot in frame.requires:
        if slot not in fillers and not (slot == "object" and mutual):
            return f"no {slot}"
    if "subject" not in fillers:
        return "no subject that can act"
    declared = [
        slot
        for slot in ("object", "theme")
        if frame.sources[slot] and slot not in frame.drops and (slot == "object" or frame.relation.takes_thing)
    ]
    if (
        declared
        and not any(slot in fillers for slot in declared)
        and not (frame.requires and frame.requires <= set(fillers))
    ):
        if mutual:
            return None
        return f"no {' or '.join(declared)}"
    return None


def _is_speech(verb: Token) -> bool:
    """*Spoke at the rally*, *speaking after the summit*: to others."""
    placed = any(mark in ("at", "in", "outside", "from") for mark, _ in obliques(verb))
    return verb.lemma_ == "speak" and verb.pos_ == "VERB" and (placed or verb.tag_ == "VBG")


def _are_apart(wars: Token, subject: Filler) -> bool:
    """*The Afghan and Iraq wars*: one each."""
    return wars.lemma_ == "war" and wars.tag_ == "NNS" and subject.source.where in ("amod", "compound")


def is_barred(frame: Frame, slot: str, token: Token, reader: Reader) -> bool:
    """Whether a slot's words must not be a token's."""
    return bool(frame.not_heads[slot]) and _names(token, frame.not_heads[slot], reader)


def _is_several(token: Token) -> bool:
    """Whether a subject names several who may act on each other: coordinated, counted, or told apart by adjectives
    (*Armenian and Azerbaijani troops*)."""
    return (
        bool(children(token, "conj"))
        or token.lower_ in ("they", "we", "both", "two")
        or any(c.lower_ in ("two", "both") for c in token.children)
        or any(children(c, "conj") for c in children(token, "amod", "nmod:poss", "compound"))
        or (
            token.tag_ == "NNS"
            and any(children(c, "conj") and preposition(c) in ("of", "from", "for") for c in children(token, "nmod"))
        )
        or (token.tag_ in ("NNS", "NNPS") and any(c.lower_ == "the" for c in children(token, "det")))
        or (token.tag_ == "NNS" and any(c.lower_ == "their" or c.tag_ == "NNS" for c in children(token, "nmod:poss")))
    )


def suits(frame: Frame, slot: str, source: Source, token: Token, reader: Reader) -> bool:
    kinds = reader.kinds_of(token)
    wanted = wanted_kind(frame, slot, source)
    if wanted == "inanimate":
        # What is no actor, not even by its capital's name.
        answers = "governed" in kinds and frame.relation.family in ADDRESSED - {"REQUEST"} and token.dep_ in OBJECTS
        if answers or "actor" in kinds or not kinds & {"thing", "place"}:
            return False
    elif (
        wanted != "any" and wanted not in kinds and not (_addresses(frame, slot, source, token) and "governed" in kinds)
    ):
        return False
    if not kinds and not (wanted == "any" and frame.heads[slot] and slot in frame.drops):
        # What only selects the frame by its word needn't be anything (took the *side* of, spent two *days* in).
        return False
    placed = preposition(token) in PLACING | {"on", "from"} and token.pos_ == "PROPN"
    if (
        slot == "theme"
        and placed
        and (kinds - {"governed"} <= KINDS_OF_TYPE["Place"] or ("place" in kinds and source.where == "in"))
    ):
        # Arrested *on Crete*: where it was, not what for.
        return False
    if frame.heads[slot] and not _names(token, frame.heads[slot], reader):
        return False
    if frame.relation.name == "invaded" and slot == "object" and any(c.lower_ == "own" for c in token.children):
        # Crossed back into *their own territory*.
        return False
    mark = preposition(token)
    if mark == "on" and frame.relation.family in SPOKEN and _names(token, reader.lexicon.speaking_terms, reader):
        return False
    if mark in ABSENT:
        # Sent no tanks *without the United States*.
        return False
    if mark and not frame.heads[slot] and f"{mark} {token.lemma_.lower()}" in reader.lexicon.connectives:
        return False
    beside = mark in ("with", "out") and source.where != mark
    if slot == "object" and beside and frame.relation.family == "ASSAULT":
        # Shelled *with mortars*, stormed *out of* a camp.
        return False
    if slot == "object" and mark == "with" and source.where.startswith("ARG") and frame.relation.family == "AID":
        # Trained *with them*: side by side.
        return False
    if slot == "object" and mark == "for" and source.where.startswith("ARG") and frame.relation.family == "REQUEST":
        # Asked *for them*: of somebody else.
        return False
    if slot == "object" and mark in ("of", "about") and source.where == "ARG2" and frame.relation.name == "spokeWith":
        # Talked *of his daughters*.
        return False
    if slot == "object" and mark == "from" and source.where.startswith("ARG") and frame.relation.family == "CONSULT":
        # His arrival *from Stockholm* is no visit there.
        return False
    if slot == "object" and frame.relation.family == "ROLE" and source.where.startswith("ARG"):
        listed = mark in (None, "by") or any(other.where == mark for other in frame.sources["object"])
        if token.head.pos_ == "VERB" and not listed:
            # Headed *to Ethiopia*.
            return False
    if slot == "object" and mark == "against" and source.where.startswith("ARG") and frame.relation.family in FRIENDLY:
        # Armed them *against Mali*: Mali gets nothing.
        return False
    if slot != "subject" and mark == "in" and source.where.startswith("ARG") and frame.relation.family == "ACCUSE":
        # Condemned *in the strongest terms*: how, not what.
        return False
    if slot == "theme" and mark in ("at", "during", "amid") and source.where != mark:
        # Said *at a summit*: where, not of what.
        return False
    if slot == "object" and mark in ("under", "amid", "during", "through", "via") and source.where.startswith("ARG"):
        # Withdrew *under a truce*: how, not from what.
        return False
    return not _names(token, frame.not_heads[slot], reader)


def _addresses(frame: Frame, slot: str, source: Source, token: Token) -> bool:
    """Whether a slot is for whom something is said to: *asked Arizona for water* asks those who govern it."""
    mark = preposition(token)
    said = slot == "object" and frame.relation.family in ADDRESSED and mark not in PLACING
    if mark is None:
        return said and token.dep_ in OBJECTS | {"nsubj:pass"}
    return said and source.where == mark and mark in ("on", "to", "against")


def _default_kind(frame: Frame, slot: str) -> str:
    if slot == "place":
        return "place"
    if slot == "object":
        return {"Actor": "actor", "Person": "person", "Place": "place", "Organization": "organization"}.get(
            frame.relation.range, "any"
        )
    return "any"


def _names(token: Token, words: frozenset[str], reader: Reader) -> bool:
    """Whether a token, through *hundreds of* and the like, is one of some words. Plurals that the treebanks keep as
    lemmas (*troops*) are found by their singular too."""
    noun = past_quantity(token, reader.lexicon)
    lemma = noun.lemma_.lower()
    if MODEL in words and DESIGNATION.fullmatch(noun.text) and "actor" not in reader.kinds_of(noun):
        return True
    if lemma in words or (noun.tag_ in ("NNS", "NNPS") and lemma.endswith("s") and lemma[:-1] in words):
        return True
    # The aircraft *carrier* HMS Queen Elizabeth, the *tanker* Aurelia.
    return noun.pos_ == "PROPN" and any(c.lemma_.lower() in words for c in children(noun, "nmod:desc"))


def antecedent(token: Token) -> Token:
    """A relative pronoun's noun, also behind a quantity (*some of which*), else the token itself."""
    if token.pos_ in ("DET", "NUM", "PRON", "ADJ"):
        counted = [c for c in children(token, "nmod") if c.lower_ in RELATIVES and preposition(c) == "of"]
        token = counted[0] if counted else token
    if token.lower_ in RELATIVES and token.pos_ in ("PRON", "SCONJ", "DET"):
        for ancestor in token.ancestors:
            if ancestor.dep_ == "acl:relcl":
                return ancestor.head
    return token


def subject_described(noun: Token) -> Token | None:
    """Who does what a clause tells of a noun that is said of somebody: *Qatar is the state that armed them*; the name
    itself in *chief among them is Eritrea, which armed them*. None where it is denied."""
    if any(c.lower_ in ("not", "n't", "n’t", "never", "no") for c in noun.children):
        return None
    subjects = [c for c in noun.children if c.dep_ in SUBJECTS]
    return noun if noun.pos_ == "PROPN" else subjects[0] if subjects else None


def wanted_kind(frame: Frame, slot: str, source: Source) -> str:
    return source.kind or frame.kinds.get(slot) or ("actor" if slot == "subject" else _default_kind(frame, slot))


def is_core_kind(kind: str) -> bool:
    """Whether a slot of this kind wants something that acts, so that a capital in it stands for its government."""
    return kind in ("actor", "organization-or-country", "organization", "person")


def is_for_the_object(token: Token, frame: Frame) -> bool:
    """Whether an actor stands behind a preposition by which the frame tells its object: withdrew *from Mali*."""
    mark = preposition(token)
    return mark == "from" and any(source.where == mark for source in frame.sources["object"])


def is_what_for(token: Token, source: Source, frame: Frame) -> bool:
    """Whether one acts for something where the frame wants whom one acts against: fight *for a state*."""
    against = any(other.where == "against" for other in frame.sources["object"])
    return against and source.where.startswith("ARG") and preposition(token) == "for"


def is_done_by_another(candidate: Token, verb: Token, frame: Frame) -> bool:
    """*Israel flew **patients** to Haifa*: where somebody does it to another, that other is no doer."""
    own = frame.sources["subject"][0].where == "ARG0" and candidate.dep_ == "obj" and candidate.head.i == verb.i
    return own and bool(children(verb, "nsubj"))


def is_suffered(owner: Token, noun: Token, predicate: Predicate | None, frame: Frame, reader: Reader) -> bool:
    """***His** arrest on new charges*: whose event a noun names may be whom it befalls. Where the noun has another for that
    (*the arrest **of** the pastor*), its owner does it; so do states and bodies (*the Front's attacks in Gao*)."""
    if "organization-or-country" in reader.kinds_of(owner):
        return False
    befalls = predicate is not None and (owner.i, "ARG1") in predicate.args
    told = noun.pos_ == "NOUN" and frame.sources["object"] and frame.sources["object"][0].where == "ARG1"
    return befalls and bool(told) and not any(mark in ("of", "against") for mark, _ in obliques(noun))


def passes_over(source: Source, frame: Frame, token: Token, taken: set[int]) -> bool:
    """Whether a phrase with a preposition would stand in for an object that the verb has and the frame doesn't take:
    *attacked his second term with a recipe for reform at home* attacks no home."""
    named = any(other.where == "ARG1" for other in frame.sources["object"])
    # Who *heads a mission in Moldova* travels nowhere.
    named = named or (frame.relation.name == "visited" and source.where == "in")
    if not named or token.pos_ != "VERB" or source.where in ROLES_AND_LINKS or source.where.startswith("ARG"):
        return False
    return any(child.i not in taken for child in children(token, "obj"))
