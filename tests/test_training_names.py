"""Our own annotated sentences: they can be read, and keep the rules of `training/names/GUIDELINE.md` that a program can check."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from kg.parse.tokens import make_language
from training.names import FOLDER, read_own_names, sentence_of
from training.sentences import NER_LABELS, Sentence

TITLE = re.compile(
    r"(President|Vice-President|Premier|Chancellor|Minister|Secretary|Senator|Governor|Ambassador|Mr|"
    r"Mrs|Ms|Miss|Dr|Professor|Sir|Lady|Lord|Dame|King|Queen|Prince|Princess|Emir|Sheikh|Sheikha|Pope|"
    r"Cardinal|Archbishop|Bishop|Patriarch|Father|Pastor|Imam|Ayatollah|Mullah|Daw|Judge|Commissioner|"
    r"General|Gen|Lieutenant|Lt|Colonel|Col|Captain|Capt|Brigadier|Admiral)\.?"
)
# Names that happen to begin with a title.
NOT_TITLES = frozenset(["Sheikh Hasina"])
AT_LEAST = {
    "train": {"sentences": 620, "PERSON": 500, "LOC": 500, "ORG": 400, "NORP": 180, "MISC": 150, "none": 45},
    "test": {"sentences": 160, "PERSON": 120, "LOC": 120, "ORG": 90, "NORP": 35, "MISC": 35, "none": 12},
}


@pytest.fixture(scope="module")
def sentences() -> list[Sentence]:
    return read_own_names()


def names(sentences: list[Sentence], label: str | None = None) -> list[tuple[Sentence, tuple[str, ...], str]]:
    """(sentence, words of the name, label) of every name, or of every name of a label."""
    return [
        (s, s.words[start:end], kind)
        for s in sentences
        for start, end, kind in s.entities or ()
        if label in (None, kind)
    ]


@pytest.mark.parametrize(
    "line, words, entities",
    [
        ("Nobody came.", ["Nobody", "came", "."], []),
        ("[LOC Russia]-[LOC Iran] ties", ["Russia", "-", "Iran", "ties"], [(0, 1, "LOC"), (2, 3, "LOC")]),
        ("[PERSON Xi]'s [MISC F-35]s", None, "cuts a token"),
        ("[LOC US]-led", ["US", "-", "led"], [(0, 1, "LOC")]),
        ("pro-[NORP Russian] groups", None, "cuts a token"),
        ("the [ORG UN General Assembly]", ["the", "UN", "General", "Assembly"], [(1, 4, "ORG")]),
        ("[GPE Iran] said", None, "unknown label"),
        ("[LOC Iran ] said", None, "white space"),
        ("[LOC Iran said", None, "a bracket that marks no name"),
        ("[ORG [LOC Iran] Air]", None, "a bracket that marks no name"),
        ("LOC Iran] said", None, "a bracket that marks no name"),
    ],
)
def test_bracketed_lines_are_read(line: str, words: list[str] | None, entities: list | str) -> None:
    if words is None:
        message = "does not begin and end with a token" if entities == "cuts a token" else str(entities)
        with pytest.raises(ValueError, match=message):
            sentence_of(line, "train", "d", make_language())
    else:
        sentence = sentence_of(line, "train", "d", make_language())
        assert (list(sentence.words), list(sentence.entities or ())) == (words, entities)


def test_enough_of_every_label(sentences: list[Sentence]) -> None:
    for split, floors in AT_LEAST.items():
        part = [s for s in sentences if s.split == split]
        found = Counter(label for _, _, label in names(part))
        found["sentences"] = len(part)
        found["none"] = sum(not s.entities for s in part)
        assert {name: found[name] for name, least in floors.items() if found[name] < least} == {}


def test_spans_are_legal(sentences: list[Sentence]) -> None:
    for s in sentences:
        ends = [0]
        for start, end, label in s.entities or ():
            assert label in NER_LABELS
            assert ends[-1] <= start < end <= len(s.words), s.doc
            ends.append(end)
        assert " ".join((s.text or "").split()) == s.text, f"white space in {s.doc}"


def test_no_sentence_twice(sentences: list[Sentence]) -> None:
    seen = Counter(" ".join(s.words).lower() for s in sentences)
    assert [text for text, times in seen.items() if times > 1] == []


def test_no_shared_beginnings(sentences: list[Sentence]) -> None:
    """No templates: once names are replaced by their labels, at most five sentences begin with the same six words."""
    frames = Counter(tuple(masked(s)[:6]) for s in sentences if len(s.words) > 6)
    assert [frame for frame, times in frames.items() if times > 5] == []


def masked(sentence: Sentence) -> list[str]:
    """The words with each name replaced by its label."""
    inside = {i: (start, label) for start, end, label in sentence.entities or () for i in range(start, end)}
    words = [(inside[i][1] if inside[i][0] == i else "") if i in inside else w for i, w in enumerate(sentence.words)]
    return [word for word in words if word]


@pytest.mark.parametrize("label, shared", [("PERSON", 0), ("MISC", 0), ("ORG", 5)])
def test_parts_share_few_names(sentences: list[Sentence], label: str, shared: int) -> None:
    parts = [{words for s, words, _ in names(sentences, label) if s.split == split} for split in ("train", "test")]
    assert len(parts[0] & parts[1]) <= shared, sorted(parts[0] & parts[1])


def test_titles_are_outside_persons(sentences: list[Sentence]) -> None:
    wrong = [
        (s.doc, " ".join(words))
        for s, words, _ in names(sentences, "PERSON")
        if len(words) > 1 and TITLE.fullmatch(words[0]) and " ".join(words) not in NOT_TITLES
    ]
    assert wrong == []


def test_articles_and_possessives_are_outside(sentences: list[Sentence]) -> None:
    wrong = [
        (s.doc, " ".join(words))
        for s, words, label in names(sentences)
        if (words[0].lower() in ("the", "a", "an") and words != ("The", "Hague") and label != "MISC")
        or (words[-1] in ("'s", "’s", "'", "’") and words[0] not in ("Moody", "Lloyd", "St"))
        or not (words[0][:1].isalnum() and (words[-1][-1:].isalnum() or words[-1].endswith((".", "+", "'s"))))
    ]
    assert wrong == []


def test_one_place_per_name(sentences: list[Sentence]) -> None:
    """Place and country, or two countries with a hyphen, are two names."""
    wrong = [(s.doc, " ".join(words)) for s, words, _ in names(sentences, "LOC") if "," in words or "(" in words]
    assert wrong == []


@pytest.mark.parametrize(
    "seat", ["Kremlin", "Pentagon", "White House", "Downing Street", "Capitol Hill", "Ankara", "Washington"]
)
def test_seats_of_government_are_places(sentences: list[Sentence], seat: str) -> None:
    labels = {label for _, words, label in names(sentences) if " ".join(words) == seat}
    assert "LOC" in labels
    assert labels <= {"LOC", "PERSON"}


def test_names_are_never_left_unmarked(sentences: list[Sentence]) -> None:
    """A name of two or more words that is marked in one sentence is marked wherever it stands."""
    known = {words for _, words, _ in names(sentences) if len(words) > 1}
    wrong = [
        (s.doc, " ".join(s.words[i : i + n]))
        for s in sentences
        for n in range(2, 8)
        for i in range(len(s.words) - n + 1)
        if s.words[i : i + n] in known and not any(a < i + n and i < b for a, b, _ in s.entities or ())
    ]
    assert wrong == []


def test_the_files_hold_what_the_reader_reads(sentences: list[Sentence]) -> None:
    for split in ("train", "test"):
        lines = (FOLDER / f"{split}.txt").read_text(encoding="utf8").splitlines()
        written = [line for line in lines if line.strip() and not line.startswith("#")]
        read = [s for s in sentences if s.split == split]
        assert len(written) == len(read)
        assert sum(line.count("[") for line in written) == sum(len(s.entities or ()) for s in read)
