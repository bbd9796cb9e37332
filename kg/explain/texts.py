"""What a text says and what it doesn't: everything that is extracted, and why each other verb and event noun gives
nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from spacy.tokens import Token

from kg.evocation import frames_evoked
from kg.explain.parts import plain
from kg.explain.statements import statement_line, statement_lines
from kg.extract import Reading, read_document
from kg.model import Document, Statement
from kg.parse import Parser, Predicate, predicates
from kg.propositions import find_propositions, lender
from kg.resources import Resources

WIDEST = 100


def text_document(text: str, published: date | None = None) -> Document:
    """A text of one's own as a document."""
    digest = hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()
    return Document("text", "text", text, digest, published=published)


def explain_text(document: Document, parser: Parser, resources: Resources, folders: Sequence[Path]) -> list[str]:
    """Everything that a text gives, and for each verb and event noun that gives nothing, why."""
    reading = read_document(document, parser, resources)
    entities = {e.id: e for e in reading.extraction.entities}

    def name(id_: str) -> str:
        entity = entities[id_]
        what = ", ".join(filter(None, (entity.type, entity.subtype, entity.country)))
        return f"{entity.label} ({what})"

    lines = [] if reading.extraction.statements else ["no statement"]
    for statement in reading.extraction.statements:
        lines.append(f"statement {statement.id}: {statement_line(statement, lambda i: entities[i].label)}")
        lines += statement_lines(statement, document.text, name, resources, folders)
    silent = [f"  {plain(token.text):14} {reason}" for token, reason in silent_words(reading, resources)]
    return [*lines, *(["gave nothing:", *silent] if silent else [])]


def silent_words(reading: Reading, resources: Resources) -> Iterator[tuple[Token, str]]:
    """The verbs and event nouns of a text that trigger no statement, each with the reason. An event noun is one that has
    roles, or that a frame knows."""
    triggers = {s.trigger.start for s in reading.extraction.statements}
    roles = {p.word: p for p in predicates(reading.doc)}
    for token in reading.doc:
        if token.idx in triggers or token.dep_ in ("aux", "aux:pass", "cop", "case", "mark", "fixed"):
            continue
        predicate = roles.get(token.i)
        is_event = token.pos_ == "NOUN" and ((predicate and predicate.args) or _frames(token, predicate, resources))
        if token.pos_ == "VERB" or is_event:
            yield token, _reason(token, predicate, reading, resources)


def _frames(token: Token, predicate: Predicate | None, resources: Resources) -> list[str]:
    """The names of the frames that a word evokes."""
    return [frame.name for frame in frames_evoked(token, predicate, resources.ontology)]


def _reason(token: Token, predicate: Predicate | None, reading: Reading, resources: Resources) -> str:
    missed = next((m for m in reading.misses if m.trigger.i == token.i), None)
    if missed is not None and not missed.by_words:
        return f"the frame {missed.frame} knows it, but: {_short(missed.reason)}{_participants(token, reading)}"
    helps = _help(token, reading)
    if helps is not None:
        return helps
    if missed is not None:
        nearest = f"nearest, {missed.frame}: {_short(missed.reason)}"
        return f"no frame knows it in this sense ({nearest}){_not_open(token, reading)}"
    known = _frames(token, predicate, resources)
    if known:
        return f"the frame {known[0]} knows it, but its words stand for no entity, or it repeats another statement"
    return f"no frame knows it{_not_open(token, reading)}"


def _help(token: Token, reading: Reading) -> str | None:
    """What a word does for another one's statement; None if nothing."""
    statements = reading.extraction.statements
    for slot, does in (("negation", "negates"), ("modality", "decides the modality of")):
        decided = next((s for s in statements if any(x.name == slot and x.start == token.idx for x in s.slots)), None)
        if decided is not None:
            return f"{does} {_quoted(decided, reading)}"
    lent = next((s for s in statements if _lends(token, s, reading)), None)
    if lent is not None:
        return f"lends its subject to {_quoted(lent, reading)}"
    if any(s.cue == token.text and s.sentence.start <= token.idx < s.sentence.end for s in statements):
        return "reports what somebody says: it makes him the speaker"
    return None


def _short(reason: str) -> str:
    return plain(reason if len(reason) <= WIDEST else f"{reason[:WIDEST]} ...")


def _lends(token: Token, statement: Statement, reading: Reading) -> bool:
    """Whether a statement's trigger is a noun that this verb lends its subject."""
    trigger = next((t for t in reading.doc if t.idx == statement.trigger.start), None)
    found = lender(trigger) if trigger is not None and trigger.pos_ != "VERB" else None
    return found is not None and found.i == token.i


def _quoted(statement: Statement, reading: Reading) -> str:
    return repr(plain(reading.doc.text[statement.trigger.start : statement.trigger.end]))


def _participants(token: Token, reading: Reading) -> str:
    """The subject and arguments that a predicate has."""
    found = next((p for p in find_propositions(reading.doc) if p.predicate.i == token.i), None)
    if found is None:
        return ""
    arguments = "".join(f", {a.preposition or 'object'} {plain(a.token.text)!r}" for a in found.arguments)
    return f" (subject {plain(found.subject.text)!r}{arguments})"


def _not_open(token: Token, reading: Reading) -> str:
    """Why it gives no open statement either."""
    found = next((p for p in find_propositions(reading.doc) if p.predicate.i == token.i), None)
    if token.pos_ != "VERB":
        return ""
    if found is None:
        return ", and nobody is said to do it"
    if not found.arguments:
        return f", and it says nothing of {plain(found.subject.text)!r} and another entity"
    others = ", ".join(repr(plain(a.token.text)) for a in found.arguments)
    return f", and {plain(found.subject.text)!r} and {others} are no two entities of which one has a name"
