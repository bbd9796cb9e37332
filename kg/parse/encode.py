"""Words into the model's input: word pieces (WordPiece, uncased) and the case class that lower-casing loses."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from tokenizers import Tokenizer

# Longer words (URLs, pasted data) are cut: their later pieces carry nothing that a parse needs.
MAX_WORD_PIECES = 16


class Case(IntEnum):
    """Shape of a word as far as its case goes; the rows of the model's case embedding."""

    SPECIAL = 0
    PUNCTUATION = 1
    DIGITS = 2
    LOWER = 3
    UPPER = 4
    SINGLE_CAPITAL = 5
    CAPITALISED = 6
    OTHER = 7


def case_of(word: str) -> Case:
    """The case class of a word.

    >>> [case_of(w).name for w in ("Putin", "US", "A", "iPhone", "drones", "2022", ",")]
    ['CAPITALISED', 'UPPER', 'SINGLE_CAPITAL', 'OTHER', 'LOWER', 'DIGITS', 'PUNCTUATION']
    """
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return Case.DIGITS if any(c.isdigit() for c in word) else Case.PUNCTUATION
    if all(not c.isupper() for c in letters):
        return Case.LOWER
    if len(letters) == 1:
        return Case.SINGLE_CAPITAL
    if all(not c.islower() for c in letters):
        return Case.UPPER
    if letters[0].isupper() and all(not c.isupper() for c in letters[1:]):
        return Case.CAPITALISED
    return Case.OTHER


@dataclass(frozen=True)
class EncodedSentence:
    """A sentence as the model reads it: piece ids with [CLS] and [SEP], a case class for each, and the position
    of each word's first piece."""

    pieces: tuple[int, ...]
    cases: tuple[int, ...]
    first: tuple[int, ...]


@dataclass
class WordEncoder:
    """Splits words into pieces and remembers the split, since news repeats its words."""

    tokenizer: Tokenizer
    _seen: dict[str, tuple[tuple[int, ...], int]] = field(default_factory=dict)

    @property
    def unknown(self) -> int:
        """The id of the piece for what the vocabulary can't spell."""
        return self._special("[UNK]")

    def _special(self, piece: str) -> int:
        found = self.tokenizer.token_to_id(piece)
        if found is None:
            raise ValueError(f"the vocabulary lacks {piece}")
        return int(found)

    @classmethod
    def from_file(cls, path: Path) -> WordEncoder:
        """Load a tokenizers JSON file."""
        tokenizer = Tokenizer.from_file(str(path))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(tokenizer)

    def pieces(self, word: str) -> tuple[tuple[int, ...], int]:
        """The piece ids of one word, never empty, and its case class."""
        known = self._seen.get(word)
        if known is not None:
            return known
        ids = self.tokenizer.encode(word[:200], add_special_tokens=False).ids
        found = tuple(ids[:MAX_WORD_PIECES]) or (self.unknown,), int(case_of(word))
        if len(self._seen) < 200_000:
            self._seen[word] = found
        return found

    def sentence(self, words: list[str] | tuple[str, ...]) -> EncodedSentence:
        """Encode a sentence given as words."""
        pieces = [self._special("[CLS]")]
        cases = [int(Case.SPECIAL)]
        first = []
        for word in words:
            first.append(len(pieces))
            ids, case = self.pieces(word)
            pieces.extend(ids)
            cases.extend([case] * len(ids))
        pieces.append(self._special("[SEP]"))
        cases.append(int(Case.SPECIAL))
        return EncodedSentence(tuple(pieces), tuple(cases), tuple(first))
