"""The one record that every training corpus is read into, and the readers.

A word is a token of the corpus (Universal Dependencies' words for treebanks). What a corpus does not
annotate is None, and the heads that need it are not trained on the sentence.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

NER_LABELS = ("PERSON", "ORG", "LOC", "NORP", "MISC")


@dataclass(frozen=True)
class Predicate:
    """One PropBank predicate: its word index, roleset and arguments (head word index, role)."""

    word: int
    roleset: str
    args: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Sentence:
    """A training sentence. Word indices are 0-based; a head of -1 is the root.

    `entities` are (start word, end word exclusive, label); `unlabelled` names NER labels that the corpus
    does not know, so that an O there says nothing about them.
    """

    corpus: str
    split: str
    doc: str
    words: tuple[str, ...]
    lemmas: tuple[str, ...] | None = None
    upos: tuple[str, ...] | None = None
    xpos: tuple[str, ...] | None = None
    heads: tuple[int, ...] | None = None
    deprels: tuple[str, ...] | None = None
    entities: tuple[tuple[int, int, str], ...] | None = None
    unlabelled: tuple[str, ...] = ()
    predicates: tuple[Predicate, ...] | None = None
    text: str | None = None


def write_jsonl(path: Path, sentences: Iterable[Sentence]) -> int:
    """Write sentences as JSON lines; return how many."""
    count = 0
    with path.open("w", encoding="utf8") as out:
        for sentence in sentences:
            out.write(json.dumps(asdict(sentence), ensure_ascii=False) + "\n")
            count += 1
    return count


def read_jsonl(path: Path) -> list[Sentence]:
    """Read what `write_jsonl` wrote."""
    return [_sentence_from_json(json.loads(line)) for line in path.open(encoding="utf8")]


def _sentence_from_json(row: dict) -> Sentence:
    predicates = row.pop("predicates")
    entities = row.pop("entities")
    fields = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Sentence(
        **fields,
        entities=None if entities is None else tuple((s, e, label) for s, e, label in entities),
        predicates=None
        if predicates is None
        else tuple(Predicate(p["word"], p["roleset"], tuple((i, r) for i, r in p["args"])) for p in predicates),
    )


# --- CoNLL-U -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ConlluSentence:
    """A CoNLL-U sentence: document, surface text, the ten columns of each word (multiword ranges left out)."""

    doc: str
    text: str
    rows: tuple[tuple[str, ...], ...]
    starts_paragraph: bool = False


def read_conllu(path: Path) -> Iterator[ConlluSentence]:
    """The sentences of a CoNLL-U file."""
    doc, text, rows, paragraph = "", "", [], False
    for line in path.open(encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id ="):
            doc = line.split("=", 1)[1].strip()
            paragraph = True
        elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
            paragraph = True
        elif line.startswith("# text ="):
            text = line.split("=", 1)[1].strip()
        elif line and not line.startswith("#"):
            columns = tuple(line.split("\t"))
            if columns[0].isdigit():
                rows.append(columns)
        elif not line and rows:
            yield ConlluSentence(doc, text, tuple(rows), paragraph)
            rows, paragraph = [], False
    if rows:
        yield ConlluSentence(doc, text, tuple(rows), paragraph)


def from_conllu(parsed: ConlluSentence, corpus: str, split: str) -> Sentence:
    """A Sentence with the morphology and the tree of a CoNLL-U sentence."""
    columns = list(zip(*parsed.rows, strict=True))
    return Sentence(
        corpus=corpus,
        split=split,
        doc=parsed.doc,
        words=columns[1],
        lemmas=columns[2],
        upos=columns[3],
        xpos=columns[4],
        heads=tuple(int(head) - 1 for head in columns[6]),
        deprels=columns[7],
        text=parsed.text,
    )


# --- IOB and DocRED ----------------------------------------------------------------------------------


def read_iob(path: Path, word_column: int, label_column: int) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """(document, [(word, tag)]) for each sentence of an IOB file with tab- or space-separated columns."""
    doc, rows = "", []
    for line in path.open(encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id ="):
            doc = line.split("=", 1)[1].strip()
        if line.startswith("# ") and "=" in line:
            continue
        if not line.strip():
            if rows:
                yield doc, rows
            rows = []
            continue
        columns = line.split("\t") if "\t" in line else line.split(" ")
        rows.append((columns[word_column], columns[label_column].strip()))
    if rows:
        yield doc, rows


def spans_of_tags(tags: list[str]) -> list[tuple[int, int, str]]:
    """Entity spans of BIO or IO tags; an I- without a B- of its label opens a span."""
    spans: list[tuple[int, int, str]] = []
    start, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        prefix, _, kind = tag.partition("-")
        if label and (prefix != "I" or kind != label):
            spans.append((start, index, label))
            label = ""
        if prefix in ("B", "I") and not label:
            start, label = index, kind
    return spans


def map_iob_label(label: str, first_word: str, mapping: dict[str, str]) -> str | None:
    """Our label for a corpus label; None drops the span. A "?X" in the mapping keeps only capitalised names."""
    ours = mapping[label]
    if ours.startswith("?"):
        ours = ours[1:] if first_word[:1].isupper() else "O"
    return None if ours == "O" else ours


def read_docred(path: Path, corpus: str, split: str, mapping: dict[str, str]) -> Iterator[Sentence]:
    """Sentences of a DocRED file with its entity mentions."""
    for document in json.loads(path.read_text(encoding="utf8")):
        mentions: dict[int, list[tuple[int, int, str]]] = {}
        for entity in document["vertexSet"]:
            for mention in entity:
                label = mapping[mention["type"]]
                if label != "O":
                    mentions.setdefault(mention["sent_id"], []).append((*mention["pos"], label))
        for index, words in enumerate(document["sents"]):
            spans = without_overlaps(mentions.get(index, []), len(words))
            yield Sentence(corpus, split, document["title"], tuple(words), entities=tuple(spans))


def without_overlaps(spans: list[tuple[int, int, str]], length: int) -> list[tuple[int, int, str]]:
    """The longest spans that don't overlap, in order of position."""
    taken: set[int] = set()
    kept = []
    for start, end, label in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if start < end <= length and not taken & set(range(start, end)):
            taken |= set(range(start, end))
            kept.append((start, end, label))
    return sorted(kept)


