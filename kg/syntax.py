"""Ways through a Universal Dependencies tree, as spaCy tokens carry it.

Universal Dependencies hang prepositions, articles and auxiliaries on content words, conjuncts on the first conjunct,
titles on the name's first token (`nmod:desc`) and the rest of a name on its first (`flat`).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

CLAUSE = frozenset({"ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "advcl:relcl"})
# What may stand to the left of a noun inside its phrase.
LEFT = frozenset(
    {
        "det",
        "det:predet",
        "amod",
        "compound",
        "nummod",
        "nmod:poss",
        "nmod:desc",
        "nmod:unmarked",
        "advmod",
        "punct",
        "nmod",
        "case",
        "goeswith",
        "flat",
    }
)
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj"})
OBJECTS = frozenset({"obj", "iobj"})
PARTICLES = frozenset(
    {"in", "out", "up", "down", "off", "back", "over", "away", "on", "aside", "round", "around", "together"}
)
RELATIVES = frozenset({"who", "whom", "which", "that", "whose"})
# Adverbs of direction: a phrase on one goes with the verb.
WAYS = frozenset(("back", "home", "away", "out", "over", "off", "up", "down"))
OBLIQUES = frozenset({"obl", "nmod", "obl:agent", "obl:unmarked"})


def children(token: Token, *deps: str) -> list[Token]:
    """The children of a token with one of the labels, left to right."""
    return [child for child in token.children if child.dep_ in deps]


def conjuncts(token: Token) -> list[Token]:
    """A token and all that is coordinated with it, left to right."""
    found = [token]
    for child in children(token, "conj"):
        found.extend(conjuncts(child))
    return found


def first_conjunct(token: Token) -> Token:
    """The first of the coordinated tokens, on which the others hang."""
    while token.dep_ == "conj":
        token = token.head
    return token


def preposition(token: Token) -> str | None:
    """The preposition of a noun phrase, in lower case (*according to* in one); that of the first conjunct if it has
    none."""
    marks = children(token, "case") or (children(token, "mark") if token.tag_ in ("NN", "NNS") else [])
    words = [mark for mark in marks if mark.lower_ not in ("'s", "’s", "'", "’")]
    if not words:
        return preposition(token.head) if token.dep_ == "conj" else None
    first = words[0]
    fixed = children(first, "fixed")
    return " ".join(t.lower_ for t in [first, *fixed])


def phrase(token: Token) -> tuple[int, int]:
    """[start, end) of a noun's own phrase: its determiners, modifiers and the parts of its name, without what follows
    in clauses, appositions and prepositional phrases."""
    start, end = token.i, token.i + 1
    for child in token.children:
        if child.i < token.i and child.dep_ in LEFT and _is_inside(child):
            start = min(start, *[t.i for t in child.subtree])
        elif child.i > token.i and child.dep_ in ("flat", "goeswith", "compound"):
            end = max(end, *[t.i + 1 for t in child.subtree])
    doc = token.doc
    while start < token.i and (
        doc[start].pos_ in ("PUNCT", "ADP", "SCONJ", "CCONJ", "SPACE") or doc[start].dep_ in ("case", "cc", "mark")
    ):
        start += 1
    return start, end


def _is_inside(child: Token) -> bool:
    """Modifiers before a noun belong to its phrase unless punctuation or a preposition sets them apart."""
    if child.dep_ == "punct":
        return child.text in ("-", "–", "'", "’", "/")
    if child.dep_ == "case":
        # On *what it called* a camp.
        if child.right_edge.i >= child.head.i:
            # A tree whose lines cross, as the parser sometimes gives.
            return True
        following = child.doc[child.right_edge.i + 1]
        return not any(a.dep_ == "acl:relcl" and a.head.i == child.head.i for a in following.ancestors)
    if child.dep_ in ("nmod", "advmod"):
        return (not children(child, "case") and child.dep_ == "nmod") or child.head.i - child.i <= 2
    return True


def noun_head(token: Token) -> Token:
    """The noun a token of a name or a modifier stands in: the first token of a flat name, the modified noun of a
    compound part."""
    while token.dep_ in ("flat", "compound", "goeswith", "fixed") and token.head.i != token.i:
        token = token.head
    return token


def one_of(noun: Token) -> Token | None:
    """The *one* of *one of the leaders*: what is said of it is said of the noun's holder."""
    picked = noun.dep_ == "nmod" and noun.head.lower_ == "one" and preposition(noun) == "of"
    return noun.head if picked and noun.tag_ in ("NNS", "NNPS") else None


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive: by auxiliary, passive subject, or as a bare past participle after its noun."""
    if any(child.dep_ in ("aux:pass", "nsubj:pass") for child in verb.children):
        return True
    bare = not any(c.dep_ in SUBJECTS or c.dep_ == "aux" for c in verb.children)
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and bare:
        return is_passive(verb.head)
    if verb.dep_ == "advcl" and verb.tag_ in ("VBN", "VBD") and bare:
        # Armed by Turkey, …; asked whether it would, …
        return True
    hyphened = verb.i > 0 and verb.nbor(-1).text == "-"
    described = verb.dep_ == "acl" or (verb.dep_ == "amod" and (hyphened or bool(children(verb, "obl:agent"))))
    return bare and described and verb.tag_ == "VBN"


def particle(verb: Token) -> str | None:
    """The particle of a phrasal verb (*pull out*), also where the parser takes it for an adverb right behind it."""
    found = children(verb, "compound:prt")
    found = found or [c for c in children(verb, "advmod") if c.i == verb.i + 1 and c.lower_ in PARTICLES]
    found = found or [
        c for c in children(verb, "advmod") if c.lower_ in ("back", "away", "together") and _behind_object(c, verb)
    ]
    found = found or [c for c in children(verb, "xcomp") if lets_go(verb, c)]
    return found[0].lower_ if found else None


def lets_go(verb: Token, clause: Token) -> bool:
    """*Let him go*, which sets him free; *let him go to Paris* and *let it go on* allow something."""
    return (verb.lemma_, clause.lower_) == ("let", "go") and not any(
        c.dep_ in ("compound:prt", "advcl", "xcomp") or preposition(c) in ("to", "into", "through", "without")
        for c in clause.children
    )


def _behind_object(word: Token, verb: Token) -> bool:
    """Whether a word stands right behind a verb's object (*handed the ship **back***)."""
    return any(child.right_edge.i == word.i - 1 for child in children(verb, *OBJECTS))


