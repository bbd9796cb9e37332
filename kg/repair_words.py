"""Repairs of single words that the parser took for another part of speech, and of what hangs on them in short clauses."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.mentions import Words
from kg.parse import PREDICATES, give_role, predicates
from kg.syntax import OBJECTS, SUBJECTS, children, preposition

FINITE = frozenset({"VBD", "VBZ", "VBP"})


def repair_words(doc: Doc, words: Words) -> None:
    """Change tags, heads and labels in place."""
    for token in doc:
        _right_plural(token)
        _right_clause(token)
        _right_nationality(token)
        _right_alias(token)
        _right_name(token)
        _right_headline(token)
        if token.tag_ in FINITE and token.dep_ == "ROOT" and token.pos_ == "NOUN" and children(token, "nsubj"):
            # *Laos dreams of exporting power*: a finite verb's tag and a subject make it one.
            token.pos_ = "VERB"
        if token.tag_ == "VBG" and not token.lower_.endswith(("ing", "in", "in’", "in'")):
            _right_adjective(token)
        _right_verb(token)
        if (token.tag_ == "PRP" or token.pos_ == "PRON") and token.lower_ == "mine" and children(token, "det"):
            # *Bought **a mine***: what has an article is no pronoun.
            token.tag_, token.pos_ = "NN", "NOUN"
        _right_court(token, words)
        _join_named(token)
        _join_halves(token)
    for verb in doc:
        if verb.pos_ == "VERB" or verb.lemma_ == "have":
            _join_perfect(verb)
        if verb.pos_ == "VERB":
            _right_intransitive(verb)
            _right_bare(verb)
            _join_second(verb)
            _give_doer(verb, words)
            _free_agent(verb)


def forget(word: Token) -> None:
    """Take a word out of the predicates."""
    word.doc.user_data[PREDICATES] = tuple(p for p in predicates(word.doc) if p.word != word.i)


def _right_plural(noun: Token) -> None:
    """*Houthi **forces** shelled Marib*, *Houthi **forces** retake Marib*: what is the subject of a finite verb and has only
    a name before it is a noun in the plural, and the name its modifier."""
    verb = noun.head
    bare = [c for c in children(noun, "xcomp") if c.i == noun.i + 1 and c.tag_ == "VB" and c.lower_ != "go"]
    if noun.tag_ == "VBZ" and bare and noun.lemma_ not in ("help", "dare", "need"):
        # No other verb takes an infinitive without *to* right behind it.
        verb = bare[0]
        verb.head, verb.dep_ = (verb if noun.dep_ == "ROOT" else noun.head), noun.dep_
        for child in [c for c in noun.children if c.i > verb.i or c.dep_ not in (*SUBJECTS, "amod", "compound", "det")]:
            child.head = verb
        noun.head, noun.dep_, verb.tag_ = verb, "nsubj", "VBP"
    if noun.tag_ != "VBZ" or noun.dep_ != "nsubj" or verb.tag_ not in FINITE or verb.i < noun.i:
        return
    own = list(noun.children)
    if len(own) == 1 and own[0].dep_ in SUBJECTS and own[0].i == noun.i - 1:
        noun.tag_, noun.pos_, noun.lemma_ = "NNS", "NOUN", noun.lower_.removesuffix("s")
        own[0].dep_ = "compound"
        forget(noun)


def _right_name(name: Token) -> None:
    """*May met Merkel*: a word in capitals that is labelled a person and is a verb's subject is no modal verb."""
    verb = name.head
    if name.tag_ == "MD" and name.dep_ in SUBJECTS and name.ent_type_ == "PERSON":
        name.tag_, name.pos_, name.lemma_ = "NNP", "PROPN", name.text
        if verb.tag_ == "VB" and verb.lower_ != verb.lemma_.lower():
            verb.tag_ = "VBZ" if verb.lower_.endswith("s") else "VBD"
        give_role(verb, name.i, "ARG0")


def _right_headline(word: Token) -> None:
    """*Taliban **free** American engineer*: an adjective with an object behind it is a verb, and what was hung on the
    object across it is its subject."""
    if word.tag_ != "JJ" or word.dep_ != "ROOT" or children(word, "cop", *SUBJECTS):
        return
    for noun in [c for c in children(word, "obj") if c.i > word.i]:
        across = [c for c in children(noun, "compound", "nmod", "nmod:desc") if c.i < word.i]
        if len(across) == 1 and across[0].i == word.i - 1:
            across[0].head, across[0].dep_ = word, "nsubj"
            word.tag_, word.pos_ = "VBP", "VERB"
            give_role(word, across[0].i, "ARG0")


