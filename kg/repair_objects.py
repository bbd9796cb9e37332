"""Repairs of what a verb governs: two objects and what is coordinated with them, results (*shot dead*), coordinated
subjects."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.control import is_ranked
from kg.mentions import Words
from kg.parse import PREDICATES, give_role, predicates, replace_argument
from kg.repair_descriptions import is_ancestor
from kg.repair_receivers import part_sum, repair_receivers
from kg.syntax import OBJECTS, RELATIVES, SUBJECTS, children, is_passive

# What a noun may be made by what is done to it (*shot dead three miners*, *set free the nuns*).
RESULTS = frozenset({"dead", "alive", "free"})


def repair_objects(doc: Doc, words: Words) -> None:
    """Change heads and labels of objects and subjects in place."""
    for pronoun in doc:
        if pronoun.tag_ == "WP" and pronoun.lower_ == "what":
            _name_what(pronoun)
    for word in doc:
        if word.lower_ in ("along", "together") and word.i + 1 < len(doc) and word.nbor().lower_ == "with":
            _join_company(word, word.nbor())
        elif word.lower_ == "alongside" and word.i and word.nbor(-1).text == ",":
            _join_company(word, word)
    for verb in doc:
        if verb.pos_ == "VERB":
            _part_predicate(verb, words)
            _right_object(verb, words)
            part_sum(verb, words)
            _join_listed(doc, verb)
            _lower_heavy(verb, words)
            repair_receivers(verb, words)
            _part_result(verb)
            _free_object(verb)
            _part_both(verb)
            _regain_object(verb)
            _lower_infinitive(verb, words)
            _right_sworn(verb, words)


def _join_company(mark: Token, preposition: Token) -> None:
    """*Oman, **along with Qatar**, sent aid*: who stands beside another does what he does."""
    company = preposition.head
    first = _beside(mark, company)
    if preposition.dep_ != "case" or company.i < mark.i or first is None or is_ancestor(company, first):
        return
    for word in (mark, preposition):
        word.head, word.dep_ = company, "cc"
    company.head, company.dep_ = first, "conj"


def _beside(mark: Token, company: Token) -> Token | None:
    """Whom *along with* joins to another: what stands before it, or the subject after it where it opens the sentence."""
    if mark.is_sent_start:
        found = children(company.head, *SUBJECTS) if company.head.pos_ == "VERB" else []
        return next((c for c in found if company.i < c.i and company.pos_ == c.pos_ == "PROPN"), None)
    before = mark.nbor(-1)
    if before.tag_ == "VBN" and is_passive(before):
        # *Was arrested along with his brother*.
        return next(iter(children(before, "nsubj:pass")), None)
    comma = before.text == ","
    first = mark.doc[mark.i - (2 if comma else 1)]
    while first.dep_ in ("flat", "compound", "nmod", "nmod:poss", "amod", "appos", "conj") and first.head.i < mark.i:
        first = first.head
    takes_part = first.dep_ in (*SUBJECTS, *OBJECTS, "obl:agent") and first.sent == mark.sent
    return first if takes_part and (first.pos_ == company.pos_ or (comma and company.pos_ == "PROPN")) else None


def _right_sworn(verb: Token, words: Words) -> None:
    """*Are **sworn** enemies*: a participle right before a noun for how two stand to each other describes it."""
    if verb.dep_ == "amod" and verb.tag_ == "VBN" and children(verb.head, "cop"):
        for child in children(verb, "nsubj:pass", "nsubj"):
            child.head, child.dep_ = verb.head, "nsubj"
    nouns = [
        c for c in children(verb, "xcomp", "obj") if c.i == verb.i + 1 and c.lemma_.lower() in words.lexicon.stances
    ]
    if verb.tag_ != "VBN" or not nouns or not children(verb, "aux:pass"):
        return
    noun = nouns[0]
    for child in list(verb.children):
        if child.i != noun.i:
            child.head = noun
            child.dep_ = {"aux:pass": "cop", "nsubj:pass": "nsubj"}.get(child.dep_, child.dep_)
    root = verb.dep_ == "ROOT"
    noun.head, noun.dep_ = noun if root else verb.head, verb.dep_
    verb.head, verb.dep_, verb.pos_ = noun, "amod", "ADJ"


def _lower_infinitive(verb: Token, words: Words) -> None:
    """*Became the fourth state **to recognise** it*: what is told of who is the first or only one hangs on that noun."""
    become = verb.head
    if verb.dep_ != "advcl" or verb.tag_ != "VB" or become.lemma_ not in words.lexicon.copular:
        return
    for noun in children(become, "xcomp", "obj"):
        if noun.pos_ in ("NOUN", "ADJ") and is_ranked(noun) and noun.right_edge.i + 1 == verb.left_edge.i:
            verb.head, verb.dep_ = noun, "acl"


def _part_result(verb: Token) -> None:
    """*Shot dead one protester*: an adjective before a noun's article or number says what became of it."""
    for noun in children(verb, "obj"):
        for adjective in children(noun, "amod"):
            if adjective.i != verb.i + 1 or adjective.i + 1 == len(adjective.doc):
                continue
            after = adjective.nbor(1)
            counts = after.head.i == noun.i and (
                after.dep_ == "det" or (after.dep_ == "nummod" and adjective.lower_ in RESULTS)
            )
            if counts:
                adjective.head, adjective.dep_ = verb, "xcomp"


