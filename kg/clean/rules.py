"""The word lists of boilerplate in the data files, compiled."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import NamedTuple

from kg.datafiles import DataFiles, Entry
from kg.errors import DataError
from kg.vocabulary import KG, RDF

_PHRASE = KG + "phrase"
_NUMBER = r"\d+(?:[.,]\d+)*"
_FIRST_WORD = re.compile(r"\w+")
_OPENING = re.compile(r"[\w#]")


class Found(NamedTuple):
    """Where a phrase stands in a text, and which entry of the word list it belongs to."""

    entry: str
    start: int
    end: int


class _SameFirstWord(NamedTuple):
    pattern: re.Pattern[str]
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Phrases:
    """A word list: (phrase, entry) pairs. Longer phrases win. They are found by their first word, since one
    pattern of hundreds of phrases, tried at every character, takes a hundred times as long."""

    pairs: tuple[tuple[str, str], ...] = ()
    _by_first_word: Mapping[str, _SameFirstWord] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        groups: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for phrase, entry in sorted(self.pairs, key=lambda pair: (-len(pair[0]), pair)):
            groups[_key(phrase)].append((phrase, entry))
        object.__setattr__(self, "_by_first_word", {word: _compile(group) for word, group in groups.items()})

    def opening(self, text: str) -> Found | None:
        """The longest phrase that the text starts with."""
        group = self._by_first_word.get(_key(text))
        return _found(group, group.pattern.match(text)) if group else None

    def whole(self, text: str) -> Found | None:
        """The phrase that is all of the text."""
        group = self._by_first_word.get(_key(text))
        return _found(group, group.pattern.fullmatch(text)) if group else None

    def within(self, text: str, start: int = 0) -> Found | None:
        """The first phrase anywhere in the text."""
        for word in _FIRST_WORD.finditer(text, start):
            group = self._by_first_word.get(_key(word.group()))
            if group and (found := _found(group, group.pattern.match(text, word.start()))):
                return found
        return None

    def without(self, text: str) -> str:
        """The text with every phrase blanked."""
        rest, position = "", 0
        while found := self.within(text, position):
            rest += text[position : found.start] + " "
            position = found.end
        return rest + text[position:]


def _found(group: _SameFirstWord, match: re.Match[str] | None) -> Found | None:
    if match is None or match.lastindex is None:
        return None
    return Found(group.entries[match.lastindex - 1], match.start(), match.end())


def _key(text: str) -> str:
    """The first word in lower case; all numbers are one word."""
    first = _FIRST_WORD.match(text)
    word = first.group().lower() if first else ""
    return "#" if word[:1].isdigit() or text.startswith("#") else word


def _compile(group: list[tuple[str, str]]) -> _SameFirstWord:
    alternatives = "|".join(f"({_as_regex(phrase)})" for phrase, _ in group)
    return _SameFirstWord(re.compile(alternatives, re.IGNORECASE), tuple(entry for _, entry in group))


def _as_regex(phrase: str) -> str:
    """A phrase ends where its last word ends: "Related" isn't found in "Relatedness"."""
    words = r"\s+".join(re.escape(word) for word in phrase.replace("’", "'").split())
    pattern = words.replace(r"\#", _NUMBER).replace("'", "['’‘]")
    return pattern + (r"(?!\w)" if _OPENING.match(phrase[-1]) else "")


_NONE = Phrases()


@dataclass(frozen=True)
class BoilerplateRules:
    """The word lists, one for each class of `boilerplate.ttl`; the file says what each is for."""

    notices: Phrases = field(default=_NONE, metadata={"kind": "Notice"})
    notice_texts: Phrases = field(default=_NONE, metadata={"kind": "NoticeText"})
    teaser_cues: Phrases = field(default=_NONE, metadata={"kind": "TeaserCue"})
    teaser_headings: Phrases = field(default=_NONE, metadata={"kind": "TeaserHeading"})
    comment_headings: Phrases = field(default=_NONE, metadata={"kind": "CommentHeading"})
    prompt_cues: Phrases = field(default=_NONE, metadata={"kind": "PromptCue"})
    prompt_words: Phrases = field(default=_NONE, metadata={"kind": "PromptWord"})
    sharing_names: Phrases = field(default=_NONE, metadata={"kind": "SharingName"})
    navigation_names: Phrases = field(default=_NONE, metadata={"kind": "NavigationName"})
    agencies: Phrases = field(default=_NONE, metadata={"kind": "Agency"})
    credit_cues: Phrases = field(default=_NONE, metadata={"kind": "CreditCue"})
    caption_labels: Phrases = field(default=_NONE, metadata={"kind": "CaptionLabel"})
    inline_noise: Phrases = field(default=_NONE, metadata={"kind": "InlineNoise"})
    byline_cues: Phrases = field(default=_NONE, metadata={"kind": "BylineCue"})
    byline_roles: Phrases = field(default=_NONE, metadata={"kind": "BylineRole"})
    stamp_cues: Phrases = field(default=_NONE, metadata={"kind": "StampCue"})
    tag_cues: Phrases = field(default=_NONE, metadata={"kind": "TagCue"})
    page_noise: Phrases = field(default=_NONE, metadata={"kind": "PageNoise"})


_FIELD_OF_KIND = {spec.metadata["kind"]: spec.name for spec in fields(BoilerplateRules)}


def load_rules(data: DataFiles) -> BoilerplateRules:
    """The word lists of the data files. Raises DataError for phrases that start with no letter or digit, or that an entry of
    no known class has."""
    lists: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for iri in sorted(data.entries):
        entry = data.entries[iri]
        for phrase in _phrases(entry):
            for kind in _kinds(entry):
                lists[_FIELD_OF_KIND[kind]].append((phrase, entry.name))
    return BoilerplateRules(**{spec: Phrases(tuple(pairs)) for spec, pairs in sorted(lists.items())})


def _kinds(entry: Entry) -> list[str]:
    kinds = sorted({iri.removeprefix(KG) for iri in entry.all(RDF + "type")} & _FIELD_OF_KIND.keys())
    if not kinds:
        classes = ", ".join(f"kg:{kind}" for kind in sorted(_FIELD_OF_KIND))
        raise DataError(f"{entry.iri}: has phrases but no known class; give it one of {classes}")
    return kinds


def _phrases(entry: Entry) -> Iterator[str]:
    """An entry's phrases; an empty one is how a user's file takes those of ours away."""
    for phrase in filter(None, map(str.strip, entry.all(_PHRASE))):
        if not _OPENING.match(phrase):
            raise DataError(f"{entry.iri}: has the kg:phrase {phrase!r}, but a phrase starts with a letter or a digit")
        yield phrase
