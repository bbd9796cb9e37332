"""Raw text in, trees out: treebank documents as the text they came from, and how well it is split and parsed.

Scores follow the CoNLL 2018 shared task's way: a word of ours is right if one of theirs covers the same characters, and
hangs by the same relation on a head that does (Zeman et al. 2018, section 5). Words inside a contraction that can't be
told apart by their letters (*wanna*) share its characters.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc

from kg.parse import Parser
from training.evaluate import f_score

HERE = Path(__file__).parent

Extent = tuple[int, int]


class RawWord(NamedTuple):
    """A word by the characters it covers, white space not counted; `head` is its head's, None at the root."""

    extent: Extent
    head: Extent | None
    deprel: str
    upos: str


@dataclass(frozen=True)
class RawDocument:
    """A treebank document as text, paragraphs apart by an empty line, with its words and sentences."""

    id: str
    text: str
    words: tuple[RawWord, ...]
    sentences: tuple[Extent, ...]


def read_raw(path: Path) -> Iterator[RawDocument]:
    """The documents of a CoNLL-U file."""
    sentences: list[_RawSentence] = []
    name = ""
    for block in path.read_text(encoding="utf8").split("\n\n"):
        lines = block.splitlines()
        if not any(line and line[0].isdigit() for line in lines):
            continue
        new = [line for line in lines if line.startswith("# newdoc")]
        if new and sentences:
            yield _document(name, sentences)
            sentences = []
        name = new[0].partition("=")[2].strip() if new else name
        sentences.append(_read_sentence(lines))
    if sentences:
        yield _document(name, sentences)


class _RawSentence(NamedTuple):
    opens: bool
    pieces: list[tuple[str, bool]]
    words: list[tuple[int, str, int, str, str]]


def _read_sentence(lines: list[str]) -> _RawSentence:
    """`pieces`: the written tokens with whether a space follows; `words`: piece, form, head, deprel, upos."""
    pieces: list[tuple[str, bool]] = []
    words: list[tuple[int, str, int, str, str]] = []
    until = 0
    for line in lines:
        if not line or line[0] == "#":
            continue
        fields = line.split("\t")
        if "." in fields[0]:
            continue
        spaced = "SpaceAfter=No" not in fields[9].split("|")
        if "-" in fields[0]:
            pieces.append((fields[1], spaced))
            until = int(fields[0].partition("-")[2])
            continue
        if int(fields[0]) > until:
            pieces.append((fields[1], spaced))
        words.append((len(pieces) - 1, fields[1], int(fields[6]), fields[7], fields[3]))
    return _RawSentence(any(line.startswith("# newpar") for line in lines), pieces, words)


def _document(name: str, sentences: list[_RawSentence]) -> RawDocument:
    text, words, extents, at = "", [], [], 0
    for sentence in sentences:
        if text:
            text = text.rstrip(" ") + "\n\n" if sentence.opens else text
        begun, starts = at, []
        for form, spaced in sentence.pieces:
            starts.append(at)
            at += len("".join(form.split()))
            text += form + (" " if spaced else "")
        extents.append((begun, at))
        words += _words(sentence, [*starts, at])
    return RawDocument(name, text.strip(), tuple(words), tuple(extents))


def _words(sentence: _RawSentence, starts: list[int]) -> list[RawWord]:
    spans: list[Extent] = []
    for number, (piece, _) in enumerate(sentence.pieces):
        forms = ["".join(word[1].split()) for word in sentence.words if word[0] == number]
        at = starts[number]
        if "".join(forms) == "".join(piece.split()):
            for form in forms:
                spans.append((at, at + len(form)))
                at += len(form)
        else:
            spans += [(at, starts[number + 1])] * len(forms)
    return [
        RawWord(span, spans[head - 1] if head else None, deprel, upos)
        for span, (_, _, head, deprel, upos) in zip(spans, sentence.words, strict=True)
    ]


def words_of(doc: Doc) -> tuple[list[RawWord], list[Extent]]:
    """The words and sentences of a parsed Doc in the same terms."""
    extents: dict[int, Extent] = {}
    at = 0
    for token in doc:
        if not token.is_space:
            length = len("".join(token.text.split()))
            extents[token.i] = (at, at + length)
            at += length
    words = [
        RawWord(
            extents[token.i],
            extents.get(token.head.i) if token.head.i != token.i else None,
            "root" if token.dep_ == "ROOT" else token.dep_,
            token.pos_,
        )
        for token in doc
        if token.i in extents
    ]
    inside = [[extents[t.i] for t in sentence if t.i in extents] for sentence in doc.sents]
    return words, [(spans[0][0], spans[-1][1]) for spans in inside if spans]


def evaluate_raw(
    parser: Parser, corpora: Path, part: str = "test", config: Path = HERE / "corpora.toml"
) -> dict[str, dict[str, float]]:
    """Scores on the raw text of the treebanks that come with their paragraphs."""
    known = {corpus["name"]: corpus for corpus in tomllib.loads(config.read_text())["corpus"]}
    return {
        f"{name}, raw text": raw_scores(parser, list(read_raw(corpora / name / known[name]["files"][part])))
        for name in ("UD_English-EWT", "UD_English-GUM")
    }


def raw_scores(parser: Parser, documents: list[RawDocument]) -> dict[str, float]:
    """Word, sentence, UPOS and LAS F1 in percent, of text that is split and parsed by kg alone."""
    counts: Counter[str] = Counter()
    for document in documents:
        ours, our_sentences = words_of(parser.parse(document.text))
        counts["ours"] += len(ours)
        counts["theirs"] += len(document.words)
        counts["our sentences"] += len(our_sentences)
        counts["their sentences"] += len(document.sentences)
        counts["sentences"] += len(set(our_sentences) & set(document.sentences))
        left = Counter(word.extent for word in ours) & Counter(word.extent for word in document.words)
        counts["words"] += left.total()
        for kind, view in _VIEWS.items():
            shared = Counter(map(view, ours)) & Counter(map(view, document.words))
            counts[kind] += shared.total()
    score = lambda kind: f_score(counts[kind], counts["ours"], counts["theirs"])
    return {
        "sentences F": f_score(counts["sentences"], counts["our sentences"], counts["their sentences"]),
        "words F": score("words"),
        "upos F": score("upos"),
        "uas F": score("uas"),
        "las F": score("las"),
    }


_VIEWS = {
    "upos": lambda word: (word.extent, word.upos),
    "uas": lambda word: (word.extent, word.head),
    "las": lambda word: (word.extent, word.head, word.deprel),
}