def _free_object(verb: Token) -> None:
    """*The poet whose brother **the police** jailed*, *the bank which **it** accuses*: of two subjects of a relative clause
    the one with *whose*, or the relative pronoun, is what something is done to."""
    if verb.dep_ != "acl:relcl":
        return
    whose = [c for c in children(verb, *SUBJECTS) if any(p.tag_ == "WP$" for p in children(c, "nmod:poss"))]
    ahead = [c for c in children(verb, "obj") if c.i < verb.i]
    if len(whose) == len(ahead) == 1 and not children(verb, "aux:pass"):
        # The Taliban, whose government **no country** has recognised.
        whose[0].dep_, ahead[0].dep_ = "obj", "nsubj"
        return
    own = [c for c in verb.children if c.i < verb.i and (c.dep_ in SUBJECTS or c.tag_ in ("NNPS", "NNP"))]
    for beside in children(own[0], "appos") if len(own) == 1 else []:
        if beside.right_edge.i == verb.i - 1 and beside.left_edge.text != "," and own[0].nbor(1).text != ",":
            beside.head = verb
            own.append(beside)
    if len(own) != 2 or children(verb, "aux:pass", "obj"):
        return
    relative = own[0].lower_ in RELATIVES and own[1].lower_ not in RELATIVES and not children(verb, "ccomp")
    if relative or any(c.tag_ == "WP$" for c in children(own[0], "nmod:poss")):
        own[0].dep_, own[1].dep_ = "obj", "nsubj"


def _part_both(verb: Token) -> None:
    """*Both the Comoros and Mayotte's fishermen*: the first has nothing of the second's, who is coordinated with it."""
    for noun in children(verb, *SUBJECTS):
        owners = children(noun, "nmod:poss")
        first = next((o for o in owners if not children(o, "case")), None)
        second = next((o for o in [*owners, *(children(first, "conj") if first else ())] if children(o, "case")), None)
        if first is None or second is None or second.i < first.i:
            continue
        if any(c.lower_ == "both" for part in (first, noun) for c in children(part, "cc:preconj", "det")):
            first.head, first.dep_ = verb, noun.dep_
            noun.head, noun.dep_ = first, "conj"
            second.head, second.dep_ = noun, "nmod:poss"
            for joint in [c for part in (first, second) for c in children(part, "cc")]:
                joint.head = noun
            return


def _regain_object(verb: Token) -> None:
    """*Signed, but never ratified, **the treaty***: what stands behind the comma after the second verb is its object."""
    first = verb.head
    if verb.dep_ != "conj" or first.pos_ != "VERB" or any(c.i > verb.i for c in verb.children if c.dep_ != "punct"):
        return
    for noun in children(first, "parataxis", "appos"):
        commas = [t for t in verb.doc[verb.i + 1 : noun.left_edge.i + 1] if t.text == ","]
        if commas and noun.left_edge.i <= verb.i + 2 and noun.pos_ in ("NOUN", "PROPN") and not children(noun, "nsubj"):
            noun.head, noun.dep_ = verb, "obj"
            return


