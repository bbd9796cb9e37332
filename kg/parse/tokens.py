"""Tokens as the treebanks have them: spaCy's English tokeniser, with Universal Dependencies' ways with hyphens."""

from __future__ import annotations

from typing import Any

from spacy.lang.en import English
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

# Universal Dependencies keeps a prefix and its word together and splits other hyphenated words.
PREFIXES = frozenset(
    [
        "anti",
        "co",
        "counter",
        "cross",
        "de",
        "e",
        "ex",
        "extra",
        "hyper",
        "inter",
        "intra",
        "macro",
        "mega",
        "meta",
        "micro",
        "mid",
        "mini",
        "mis",
        "multi",
        "neo",
        "non",
        "over",
        "pan",
        "para",
        "post",
        "pre",
        "pro",
        "pseudo",
        "quasi",
        "re",
        "semi",
        "sub",
        "super",
        "supra",
        "trans",
        "ultra",
        "un",
        "under",
        "vice",
    ]
)
# Nouns made of a verb and a particle, which are one word to a grammar: a sit-in, a go-between.
HYPHENED = frozenset(
    f"{verb}-{particle}{end}"
    for end in ("", "s")
    for verb, particle in (
        ("sit", "in"), ("die", "in"), ("break", "in"), ("go", "between"), ("stand", "off"), ("run", "off"), ("lay", "off"),
        ("hand", "over"), ("take", "over"), ("stop", "over"), ("walk", "out"), ("shoot", "out"), ("pull", "out"),
        ("call", "up"), ("build", "up"), ("crack", "down"), ("lock", "down"), ("shut", "down"),
    )
)  # fmt: skip
# spaCy takes these for contractions (we'd, I'd).
NO_CONTRACTIONS = frozenset({"wed", "Wed", "id", "Id"})
# spaCy leaves "24-hour" and "F-16" whole; the treebanks don't.
DIGIT_HYPHEN = (r"(?<=[0-9])(?:-|–)(?=[A-Za-z])", r"(?<=[A-Za-z])(?:/)(?=[A-Za-z])")
HYPHENS = ("-", "–", "‑")


def make_language() -> English:
    """A blank English pipeline with our tokeniser rules."""
    language = English()
    infixes = [*(language.Defaults.infixes or ()), *DIGIT_HYPHEN]
    tokenizer: Any = language.tokenizer
    tokenizer.rules = {text: parts for text, parts in tokenizer.rules.items() if text not in NO_CONTRACTIONS}
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    # NZ$12, HK$40: any state's dollars, as US$ 12.
    prefixes = [*(language.Defaults.prefixes or ()), r"[A-Z]{1,3}\$(?=[0-9])"]
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    # AVIV-- Israel: a dash of two hyphens after a word.
    suffixes = [*(language.Defaults.suffixes or ()), r"(?<=[A-Za-z])--+"]
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    return language


def tokenise(text: str, language: English) -> Doc:
    """The text as a Doc whose tokens keep every character and its offset; runs of white space that are more than one
    space are tokens of their own."""
    doc = language.make_doc(text)
    words, spaces = [], []
    index = 0
    while index < len(doc):
        token = doc[index]
        if _is_prefixed(doc, index) or _is_hyphened(doc, index):
            words.append(token.text + doc[index + 1].text + doc[index + 2].text)
            spaces.append(bool(doc[index + 2].whitespace_))
            index += 3
        else:
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
            index += 1
    return Doc(language.vocab, words=words, spaces=spaces)


def _is_hyphened(doc: Doc, index: int) -> bool:
    """Whether three tokens without space are one noun with a particle."""
    return doc[index : index + 3].text.lower() in HYPHENED


def _is_prefixed(doc: Doc, index: int) -> bool:
    """Whether a prefix, a hyphen and a word follow each other without space: *pro-Beijing*, *re-elected*."""
    return (
        doc[index].lower_ in PREFIXES
        and not (doc[index].is_upper and len(doc[index]) > 1)  # UN-backed is no prefix
        and index + 2 < len(doc)
        and not doc[index].whitespace_
        and doc[index + 1].text in HYPHENS
        and not doc[index + 1].whitespace_
        and doc[index + 2].is_alpha
    )