def _right_intransitive(verb: Token) -> None:
    """*Crowds **rioted** against Greece*: a past tense without auxiliary, agent and object is no passive, nor is it they
    who are rioted against that riot."""
    subjects = children(verb, "nsubj:pass")
    if verb.tag_ != "VBD" or len(subjects) != 1 or children(verb, "aux:pass", "obl:agent", *OBJECTS):
        return
    if subjects[0].i > verb.i or children(verb, "aux", "xcomp", "ccomp"):
        return
    subjects[0].dep_ = "nsubj"
    roles = {i: role for p in predicates(verb.doc) if p.word == verb.i for i, role in p.args}
    for noun in children(verb, "obl"):
        if roles.get(noun.i) == "ARG0" and preposition(noun) != "by":
            give_role(verb, noun.i, None)
            give_role(verb, subjects[0].i, "ARG0")


def _give_doer(verb: Token, words: Words) -> None:
    """*Called **for Israel to leave** Hebron*: who stands between *for* and *to* is the subject of the infinitive, which
    is what is asked for, not what for somebody asks."""
    wished = any(effect.modality == "desired" for effect in words.lexicon.effects.get(verb.lemma_, ()))
    for clause in children(verb, "xcomp", "advcl"):
        marks = {m.lower_: m.i for m in children(clause, "mark")}
        if not {"for", "to"} <= set(marks) or (clause.dep_ == "advcl" and not wished):
            continue
        clause.dep_ = "xcomp"
        if children(clause, *SUBJECTS):
            continue
        between = [c for c in children(verb, "obl", "obj", "nsubj") if marks["for"] < c.i < marks["to"]]
        if len(between) == 1 and between[0].right_edge.i == marks["to"] - 1 and not children(between[0], "case"):
            between[0].head, between[0].dep_ = clause, "nsubj"


def _free_agent(verb: Token) -> None:
    """*Were given access to the plant **by Iran***: of a passive with an object left, what *by* marks behind that object
    is the doer, not part of the object."""
    if not children(verb, "aux:pass") or children(verb, "obl:agent"):
        return
    for thing in children(verb, "obj"):
        for noun in children(thing, "nmod"):
            if preposition(noun) == "by" and noun.i > thing.i:
                noun.head, noun.dep_ = verb, "obl:agent"
                give_role(verb, noun.i, "ARG0")
                return


def _right_adjective(word: Token) -> None:
    """*Dismissed as **baseless** a claim*: no present participle is without its ending."""
    word.tag_, word.pos_ = "JJ", "ADJ"
    forget(word)
    if word.dep_ == "advcl":
        word.dep_ = "obl"
        for mark in children(word, "mark"):
            mark.dep_ = "case"


def _right_verb(word: Token) -> None:
    """*Sri Lanka, IMF **strike** rescue deal*: what has a subject and an object without a preposition is a verb, and the
    first word behind no article or adjective."""
    if (
        word.tag_ not in ("NN", "NNS")
        or word.dep_ != "ROOT"
        or children(word, "cop", "det", "amod", "nmod:poss", "case")
    ):
        return
    before = [c for c in children(word, "nsubj") if c.i < word.i]
    after = [c for c in children(word, "obj") if c.i > word.i]
    if len(before) == len(after) == 1:
        word.tag_, word.pos_ = "VBZ" if word.tag_ == "NNS" else "VBP", "VERB"
        if word.tag_ == "VBZ":
            word.lemma_ = word.lower_.removesuffix("s")
        give_role(word, before[0].i, "ARG0")
        give_role(word, after[0].i, "ARG1")


def _join_perfect(have: Token) -> None:
    """*It **had armed** rebels*: what stands right behind *had* and has, by its roles, the same subject and object is the
    verb, not an adjective."""
    if have.lower_ not in ("had", "has", "have") or have.dep_.startswith("aux"):
        return
    subjects, things = children(have, *SUBJECTS), children(have, "obj")
    if len(subjects) != 1 or len(things) != 1:
        return
    for verb in [c for c in children(things[0], "amod") if c.tag_ == "VBN" and c.i == have.i + 1]:
        given = {role: i for p in predicates(have.doc) if p.word == verb.i for i, role in p.args}
        if given.get("ARG0") != subjects[0].i or given.get("ARG1") != things[0].i:
            continue
        verb.head, verb.dep_, verb.pos_ = (
            (verb, "ROOT", "VERB") if have.dep_ == "ROOT" else (have.head, have.dep_, "VERB")
        )
        for child in list(have.children):
            child.head = verb
        have.head, have.dep_, have.pos_ = verb, "aux", "AUX"
        forget(have)


def _right_bare(verb: Token) -> None:
    """*Carted off **its computers***: what stands bare right behind a verb's particle is its object."""
    marks = children(verb, "compound:prt")
    if len(marks) != 1 or children(verb, "obj", "aux:pass"):
        return
    for noun in children(verb, "obl"):
        named = noun.pos_ == "PROPN" and noun.ent_type_ != ""
        if noun.left_edge.i == marks[0].i + 1 and not children(noun, "case", "mark") and (noun.pos_ == "NOUN" or named):
            noun.dep_ = "obj"
            give_role(verb, noun.i, "ARG1")