def _name_what(pronoun: Token) -> None:
    """*Attacked what it called **a terrorist camp***, *what Kyiv said was **a hospital***: the noun takes the place of
    *what*, and who calls it so is told in a clause beside it."""
    for verb in children(pronoun, "acl:relcl"):
        nouns = [
            c for c in children(verb, "xcomp", "ccomp", "obl", "obj") if c.i > verb.i and c.pos_ in ("NOUN", "PROPN")
        ]
        nouns = [c for c in nouns if c.dep_ in ("xcomp", "ccomp") or any(m.lower_ == "as" for m in children(c, "case"))]
        if (
            len(nouns) != 1
            or children(nouns[0], "mark")
            or not children(verb, *SUBJECTS)
            or pronoun.head.i == pronoun.i
        ):
            continue
        noun = nouns[0]
        for word in [c for c in noun.children if c.dep_ in ("cop", "case", "nsubj")]:
            word.head = verb
        for mark in children(verb, "mark"):
            mark.head, mark.dep_ = noun, "case"
        for place in [c for c in children(verb, "obl") if c.i > noun.i]:
            place.head, place.dep_ = noun, "nmod"
        noun.head, noun.dep_ = pronoun.head, pronoun.dep_
        verb.head, pronoun.head = noun, verb
        pronoun.dep_ = "obj"
        replace_argument(pronoun, noun)
        return


def _part_predicate(verb: Token, words: Words) -> None:
    """*Called **the allegation** nonsense*, *declared **the nuncio** persona non grata*: a noun that is said of another needs
    no article, and is no one with it."""
    for said in children(verb, "obj", "xcomp") if verb.lemma_ in words.lexicon.naming else []:
        inner = said.nbor(-1) if said.i else said
        compound = inner.dep_ == "compound" and inner.head.i == said.i and inner.pos_ in ("NOUN", "PROPN")
        if not compound or said.lemma_.lower() not in words.lexicon.bare_predicates:
            continue
        for word in [c for c in said.children if c.i < inner.i]:
            word.head = inner
        inner.head, inner.dep_ = verb, "obj"
        said.dep_ = "xcomp"
        give_role(verb, said.i, "ARG2")
        give_role(verb, inner.i, "ARG1")


def _right_object(verb: Token, words: Words) -> None:
    """*Called the premier to thank her*: a definite noun that an active verb has for its predicate, with nobody of whom it
    would be said, is its object."""
    said = [c for c in children(verb, "xcomp") if c.pos_ in ("NOUN", "PROPN") and c.i > verb.i]
    spare = verb.lemma_ in words.lexicon.copular or is_passive(verb) or children(verb, "obj", "iobj")
    if len(said) != 1 or spare or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return
    definite = any(c.lower_ in ("the", "her", "his", "its", "their") for c in children(said[0], "det", "nmod:poss"))
    # Called *Merkel* to thank her.
    named = said[0].pos_ == "PROPN" and verb.lemma_ in words.lexicon.summoning
    if (definite or named) and not children(said[0], "mark", "cop", "case"):
        said[0].dep_ = "obj"


def _join_listed(doc: Doc, verb: Token) -> None:
    """*Offered a regiment, **attack helicopters** and jets*: what looks like a bare verb after a comma, with the plural
    right behind it as its object, belongs to that, and both to the list that a finite verb has for its object."""
    first = verb.head
    things = children(verb, "obj")
    if verb.dep_ != "conj" or verb.tag_ not in ("VB", "VBP") or first.tag_ not in ("VBD", "VBN", "VBZ") or not things:
        return
    listed = [o for o in children(first, "obj") if o.pos_ == "NOUN" and o.i < verb.i]
    bare = all(c.i == things[0].i or c.is_punct for c in verb.children)
    if not listed or not bare or things[0].left_edge.i != verb.i + 1 or things[0].tag_ != "NNS":
        return
    things[0].head, things[0].dep_ = listed[-1], "conj"
    verb.head, verb.dep_, verb.tag_, verb.pos_ = things[0], "compound", "NN", "NOUN"
    doc.user_data[PREDICATES] = tuple(p for p in predicates(doc) if p.word != verb.i)


def _lower_heavy(verb: Token, words: Words) -> None:
    """*Dismissed as nonsense **claims that** …*: what stands between *as* and a noun of speech with its clause is what the
    verb says of it."""
    for noun in children(verb, "obl"):
        between = children(noun, "amod", "compound")
        between += [c for c in children(verb, "obl") if c.i == noun.i - 1 or (c.i == noun.i - 2 and c.i > verb.i)]
        clauses = children(noun, "acl", "acl:relcl", "ccomp")
        told = [c for c in clauses if any(m.lower_ == "that" for m in children(c, "mark"))]
        marks = [m for part in (noun, *between[:1]) for m in children(part, "case") if m.lower_ == "as"]
        if told and marks and between and noun.lemma_ in words.lexicon.hearsay and not children(verb, "obj"):
            noun.dep_, told[0].dep_ = "obj", "acl"
            between[0].head, between[0].dep_ = verb, "obl"
            marks[0].head = between[0]
            give_role(verb, noun.i, "ARG1")
