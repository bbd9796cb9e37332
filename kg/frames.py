"""Frames over parsed text: words that evoke a relation, and the words that fill its slots.

Of the frames that a word evokes the first is taken whose slots are filled: a slot has the sources that the frame lists
(`kg.fillers` looks there), and the first that gives a word of the right kind and lemma wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.authors import author_of, document_of
from kg.complements import governed, has_content, is_headed, names_its_object
from kg.control import subject
from kg.domains import other_domains
from kg.evocation import PARTS, frames_evoked, triggers_of
from kg.fillers import ROLES_AND_LINKS, Filler, Reader, candidates
from kg.lenders import after_or_during
from kg.ontology import Frame, Source
from kg.parse import Predicate, predicates
from kg.quantities import past_quantity
from kg.selection import (
    antecedent,
    is_barred,
    is_done_by_another,
    is_for_the_object,
    is_suffered,
    is_what_for,
    lacking_in,
    passes_over,
    subject_described,
    suits,
)
from kg.syntax import SUBJECTS, children, conjuncts, lets_go, own_clause, preposition

# Families in which the object may be a deed of which somebody thinks well or ill.
JUDGING = frozenset({"ACCUSE", "SUPPORT"})


class Match(NamedTuple):
    """A frame that fired: its trigger and the fillers of its slots (head tokens, not yet distributed over
    conjuncts)."""

    frame: Frame
    trigger: Token
    fillers: Mapping[str, Filler]


class Miss(NamedTuple):
    """Why a trigger gave nothing: the frame that came nearest and what it lacked."""

    trigger: Token
    frame: str
    reason: str

    @property
    def by_words(self) -> bool:
        """Whether the frame speaks of other things: one that lacks a participant came nearer."""
        return " is none of: " in self.reason or self.reason.startswith("no word of: ")


def match_frames(doc: Doc, reader: Reader) -> tuple[list[Match], list[Miss]]:
    """The frame that each word of the document evokes, if one is filled; misses for `kg explain`."""
    matches, misses = [], []
    roles = {p.word: p for p in predicates(doc)}
    elsewhere = other_domains(doc, reader.lexicon)
    for token in doc:
        if token.sent.start in elsewhere:
            continue
        if token.pos_ not in PARTS or token.dep_ in ("aux", "aux:pass", "cop") or lets_go(token.head, token):
            continue
        connective = f"{preposition(token)} {token.lemma_.lower()}" in reader.lexicon.connectives
        if token.pos_ == "NOUN" and connective and token.lemma_.lower() not in reader.lexicon.helps:
            # Cash *in exchange* for votes: nobody exchanges views.
            continue
        found, missed = _match(token, roles.get(token.i), reader)
        if found:
            matches.append(found)
        elif missed:
            misses.append(missed)
    used = {past_quantity(f.token, reader.lexicon).i for match in matches for f in _selected(match)}
    used |= {f.token.i for match in matches for f in _selected(match)}
    # *Hit by a missile fired by the Houthis*: the shot is the attack.
    wielders = [f.token for match in matches for f in match.fillers.values() if f.source.where == "wielder"]
    used |= {t.head.i for t in wielders if t.dep_ == "obl:agent"}
    # *Went on strike*: the strike is no other event.
    used |= {t.i for match in matches for t in match.trigger.children if t.lemma_.lower() in match.frame.companions}
    # Ignored *calls* for a truce: others called for it.
    refused = {f.token.i for m in matches if m.frame.relation.family == "REJECT" for f in _selected(m)}
    asked = {m.trigger.i for m in matches if m.frame.relation.family == "REQUEST"}
    told = [match for match in matches if match.trigger.i not in used - (refused & asked)]
    return [again for match in told for again in (match, *_gapped(match))], misses


def _gapped(match: Match) -> Iterator[Match]:
    """What a verb left out tells again: *sent helicopters to Ukraine and **trucks to Moldova***."""
    verb = match.trigger
    for stand_in in children(verb, "conj"):
        own = children(stand_in, *SUBJECTS)
        if stand_in.pos_ == "AUX" and own and "subject" in match.fillers and not children(stand_in, "obj", "xcomp"):
            # Haiti condemned it, but **Cuba has not**.
            subject_ = match.fillers["subject"]._replace(token=own[0])
            yield match._replace(trigger=stand_in, fillers={**match.fillers, "subject": subject_})
    for second in children(verb, "orphan"):
        gap = children(verb, "obj") or children(verb, *SUBJECTS)
        first = next((slot for slot, f in match.fillers.items() if gap and f.token.i == gap[0].i), None)
        if first is None:
            continue
        phrases = children(second, "orphan")
        mark = preposition(phrases[0]) if phrases else None
        other = next((s for s, f in match.fillers.items() if mark and preposition(f.token) == mark), None)
        if not mark and len(phrases) == 1 and children(verb, "iobj"):
            other = next((s for s, f in match.fillers.items() if f.token.i == children(verb, "iobj")[0].i), None)
            second, phrases = phrases[0], [second]
        bare = not mark and len(phrases) == 1 and other is None and second.pos_ == "PROPN"
        if (
            bare
            and first in ("object", "theme")
            and len(children(second, "orphan")) == 1
            and "subject" in match.fillers
        ):
            # Cuba expelled the consul and *Panama the attaché*.
            other, second, phrases = "subject", phrases[0], [second]
        if other is not None and first != other:
            new = {first: second, other: phrases[0]}
            yield match._replace(fillers={s: f._replace(token=new.get(s, f.token)) for s, f in match.fillers.items()})
        elif not phrases and first == "object" and "subject" in match.fillers:
            # Accused Libya of this and *Sudan* of that.
            kept = {"subject": match.fillers["subject"], first: match.fillers[first]._replace(token=second)}
            yield match._replace(fillers=kept)


def _selected(match: Match) -> Iterator[Filler]:
    """The fillers by whose words a verb's frame was chosen: what they tell, the frame tells (*imposed **sanctions** on*,
    *broke off **relations***, the signing of *a pact*). What is judged tells of itself (*called **the arrest** of its sailors a disgrace*)."""
    if match.trigger.pos_ == "VERB" or match.frame.relation.name == "signedAgreementWith":
        slots = {slot for slot in match.fillers if match.frame.heads[slot]}
        slots -= {"object"} if match.frame.relation.family in JUDGING else set()
        # Brokered *talks* between them: they talked too.
        slots -= {"theme"} if match.frame.relation.name == "mediated" else set()
        yield from (match.fillers[slot] for slot in sorted(slots))


def _match(token: Token, predicate: Predicate | None, reader: Reader) -> tuple[Match | None, Miss | None]:
    frames: dict[str, Frame] = {}
    for frame in frames_evoked(token, predicate, reader.ontology):
        if not frame.only or PARTS[token.pos_] in frame.only:
            frames.setdefault(frame.name, frame)
    miss: Miss | None = None
    # A verb with its particle (*call off*) is another word than the verb; frames of the verb alone help out only where
    # none knows both.
    phrasal = next((key for key in triggers_of(token) if " " in key or "-" in key), None)
    frames = {name: f for name, f in frames.items() if phrasal in f.lemmas} or frames
    together = _act_together(token)
    for frame in sorted(
        frames.values(),
        key=lambda f: (not f.overlaid, phrasal not in f.lemmas, not (together and _is_accord(f)), *_specificity(f)),
    ):
        judged = (
            token.lemma_ == "call"
            and frame.relation.family not in ("ACCUSE", "STATEMENT")
            and not (frame.complements or frame.companions)
        )
        if (judged or frame.relation.family == "CONSULT") and names_its_object(token):
            continue
        fillers, lacking = _fill(frame, token, predicate, reader)
        if lacking is None:
            return Match(frame, token, fillers), None
        if miss is None or miss.by_words:
            miss = Miss(token, frame.name, lacking)
    return None, miss


def _act_together(verb: Token) -> bool:
    """Whether several are named as subject of a verb with an infinitive, not each for itself: who *agree to share water*
    agree with each other."""
    doer = subject(verb) if verb.pos_ == "VERB" else None
    if doer is None or not children(verb, "xcomp"):
        return False
    each = any(c.lower_ in ("both", "neither", "either") for c in children(doer, "cc:preconj"))
    return len(conjuncts(doer)) > 1 and not each


def _is_accord(frame: Frame) -> bool:
    return frame.relation.family == "AGREE" and frame.relation.symmetric


def _specificity(frame: Frame) -> tuple[int, int, int, str]:
    """Frames that choose by a slot's words come first, then those that want more slots filled, then those that say of
    what kind the fillers are."""
    chosen = sum(bool(words) for words in frame.heads.values()) + bool(frame.companions)
    return -chosen, -len(frame.requires), -len(frame.kinds), frame.name


def _fill(
    frame: Frame, token: Token, predicate: Predicate | None, reader: Reader
) -> tuple[dict[str, Filler], str | None]:
    """The fillers of a frame's slots; the second value says what is lacking, None if the frame fires."""
    fillers: dict[str, Filler] = {}
    if frame.companions and not any(t.lemma_.lower() in frame.companions for t in _around(token)):
        return fillers, f"no word of: {', '.join(sorted(frame.companions))}"
    if frame.complements and not any(is_headed(c, frame.complements, reader.lexicon) for c in governed(token)):
        return fillers, f"no word of: {', '.join(sorted(frame.complements))}"
    # The theme first: an object may hang on it (impose sanctions *on*).
    for slot in ("theme", "subject", "object", "place"):
        filler = _filler(frame, slot, token, predicate, fillers, reader)
        if filler is not None:
            fillers[slot] = filler
    if "subject" not in fillers and "theme" in fillers and _moves_itself(frame, token, fillers["theme"]):
        # The troops pulled out: nobody pulls them out.
        fillers["subject"] = fillers.pop("theme")
    if (
        frame.requires_one
        and not frame.requires_one & set(fillers)
        and not has_content(token, frame.requires_one, reader.cues)
    ):
        return fillers, f"no {' or '.join(sorted(frame.requires_one))}"
    if "theme" not in fillers and any(is_barred(frame, "theme", thing, reader) for thing in _things(token)):
        # *Delivered a blow to the rebels*: nothing was supplied to them.
        return fillers, "its object is none of the frame's things"
    if "object" not in fillers and "theme" in fillers and _stands_in(fillers["theme"], frame, token):
        return fillers, "no object or theme"
    return fillers, lacking_in(frame, token, fillers, reader)


