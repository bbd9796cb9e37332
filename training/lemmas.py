"""The lemma table: every form of the treebanks that the rules get wrong, irregular verbs, and the known lemmas."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

from kg.parse.lemmas import Lemmatiser, tag_class
from training.sentences import Sentence, read_jsonl

HERE = Path(__file__).parent
# Corpora from which the table is made; PUD and the treebanks' dev and test parts measure it.
SOURCES = ("UD_English-EWT", "UD_English-GUM")


def make_table(data: Path, lexicon: Path, out: Path) -> int:
    """Write the table; return its number of lines."""
    counts = form_counts([s for name in SOURCES for s in read_jsonl(data / f"{name}.jsonl") if s.split == "train"])
    known = known_lemmas(counts, lexicon)
    irregular = read_irregular(HERE / "irregular.tsv")
    rules = Lemmatiser(irregular, frozenset(known))
    by_class: dict[tuple[str, str], Counter] = defaultdict(Counter)
    tags: dict[tuple[str, str], str] = {}
    for (form, kind, xpos), lemmas in counts.items():
        by_class[form, kind].update(lemmas)
        tags.setdefault((form, kind), xpos)
    for (form, kind), lemmas in by_class.items():
        lemma = min(lemmas, key=lambda lemma: (-lemmas[lemma], lemma))
        upos = kind.partition("-")[0]
        if upos == "PROPN" or (form, kind) in irregular:
            continue
        if rules.lemma(form, upos, tags[form, kind]) != lemma:
            irregular[form, kind] = lemma
    lines = [f"{form}\t{kind}\t{lemma}" for (form, kind), lemma in sorted(irregular.items())]
    lines += [f"=\t{kind}\t{lemma}" for lemma, kind in sorted(known)]
    out.write_text("\n".join(lines) + "\n", encoding="utf8")
    return len(lines)


def form_counts(sentences: list[Sentence]) -> dict[tuple[str, str, str], Counter]:
    """Gold lemmas by (form, tag class, Penn tag). Typing errors, whose lemma is another word's, are rare and drown."""
    counts: dict[tuple[str, str, str], Counter] = defaultdict(Counter)
    for sentence in sentences:
        assert sentence.lemmas and sentence.upos and sentence.xpos
        for word, lemma, upos, xpos in zip(sentence.words, sentence.lemmas, sentence.upos, sentence.xpos, strict=True):
            # GW marks the pieces of a word that was typed apart.
            if lemma != "_" and xpos not in ("GW", "AFX", "XX") and "\t" not in word:
                kind = tag_class(upos, xpos)
                counts[word.lower().replace("’", "'"), kind, xpos][lemma if upos == "PROPN" else lemma.lower()] += 1
    return counts


def known_lemmas(counts: dict[tuple[str, str, str], Counter], lexicon: Path) -> set[tuple[str, str]]:
    """(lemma, word class) of verbs, nouns, adjectives and adverbs that exist: in the treebanks or in PropBank."""
    totals: Counter = Counter()
    for (_, kind, _), lemmas in counts.items():
        for lemma, count in lemmas.items():
            totals[lemma, kind.partition("-")[0]] += count
    # A lemma seen once may be a typing error.
    known = {key for key, count in totals.items() if count > 1 and key[1] in ("VERB", "NOUN", "ADJ", "ADV")}
    names = {"v": "VERB", "n": "NOUN", "j": "ADJ"}
    for line in lexicon.open(encoding="utf8"):
        for alias, pos in json.loads(line)["aliases"]:
            if pos in names and alias.isalpha():
                known.add((alias.lower(), names[pos]))
    return known


def read_irregular(path: Path) -> dict[tuple[str, str], str]:
    """Irregular verbs (`lemma past participle`, alternatives with /) and nouns (`lemma plural` after a line
    `nouns`)."""
    table: dict[tuple[str, str], str] = {}
    section = "verbs"
    for line in path.read_text(encoding="utf8").splitlines():
        cells = line.split()
        if not cells or line.startswith("#"):
            continue
        if len(cells) == 1:
            section = cells[0]
        elif section == "verbs":
            for tag, forms in zip(("VBD", "VBN"), cells[1:], strict=True):
                table |= {(form, f"VERB-{tag}"): cells[0] for form in forms.split("/")}
        else:
            table |= {(form, "NOUN-NNS"): cells[0] for form in cells[1].split("/")}
    return table