def _join_second(verb: Token) -> None:
    """*Between the government and **striking doctors***: *between* wants two, and a participle right behind *and* with a
    noun of its own is no second verb."""
    for noun in children(verb, "obl"):
        if preposition(noun) != "between" or children(noun, "conj") or noun.tag_ in ("NNS", "NNPS"):
            continue
        for second in children(verb, "conj"):
            things = children(second, "obj")
            joint = children(second, "cc")
            if second.tag_ != "VBG" or len(things) != 1 or len(joint) != 1 or joint[0].i != noun.right_edge.i + 1:
                continue
            things[0].head, things[0].dep_ = noun, "conj"
            joint[0].head = things[0]
            second.head, second.dep_, second.tag_, second.pos_ = things[0], "amod", "JJ", "ADJ"
            forget(second)


def _right_court(noun: Token, words: Words) -> None:
    """*Took the company to **court***: a noun behind *to* with no article, object or subject, at a verb that has an object,
    tells whither."""
    verb = noun.head
    marks = [m for m in children(noun, "mark") if m.lower_ == "to"]
    known = words.lexicon.nouns.get(noun.lower_)
    if noun.tag_ != "VB" or noun.dep_ not in ("advcl", "xcomp", "acl") or len(marks) != 1 or known is None:
        return
    if verb.dep_ == "obj":
        verb = verb.head
    bare = not children(noun, "obj", "xcomp", "ccomp", "aux", *SUBJECTS)
    if bare and known.type == "Organization" and children(verb, "obj"):
        noun.tag_, noun.pos_, noun.dep_, noun.head = "NN", "NOUN", "obl", verb
        marks[0].dep_ = "case"
        forget(noun)


def _join_named(noun: Token) -> None:
    """*Two militias, the Nasr Brigade and **the Sahel Shield***: the second name goes with the first, not with the plural
    that both are called."""
    counted = any(c.lower_ in ("two", "both", "three") for c in children(noun, "nummod", "det"))
    names = [c for c in children(noun, "appos") if c.pos_ == "PROPN" and c.i > noun.i]
    if noun.tag_ != "NNS" or not counted or len(names) != 1 or children(names[0], "conj"):
        return
    for second in children(noun, "conj"):
        if second.pos_ == "PROPN" and second.left_edge.i == names[0].right_edge.i + 1:
            second.head = names[0]


def _join_halves(noun: Token) -> None:
    """*The UN **secretary-general***: of two nouns that a hyphen makes one word the first is no subject of its own."""
    first = noun.nbor(-2) if noun.i > 1 and noun.nbor(-1).text == "-" else None
    if first is None or noun.nbor(-1).whitespace_ or first.whitespace_ or {first.pos_, noun.pos_} != {"NOUN"}:
        return
    if first.head.i == noun.head.i != noun.i and first.dep_ == noun.dep_ in SUBJECTS:
        first.head, first.dep_ = noun, "compound"


def _right_clause(verb: Token) -> None:
    """*The claim that Kinshasa **arms** rebels*: what has *that* before it and an object behind it is a verb, and the name
    between them its subject."""
    noun = verb.head
    marks = [m for m in children(verb, "mark") if m.lower_ == "that" and m.i < verb.i]
    if verb.tag_ != "NNS" or noun.pos_ != "NOUN" or not marks or not children(verb, "obj"):
        return
    own = [c for c in children(verb, "compound", "nmod") if marks[0].i < c.i < verb.i and c.i == verb.i - 1]
    if len(own) == 1:
        verb.tag_, verb.pos_, verb.dep_, verb.lemma_ = "VBZ", "VERB", "acl", verb.lower_.removesuffix("s")
        own[0].dep_ = "nsubj"


def _right_nationality(adjective: Token) -> None:
    """*A **Finnish** start-up promises*: an adjective right before a verb's subject describes that."""
    verb = adjective.head
    if adjective.tag_ == "JJ" and adjective.dep_ == "nsubj":
        for noun in children(verb, "nsubj"):
            if noun.i == adjective.i + 1 and noun.pos_ == "NOUN":
                for child in children(adjective, "det"):
                    child.head = noun
                adjective.head, adjective.dep_ = noun, "amod"
                return


def _right_alias(name: Token) -> None:
    """*The Monetary Union, or **UEMOA**, lifted them*: another name between commas, no second one who does it."""
    marks = [c for c in children(name, "cc") if c.lower_ == "or"]
    if name.dep_ != "conj" or len(marks) != 1 or marks[0].i != name.i - 1 or not name.text.isupper() or len(name) < 3:
        return
    doc, first = name.doc, name.head
    commas = (
        name.i > 1
        and doc[name.i - 2].text in (",", "(")
        and name.i + 1 < len(doc)
        and doc[name.i + 1].text in (",", ")")
    )
    if commas and first.pos_ == "PROPN" and len(children(first, "conj")) == 1:
        name.dep_ = "appos"
