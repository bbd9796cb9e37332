"""Who says what: quotations and reported speech with their speakers.

An attribution gives a stretch of text (its content) to a speaker by a cue (*said*, *according to*). Contents may lie
inside one another; the innermost speaker is the one to whom a statement belongs. A quotation is given to the reporting
word that its sentence has for it; those that go on after it, or fill the next paragraph, stay with its speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.content import trim
from kg.coref import Discourse
from kg.interviews import interview
from kg.layout import colon_headlines, colon_openings, name_below
from kg.lexicon import Lexicon
from kg.parse import paragraphs, predicates
from kg.quotations import Quotation, find_quotations
from kg.reporting import FIRST_PERSON, Report, reports
from kg.speech import Attribution, Source
from kg.syntax import SUBJECTS

__all__ = ["Attribution", "Quotation", "Source", "find_attributions", "find_quotations", "reporting_words", "source_of"]

# A reporting clause alone has no more words than this (*That is what Burns told CNN on Monday*).
SHORT = 12
# What may stand between a quotation and its reporting verb's subject.
BETWEEN = frozenset((",", ".", "!", "?", "”", '"', "—"))


def find_attributions(
    doc: Doc, discourse: Discourse, lexicon: Lexicon
) -> tuple[tuple[Attribution, ...], tuple[Quotation, ...]]:
    """All attributions of a document and its quotations."""
    quotations = tuple(find_quotations(doc))
    laid_out = interview(doc, discourse)
    talk = {token for attribution in laid_out for token in attribution.content}
    alone = (*colon_headlines(doc, discourse), *colon_openings(doc, discourse, lexicon))
    laid_out += [attribution for attribution in alone if not attribution.content & talk]
    given = {token for attribution in laid_out for token in attribution.content}
    roles = {p.word: p for p in predicates(doc)}
    told = [r for r in reports(doc, roles, discourse, lexicon) if not _is_inside_own_speech(r, quotations)]
    free = [q for q in quotations if q.start not in given]
    found = [*laid_out, *_joined(told, free, doc)]
    return tuple(_unclaimed(doc, discourse, quotations, found)), quotations


def source_of(token: int, attributions: Sequence[Attribution], quotations: Sequence[Quotation]) -> Source:
    """The attributions that claim what a token tells, innermost (smallest) first."""
    holding = [a for a in attributions if token in a.content and not a.is_attitude]
    if not holding:
        return Source((), None)
    quoted = any(q.start <= token < q.end and q.is_speech for q in quotations)
    holding.sort(key=lambda a: (len(a.content), a.cue or 0))
    return Source(tuple(holding), "quote" if quoted else "paraphrase")


def reporting_words(attributions: Sequence[Attribution]) -> frozenset[int]:
    """The words that report what somebody says, rather than judge or want it."""
    return frozenset(a.cue for a in attributions if a.cue is not None and not a.is_attitude)


# --- Reports and their quotations --------------------------------------------------------------------


def _is_inside_own_speech(report: Report, quotations: Sequence[Quotation]) -> bool:
    """Whether a speaker speaks of himself, or thinks, inside a quotation: that is part of what is quoted."""
    cue = report.cue.i
    if not any(q.start <= cue < q.end and q.is_speech for q in quotations):
        return False
    return report.is_belief or report.is_attitude or report.speaker.lower_ in FIRST_PERSON


def _joined(told: Sequence[Report], quotations: Sequence[Quotation], doc: Doc) -> Iterator[Attribution]:
    """Attributions: what the tree gives to a reporting word, and the quotations that are its own."""
    own: dict[int, list[Quotation]] = {}
    for quotation in quotations:
        reporter = _reporter_of(quotation, told, doc)
        if reporter is not None:
            own.setdefault(reporter, []).append(quotation)
    for number, report in enumerate(told):
        content = set(report.content)
        for quotation in own.get(number, ()):
            content |= set(range(quotation.start - 1, min(quotation.end + 1, len(doc))))
        content -= _words_for(report) if number in own else set()
        kept = trim(content, doc)
        if kept:
            attitude = report.is_attitude and number not in own
            yield Attribution(report.speaker.i, report.cue.i, kept, report.is_belief, attitude)


def _words_for(report: Report) -> set[int]:
    """The reporting verb and its speaker, who are no part of what is said."""
    sides = {t.i for t in report.speaker.subtree if report.speaker.head.i == report.cue.i}
    return {report.cue.i, report.speaker.i} | sides


def _reporter_of(quotation: Quotation, told: Sequence[Report], doc: Doc) -> int | None:
    """The number of the report to which a quotation belongs, None if its sentences have none for it."""
    if not quotation.is_speech and not _is_set_off(quotation, doc):
        return None
    outside = [(n, r) for n, r in enumerate(told) if not quotation.start <= r.cue.i < quotation.end]
    inner = set(range(quotation.start, quotation.end))
    meeting = [(len(r.content & inner), len(r.content), n) for n, r in outside if r.content & inner]
    if meeting:
        # The widest of those that hold most of it: what is quoted inside reported speech stays inside.
        return max(meeting)[2]
    first, last = doc[quotation.start].sent.start, doc[quotation.end - 1].sent.end
    around = [
        (not _is_free(r), _distance(r.cue, quotation), n)
        for n, r in outside
        if first <= r.cue.i < last
        and r.cue.pos_ == "VERB"
        and not r.is_belief
        and (_is_free(r) or r.cue.dep_ == "ROOT")
    ]
    if around:
        return min(around)[2]
    nearby = _reporter_nearby(quotation, [(n, r) for n, r in outside if not r.is_attitude], doc)
    return _reporter_before(quotation, outside, doc) if nearby is None else nearby


def _is_free(report: Report) -> bool:
    """Whether a reporting verb has nothing else that it reports."""
    return not report.content or report.is_attitude


def _is_set_off(quotation: Quotation, doc: Doc) -> bool:
    """Whether a short quotation ends in a comma or stop, as speech does."""
    return quotation.end > quotation.start and doc[quotation.end - 1].text in (",", ".", "!", "?")


def _distance(cue: Token, quotation: Quotation) -> int:
    return quotation.start - cue.i if cue.i < quotation.start else cue.i - quotation.end


def _reporter_nearby(quotation: Quotation, told: Sequence[tuple[int, Report]], doc: Doc) -> int | None:
    """The report of the sentence right before that ends in a colon, or of a short one right after."""
    start = doc[quotation.start].sent.start
    first, last = paragraphs(doc)[quotation.paragraph]
    spoken = any(first <= r.cue.i < start and r.content and not r.is_attitude for _, r in told)
    for number, report in told:
        sentence = report.cue.sent
        if report.content or report.cue.pos_ != "VERB":
            continue
        words = [t for t in sentence if not t.is_space]
        if words[-1].text == ":" and 0 <= start - sentence.end <= 2:
            return number
        short = sum(not t.is_punct for t in words) <= SHORT
        refused = any(c.dep_ == "advmod" and c.lower_ in ("not", "n't", "n’t", "never") for c in report.cue.children)
        inside = report.cue.i < last or _fills(quotation, paragraphs(doc))
        if short and not refused and not spoken and inside and 0 <= sentence.start - quotation.end <= 2:
            return number
    return None


def _reporter_before(quotation: Quotation, told: Sequence[tuple[int, Report]], doc: Doc) -> int | None:
    """The report that is the main clause of the sentence right before a quotation of whole sentences (*Rossi confirmed
    this to Reuters. "…"*)."""
    start, paragraph = doc[quotation.start].sent.start, paragraphs(doc)[quotation.paragraph]
    if not _is_set_off(quotation, doc) or quotation.start - start > 1:
        return None
    for number, report in told:
        cue = report.cue
        before = cue.dep_ == "ROOT" and cue.pos_ == "VERB" and not report.is_belief and 0 <= start - cue.sent.end <= 2
        refused = any(c.dep_ == "advmod" and c.lower_ in ("not", "n't", "n’t", "never") for c in cue.children)
        if before and not refused and (cue.i >= paragraph[0] or _fills(quotation, paragraphs(doc))):
            return number
    return None


# --- Quotations that no verb claims ------------------------------------------------------------------


def _unclaimed(
    doc: Doc, discourse: Discourse, quotations: Sequence[Quotation], claimed: Sequence[Attribution]
) -> list[Attribution]:
    """The attributions with the other quotations: those that go on are added to what their speaker said before; a
    pull quote is its own."""
    parts = paragraphs(doc)
    found = list(claimed)
    for number, quotation in enumerate(quotations):
        if not quotation.is_speech or any(quotation.start in a.content and not a.is_attitude for a in found):
            continue
        words = range(quotation.start, quotation.end)
        below = name_below(quotation.paragraph, doc, discourse, parts) if _fills(quotation, parts) else None
        before = None if below else _speech_before(quotation, quotations[:number], parts, found)
        if below is not None:
            found.append(Attribution(below, None, frozenset(words)))
        elif before is not None:
            found[before] = found[before]._replace(content=found[before].content | frozenset(words))
        else:
            spoken = _verb_beside(quotation, discourse, doc)
            if spoken is not None:
                found.append(Attribution(spoken[0].i, spoken[1].i, frozenset(words)))
    _add_openings(quotations, found)
    return found + _pull_quotes(doc, discourse, parts, found)


def _add_openings(quotations: Sequence[Quotation], found: list[Attribution]) -> None:
    """Give quotations that go on in the next paragraph to whoever speaks there, last ones first."""
    for number in range(len(quotations) - 2, -1, -1):
        quotation, following = quotations[number], quotations[number + 1]
        if not quotation.goes_on or any(quotation.start in a.content and not a.is_attitude for a in found):
            continue
        speech = [n for n, a in enumerate(found) if following.start in a.content and not a.is_attitude]
        for widest in sorted(speech, key=lambda n: len(found[n].content))[-1:]:
            words = frozenset(range(quotation.start, quotation.end))
            found[widest] = found[widest]._replace(content=found[widest].content | words)


def _fills(quotation: Quotation, parts: Sequence[tuple[int, int]]) -> bool:
    first, last = parts[quotation.paragraph]
    return quotation.start - first <= 1 and last - quotation.end <= 3


def _speech_before(
    quotation: Quotation,
    earlier: Sequence[Quotation],
    parts: Sequence[tuple[int, int]],
    known: Sequence[Attribution],
) -> int | None:
    """The number of the attribution that a quotation continues: of the nearest report in its paragraph; of the one
    that ends in the quotation before, where that goes on or the paragraph is all quotation."""
    first, last = parts[quotation.paragraph]
    spoken = [(n, a) for n, a in enumerate(known) if not a.is_belief and not a.is_attitude]
    near = [(abs(a.cue - quotation.start), n) for n, a in spoken if a.cue is not None and first <= a.cue < last]
    if near:
        return min(near)[1]
    previous = earlier[-1] if earlier else None
    goes_on = previous is not None and previous.goes_on and previous.paragraph == quotation.paragraph - 1
    if quotation.paragraph == 0 or not (goes_on or _fills(quotation, parts)):
        return None
    start, end = parts[quotation.paragraph - 1]
    above = [n for n, a in spoken if any(start <= i < end for i in (a.content if a.cue is None else {a.cue}))]
    if goes_on and previous is not None:
        above = [n for n, a in spoken if previous.start in a.content] or above
    return above[-1] if above else None


def _verb_beside(quotation: Quotation, discourse: Discourse, doc: Doc) -> tuple[Token, Token] | None:
    """(speaker, verb) right beside a quotation with a comma inside: whatever the verb, it says how that is spoken
    (*"Go home," he barked*)."""
    if doc[quotation.end - 1].text not in (",", "!", "?"):
        return None
    after = [t for t in doc[quotation.end : quotation.end + 6] if not t.is_space and t.text not in BETWEEN]
    verb = next((t for t in after if t.pos_ == "VERB"), None)
    if verb is None or verb.sent.end <= quotation.end:
        return None
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS and discourse.covering(c.i) is not None]
    return (subjects[0], verb) if subjects else None


def _pull_quotes(
    doc: Doc, discourse: Discourse, parts: Sequence[tuple[int, int]], found: Sequence[Attribution]
) -> list[Attribution]:
    """Paragraphs over a line that is a name, where somebody speaks or the name's office stands under it."""
    pulled = []
    for number in range(len(parts) - 1):
        first, last = parts[number]
        below = name_below(number, doc, discourse, parts)
        claims = [a for a in found if not a.is_belief and not a.is_attitude]
        if below is None or any(first <= i < last for a in claims for i in a.content):
            continue
        speaks = any(doc[i].lower_ in ("i", "we", "my", "our") for i in range(first, last))
        if speaks or _has_office_below(number + 1, doc, parts):
            pulled.append(Attribution(below, None, trim(range(first, last), doc)))
    return pulled


def _has_office_below(number: int, doc: Doc, parts: Sequence[tuple[int, int]]) -> bool:
    """Whether the line under a name, or the rest of the name's line, is a title: a few words, no verb, no stop, the
    text before it a sentence."""
    first, last = parts[number - 1]
    told = any(t.pos_ in ("VERB", "AUX") for t in doc[first:last]) and doc[last - 1].text in (".", "!", "?", "”", '"')
    lines = [parts[number], *([parts[number + 1]] if number + 1 < len(parts) else [])]
    title = lines[-1]
    words = [t for t in doc[title[0] : title[1]] if not t.is_space]
    plain = 0 < len(words) <= 14 and not any(t.pos_ in ("VERB", "AUX", "PRON") for t in words)
    return told and plain and words[-1].text not in (".", "!", "?", ":") and not words[0].is_digit
