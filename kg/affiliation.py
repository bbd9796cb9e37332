"""For which body somebody speaks: the party, company or force that his titles and descriptions name."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.coref import Discourse
from kg.syntax import children, preposition

# How a description tells its body: *the **Nordbank** chief*, *a spokesman **for the Front***.
WHOSE = ("compound", "nmod:poss", "nmod")
FOR = frozenset({None, "of", "for", "at", "in", "with"})


def body_of(doc: Doc, discourse: Discourse, entity: str) -> int | None:
    """The organisation, named in the article, whose officer or spokesman a person (a key `c<number>`) is called; None if
    none or several are. Governments' people speak for their country."""
    if not entity.startswith("c"):
        return None
    found: set[int] = set()
    for mention in discourse.mentions_of(int(entity[1:])):
        if mention.kind == "pronoun" or mention.type != "Person":
            continue
        head = doc[mention.head]
        nouns = [head] if mention.kind == "nominal" else children(head, "nmod:desc", "appos", "compound")
        found |= {body for noun in nouns for body in _bodies(noun, discourse)}
    return found.pop() if len(found) == 1 else None


def _bodies(noun: Token, discourse: Discourse) -> set[int]:
    found = set()
    for child in children(noun, *WHOSE):
        number = discourse.at.get(child.i)
        candidate = discourse.candidates[number] if number is not None else None
        if candidate is None or number is None or candidate.kind != "name" or candidate.type != "Organization":
            continue
        body = discourse.entity_of[number]
        if body is not None and preposition(child) in FOR and candidate.subtype not in ("GovernmentBody", "NewsAgency"):
            found.add(body)
    return found
