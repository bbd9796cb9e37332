"""Sentences that tell no event whatever their verbs: of sport, of what a story tells, of what a word means."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from kg.lexicon import Lexicon
from kg.syntax import OBJECTS, children, obliques

SCORE = re.compile(r"\s\d{1,3}[-–]\d{1,3}(?![-–\d])")


def other_domains(doc: Doc, lexicon: Lexicon) -> frozenset[int]:
    """The first tokens of the sentences that speak of sport, tell a story or say what a word means."""
    found = set()
    for sentence in doc.sents:
        words = f" {' '.join(t.lemma_.lower() for t in sentence)} ".replace(" - ", "-")
        if (
            any(f" {word} " in words for word in lexicon.other_domains)
            or _defines(sentence.root)
            or any(_is_score(t) for t in sentence)
            or _tells_story(sentence.root, lexicon)
        ):
            found.add(sentence.start)
    return frozenset(found)


def _is_score(token: Token) -> bool:
    """*Beat Georgia 4-0*: two numbers that stand right after the name of whoever lost."""
    behind = token.sent.text[token.idx + len(token) - token.sent.start_char :]
    return token.pos_ == "PROPN" and token.dep_ in OBJECTS and SCORE.match(behind) is not None


def _defines(noun: Token) -> bool:
    """*A siege is an operation in which an army surrounds a town*: what a common noun means is no event."""
    own = [c for c in children(noun, "nsubj") if c.tag_ == "NN"]
    if noun.lemma_ == "mean" and noun.tag_ == "VBZ" and own and children(noun, "ccomp"):
        # *Extradition means that one state hands over a suspect*.
        return not children(own[0], "det", "nmod:poss", "nmod")
    present = any(c.tag_ in ("VBZ", "VBP") for c in children(noun, "cop"))
    told = bool(children(noun, "acl:relcl", "acl")) and noun.tag_ == "NN"
    return present and told and bool(own) and all(_is_general(t) for t in (own[0], noun))


def _tells_story(verb: Token, lexicon: Lexicon) -> bool:
    """*In her latest novel, a spy kidnaps …*, *The series imagines …*: what happens there was made up."""
    opening = [noun for mark, noun in obliques(verb) if mark == "in" and noun.i < verb.i]
    # *In the third season of the thriller …*.
    opening += [whole for noun in opening for whole in children(noun, "nmod")]
    inside = any(noun.lemma_.lower() in lexicon.fictions for noun in opening)
    told = any(c.lemma_.lower() in lexicon.fictions for c in children(verb, "nsubj"))
    return inside or (told and verb.lemma_ in lexicon.narration)


def _is_general(noun: Token) -> bool:
    return any(c.lower_ in ("a", "an") for c in children(noun, "det"))
