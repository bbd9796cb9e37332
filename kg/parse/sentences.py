"""Where sentences end in article text: paragraphs first, then punctuation within them.

Written for news: a line without final punctuation (heading, caption, byline) is a sentence of its own;
abbreviations, initials and decimals do not end one; a closing quotation mark belongs to the sentence it closes, and
`"…," she said` goes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from spacy.tokens import Doc, Token

from kg.lexicon import Lexicon

FINAL = frozenset({".", "!", "?", "…", "...", "?!", "!?", "!!", "??", "....", "。"})
CLOSING = frozenset("\"'”’»)]}") | {"''", "”", "’"}
OPENING = frozenset("\"'“‘«([{") | {"``", "“", "‘"}
# Authors' and editors' initials at the end of an article, with the agencies that they used (*dr/hc (AFP, dpa)*).
SIGN = re.compile(r"(?<=[.!?\"'”’)])\s+([a-z]{2,5}(?:\s?[/,]\s?[a-z]{2,5}){1,3})\s*(?:\([^()]{0,80}\))?\s*$")
# How many characters one wrapped line may be longer than another by more than the word that didn't fit.
SLACK = 12
# A sentence longer than this is cut at the best place, so that no paste of 10,000 words reaches the model whole.
MAX_WORDS = 220


def mark_sentences(doc: Doc, lexicon: Lexicon) -> None:
    """Set the sentence starts of a tokenised Doc. White-space tokens belong to the sentence before them."""
    starts = set()
    for first, last in paragraphs(doc):
        begin = first
        starts.add(first)
        dateline = dateline_end(doc, first, last)
        if dateline is not None:
            starts.add(dateline)
            begin = dateline
        for index in range(begin, last):
            if index + 1 == last or (begin == first and _numbers_item(doc, begin, index)):
                continue
            if ends_sentence(doc, index, last, lexicon) or _is_too_long(doc, begin, index):
                starts.add(index + 1)
                begin = index + 1
    sign = sign_start(doc)
    if sign is not None:
        starts.add(sign)
    # All at once: spaCy looks through the Doc whenever one token is set.
    marks: Any = np.array([[1 if i in starts or i == 0 else -1] for i in range(len(doc))], dtype=np.int64)
    doc.from_array(["SENT_START"], marks.view(np.uint64))


def sign_start(doc: Doc) -> int | None:
    """The first token of the authors' initials at the end of an article, None if it has none."""
    found = SIGN.search(doc.text, max(0, len(doc.text) - 120))
    return next((t.i for t in doc if t.idx >= found.start(1)), None) if found else None


def _is_too_long(doc: Doc, begin: int, index: int) -> bool:
    """Whether a sentence that began at a token is cut after another: at punctuation if there is some in time."""
    length = index - begin
    return (length >= MAX_WORDS and doc[index].text in (";", ",", ":", "—", "–")) or length > 1.2 * MAX_WORDS


def dateline_end(doc: Doc, first: int, last: int) -> int | None:
    """The token after a dateline (*MOSCOW, July 20 (Reuters) —*, *Harare, Zimbabwe –*), None if the paragraph has
    none."""
    for index in range(first + 1, min(last - 1, first + 16)):
        token = doc[index]
        if (
            token.text in ("—", "–", "--", "-")
            and (token.nbor(-1).whitespace_ or token.nbor(-1).text in (")", "]"))
            and token.whitespace_
        ):
            words = [t for t in doc[first:index] if t.is_alpha]
            shouted = bool(words) and words[0].is_upper and len(words[0]) > 2
            agency = any(t.text in (")", "]") for t in doc[index - 1 : index])
            named = shouted or agency or _is_town(doc, first, index)
            return index + 1 if words and words[0].text[:1].isupper() and named else None
        if not (
            token.text[:1].isupper() or token.is_punct or token.is_digit or token.lower_ in ("de", "al", "of", "the")
        ):
            return None
    return None


def _is_town(doc: Doc, first: int, dash: int) -> bool:
    """Whether all there is before a dash are two names with a comma between, and a sentence begins behind it."""
    words = doc[first:dash]
    commas = [t.i for t in words if t.text == ","]
    names = all(t.is_title for t in words if t.text != ",")
    return names and len(commas) == 1 and first < commas[0] < dash - 1 and len(words) <= 7 and doc[dash + 1].is_title


def paragraphs(doc: Doc) -> list[tuple[int, int]]:
    """[first, last) tokens of each paragraph, white-space tokens at its ends left out.

    A blank line ends a paragraph; a single line break does unless the line was wrapped in mid-sentence.
    """
    found = []
    first = None
    for token in doc:
        if token.is_space:
            if first is not None and "\n" in token.text and _breaks(doc, token):
                found.append((first, token.i))
                first = None
        elif first is None:
            first = token.i
    if first is not None:
        end = len(doc)
        while end > first and doc[end - 1].is_space:
            end -= 1
        found.append((first, end))
    return found


def _breaks(doc: Doc, space: Token) -> bool:
    """Whether a white-space token with a line break ends the paragraph."""
    if space.text.count("\n") > 1 or space.i + 1 >= len(doc) or space.i == 0:
        return True
    following = doc[space.i + 1]
    before = range(space.i - 1, -1, -1)
    line_start = next((i for i in before if doc[i].is_space and "\n" in doc[i].text), -1) + 1
    line_length = space.idx - doc[line_start].idx
    wrapped = line_length >= 50 and doc[space.i - 1].text not in FINAL | CLOSING
    if wrapped and not following.text[:1].islower():
        # Wrapped lines have one measure: a heading stands over a longer one.
        longest = line_length + len(following) + SLACK
        wrapped = line_length >= 65 and _line_end(doc, following.i) - following.idx <= longest
    return not wrapped


