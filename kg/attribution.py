"""Who says what: quotations and reported speech with their speakers.

An attribution gives a stretch of text (its content) to a speaker by a cue (*said*, *according to*). Contents may lie
inside one another; the innermost speaker is the one to whom a statement belongs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.coref import Discourse
from kg.lexicon import Lexicon
from kg.model import Manner
from kg.parse import paragraphs, predicates
from kg.syntax import SUBJECTS, children, is_passive, preposition, subject

OPEN, CLOSE, STRAIGHT = frozenset("“«„"), frozenset("”»"), frozenset('"')
# A quotation of fewer words is a term in quotation marks, not speech.
SPEECH_WORDS = 4
# Verbs of saying that parsers hang on what is said when they stand inside or after it.
CORE_CUES = frozenset(("say", "add", "tell"))
SPEAKERS = frozenset(("Person", "Organization", "Country", "Group", "Place"))


class Quotation(NamedTuple):
    """Tokens [start, end) between quotation marks, the marks left out; `paragraph` is the number of the first one's
    paragraph."""

    start: int
    end: int
    paragraph: int


class Attribution(NamedTuple):
    """Content given to a speaker. `speaker` is the head token of the words for the speaker, `cue` the reporting
    word's token
    (None where the layout tells); `content` holds token numbers."""

    speaker: int
    cue: int | None
    content: frozenset[int]
    is_belief: bool = False


class Source(NamedTuple):
    """To whom a token's statement belongs: the innermost attribution first, and how its words are given."""

    attributions: tuple[Attribution, ...]
    manner: Manner | None


def find_attributions(
    doc: Doc, discourse: Discourse, lexicon: Lexicon
) -> tuple[tuple[Attribution, ...], tuple[Quotation, ...]]:
    """All attributions of a document and its quotations."""
    quotations = tuple(find_quotations(doc))
    found = [*_colon_headlines(doc, discourse), *_colon_openings(doc, discourse)]
    given = {token for attribution in found for token in attribution.content}
    found += _reported(doc, discourse, lexicon, [q for q in quotations if q.start not in given])
    found += _unclaimed(doc, discourse, quotations, found)
    return tuple(found), quotations


def source_of(token: int, attributions: Sequence[Attribution], quotations: Sequence[Quotation]) -> Source:
    """The attributions whose content holds a token, innermost (smallest) first."""
    holding = sorted((a for a in attributions if token in a.content), key=lambda a: (len(a.content), a.cue or 0))
    if not holding:
        return Source((), None)
    quoted = any(q.start <= token < q.end and q.end - q.start >= SPEECH_WORDS for q in quotations)
    return Source(tuple(holding), "quote" if quoted else "paraphrase")


# --- Quotations --------------------------------------------------------------------------------------


def find_quotations(doc: Doc) -> Iterator[Quotation]:
    """The quotations of a document, paired within paragraphs; one left open goes on where the next paragraph opens
    anew."""
    pending: Quotation | None = None
    for number, (first, last) in enumerate(paragraphs(doc)):
        opened: int | None = None
        if pending is not None and doc[first].text not in OPEN | STRAIGHT:
            pending = None
        for index in range(first, last):
            text = doc[index].text
            if opened is None and (text in OPEN or text in STRAIGHT):
                opened = index + 1
            elif opened is not None and (text in CLOSE or (text in STRAIGHT and index > opened)):
                yield Quotation(opened, index, number)
                opened = None
        pending = None
        if opened is not None and last - opened >= SPEECH_WORDS:
            pending = Quotation(opened, last, number)
            yield pending


def _is_speech(quotation: Quotation) -> bool:
    return quotation.end - quotation.start >= SPEECH_WORDS


# --- Reporting verbs, nouns and prepositions ---------------------------------------------------------


