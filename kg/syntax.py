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
# Verbs that address somebody by a preposition and say what he shall do.
ADDRESSING = frozenset(
    {
        ("call", "on"),
        ("call", "upon"),
        ("appeal", "to"),
        ("lean", "on"),
        ("prevail", "upon"),
        ("plead", "with"),
        ("prevail", "on"),
        ("shout", "at"),
        ("wait", "for"),
    }
)
RELATIVES = frozenset({"who", "whom", "which", "that", "whose"})
RANKS = frozenset(("first", "second", "third", "last", "latest", "only", "sole"))
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


def subject(verb: Token) -> Token | None:
    """The subject of a predicate, its own or the one it inherits from a governing or coordinated predicate.

    Control: *wants to buy*; participles: *the troops attacking …*; adverbial clauses: *speaking in Tehran, he …*.
    None where the subject is left open.
    """
    seen = set()
    while verb.i not in seen:
        seen.add(verb.i)
        own = [child for child in verb.children if child.dep_ in SUBJECTS]
        if own:
            return own[0] if verb.pos_ != "NOUN" else own[-1]
        if verb.dep_ == "conj" or one_of(verb) is not None:
            verb = verb.head
        elif verb.dep_ == "xcomp":
            controller = [child for child in verb.head.children if child.dep_ in OBJECTS and child.i < verb.i]
            controller = controller or addressed(verb)
            if controller:
                return controller[-1]
            verb = verb.head
        elif verb.dep_ == "advcl" and verb.tag_ == "VBG" and _is_reason(verb):
            # They blamed, jailed, thanked *somebody* for doing it.
            return _patient(verb.head)
        elif verb.dep_ == "ccomp" and verb.tag_ == "VB" and any(m.lower_ == "to" for m in children(verb, "mark")):
            # considering whether to sue
            verb = verb.head
        elif verb.dep_ in ("advcl", "parataxis") and _is_participle(verb):
            # Not of the officials in "fighters overran a base, officials said, killing ten".
            verb = (
                verb.head.head
                if verb.head.dep_ == "parataxis" and verb.head.head.i < verb.head.i < verb.i
                else verb.head
            )
        elif verb.dep_ == "acl" and is_infinitive(verb):
            return _planner(verb.head)
        elif verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.pos_ == "VERB":
            # Dreams of exporting, however it was hung.
            verb = verb.head
        elif verb.dep_ == "acl" and verb.tag_ == "VBG":
            return _planner(verb.head) if children(verb, "mark") else verb.head
        else:
            return None
    return None


def _given_time(verb: Token, clause: Token) -> list[Token]:
    limits = [c for c in children(verb, "obl") if preposition(c) in ("until", "till") and c.i < clause.i]
    return children(verb, *OBJECTS)[:1] if limits and verb.lemma_ == "give" and clause.dep_ == "advcl" else []


def one_of(noun: Token) -> Token | None:
    """The *one* of *one of the leaders*: what is said of it is said of the noun's holder."""
    picked = noun.dep_ == "nmod" and noun.head.lower_ == "one" and preposition(noun) == "of"
    return noun.head if picked and noun.tag_ in ("NNS", "NNPS") else None


def is_infinitive(verb: Token) -> bool:
    """*To ban*, *to have banned*."""
    perfect = any(m.lower_ == "to" for m in children(verb, "mark")) and any(
        c.lower_ == "have" for c in children(verb, "aux")
    )
    return verb.tag_ == "VB" or perfect


def is_ranked(noun: Token) -> bool:
    """*The first (country) to*, *the only one to*, *the 32nd state to*, *the fourth to*."""
    return any(w.lower_ in RANKS or _is_ordinal(w) for w in (noun, *children(noun, "amod")))


def _is_ordinal(word: Token) -> bool:
    return word.pos_ == "ADJ" and (word.lower_.endswith("th") or word.text[:1].isdigit()) and len(word) > 3


def addressed(verb: Token) -> list[Token]:
    """Who is called on to do what an infinitive says (*called on Mali to free ...*, *appealed to Iran to ...*), or given
    time to (*gave Chad until Friday to ...*)."""
    return _given_time(verb.head, verb) or [
        child
        for child in children(verb.head, "obl")
        if verb.dep_ in ("xcomp", "advcl") and child.i < verb.i and (verb.head.lemma_, preposition(child)) in ADDRESSING
    ]


def blamed(verb: Token) -> Token | None:
    """Who is blamed, thanked, stopped or quoted for what a gerund tells; None where it tells nothing of the kind."""
    gerund = verb.dep_ == "advcl" and verb.tag_ == "VBG" and not children(verb, "aux", *SUBJECTS)
    return _patient(verb.head) if gerund and _is_reason(verb) else None


def _is_reason(verb: Token) -> bool:
    """Whether a gerund tells what somebody is blamed, thanked or punished for."""
    return (
        any(mark.lower_ in ("for", "of", "with", "from", "as") for mark in children(verb, "mark", "case"))
        and _patient(verb.head) is not None
    )


def _patient(verb: Token) -> Token | None:
    if is_passive(verb):
        found = children(verb, "nsubj:pass")
        return found[0] if found else (verb.head if verb.dep_ == "acl" else None)
    objects = children(verb, "obj") or children(verb, "iobj")
    return objects[0] if objects else (verb.head if verb.dep_ == "acl:relcl" else None)


def _planner(noun: Token) -> Token:
    """Whose plan or offer a noun tells of (*Jordan's* offer to sell, plans *by Uganda* to buy, the *Iranian* threat to
    close), of whom it is said (*Mali* was the first to), the noun itself where it doesn't say."""
    if children(noun, "cop") and children(noun, "nsubj") and is_ranked(noun):
        # *Fiji* is the second Pacific state to ban it.
        return children(noun, "nsubj")[0]
    owners = [*children(noun, "nmod:poss"), *(t for mark, t in obliques(noun) if mark in ("by", "from"))]
    owners += [t for t in children(noun, "amod", "compound") if t.text[:1].isupper()]
    if not owners and (children(noun, "cop") or noun.dep_ == "xcomp"):
        owners = children(noun if children(noun, "cop") else noun.head, "nsubj")
    return owners[0] if owners else noun


def _is_participle(verb: Token) -> bool:
    return (verb.tag_ in ("VBG", "VBN", "VB") and not children(verb, "aux:pass")) or bool(children(verb, "mark"))


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