# --- GUM entities ------------------------------------------------------------------------------------

GUM_LABELS = {
    "person": "PERSON",
    "organization": "ORG",
    "place": "LOC",
    "abstract": "MISC",
    "object": "MISC",
    "event": "MISC",
    "animal": "MISC",
    "plant": "MISC",
    "substance": "MISC",
}
NAME_PARTS = {
    "flat",
    "compound",
    "nmod",
    "nummod",
    "punct",
    "amod",
    "case",
    "nmod:poss",
    "cc",
    "conj",
    "det",
    "goeswith",
}


def gum_mentions(rows: tuple[tuple[str, ...], ...]) -> list[tuple[int, int, str]]:
    """(start, end, entity type) of GUM's `Entity=` annotations that open and close in the sentence."""
    spans, open_mentions = [], []
    for index, row in enumerate(rows):
        for field in row[9].split("|"):
            if field.startswith("Entity="):
                _read_brackets(field[len("Entity=") :], index, open_mentions, spans)
    return spans


def _read_brackets(value: str, index: int, open_mentions: list, spans: list) -> None:
    position = 0
    while position < len(value):
        if value[position] == "(":
            end = min((p for p in (value.find(c, position + 1) for c in "()") if p >= 0), default=len(value))
            # A bracket that closes at once belongs to this mention: "(3-person-new)".
            body = value[position + 1 : end]
            parts = body.split("-")
            open_mentions.append((parts[0], index, parts[1] if len(parts) > 1 else ""))
            position = end
        elif value[position] == ")":
            if open_mentions:
                _, start, kind = open_mentions.pop()
                spans.append((start, index + 1, kind))
            position += 1
        else:
            # "4)": a closing bracket named by its group.
            end = value.find(")", position)
            if end < 0:
                return
            group = value[position:end]
            for depth in range(len(open_mentions) - 1, -1, -1):
                if open_mentions[depth][0] == group:
                    _, start, kind = open_mentions.pop(depth)
                    spans.append((start, index + 1, kind))
                    break
            position = end + 1