def _reported(
    doc: Doc, discourse: Discourse, lexicon: Lexicon, quotations: Sequence[Quotation]
) -> Iterator[Attribution]:
    roles = {p.word: p for p in predicates(doc)}
    for token in doc:
        if token.pos_ == "VERB" and _is_cue(token, lexicon):
            args = roles[token.i].args if token.i in roles else ()
            yield from _by_verb(token, args, discourse, lexicon, quotations)
        elif token.pos_ == "NOUN" and token.lemma_ in lexicon.speech:
            yield from _by_noun(token, discourse)
        elif token.lower_ in ("according", "per"):
            yield from _by_preposition(token, discourse, lexicon)


def _is_cue(verb: Token, lexicon: Lexicon) -> bool:
    return verb.lemma_ in lexicon.speech or verb.lemma_ in lexicon.denials


def _by_verb(
    verb: Token,
    args: tuple[tuple[int, str], ...],
    discourse: Discourse,
    lexicon: Lexicon,
    quotations: Sequence[Quotation],
) -> Iterator[Attribution]:
    speaker = _speaker_of(verb, args, discourse, lexicon)
    if speaker is None:
        return
    content = _content_of(verb, args)
    quoted = _quotations_of(verb, content, quotations)
    content |= {i for q in quoted for i in range(q.start, q.end)}
    content -= {t.i for t in speaker.subtree} if not content & {verb.i} else set()
    content.discard(verb.i)
    if content:
        yield Attribution(speaker.i, verb.i, frozenset(content), verb.lemma_ in lexicon.beliefs)


def _speaker_of(verb: Token, args: tuple[tuple[int, str], ...], discourse: Discourse, lexicon: Lexicon) -> Token | None:
    """The one who speaks: the verb's subject, in the passive its agent."""
    candidates: list[Token | None] = []
    if is_passive(verb):
        candidates = [*children(verb, "obl:agent")]
    else:
        candidates = [subject(verb), *(verb.doc[i] for i, role in args if role == "ARG0")]
    for token in candidates:
        if token is None:
            continue
        number = discourse.covering(token.i)
        if number is None:
            continue
        candidate = discourse.candidates[number]
        if candidate.type in SPEAKERS or candidate.kind == "pronoun" or token.lemma_ in lexicon.sources:
            return token
    return None


def _content_of(verb: Token, args: tuple[tuple[int, str], ...]) -> set[int]:
    """The tokens of what is said: the complement clause; the clause around an inserted verb; the clause of a role."""
    content: set[int] = set()
    for child in verb.children:
        if (
            child.dep_ in ("ccomp", "csubj")
            or (child.dep_ == "parataxis" and not _has_cue_subject(child))
            or (child.dep_ in ("xcomp",) and verb.lemma_ in ("deny", "claim", "admit", "accuse", "charge"))
            or (
                child.dep_ in ("advcl",)
                and verb.lemma_ in ("accuse", "charge", "deny", "blame")
                and children(child, "mark")
            )
        ):
            content |= {t.i for t in child.subtree}
    inserted = verb.dep_ == "ccomp" and verb.i > verb.head.i and not content and verb.lemma_ in CORE_CUES
    if (verb.dep_ == "parataxis" and _is_inserted(verb)) or inserted:
        own = {t.i for t in verb.subtree}
        content |= {t.i for t in verb.head.subtree} - own
    for index, role in args:
        argument = verb.doc[index]
        if (
            role == "ARG1"
            and argument.pos_ in ("VERB", "AUX", "ADJ")
            and argument.i != verb.i
            and argument.dep_ in ("ccomp", "ROOT", "parataxis", "conj")
        ):
            tokens = {t.i for t in argument.subtree}
            if verb.i not in tokens:
                content |= tokens
    return content


def _is_inserted(verb: Token) -> bool:
    """Whether a verb of saying stands inside or after what is said, set off by commas; a clause after a semicolon
    tells something else."""
    if any(
        c.dep_ in ("obj", "ccomp", "obl")
        and c.pos_ in ("NOUN", "PROPN", "VERB")
        and preposition(c) in (None, "of", "about")
        for c in verb.children
        if c.dep_ != "obl" or preposition(c)
    ) and not (any(c.dep_ == "obj" for c in verb.children) and verb.lemma_ in CORE_CUES):
        return False
    first, last = sorted((verb.i, verb.head.i))
    return not any(t.text in (";", ":") for t in verb.doc[first:last])