def _line_end(doc: Doc, index: int) -> int:
    """The character at which the line of a token ends."""
    following = (t.idx for t in doc[index + 1 :] if t.is_space and "\n" in t.text)
    return next(following, len(doc.text))


def ends_sentence(doc: Doc, index: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the token at `index` is the last of its sentence; `last` bounds the paragraph."""
    token = doc[index]
    following = next_word(doc, index + 1, last)
    if following is None or _is_reference(doc, following.i, last) or _inside_brackets(doc, index, last):
        return False
    if _is_reference(doc, index - 2, last) and token.text == "]":
        return begins_sentence(following)
    if _is_closing(token):
        return _closes_sentence(doc, index, following)
    if token.text in FINAL or _ends_with_stop(token):
        if _is_closing(following) and not token.whitespace_:
            return False
        return _after_final(doc, token, following, lexicon)
    return False


def _is_closing(token: Token) -> bool:
    """Whether a token closes quotations or brackets; so does an opening mark that leans to the word before it
    (*„Geh!“*)."""
    if token.text in CLOSING:
        return True
    leans = token.i > 0 and not token.nbor(-1).whitespace_ and not token.nbor(-1).is_space
    apart = bool(token.whitespace_) or token.i + 1 == len(token.doc) or token.nbor(1).is_space
    return token.text in ("“", "„") and leans and apart


def _is_reference(doc: Doc, index: int, last: int) -> bool:
    """Whether a reference to a note begins at a token (*[3]*): it belongs to what is before it."""
    return 0 <= index < last - 2 and doc[index].text == "[" and doc[index + 1].is_digit and doc[index + 2].text == "]"


def _inside_brackets(doc: Doc, index: int, last: int) -> bool:
    """Whether a stop stands right before the end of brackets that opened in mid-sentence (*[George H. W.] Bush*)."""
    if index + 1 >= last or doc[index + 1].text != "]":
        return doc[index].text == "]" and _ends_with_stop(doc[index - 1])
    return True


def _numbers_item(doc: Doc, begin: int, index: int) -> bool:
    """Whether a sentence would be nothing but the number of a list item (*2. Moscow*)."""
    if index - begin > 3 or not doc[index].text.endswith("."):
        return False
    words = [token.text for token in doc[begin : index + 1]]
    return len("".join(words)) <= 4 and words[0].rstrip(".").isdigit()


def next_word(doc: Doc, index: int, last: int) -> Token | None:
    """The next token that is no white space, None at the paragraph's end."""
    while index < last:
        if not doc[index].is_space:
            return doc[index]
        index += 1
    return None


def _ends_with_stop(token: Token) -> bool:
    """Tokens that keep their full stop: abbreviations and initials."""
    return len(token.text) > 1 and token.text.endswith(".") and token.text not in FINAL


def _closes_sentence(doc: Doc, index: int, following: Token) -> bool:
    """A closing quotation mark or bracket after final punctuation ends the sentence if a new one begins."""
    before = index - 1
    while before >= 0 and _is_closing(doc[before]):
        before -= 1
    if before < 0 or not (doc[before].text in FINAL or _ends_with_stop(doc[before])):
        return False
    if not doc[index].whitespace_ and not (index + 1 < len(doc) and doc[index + 1].is_space):
        return False
    return begins_sentence(following)


def _after_final(doc: Doc, token: Token, following: Token, lexicon: Lexicon) -> bool:
    lower = token.lower_
    if token.text == "." and token.i > 0 and not doc[token.i - 1].whitespace_:
        lower = doc[token.i - 1].lower_ + "."
    if lower in lexicon.abbreviations and not (lower == "no." and not following.text[0].isdigit()):
        return False
    if lower in lexicon.final_abbreviations or _is_initials(lower):
        return following.lower_ in lexicon.sentence_starters and following.is_title
    if not token.whitespace_ and not doc[token.i + 1].is_space:
        # No space after the stop: a decimal, a URL, or a missing space before a capital.
        return (
            token.text in FINAL
            and following.is_title
            and len(doc[token.i - 1].text) > 1
            and following.text not in OPENING
        )
    return begins_sentence(following)


def _is_initials(lower: str) -> bool:
    """*j.*, *u.s.*, *j.k.*: single letters with stops."""
    parts = lower.split(".")
    return len(parts) > 1 and not parts[-1] and all(len(part) == 1 and part.isalpha() for part in parts[:-1])


def begins_sentence(token: Token) -> bool:
    """Whether a token can open a sentence: a capital, a digit, an opening quotation mark or bracket, a dash or
    bullet."""
    first = token.text[0]
    return (
        first.isupper()
        or first.isdigit()
        or token.text in OPENING
        # »Geh!«, ”Go!”
        or (token.text in ("»", "”") and not token.whitespace_ and token.i > 0 and bool(token.nbor(-1).whitespace_))
        or first in "“‘«([-–—•*\"'$€£#@"
        or (not first.isascii() and first.isalpha())
    )


def sentence_bounds(doc: Doc) -> Sequence[tuple[int, int]]:
    """[start, end) characters of each sentence, white space at the ends left out."""
    bounds = []
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        if words:
            bounds.append((words[0].idx, words[-1].idx + len(words[-1])))
    return bounds