def _things(verb: Token) -> list[Token]:
    """What a verb does something to, by the tree."""
    if verb.pos_ != "VERB":
        return []
    return children(verb, "nsubj:pass" if children(verb, "aux:pass") else "obj")


def _around(token: Token) -> Iterator[Token]:
    """The words of a trigger's clause; of a noun that is a subject, what is said of it too (*ties between them **soured***)."""
    yield from own_clause(token)
    if token.pos_ == "NOUN" and token.dep_ in SUBJECTS:
        yield token.head


def _stands_in(theme: Filler, frame: Frame, verb: Token) -> bool:
    """Whether a phrase with a preposition would take the place of a verb's own object that the frame doesn't take (block
    attacks *from the region*; attack a term *with a recipe*)."""
    told = theme.source.where not in ROLES_AND_LINKS and preposition(theme.token) is not None
    if preposition(theme.token) == "with" and frame.relation.family == "ASSAULT":
        # Shelled *with mortars*: nobody is told whom.
        return True
    direct = any(source.where in ("ARG1", "obj") for source in frame.sources["object"])
    objects = {t.i for t in children(verb, "obj")} if verb.pos_ == "VERB" else set()
    return told and direct and frame.relation.takes_thing and bool(objects - {theme.token.i})


def _moves_itself(frame: Frame, verb: Token, theme: Filler) -> bool:
    """Whether what a frame takes for its theme is the subject of an active verb, and may be the frame's too."""
    active = theme.token.dep_ in SUBJECTS and not children(verb, "aux:pass")
    return active and any(source.where == theme.source.where for source in frame.sources["subject"])


