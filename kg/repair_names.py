"""Repairs of what stands beside names: hyphened participles, people appointed, offices before names in apposition."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.mentions import Candidate, Words, noun_type, title_in
from kg.syntax import children, conjuncts, first_conjunct, preposition


def repair_names(doc: Doc, names: Sequence[Candidate], words: Words) -> None:
    """Change heads and labels beside names in place."""
    for verb in doc:
        if verb.tag_ == "VBN" and verb.i > 1 and doc[verb.i - 1].text == "-":
            _right_measured(verb)
            _right_hyphened(verb, words)
    for name in names:
        if name.kind == "name" and name.type == "Person":
            _free_appointed(doc, name, words)
            _lower_office(doc[name.head], words)
            _lower_apposition(doc, name, words)
            _share_titles(doc[name.head], words)


def _right_measured(verb: Token) -> None:
    """*Based in Nouakchott and **majority-owned** by Maroc Telecom*: the participle is what is coordinated, not the noun
    that measures it."""
    noun = verb.doc[verb.i - 2]
    if verb.dep_ != "acl" or verb.head.i != noun.i or noun.dep_ not in ("conj", "acl", "appos"):
        return
    above, dep = noun.head, noun.dep_
    for child in children(noun, "cc", "punct", "conj"):
        child.head = verb
    verb.head, verb.dep_ = above, dep if dep == "conj" else "acl"
    noun.head, noun.dep_ = verb, "compound"


def _right_hyphened(verb: Token, words: Words) -> None:
    """*Iran-backed* rebels, the *Gazprom-owned* broadcaster: the name before the hyphen does it; *Madrid-based* firms are
    there."""
    maker = verb.doc[verb.i - 2]
    hangs = maker.head.i == verb.i and maker.dep_ in ("obl:unmarked", "compound", "nsubj", "obl", "nmod", "amod")
    if verb.dep_ == "amod" and hangs and maker.text[:1].isupper() and verb.lemma_ not in words.lexicon.placing:
        maker.dep_ = "obl:agent"


def _free_appointed(doc: Doc, name: Candidate, words: Words) -> None:
    """*Appointed **Ana Ruiz** ambassador*: a person between a verb of appointing and an office is its object, not part of
    the office."""
    head = doc[name.head]
    office, verb = head.head, head.head.head
    if head.dep_ == "xcomp" and name.start == head.head.i + 1 and head.head.lemma_ in words.lexicon.installing:
        # Named *Ana Ruiz* as ambassador.
        beside = [c for c in children(head.head, "obl") if preposition(c) == "as" and title_in(c, words) is not None]
        head.dep_ = "obj" if beside else "xcomp"
        return
    if head.dep_ == "obj" and head.head.lemma_ in words.lexicon.installing:
        # Appointed *the former banker* Ana Ruiz finance minister.
        for said in children(head, "appos"):
            if said.tag_ == "NN" and not children(said, "det", "punct") and title_in(said, words) is not None:
                said.head, said.dep_ = head.head, "xcomp"
        return
    if head.dep_ not in ("compound", "nmod:desc") or office.i < name.end or verb.pos_ != "VERB":
        return
    if name.start == verb.i + 1 and verb.lemma_ in words.lexicon.installing and title_in(office, words) is not None:
        head.head, head.dep_ = verb, "obj"
        for part in conjuncts(office):
            part.dep_ = "xcomp" if part.i == office.i else part.dep_


def _lower_office(head: Token, words: Words) -> None:
    """*Omar, president **and ruler** of Kassala*, *Vega, trade unionist **and leader** of the Front*: an office without an
    article is coordinated with the office or calling before it, not with who holds it."""
    offices = [
        c for c in children(head, "appos")
        if title_in(c, words) is not None or (c.tag_ == "NN" and noun_type(c, words).type == "Person")
    ]  # fmt: skip
    for second in children(head, "conj") if offices else ():
        articles = [c.lower_ for c in children(second, "det", "nmod:poss")]
        closed = second.right_edge.i + 1 < len(second.doc) and second.doc[second.right_edge.i + 1].is_punct
        inside = not articles or (articles in (["a"], ["an"]) and closed and not _set_off(second))
        common = second.tag_ == "NN" or (second.tag_ == "NNP" and second.is_lower)
        if inside and common and second.i > offices[0].i and title_in(second, words) is not None:
            second.head = offices[0]


def _lower_apposition(doc: Doc, name: Candidate, words: Words) -> None:
    """*Vega, a lawyer, and Ana Ruiz, **leader** of the Front*: what one person is, is said of the last of several."""
    last = doc[name.head]
    first = first_conjunct(last)
    for noun in children(first, "appos") if first.i != last.i else ():
        behind = noun.left_edge.i in (name.end, name.end + 1) and doc[name.end].text == ","
        if behind and noun.tag_ == "NN" and noun_type(noun, words).type == "Person" and not children(noun, "cc"):
            noun.head = last


def _set_off(noun: Token) -> bool:
    """Whether a comma parts what is coordinated from what stands before it."""
    return any(c.i > 0 and c.nbor(-1).text == "," for c in children(noun, "cc"))


def _share_titles(head: Token, words: Words) -> None:
    """*Pirelli chairman **and chief executive** Marco Neri*: one who leads in two ways, not two persons; nor are there
    two where the first title is of a body (*CSU leader and Bavarian premier Horst Seehofer*)."""
    first, second = head.head, next(iter(children(head, "nmod:desc")), None)
    if head.dep_ != "conj" or second is None or children(first, "det") or first.tag_ not in ("NN", "NNP"):
        return
    both = [words.lexicon.roles.get(title_in(t, words) or "") for t in (first, second)]
    of_body = any(c.ent_type_ == "ORG" and not _is_country(c, words) for c in children(first, "compound"))
    shared = both == ["leads", "leads"] or (of_body and all(both) and "memberOf" not in both)
    if shared and first.i == second.left_edge.i - 2 and first.head.i != first.i:
        head.head, head.dep_ = first.head, first.dep_
        for mark in children(head, "cc"):
            mark.head = second
        first.head, first.dep_ = head, "nmod:desc"
        second.head, second.dep_ = first, "conj"


def _is_country(token: Token, words: Words) -> bool:
    return any(entry.type == "Country" for entry in words.gazetteer.named(token.text))