def act_named(verb: Token) -> str | None:
    """The preposition before a gerund that names an act as a noun would (*accused them of smuggling*); None where it
    tells more of it (*of smuggling arms*): that is a clause."""
    if verb.tag_ != "VBG" or any(
        c.dep_ in OBJECTS | SUBJECTS | CLAUSE or c.dep_.startswith("aux") for c in verb.children
    ):
        return None
    marks = [mark.lower_ for mark in children(verb, "mark", "case") if mark.i == verb.i - 1]
    return marks[0] if marks and marks[0] in ("of", "for") else None


def obliques(token: Token) -> Iterator[tuple[str, Token]]:
    """(preposition, noun) of every prepositional phrase that hangs on a token."""
    yield from _stranded(token)
    for child in token.children:
        if child.lower_ in WAYS and token.pos_ == "VERB":
            # Sent him back *to Doha*.
            yield from ((mark, c) for c in children(child, "obl") if (mark := preposition(c)) is not None)
        if child.dep_ in OBLIQUES or child.dep_ in ("advmod", "xcomp", "advcl"):
            mark = preposition(child) or act_named(child)
            if mark:
                yield mark, child
            # Caved in *to* somebody: a second preposition that stands right before the noun's phrase.
            for further in children(child, "case")[1:]:
                if further.lower_ not in ("'s", "’s"):
                    yield further.lower_, child


def own_clause(token: Token) -> Iterator[Token]:
    """What hangs on a token, with infinitives and without the clauses that tell something of their own."""
    yield token
    for child in token.children:
        if child.dep_ not in CLAUSE or child.dep_ == "xcomp" or child.tag_ == "VB":
            yield from own_clause(child)


def _stranded(verb: Token) -> Iterator[tuple[str, Token]]:
    """(preposition, noun) of a preposition that the passive leaves alone (*the boat was fired **on** by them*)."""
    if verb.pos_ != "VERB" or not is_passive(verb):
        return
    found = children(verb, "nsubj:pass") or ([verb.head] if verb.dep_ == "acl" else [])
    for mark in children(verb, "obl", "advmod", "compound:prt"):
        if mark.i == verb.i + 1 and mark.tag_ in ("IN", "RP") and not list(mark.children):
            yield from ((mark.lower_, noun) for noun in found[:1])


def is_cleft(noun: Token) -> bool:
    """*It was Mali that …*."""
    return bool(children(noun, "cop")) and any(c.lower_ == "it" for c in children(noun, "expl", *SUBJECTS))


def climb(token: Token) -> Iterator[Token]:
    """The governors of a token, nearest first, up to the root."""
    while token.head.i != token.i:
        token = token.head
        yield token


def sentence_of(doc: Doc, index: int) -> tuple[int, int]:
    """[start, end) characters of the sentence around a token, white space at its ends left out."""
    words = [token for token in doc[index].sent if not token.is_space]
    return words[0].idx, words[-1].idx + len(words[-1])