def _filler(
    frame: Frame, slot: str, token: Token, predicate: Predicate | None, found: Mapping[str, Filler], reader: Reader
) -> Filler | None:
    """The first source that gives a token of the right kind and lemma that fills no other slot."""
    taken = {part.i for f in found.values() for part in conjuncts(f.token)}
    for source in _ordered(frame.sources[slot], token):
        if slot == "object" and passes_over(source, frame, token, taken):
            continue
        found_words = candidates(source, slot, token, predicate, found, reader, frame)
        # A *U.S. law* sanctions, but attacks nobody.
        written = document_of(token, reader) if slot == "subject" and frame.relation.family != "ASSAULT" else ()
        met = after_or_during(token) if slot == "subject" and frame.relation.family == "CONSULT" else ()
        for candidate in chain(found_words, written, met):
            resolved = antecedent(candidate)
            if slot == "subject" and frame.relation.family not in ("STATEMENT", "ASSAULT"):
                resolved = author_of(resolved, reader)
            if slot == "subject" and source.where == "ARG1" and is_done_by_another(candidate, token, frame):
                continue
            if slot == "subject" and source.where == "poss" and is_suffered(candidate, token, predicate, frame, reader):
                continue
            if frame.heads[slot] and resolved.pos_ == "PRON":
                resolved = reader.stands_for(resolved)
            if slot == "theme" and source.where.startswith("ARG") and is_for_the_object(resolved, frame):
                continue
            if slot == "object" and candidate.lower_ == "it" and token.lemma_ in reader.lexicon.denials:
                # He denies *it*: what was said, not what was spoken of.
                continue
            if slot == "object" and is_what_for(resolved, source, frame):
                continue
            if resolved.i in taken and source.where not in ("between", "mutual"):
                continue
            told = any(c.dep_ in SUBJECTS and c.lower_ != "it" for c in resolved.children)
            described = token.dep_ == "acl" and token.head.i == resolved.i
            if slot != "theme" and resolved.dep_ == "xcomp" and resolved.head.lemma_ in reader.lexicon.copular:
                # *Became the third state to recognise it*.
                resolved = subject(resolved.head) or resolved
            if slot != "theme" and told and children(resolved, "cop") and not described:
                # *Denied that they are in the country*: a clause is nobody.
                said = subject_described(resolved) if resolved.i != candidate.i else None
                if said is None:
                    continue
                resolved = said
            if suits(frame, slot, source, resolved, reader):
                return Filler(resolved, source)
    return None


def _ordered(sources: tuple[Source, ...], token: Token) -> tuple[Source, ...]:
    """On nouns the modifiers that name an actor (*Russian support*, *Iran's visit*) are surer than roles."""
    if token.pos_ in ("VERB", "AUX"):
        return sources
    return tuple(sorted(sources, key=lambda source: source.where.startswith("ARG")))