def name_in_mention(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """The proper name inside a GUM mention (which is a whole phrase): its head if that is PROPN, with the
    parts of the name around it, without titles, articles and nationality; None if the head is no name."""
    assert sentence.heads and sentence.deprels and sentence.upos
    heads = [i for i in range(start, end) if not start <= sentence.heads[i] < end]
    if not heads or sentence.upos[heads[0]] != "PROPN":
        return None
    head = heads[0]
    inside = {head}
    for index in sorted(range(start, end), key=lambda i: abs(i - head)):
        if _is_name_part(sentence, index):
            inside.add(index)
    first = last = head
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    while first < head and sentence.upos[first] in ("PUNCT", "DET", "CCONJ", "ADP"):
        first += 1
    while last > head and sentence.upos[last] in ("PUNCT", "DET", "CCONJ", "ADP"):
        last -= 1
    return first, last + 1


def _is_name_part(sentence: Sentence, index: int) -> bool:
    deprel, upos, word = sentence.deprels[index], sentence.upos[index], sentence.words[index]
    if deprel in ("appos", "nmod:desc", "acl", "acl:relcl", "parataxis", "list", "conj", "cc"):
        return False
    if deprel not in NAME_PARTS:
        return False
    if upos == "PROPN":
        return True
    if deprel in ("flat", "compound", "goeswith", "nummod") and (word[:1].isupper() or word[:1].isdigit()):
        return True
    if upos in ("ADJ", "NOUN", "VERB") and word[:1].isupper():
        return True
    # Words of the name's inside: "Bank of England", "Bailey-Ross".
    return upos in ("ADP", "PUNCT", "DET", "CCONJ") and word in (
        "of",
        "the",
        "for",
        "and",
        "&",
        "-",
        "–",
        "'",
        "de",
        "la",
    )


def gum_entities(sentence: Sentence, rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[int, int, str], ...]:
    """Named entities of a GUM sentence."""
    found = []
    for start, end, kind in gum_mentions(rows):
        label = GUM_LABELS.get(kind)
        span = name_in_mention(sentence, start, end) if label else None
        if label and span and "://" not in sentence.words[span[0]]:
            found.append((*span, label))
    return tuple(without_overlaps(found, len(sentence.words)))


# --- PropBank ----------------------------------------------------------------------------------------


def read_gold_skel(path: Path) -> list[list[tuple[str, ...]]]:
    """Sentences of a PropBank .gold_skel file as rows of columns."""
    sentences: list[list[tuple[str, ...]]] = [[]]
    for line in path.open(encoding="utf8"):
        if line.strip():
            sentences[-1].append(tuple(line.split()))
        elif sentences[-1]:
            sentences.append([])
    return [rows for rows in sentences if rows]


def role_spans(column: list[str]) -> list[tuple[int, int, str]]:
    """(start, end, role) of one bracket column of a .gold_skel sentence."""
    spans, open_roles = [], []
    for index, cell in enumerate(column):
        for piece in cell.replace("*", " * ").replace("(", " (").replace(")", " ) ").split():
            if piece.startswith("("):
                open_roles.append((index, piece[1:]))
            elif piece == ")" and open_roles:
                start, role = open_roles.pop()
                spans.append((start, index + 1, role))
    return spans


def head_of_span(heads: tuple[int, ...], upos: tuple[str, ...], start: int, end: int) -> int:
    """The word of a span whose head is outside it (the first that is no punctuation)."""
    tops = [i for i in range(start, end) if not start <= heads[i] < end]
    content = [i for i in tops if upos[i] != "PUNCT"]
    return (content or tops)[0]


def predicates_of(rows: list[tuple[str, ...]], sentence: Sentence, skipped: set[str]) -> tuple[Predicate, ...]:
    """The predicates of one sentence; rolesets in `skipped` (auxiliaries) and light-verb senses are left out."""
    assert sentence.heads and sentence.upos
    found = []
    rolesets = [(i, row[7]) for i, row in enumerate(rows) if row[7] != "-"]
    for column, (word, roleset) in enumerate(rolesets):
        if roleset in skipped or roleset.endswith(".LV"):
            continue
        cells = [row[8 + column] if len(row) > 8 + column else "*" for row in rows]
        args = []
        for start, end, role in role_spans(cells):
            if role not in ("V", "C-V"):
                args.append((head_of_span(sentence.heads, sentence.upos, start, end), role))
        found.append(Predicate(word, roleset, tuple(arg for arg in args if arg[0] != word)))
    return tuple(found)


def read_lines(path: Path) -> list[list[str]]:
    """Rows of one of our |-separated fact tables (comments and blank lines left out)."""
    with path.open(encoding="utf8") as handle:
        rows = csv.reader((line for line in handle if line.strip() and not line.startswith("#")), delimiter="|")
        return [[cell.strip() for cell in row] for row in rows]
