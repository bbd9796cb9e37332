"""Why a statement says what it says, and whether it is asserted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kg.explain.corpus import Corpus
from kg.explain.parts import article_line, count, plain
from kg.explain.wordings import Wording, frame_wording, word_wording
from kg.facts import in_own_voice, may_be_asserted, voice_of
from kg.model import Fact, Node, Slot, Span, Statement
from kg.resources import Resources
from kg.vocabulary import OPEN_FRAME

Label = Callable[[str], str]
# How the rules of kg.states name a frame: way and relation.
WAYS = {
    "title": "a title before a name",
    "apposition": "a noun beside a name",
    "copula": "a noun said of somebody (is)",
    "described": "a place's name behind what it is and whose",
    "leaving": "what somebody gives up (resigned as)",
    "line": "a title on the line below a name",
    "affiliation": "a person's name with that of an organisation",
    "seat": "a body's name with that of the town where it is",
    "place": "a place's name, a comma, and where it lies",
}


def explain_statement(fact: Fact, corpus: Corpus) -> list[str]:
    """The sentence with the words that filled each slot, the frame, what decided polarity and modality, who says it, and
    whether it is asserted."""
    nodes = corpus.nodes
    document = next(d for d in corpus.graph.documents if d.id == fact.document)

    def name(id_: str) -> str:
        return f"{nodes[id_].label} ({id_})" if id_ in nodes else id_

    lines = [f"statement {fact.id}: {statement_line(fact.statement, lambda i: nodes[i].label if i in nodes else i)}"]
    lines.append(f"  article    {article_line(document)}")
    lines += statement_lines(fact.statement, document.text, name, corpus.resources, corpus.folders)
    lines.append(f"  asserted   {_asserted(fact, corpus, nodes)}")
    return lines


def statement_lines(
    statement: Statement, text: str, name: Label, resources: Resources, folders: Sequence[Path]
) -> list[str]:
    """What explains a statement by itself. `name` tells what to call an entity."""
    lines = [f"  sentence   {marked(text, statement.sentence, [*statement.slots, *_time_slot(statement, text)])}"]
    lines += [f"  {slot:10} {said}" for slot, said in _slots(statement, text, name)]
    lines += _frame(statement, text, resources, folders)
    lines.append(f"  polarity   {statement.polarity}: {_decided(statement, 'negation', text, 'nothing negates it')}")
    nothing = "nothing weakens it" if statement.modality == "actual" else "its frame says so"
    lines.append(f"  modality   {statement.modality}: {_decided(statement, 'modality', text, nothing)}")
    lines.append(f"  voice      {_voice(statement, name)}")
    return lines


def statement_line(statement: Statement, label: Label) -> str:
    """A statement in one line: *Iran supplies Russia; theme drones; possible; by Burns (quote)*."""
    object_ = label(statement.object) if statement.object else ""
    parts = [" ".join(filter(None, (label(statement.subject), statement.relation, object_)))]
    parts += [f"{slot} {label(value)}" for slot in ("theme", "place") if (value := getattr(statement, slot))]
    parts += [f"time {_days(statement)}"] if statement.time else []
    parts += ["negative"] if statement.polarity == "negative" else []
    parts += [statement.modality] if statement.modality != "actual" else []
    if statement.attributed_to:
        quoted = " (quote)" if statement.manner == "quote" else ""
        parts.append(f"by {label(statement.attributed_to)}{quoted}")
    return plain("; ".join(parts))


def _days(statement: Statement) -> str:
    time = statement.time
    if time is None:
        return ""
    if time.earliest and time.earliest == time.latest:
        return time.earliest.isoformat()
    return f"{time.earliest or ''}..{time.latest or ''}"


def marked(text: str, sentence: Span, slots: Iterable[Slot]) -> str:
    """A sentence with the words of each slot in brackets, the slot's name after them: *[Putin]subject [met]trigger*.
    Slots of the same words share their brackets; words outside the sentence are left out."""
    names: dict[tuple[int, int], list[str]] = {}
    for slot in slots:
        if sentence.start <= slot.start < slot.end <= sentence.end:
            names.setdefault((slot.start, slot.end), []).append(slot.name)
    # What opens first is the longer one, what closes first the shorter one.
    marks: list[tuple[int, int, int, str]] = []
    for (start, end), found in names.items():
        marks += [(start, 1, -end, "["), (end, 0, -start, f"]{'+'.join(found)}")]
    parts, position = [], sentence.start
    for offset, _, _, mark in sorted(marks):
        parts += [text[position:offset], mark]
        position = offset
    return plain("".join([*parts, text[position : sentence.end]]))


def _time_slot(statement: Statement, text: str) -> Iterator[Slot]:
    """The words of the time nearest to the trigger, where they stand in its sentence."""
    words = statement.time.text if statement.time else ""
    sentence, trigger = statement.sentence, statement.trigger
    found = [m.start() for m in re.finditer(re.escape(words), text[sentence.start : sentence.end])] if words else []
    if found:
        start = sentence.start + min(found, key=lambda offset: abs(sentence.start + offset - trigger.start))
        yield Slot("time", start, start + len(words))


def _slots(statement: Statement, text: str, name: Label) -> Iterator[tuple[str, str]]:
    words = {slot.name: text[slot.start : slot.end] for slot in statement.slots}
    for slot in ("subject", "object", "theme", "place"):
        value = getattr(statement, slot)
        if value is not None:
            said = f", from the words {plain(words[slot])!r}" if slot in words else ""
            yield slot, f"{plain(name(value))}{said}"
    if statement.time is not None:
        yield "time", f"{_days(statement)}, from the words {plain(statement.time.text)!r}"


def _frame(statement: Statement, text: str, resources: Resources, folders: Sequence[Path]) -> list[str]:
    trigger = plain(text[statement.trigger.start : statement.trigger.end])
    relation = f"{statement.relation} ({statement.family})"
    if statement.frame == OPEN_FRAME:
        return [f"  frame      none knows {trigger!r}: an open statement, {relation}, named by its own words"]
    if statement.frame in {frame.name for frame in resources.ontology.frames}:
        lines = [f"  frame      {statement.frame}, on {trigger!r}, evokes {relation}"]
        return lines + _wording(frame_wording(statement.frame, folders))
    way = WAYS.get(statement.frame.partition("-")[0], "a rule of its own")
    lines = [f"  frame      {statement.frame}: {way}, on {trigger!r}, tells {relation}"]
    return lines + _wording(word_wording(trigger, folders))


def _wording(found: Wording | None) -> list[str]:
    if found is None:
        return []
    return [f"             {found.file}:{found.line}", *(f"             | {plain(line)}" for line in found.lines)]


def _decided(statement: Statement, slot: str, text: str, nothing: str) -> str:
    words = [plain(text[s.start : s.end]) for s in statement.slots if s.name == slot]
    if not words:
        return nothing
    said = " and ".join(map(repr, words))
    return f"{said} (two negations cancel out)" if slot == "negation" and len(words) % 2 == 0 else said


def _voice(statement: Statement, name: Label) -> str:
    if in_own_voice(statement):
        return "the article's own"
    cue = f" ({plain(statement.cue)!r}, {statement.manner})" if statement.cue else f" ({statement.manner})"
    chain = "".join(f", as told by {plain(name(id_))}" for id_ in statement.chain)
    speaker = (
        plain(name(statement.attributed_to)) if statement.attributed_to else "somebody whom the article doesn't name"
    )
    return f"{speaker}{cue}{chain}"


def _asserted(fact: Fact, corpus: Corpus, nodes: Mapping[str, Node]) -> str:
    """Whether and why a statement is a direct triple; the rule is that of kg.facts."""
    statement = fact.statement
    if statement.frame == OPEN_FRAME:
        return "no: open statements never are"
    if statement.polarity == "negative":
        return "no: it is negative"
    if statement.modality != "actual":
        return f"no: it is {statement.modality}, not actual"
    if statement.attributed_to is None and not in_own_voice(statement) and not fact.asserted:
        return "no: claimed by somebody whom the article doesn't name"
    if statement.attributed_to is None:
        reason = "positive, actual, in the article's own voice"
        return f"yes: {reason}" if fact.asserted else "no: the article's own voice doesn't count here"
    group = [f for f in corpus.graph.facts if f.group == fact.group and f.statement.attributed_to is not None]
    voices = sorted({voice_of(f, nodes) for f in group if may_be_asserted(f.statement)})
    told = f"{count(len(voices), 'independent speaker')} ({plain(', '.join(voices))})"
    if fact.asserted:
        return f"yes: claimed by {told}"
    return f"no: claimed by {told}, and {corpus.rule.speakers} are needed"
