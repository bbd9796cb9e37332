"""Repairs of a parse by what is known about names: a name is one noun, and a title before it belongs to it.

A name's inner tokens may have caught its preposition, conjuncts or head (*Supreme Leader Ayatollah Ali Khamenei*).
Before relations are read, every name hangs by one token, and what the parser hung on its parts hangs on that token.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.mentions import Candidate, Words, title_in

# What a part of a name may not govern: it belongs to the name as a whole.
MOVED = frozenset(
    ("conj", "cc", "case", "appos", "nmod", "acl:relcl", "acl", "punct", "nmod:desc", "amod", "det", "nmod:poss")
)


def repair_tree(doc: Doc, names: Sequence[Candidate], words: Words) -> None:
    """Change heads and labels of a parsed Doc in place."""
    for name in names:
        if name.kind == "name":
            _collapse(doc, name)
    for name in names:
        if name.kind == "name" and name.type == "Person":
            _attach_title(doc, name, words)


def _collapse(doc: Doc, name: Candidate) -> None:
    """Hang the parts of a name on its head token, and their other dependents on that too."""
    inside = range(name.start, name.end)
    head = doc[name.head]
    for index in inside:
        token = doc[index]
        if token.i == head.i:
            continue
        outward = token.head.i not in inside
        if outward and token.dep_ != "punct":
            token.head = head
            token.dep_ = "flat" if token.i > head.i else "compound"
        for child in list(token.children):
            if child.i not in inside and child.dep_ in MOVED and not _is_ancestor(child, head):
                child.head = head


def _attach_title(doc: Doc, name: Candidate, words: Words) -> None:
    """A role noun right before a person's name is its title, however the parser took it; the name takes its place."""
    if name.start == 0:
        return
    head, before = doc[name.head], doc[name.start - 1]
    if (before.dep_ == "nmod:desc" and before.head.i == head.i) or before.pos_ not in ("NOUN", "PROPN"):
        return
    title = before
    if title.head.i in range(name.start, name.end) and title.dep_ in ("nmod:desc", "compound", "flat"):
        return
    is_title = title_in(title, words) is not None or title.lower_ in words.lexicon.honorifics
    if title.dep_ in ("compound", "flat") or not is_title or title.tag_ in ("NNS", "NNPS"):
        return
    related = (
        head.head.i == title.i
        or head.dep_ in ("conj", "appos", "flat", "list", "dep", "parataxis", "nmod", "compound")
        or title.dep_ in ("nmod:unmarked", "conj", "nsubj", "obj")
    )
    if not related or (_is_ancestor(head, title) and head.head.i != title.i):
        return
    _swap(title, head)


def _swap(title: Token, head: Token) -> None:
    """Put the name where its title stands in the tree, and the title under it."""
    above, dep = title.head, title.dep_
    if above.i == title.i:
        return
    if head.i == above.i or _is_ancestor(head, above):
        return
    head.head = above
    head.dep_ = dep
    for child in list(title.children):
        # Articles and what describes the office stay with the title; the rest of the phrase belongs to the person.
        if child.dep_ in ("case", "cc", "conj", "punct", "appos", "acl:relcl") and child.i != head.i:
            child.head = head
    title.head = head
    title.dep_ = "nmod:desc"


def _is_ancestor(token: Token, other: Token) -> bool:
    """Whether a token governs the other, however far."""
    return any(ancestor.i == token.i for ancestor in other.ancestors)
