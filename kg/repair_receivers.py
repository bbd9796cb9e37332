"""Repairs of verbs of giving: who gets what, of two objects, of several, or of what was read as one."""

from __future__ import annotations

from spacy.tokens import Token

from kg.fitting import ACTORS
from kg.mentions import Words
from kg.syntax import children


def repair_receivers(verb: Token, words: Words) -> None:
    """Change heads and labels of a verb's objects in place."""
    _part_receiver(verb, words)
    _part_licensed(verb, words)
    _part_named(verb, words)
    _share_out(verb)
    _part_double(verb, words)


def part_sum(verb: Token, words: Words) -> None:
    """*Fined **Meta** 1.2 billion euros*: a name right before a sum of money is no part of it."""
    for money in children(verb, "obj"):
        if money.lemma_.lower() not in words.lexicon.currencies or children(verb, "iobj"):
            continue
        numbers = [t.left_edge.i for t in children(money, "nummod")]
        for name in [c for c in children(money, "compound", "nmod") if c.pos_ == "PROPN" and c.i + 1 in numbers]:
            name.head, name.dep_ = verb, "iobj"


def _part_receiver(verb: Token, words: Words) -> None:
    """*Sent **Mogadishu** 14 cars*, *gave **Mali** back a throne*: of two objects after a verb of giving the first is who
    gets the second."""
    both = [c for c in children(verb, "obj") if c.i > verb.i]
    if verb.lemma_ not in words.lexicon.transfer_verbs or len(both) != 2 or children(both[0], "case"):
        return
    between = [t.lower_ for t in verb.doc[both[0].right_edge.i + 1 : both[1].left_edge.i]]
    if both[0].left_edge.i == verb.i + 1 and between in ([], ["back"]):
        both[0].dep_ = "iobj"


def _part_licensed(verb: Token, words: Words) -> None:
    """*Granted **the Greek police** permission to search*: an actor's noun between an article and what he may do then is
    who gets it, not a part of it."""
    for given in children(verb, "obj") if verb.lemma_ in words.lexicon.transfer_verbs else []:
        if given.i < verb.i:
            continue
        before = given.nbor(-1)
        noun = words.lexicon.nouns.get(before.lemma_.lower())
        acts = noun is not None and noun.type in ACTORS and given.tag_ == "NN" and not children(verb, "iobj")
        open_ = [c for c in (*given.lefts, *before.lefts) if c.dep_ in ("det", "amod", "nmod:poss") and c.i < before.i]
        may = any(m.lower_ == "to" for clause in children(given, "acl") for m in children(clause, "mark"))
        if acts and may and before.dep_ == "compound" and any(c.i == verb.i + 1 for c in open_):
            before.head, before.dep_ = verb, "iobj"
            for part in open_:
                part.head = before


def _part_named(verb: Token, words: Words) -> None:
    """*Offered **the West** military help*: a name before an adjective is no part of what that describes."""
    for given in children(verb, "obj") if verb.lemma_ in words.lexicon.transfer_verbs else []:
        _part_country(verb, given, words)
        names = [c for c in children(given, "compound") if c.pos_ == "PROPN"]
        adjectives = [c for c in children(given, "amod") if c.text[:1].islower()]
        if len(names) == 1 and adjectives and names[0].right_edge.i + 1 == adjectives[0].left_edge.i:
            name = names[0]
            first = name.left_edge.nbor(-1)
            if children(verb, "iobj") or (first.i != verb.i and (first.dep_ != "det" or first.i != verb.i + 1)):
                continue
            name.head, name.dep_ = verb, "iobj"
            for article in [c for c in children(given, "det") if c.i < name.i]:
                article.head = name


def _part_country(verb: Token, given: Token, words: Words) -> None:
    """*Offered **the country** grenades*: an article before *country* and a plural behind it make two nouns."""
    for noun in children(given, "compound"):
        articles = [c for c in (*children(given, "det"), *children(noun, "det")) if c.i == noun.i - 1]
        plural = given.tag_ == "NNS" and noun.i == given.i - 1 and noun.lemma_.lower() in words.lexicon.homelands
        if plural and articles and articles[0].i == verb.i + 1 and not children(verb, "iobj"):
            noun.head, noun.dep_, articles[0].head = verb, "iobj", noun


def _share_out(verb: Token) -> None:
    """*Gave Malawi $2 million and three ships*: what is coordinated after the second object belongs to that, not to who
    gets it."""
    for receiver in children(verb, "iobj"):
        things = [c for c in children(verb, "obj") if c.i > receiver.i]
        for late in [t for t in receiver.subtree if t.dep_ == "conj"]:
            if things and late.i > things[0].i:
                late.head = things[0]


def _part_double(verb: Token, words: Words) -> None:
    """*Lent Kenya a frigate and Malawi **two boats***: two nouns in a row after *and* repeat the two objects. They are
    hung on the verb as orphans, the second under the first."""
    firsts = [*children(verb, "iobj"), *children(verb, "obj")]
    if len(firsts) != 2 or verb.lemma_ not in words.lexicon.transfer_verbs:
        return
    for part in [verb, *firsts]:
        for second in [c for c in children(part, "conj") if c.i > firsts[1].i and c.pos_ == "PROPN"]:
            things = [c for c in children(second, "orphan", "appos", "nmod:unmarked") if c.i > second.i]
            things += [c for c in children(part, "conj") if c.left_edge.i == second.i + 1 and not children(c, "cc")]
            if len(things) == 1 and things[0].pos_ == "NOUN" and not children(things[0], "case"):
                second.head, second.dep_ = verb, "orphan"
                things[0].head, things[0].dep_ = second, "orphan"
                return