def _has_cue_subject(token: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in token.children) and token.lemma_ in CORE_CUES


def _quotations_of(verb: Token, content: set[int], quotations: Sequence[Quotation]) -> list[Quotation]:
    """The quotations that a reporting verb introduces: those that meet its content; else those of its sentence; else,
    if the sentence is the reporting clause alone, the one that ends right before it."""
    sentence = verb.sent
    outside = [q for q in quotations if not q.start <= verb.i < q.end and _is_speech(q)]
    meeting = [q for q in outside if any(i in content for i in range(q.start, q.end))]
    if meeting:
        return meeting
    inside = [q for q in outside if q.start < sentence.end and q.end > sentence.start]
    if inside and verb.dep_ not in ("advcl", "acl", "acl:relcl", "xcomp"):
        return inside
    before = [q for q in outside if 0 <= sentence.start - q.end <= 2]
    short = sum(not t.is_punct and not t.is_space for t in sentence) <= 12
    return before if short and not content else []


def _by_noun(noun: Token, discourse: Discourse) -> Iterator[Attribution]:
    """*Burns's claim that …*, *a statement by the ministry that …*."""
    clauses = [c for c in children(noun, "acl", "ccomp") if any(m.lower_ == "that" for m in children(c, "mark"))]
    owners = [*children(noun, "nmod:poss"), *(c for c in children(noun, "nmod") if preposition(c) in ("by", "from"))]
    for clause in clauses:
        for owner in owners[:1]:
            if discourse.covering(owner.i) is not None:
                yield Attribution(owner.i, noun.i, frozenset(t.i for t in clause.subtree))


def _by_preposition(mark: Token, discourse: Discourse, lexicon: Lexicon) -> Iterator[Attribution]:
    """*according to X*: the clause that the phrase hangs on, or the whole sentence if it stands apart."""
    words = " ".join([mark.lower_, *(t.lower_ for t in children(mark, "fixed"))])
    if words not in lexicon.speech_prepositions:
        return
    source = mark.head
    if source.i == mark.i:
        return
    number = discourse.covering(source.i)
    speaks = number is not None and (
        discourse.candidates[number].type in SPEAKERS or discourse.candidates[number].kind == "pronoun"
    )
    if not speaks and source.lemma_ not in lexicon.sources:
        return
    governor = source.head if source.head.i != source.i else source
    own = {t.i for t in source.subtree}
    content = {t.i for t in governor.subtree} - own
    if governor.dep_ in ("conj", "parataxis") or source.i == governor.i:
        content |= {t.i for t in governor.sent} - own
    if content:
        yield Attribution(source.i, mark.i, frozenset(content))


def _colon_headlines(doc: Doc, discourse: Discourse) -> list[Attribution]:
    """*Trip shows desperation: US Institute of Peace*: a line that ends in a colon and a name."""
    found = []
    for first, last in paragraphs(doc):
        colons = [i for i in range(first, last) if doc[i].text == ":"]
        if (
            len(colons) != 1
            or doc[last - 1].text in (".", "!", "?", ")")
            or not any(t.pos_ == "VERB" for t in doc[first : colons[0]])
        ):
            continue
        colon = colons[0]
        names = [
            c
            for c in discourse.candidates
            if c.kind == "name" and c.start >= colon and c.end <= last and c.type in SPEAKERS
        ]
        if len(names) == 1 and all(
            t.pos_ in ("DET", "PUNCT", "SPACE") or names[0].start <= t.i < names[0].end for t in doc[colon + 1 : last]
        ):
            found.append(Attribution(names[0].head, None, frozenset(range(first, colon))))
    return found


