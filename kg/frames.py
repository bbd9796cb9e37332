"""Frames over parsed text: words that evoke a relation, and the words that fill its slots.

A slot's sources are semantic roles and prepositions in the order that the frame lists. Roles come from the language
model's semantic-role head; where it is silent the tree helps out: a missing subject from the verb's own or inherited
subject, a missing object from the verb's object. Prepositional phrases are looked for on the trigger, on its object
and, for nouns, on the verb that lends them its subject
(*hold* talks *with*).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.lexicon import Lexicon
from kg.ontology import KINDS_OF_TYPE, Frame, Ontology, Source
from kg.parse import Predicate, predicates
from kg.syntax import (
    OBJECTS,
    SUBJECTS,
    addressed,
    children,
    conjuncts,
    is_passive,
    obliques,
    particle,
    preposition,
    subject,
)

PARTS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "j"}
# Prepositions under which a noun's agent may stand; None is a bare modifier or a subject.
BY = frozenset({None, "by", "of", "from", "between", "among"})
# Prepositions that tell where a thing is rather than who takes part.
PLACING = frozenset({"in", "at", "near", "across", "along", "inside", "outside", "off", "around"})
# Sources that are no prepositions.
ROLES_AND_LINKS = frozenset({"poss", "amod", "compound", "nsubj", "obj", "comp", "owner", "wielder"})
RELATIVES = frozenset({"who", "whom", "which", "that", "whose"})


# Families of what is done by words.
SPOKEN = frozenset({"STATEMENT", "CONSULT", "REQUEST", "AGREE", "ACCUSE", "SUPPORT", "REJECT", "THREATEN"})


class Filler(NamedTuple):
    """A token that may fill a slot, and the source by which it was found."""

    token: Token
    source: Source


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


@dataclass(frozen=True)
class Reader:
    """What frames are matched with. `kind_of` tells of a token what kind of thing it speaks of ("actor", "person",
    "place",
    "thing" ...): all that fit."""

    ontology: Ontology
    lexicon: Lexicon
    kinds_of: Callable[[Token], frozenset[str]]


def match_frames(doc: Doc, reader: Reader) -> tuple[list[Match], list[Miss]]:
    """The frame that each word of the document evokes, if one is filled; misses for `kg explain`."""
    matches, misses = [], []
    roles = {p.word: p for p in predicates(doc)}
    elsewhere = _other_domains(doc, reader.lexicon)
    for token in doc:
        if token.sent.start in elsewhere:
            continue
        if token.pos_ not in PARTS or token.dep_ in ("aux", "aux:pass", "cop"):
            continue
        found, missed = _match(token, roles.get(token.i), reader)
        if found:
            matches.append(found)
        elif missed:
            misses.append(missed)
    used = {f.token.i for match in matches for f in _selected(match)}
    return [match for match in matches if match.trigger.i not in used], misses


def _other_domains(doc: Doc, lexicon: Lexicon) -> frozenset[int]:
    """The first tokens of the sentences that speak of sport."""
    found = set()
    for sentence in doc.sents:
        words = f" {' '.join(t.lemma_.lower() for t in sentence)} ".replace(" - ", "-")
        if any(f" {word} " in words for word in lexicon.other_domains):
            found.add(sentence.start)
    return frozenset(found)


def _selected(match: Match) -> Iterator[Filler]:
    """The fillers by whose words a verb's frame was chosen: what they tell, the frame tells (*imposed **sanctions** on*,
    *broke off **relations***)."""
    if match.trigger.pos_ == "VERB":
        yield from (filler for slot, filler in match.fillers.items() if match.frame.heads[slot])


def triggers_of(token: Token) -> list[str]:
    """The lemma keys of a word: with its particle first (*pull out.v*)."""
    part = PARTS[token.pos_]
    keys = [f"{token.lemma_.lower()}.{part}"]
    found = particle(token) if part == "v" else None
    return [f"{token.lemma_.lower()} {found}.v", *keys] if found else keys


def _match(token: Token, predicate: Predicate | None, reader: Reader) -> tuple[Match | None, Miss | None]:
    frames: dict[str, Frame] = {}
    roleset = predicate.roleset if predicate else None
    keys = triggers_of(token)
    for key in keys:
        for frame in reader.ontology.frames_for(roleset, key):
            if not frame.only or PARTS[token.pos_] in frame.only:
                frames.setdefault(frame.name, frame)
    miss: Miss | None = None
    # A verb with its particle (*call off*) is another word than the verb; frames of the verb alone help out only where
    # none knows both.
    phrasal = next((key for key in keys if " " in key), None)
    frames = {name: f for name, f in frames.items() if phrasal in f.lemmas} or frames
    for frame in sorted(frames.values(), key=lambda f: (phrasal not in f.lemmas, *_specificity(f))):
        judged = token.lemma_ == "call" and frame.relation.family not in ("ACCUSE", "STATEMENT")
        if (judged or frame.relation.family == "CONSULT") and _names_its_object(token):
            continue
        fillers, lacking = _fill(frame, token, predicate, reader)
        if lacking is None:
            return Match(frame, token, fillers), None
        if miss is None or miss.by_words:
            miss = Miss(token, frame.name, lacking)
    return None, miss


def _names_its_object(verb: Token) -> bool:
    """*Called him a liar*: a noun or adjective is said of the object; nobody is met or telephoned so."""
    said = [c for c in children(verb, "xcomp") if c.pos_ in ("NOUN", "ADJ", "PROPN") and not children(c, "mark", "cop")]
    return bool(said) and any(c.i < said[0].i for c in children(verb, *OBJECTS))


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
    if frame.companions and not any(t.lemma_.lower() in frame.companions for t in token.subtree):
        return fillers, f"no word of: {', '.join(sorted(frame.companions))}"
    if frame.complements and not any(_is_headed(c, frame.complements) for c in children(token, "ccomp", "xcomp")):
        return fillers, f"no word of: {', '.join(sorted(frame.complements))}"
    # The theme first: an object may hang on it (impose sanctions *on*).
    for slot in ("theme", "subject", "object", "place"):
        filler = _filler(frame, slot, token, predicate, fillers, reader)
        if filler is not None:
            fillers[slot] = filler
    return fillers, _lacking(frame, fillers, reader)


def _is_headed(clause: Token, words: frozenset[str]) -> bool:
    """Whether a clause has one of some words as its head or beside it (*said Israel **must** end it*, *refused **to***)."""
    return clause.lemma_.lower() in words or any(w.lemma_.lower() in words for w in children(clause, "aux", "mark"))


def _lacking(frame: Frame, fillers: Mapping[str, Filler], reader: Reader) -> str | None:
    for slot, words in frame.heads.items():
        if words and (slot not in fillers or not _names(fillers[slot].token, words, reader)):
            return f"{slot} is none of: {', '.join(sorted(words))}"
    mutual = frame.relation.symmetric and "subject" in fillers and _is_several(fillers["subject"].token)
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


def _is_several(token: Token) -> bool:
    """Whether a subject names several who may act on each other: coordinated, counted, or told apart by adjectives
    (*Armenian and Azerbaijani troops*)."""
    return (
        bool(children(token, "conj"))
        or token.lower_ in ("they", "we", "both")
        or any(c.lower_ in ("two", "both") for c in token.children)
        or any(children(c, "conj") for c in children(token, "amod", "nmod:poss", "compound"))
        or (token.tag_ in ("NNS", "NNPS") and any(c.lower_ == "the" for c in children(token, "det")))
    )


def _filler(
    frame: Frame, slot: str, token: Token, predicate: Predicate | None, found: Mapping[str, Filler], reader: Reader
) -> Filler | None:
    """The first source that gives a token of the right kind and lemma that fills no other slot."""
    taken = {part.i for f in found.values() for part in conjuncts(f.token)}
    for source in _ordered(frame.sources[slot], token):
        if slot == "object" and _passes_over(source, frame, token, taken):
            continue
        for candidate in _candidates(source, slot, token, predicate, found, reader, frame):
            resolved = _antecedent(candidate)
            if resolved.i in taken and source.where != "between":
                continue
            told = any(c.dep_ in SUBJECTS and c.lower_ != "it" for c in resolved.children)
            if slot != "theme" and told and children(resolved, "cop"):
                # *Denied that they are in the country*: a clause is nobody.
                continue
            if _suits(frame, slot, source, resolved, reader):
                return Filler(resolved, source)
    return None


def _passes_over(source: Source, frame: Frame, token: Token, taken: set[int]) -> bool:
    """Whether a phrase with a preposition would stand in for an object that the verb has and the frame doesn't take:
    *attacked his second term with a recipe for reform at home* attacks no home."""
    named = any(other.where == "ARG1" for other in frame.sources["object"])
    if not named or token.pos_ != "VERB" or source.where in ROLES_AND_LINKS or source.where.startswith("ARG"):
        return False
    return any(child.i not in taken for child in children(token, "obj"))


def _ordered(sources: tuple[Source, ...], token: Token) -> tuple[Source, ...]:
    """On nouns the modifiers that name an actor (*Russian support*, *Iran's visit*) are surer than roles."""
    if token.pos_ in ("VERB", "AUX"):
        return sources
    return tuple(sorted(sources, key=lambda source: source.where.startswith("ARG")))


def _suits(frame: Frame, slot: str, source: Source, token: Token, reader: Reader) -> bool:
    kinds = reader.kinds_of(token)
    wanted = _wanted(frame, slot, source)
    if wanted == "inanimate":
        # What is no actor, not even by its capital's name.
        if "actor" in kinds or not kinds & {"thing", "place"}:
            return False
    elif wanted != "any" and wanted not in kinds:
        return False
    if not kinds:
        return False
    placed = source.where in PLACING | {"on", "from"} and token.pos_ == "PROPN"
    if slot == "theme" and placed and kinds <= KINDS_OF_TYPE["Place"]:
        # Arrested *on Crete*: where it was, not what for.
        return False
    if frame.heads[slot] and not _names(token, frame.heads[slot], reader):
        return False
    mark = preposition(token)
    if mark == "on" and frame.relation.family in SPOKEN and _names(token, reader.lexicon.speaking_terms, reader):
        return False
    if slot == "theme" and mark in ("at", "during", "amid") and source.where != mark:
        # Said *at a summit*: where, not of what.
        return False
    return not _names(token, frame.not_heads[slot], reader)


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
    return lemma in words or (noun.tag_ in ("NNS", "NNPS") and lemma.endswith("s") and lemma[:-1] in words)


def past_quantity(token: Token, lexicon: Lexicon) -> Token:
    """The noun that a quantity measures (*hundreds of drones* -> *drones*), the token itself if it is no quantity."""
    money = token.tag_ == "$"
    if not _measures(token, lexicon):
        return token
    # *$2 million in assistance* is assistance.
    measured = [
        child
        for child in children(token, "nmod")
        if preposition(child) == ("in" if money else "of") and (not money or child.tag_ in ("NN", "NNS"))
    ]
    # Of two that hang side by side (*tens of thousands of people*) the one that measures nothing is meant.
    measured.sort(key=lambda child: _measures(child, lexicon))
    return past_quantity(measured[0], lexicon) if measured else token


def _measures(token: Token, lexicon: Lexicon) -> bool:
    return token.lemma_.lower() in lexicon.quantities or token.pos_ == "NUM" or token.tag_ == "$"


def _antecedent(token: Token) -> Token:
    """A relative pronoun's noun, else the token itself."""
    if token.lower_ in RELATIVES and token.pos_ in ("PRON", "SCONJ", "DET"):
        for ancestor in token.ancestors:
            if ancestor.dep_ == "acl:relcl":
                return ancestor.head
    return token


# --- What a slot wants of a word that is still to be resolved ------------------------------------------


def wanted_kinds(token: Token, predicate: Predicate | None, ontology: Ontology) -> frozenset[str]:
    """The kinds of thing that the frames of the word above a pronoun take in the pronoun's place; empty where no
    frame says.

    `predicate` is the word's own, None if it is none.
    """
    head = token.head
    if head.pos_ not in PARTS or head.i == token.i:
        return frozenset()
    role = next((given for index, given in predicate.args if index == token.i), None) if predicate else None
    mark = preposition(token)
    places = {place for place in (role, mark) if place}
    if mark is None and role is None:
        places |= {"ARG0", "nsubj"} if token.dep_ == "nsubj" else {"ARG1", "obj"} if token.dep_ in OBJECTS else set()
    marks = {preposition_ for preposition_, noun in obliques(head) if noun.i != token.i}
    found: set[str] = set()
    for key in triggers_of(head):
        for frame in ontology.frames_for(predicate.roleset if predicate else None, key):
            for slot, sources in frame.sources.items():
                if any(source.where in marks for source in sources):
                    # A phrase with a preposition fills the slot (supplies it *with drones*).
                    continue
                found |= {_wanted(frame, slot, source) for source in sources if source.where in places}
    return frozenset(found)


def _wanted(frame: Frame, slot: str, source: Source) -> str:
    return source.kind or frame.kinds.get(slot) or ("actor" if slot == "subject" else _default_kind(frame, slot))


# --- Sources -----------------------------------------------------------------------------------------


def _candidates(
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
    elif where == "owner":
        yield from _owners(found)
    else:
        # *Of* belongs to the noun before it: to a theme only where the frame asks for that noun (come to the *aid of*).
        nested = where != "of" or slot == "theme" or bool(frame.heads["theme"])
        yield from _by_preposition(where, token, found if nested else {}, reader, nested, frame.companions)


def _by_role(role: str, token: Token, predicate: Predicate | None, reader: Reader) -> Iterator[Token]:
    """The role's word by the semantic-role head, then by the tree where that is safe."""
    if role == "ARG0" and token.tag_ == "VB" and token.head.i != token.i:
        yield from addressed(token)
    if predicate is not None:
        for index, given in predicate.args:
            argument = token.doc[index]
            if argument.dep_ in SUBJECTS and argument.head.i == token.head.i and _reports(token, reader.lexicon):
                continue
            # Talks *with* somebody and attacks *on* somebody are held and made by another.
            if role == "ARG0" and token.pos_ in ("NOUN", "PROPN") and preposition(argument) not in BY:
                continue
            # Where the tree has a subject of its own, an object can't be the agent.
            if given == role and not (role == "ARG0" and argument.head.i == token.i and argument.dep_ in OBJECTS):
                yield _phrase_head(argument, token)
    if token.pos_ in ("VERB", "AUX"):
        yield from _by_tree(role, token)
    elif role == "ARG0":
        lender = _support_verb(token, reader)
        if lender is not None:
            yield from _agent(lender)


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
    relative = clause.dep_ == "acl:relcl" or (clause.dep_ == "acl" and any(c.dep_ in SUBJECTS for c in clause.children))
    if not relative or children(verb, "obj", "ccomp", "xcomp"):
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
    return None


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
    seen = set()
    for place in places if nested else places[:1]:
        for preposition_, noun in obliques(place):
            if preposition_ == mark and noun.i not in seen and noun.i != token.i:
                seen.add(noun.i)
                yield noun


def is_core_kind(kind: str) -> bool:
    """Whether a slot of this kind wants something that acts, so that a capital in it stands for its government."""
    return kind in ("actor", "organization-or-country", "organization", "person")
