"""Our own treebank (`training/treebank/`): news sentences written for this project, with tags, trees, names and semantic
roles, drafted by the shipped model and corrected by hand.

The format is CoNLL-U Plus with ten columns, one word a line, sentences parted by blank lines:
`ID FORM LEMMA UPOS XPOS HEAD DEPREL KG:NAME KG:ROLESET KG:ROLES`. The name is a BIO tag or `_`, the roleset
PropBank's or `_` where the word is no predicate, the roles `ARG0=1|ARG1=4` (head words by their ID) or `_`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.parse.network import LanguageModel
from kg.parse.scoring import Analysis
from kg.parse.tokens import make_language, tokenise
from training.sentences import NER_LABELS, Predicate, Sentence, spans_of_tags

FOLDER = Path(__file__).parent / "treebank"
CORPUS = "kg-news"
SPLITS = ("train", "test")
HEADER = "# global.columns = ID FORM LEMMA UPOS XPOS HEAD DEPREL KG:NAME KG:ROLESET KG:ROLES"


def read_own_treebank(folder: Path = FOLDER) -> list[Sentence]:
    """Every sentence of both parts; `doc` is the part and the sentence's number."""
    return [sentence for split in SPLITS for sentence in read_treebank_file(folder / f"{split}.conllup", split)]


def read_treebank_file(path: Path, split: str) -> Iterator[Sentence]:
    """The sentences of one file. Raises ValueError with file and line number where one is not well formed."""
    rows: list[list[str]] = []
    text, count = None, 0
    lines = [*path.read_text(encoding="utf8").split("\n"), ""]
    for number, line in enumerate(lines, start=1):
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif line.strip() and not line.startswith("# "):
            rows.append(line.split("\t"))
        elif rows:
            count += 1
            try:
                yield sentence_of_rows(rows, text, split, f"{split}-{count}")
            except ValueError as error:
                raise ValueError(f"{path.name}:{number - len(rows)}: {error}: {text}") from None
            rows, text = [], None


def sentence_of_rows(rows: list[list[str]], text: str | None, split: str, doc: str) -> Sentence:
    """The rows of a sentence as a record. Raises ValueError if they are no tree, or a label is unknown."""
    for number, row in enumerate(rows, start=1):
        if len(row) != 10:
            raise ValueError(f"word {number} has {len(row)} columns, not 10")
        if row[0] != str(number):
            raise ValueError(f"word {number} has ID {row[0]}")
    columns = list(zip(*rows, strict=True))
    return Sentence(
        corpus=CORPUS,
        split=split,
        doc=doc,
        words=columns[1],
        lemmas=columns[2],
        upos=columns[3],
        xpos=columns[4],
        heads=heads_of(columns[5]),
        deprels=deprels_of(columns[6], columns[5]),
        entities=names_of(columns[7]),
        predicates=tuple(predicates_of_rows(rows)),
        text=text,
    )


def heads_of(cells: Iterable[str]) -> tuple[int, ...]:
    """0-based heads, -1 for the root. Raises ValueError unless they are a tree with one root."""
    heads = tuple(int(cell) - 1 for cell in cells)
    if heads.count(-1) != 1:
        raise ValueError(f"{heads.count(-1)} roots")
    for word in range(len(heads)):
        path = {word}
        while heads[word] != -1:
            word = heads[word]
            if not 0 <= word < len(heads):
                raise ValueError(f"head {word + 1} is no word")
            if word in path:
                raise ValueError(f"word {word + 1} hangs on itself")
            path.add(word)
    return heads


def deprels_of(cells: tuple[str, ...], heads: tuple[str, ...]) -> tuple[str, ...]:
    """The relations; raises ValueError where `root` stands on a word that isn't the root or the other way round."""
    for number, (cell, head) in enumerate(zip(cells, heads, strict=True), start=1):
        if (cell == "root") != (head == "0"):
            raise ValueError(f"word {number} has the relation {cell} and the head {head}")
    return cells


def names_of(cells: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
    """Name spans of a BIO column. Raises ValueError where an I- follows nothing of its label."""
    previous = "_"
    for number, cell in enumerate(cells, start=1):
        prefix, _, label = cell.partition("-")
        if cell != "_" and (prefix not in ("B", "I") or label not in NER_LABELS):
            raise ValueError(f"word {number}: unknown name tag {cell!r}")
        if prefix == "I" and previous[2:] != label:
            raise ValueError(f"word {number}: {cell} begins no name")
        previous = cell
    return tuple(spans_of_tags(list(cells)))


def predicates_of_rows(rows: list[list[str]]) -> Iterator[Predicate]:
    """The predicates of a sentence. Raises ValueError where roles stand without a roleset or point nowhere."""
    for number, row in enumerate(rows):
        roleset, roles = row[8], row[9]
        if roleset == "_":
            if roles != "_":
                raise ValueError(f"word {number + 1} has roles and no roleset")
            continue
        args = []
        for pair in [] if roles == "_" else roles.split("|"):
            role, _, word = pair.partition("=")
            if not word.isdigit() or not 1 <= int(word) <= len(rows):
                raise ValueError(f"word {number + 1}: {pair!r} names no word")
            args.append((int(word) - 1, role))
        yield Predicate(number, roleset, tuple(sorted(args)))


def draft(texts: Iterable[str], model: LanguageModel) -> Iterator[str]:
    """What the model makes of each text, taken as one sentence, in the treebank's format: to be corrected by hand."""
    language = make_language()
    for text in texts:
        words = [token.text for token in tokenise(text, language) if not token.is_space]
        yield rows_of(text, words, next(iter(model.analyse([words]))))


def rows_of(text: str, words: list[str], analysis: Analysis) -> str:
    """A sentence's lines."""
    names = ["_"] * len(words)
    for start, end, label in analysis.entities:
        names[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
    found = {p.word: p for p in analysis.predicates}
    lines = [f"# text = {text}"]
    for i, word in enumerate(words):
        head = 0 if analysis.deprels[i] == "root" else analysis.heads[i] + 1
        predicate = found.get(i)
        roles = "|".join(f"{role}={other + 1}" for other, role in predicate.args) if predicate else ""
        roleset = (predicate.roleset or "_") if predicate else "_"
        row = [str(i + 1), word, analysis.lemmas[i], analysis.upos[i], analysis.xpos[i], str(head), analysis.deprels[i],
               names[i], roleset, roles if roles and roleset != "_" else "_"]  # fmt: skip
        lines.append("\t".join(row))
    return "\n".join(lines) + "\n"