def _colon_openings(doc: Doc, discourse: Discourse) -> list[Attribution]:
    """*John Kirby: Russia is isolated.*: a paragraph that begins with a speaker's name and a colon."""
    found = []
    opening = {
        c.start: c
        for c in discourse.candidates
        if c.kind == "name" and c.type in ("Person", "Organization", "Country", "Place")
    }
    for first, last in paragraphs(doc):
        while first < last and (doc[first].pos_ in ("PUNCT", "SYM", "DET") or doc[first].text in ("•", "-", "*")):
            first += 1
        name = opening.get(first)
        if name is None or name.end >= last or doc[name.end].text != ":" or last - name.end < SPEECH_WORDS:
            continue
        if any(t.pos_ in ("VERB", "AUX") for t in doc[name.end : last]):
            # A transcript speaks in the first person to the paragraph's end; elsewhere the reporter takes over after
            # a sentence.
            speaks_on = any(t.lower_ in ("i", "we", "my", "our") for t in doc[name.end : last])
            end = last if speaks_on else min(last, doc[name.end + 1].sent.end)
            found.append(Attribution(name.head, None, frozenset(range(name.end + 1, end))))
    return found


# --- Quotations that no verb claims ------------------------------------------------------------------


def _unclaimed(
    doc: Doc, discourse: Discourse, quotations: Sequence[Quotation], claimed: Sequence[Attribution]
) -> list[Attribution]:
    """Speakers for the other quotations: the paragraph's speaker, the name on the line below, the speaker going on."""
    parts = paragraphs(doc)
    found: list[Attribution] = []
    for quotation in quotations:
        if not _is_speech(quotation) or any(quotation.start in a.content for a in claimed):
            continue
        speaker = (
            _speaker_of_paragraph(quotation, parts, claimed)
            or _name_below(quotation.paragraph, doc, discourse, parts)
            or _speaker_before(quotation, parts, [*claimed, *found])
        )
        if speaker is not None:
            found.append(Attribution(speaker[0], speaker[1], frozenset(range(quotation.start, quotation.end))))
    for number in range(len(parts) - 1):
        first, last = parts[number]
        below = _name_below(number, doc, discourse, parts)
        if (
            below
            and any(doc[i].lower_ in ("i", "we", "my", "our") for i in range(first, last))
            and not any(a.content & set(range(first, last)) for a in [*claimed, *found] if not a.is_belief)
        ):
            found.append(Attribution(below[0], None, frozenset(range(first, last))))
    return found


def _speaker_of_paragraph(
    quotation: Quotation, parts: list[tuple[int, int]], claimed: Sequence[Attribution]
) -> tuple[int, int | None] | None:
    """The speaker of the nearest other quotation or report in the same paragraph."""
    first, last = parts[quotation.paragraph]
    near = [a for a in claimed if a.cue is not None and first <= a.cue < last and not a.is_belief]
    if not near:
        return None
    best = min(near, key=lambda a: (abs((a.cue or 0) - quotation.start), a.cue or 0))
    return best.speaker, best.cue


def _name_below(number: int, doc: Doc, discourse: Discourse, parts: list[tuple[int, int]]) -> tuple[int, None] | None:
    """The person whose name is all of the next line (a pull quote)."""
    if number + 1 >= len(parts):
        return None
    first, last = parts[number + 1]
    while first < last and doc[first].text in ("—", "–", "-", "~"):
        first += 1
    for candidate in discourse.candidates:
        if candidate.kind == "name" and candidate.type == "Person" and candidate.start == first:
            rest = [t for t in doc[candidate.end : last] if not t.is_space]
            if not rest or (rest[0].text == "," and last - first <= 14 and doc[last - 1].text not in (".", "!", "?")):
                return candidate.head, None
    return None


def _speaker_before(
    quotation: Quotation, parts: list[tuple[int, int]], known: Sequence[Attribution]
) -> tuple[int, int | None] | None:
    """The last speaker, if the quotation opens its paragraph and the paragraph before was his."""
    first, last = parts[quotation.paragraph]
    if quotation.paragraph == 0 or quotation.start - first > 1 or last - quotation.end > 2:
        return None
    before = parts[quotation.paragraph - 1]
    near = [
        a
        for a in known
        if (a.cue is not None and before[0] <= a.cue < before[1])
        or (a.cue is None and any(before[0] <= i < before[1] for i in a.content))
    ]
    near = [a for a in near if not a.is_belief]
    return (near[-1].speaker, near[-1].cue) if near else None
