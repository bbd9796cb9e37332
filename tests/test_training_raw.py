"""Scoring on raw text: what counts as right."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.parse import Parser
from training.raw import raw_scores, read_raw

LINE = "{}\t{}\t_\t{}\t_\t_\t{}\t{}\t_\t{}"


def sentence(*words: tuple[str, str, int, str], opens: bool = False, last_spaced: bool = True) -> str:
    lines = ["# newpar"] if opens else []
    for number, (form, upos, head, deprel) in enumerate(words, 1):
        tight = number < len(words) and words[number][0] == "."
        lines.append(LINE.format(number, form, upos, head, deprel, "SpaceAfter=No" if tight else "_"))
    return "\n".join(lines)


LEFT = sentence(("Putin", "PROPN", 2, "nsubj"), ("left", "VERB", 0, "root"), (".", "PUNCT", 2, "punct"), opens=True)
MET = sentence(
    ("He", "PRON", 2, "nsubj"), ("met", "VERB", 0, "root"), ("Raisi", "PROPN", 2, "obj"), (".", "PUNCT", 2, "punct")
)
WRONG = MET.replace("3\tRaisi\t_\tPROPN\t_\t_\t2\tobj", "3\tRaisi\t_\tPROPN\t_\t_\t1\tobj")


@pytest.mark.parametrize(
    "blocks, las, sentences",
    [
        ([f"# newdoc id = a\n{LEFT}", MET], 100.0, 100.0),
        # One head in seven is not as the treebank has it.
        ([f"# newdoc id = a\n{LEFT}", WRONG], 100 * 6 / 7, 100.0),
    ],
)
def test_scores(blocks: list[str], las: float, sentences: float, parser: Parser, tmp_path: Path) -> None:
    path = tmp_path / "x.conllu"
    path.write_text("\n\n".join(blocks) + "\n\n", encoding="utf8")
    documents = list(read_raw(path))
    assert [document.text for document in documents] == ["Putin left. He met Raisi."]
    scores = raw_scores(parser, documents)
    assert scores["las F"] == pytest.approx(las)
    assert scores["sentences F"] == pytest.approx(sentences)


def test_contractions_and_paragraphs(tmp_path: Path) -> None:
    lines = [
        "# newdoc id = b",
        "# newpar",
        "1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_",
        LINE.format(1, "do", "AUX", 3, "aux", "_"),
        LINE.format(2, "n't", "PART", 3, "advmod", "_"),
        LINE.format(3, "go", "VERB", 0, "root", "_"),
    ]
    second = ["# newpar", LINE.format(1, "Stay", "VERB", 0, "root", "_")]
    path = tmp_path / "x.conllu"
    path.write_text("\n".join(lines) + "\n\n" + "\n".join(second) + "\n", encoding="utf8")
    (document,) = read_raw(path)
    assert document.text == "don't go\n\nStay"
    assert [word.extent for word in document.words] == [(0, 2), (2, 5), (5, 7), (7, 11)]
    assert document.sentences == ((0, 7), (7, 11))
