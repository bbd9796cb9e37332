"""Parsing: text into a spaCy Doc with sentences, tags, lemmas, Universal Dependencies, names and semantic roles.

The only module that loads the language model. What spaCy's Doc has no place for, the predicates with their roles, is
read with `predicates(doc)`; paragraphs with `paragraphs(doc)`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from spacy.lang.en import English
from spacy.tokens import Doc, Span, Token

from kg.lexicon import Lexicon
from kg.parse.network import LanguageModel, load_model
from kg.parse.scoring import Analysis, Predicate
from kg.parse.sentences import mark_sentences, paragraphs, sentence_bounds, sign_start
from kg.parse.tokens import make_language, tokenise

__all__ = [
    "Parser",
    "Predicate",
    "give_role",
    "load_parser",
    "paragraphs",
    "predicates",
    "replace_argument",
    "sentence_bounds",
    "sign_start",
]

PREDICATES = "kg.predicates"
DOLLARS = re.compile(r"[A-Z]{1,3}\$")


@dataclass(frozen=True)
class Parser:
    """The pipeline, loaded once per process."""

    language: English
    model: LanguageModel
    lexicon: Lexicon

    def parse(self, text: str) -> Doc:
        """Parse a text; every character of it stays in the Doc, and `token.idx` is its offset."""
        doc = tokenise(text, self.language)
        if not len(doc):
            return doc
        mark_sentences(doc, self.lexicon)
        bounds = [[token.i for token in sentence if not token.is_space] for sentence in doc.sents]
        bounds = [indices for indices in bounds if indices]
        analyses = self.model.analyse([[_as_known(doc[i].text) for i in indices] for indices in bounds])
        return _annotated(doc, list(zip(bounds, analyses, strict=True)))


def _as_known(word: str) -> str:
    """A word as the model may know it: NZ$ and HK$ are dollars to it."""
    return "$" if DOLLARS.fullmatch(word) else word


def load_parser(lexicon: Lexicon, folder: Path | None = None, threads: int = 1) -> Parser:
    """Load the parser with the model in `folder`, by default the one that ships with kg. The lexicon's abbreviations
    say where sentences end.

    Raises ModelError when the model is missing or damaged.
    """
    if folder is None:
        folder = Path(str(resources.files("kg") / "data" / "model"))
    return Parser(make_language(), load_model(folder, threads), lexicon)


def predicates(doc: Doc) -> tuple[Predicate, ...]:
    """The predicates of a parsed Doc with token numbers of the Doc, in order of position."""
    found: tuple[Predicate, ...] = doc.user_data.get(PREDICATES, ())
    return found


def give_role(verb: Token, argument: int, role: str | None) -> None:
    """Make an argument the only one of a verb with a role, and give it no other; none at all where `role` is None."""
    given = () if role is None else ((argument, role),)
    verb.doc.user_data[PREDICATES] = tuple(
        p._replace(args=(*((i, r) for i, r in p.args if i != argument and r != role), *given))
        if p.word == verb.i
        else p
        for p in predicates(verb.doc)
    )


def replace_argument(old: Token, new: Token) -> None:
    """Give a word the roles of another, but for those of the word that the other hangs on."""
    old.doc.user_data[PREDICATES] = tuple(
        p._replace(args=tuple((new.i if i == old.i else i, role) for i, role in p.args)) if p.word != old.head.i else p
        for p in predicates(old.doc)
    )


def _annotated(doc: Doc, analyses: list[tuple[list[int], Analysis]]) -> Doc:
    """A Doc with the analyses filled in; white-space tokens hang on the word before them, as in spaCy."""
    n = len(doc)
    tags, pos, lemmas, deps = ["_SP"] * n, ["SPACE"] * n, [t.text for t in doc], ["dep"] * n
    heads = [max(i - 1, 0) for i in range(n)]
    starts = [bool(token.is_sent_start) for token in doc]
    entities: list[tuple[int, int, str]] = []
    found: list[Predicate] = []
    for indices, analysis in analyses:
        for number, index in enumerate(indices):
            tags[index], pos[index] = analysis.xpos[number], analysis.upos[number]
            lemmas[index], deps[index] = analysis.lemmas[number], analysis.deprels[number]
            heads[index] = indices[analysis.heads[number]]
        entities += [(indices[start], indices[end - 1] + 1, label) for start, end, label in analysis.entities]
        found += [
            Predicate(indices[p.word], p.lemma, p.roleset, tuple((indices[i], role) for i, role in p.args))
            for p in analysis.predicates
        ]
    _attach_spaces(doc, heads, pos, starts)
    deps = ["ROOT" if dep == "root" else dep for dep in deps]
    parsed = Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=tags,
        pos=pos,
        lemmas=lemmas,
        heads=heads,
        deps=deps,
    )
    for token, start in zip(parsed, starts, strict=True):
        if token.i and token.is_sent_start != start and start:
            token.is_sent_start = True
    parsed.set_ents([Span(parsed, start, end, label) for start, end, label in entities])
    parsed.user_data[PREDICATES] = tuple(found)
    return parsed


def _attach_spaces(doc: Doc, heads: list[int], pos: list[str], starts: list[bool]) -> None:
    """Hang white-space tokens on a word of their sentence; a sentence of nothing else is its own root."""
    for index in range(len(doc)):
        if pos[index] != "SPACE":
            continue
        previous = index - 1
        while previous >= 0 and pos[previous] == "SPACE":
            previous -= 1
        if previous >= 0 and not any(starts[previous + 1 : index + 1]):
            heads[index] = previous
        else:
            following = next((i for i in range(index + 1, len(doc)) if pos[i] != "SPACE"), None)
            heads[index] = index if following is None else following
            if following is not None:
                starts[following] = False
                starts[index] = True
