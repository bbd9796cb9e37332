"""Repairs of clauses that hang on a noun: voice, relative pronouns, clauses that tell what a noun is about."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.mentions import Words, noun_type
from kg.parse import give_role, predicates
from kg.repair_charges import hang_charge, join_charges, part_charges, raise_agent
from kg.repair_reduced import (
    agree_roles,
    lower_relative,
    relate_clauses,
    right_order,
    right_reduced,
    sort_fronted,
    tell_what,
)
from kg.syntax import SUBJECTS, children, obliques, preposition


def repair_clauses(doc: Doc, words: Words) -> None:
    """Change heads and labels of clauses in place."""
    for verb in doc:
        _find_object(verb)
        _one_subject(verb)
    _right_voice(doc, words)
    relate_clauses(doc)
    agree_roles(doc)
    arguments = {p.word: {i for i, role in p.args if not role.startswith("ARGM")} for p in predicates(doc)}
    for word in doc:
        _right_noun(word)
        _give_doer(word)
        _raise_headline(word)
        _free_auxiliary(word)
    for verb in doc:
        _name_those(verb)
        _right_hyphened(verb)
        tell_what(verb, words)
        if verb.pos_ == "VERB" and verb.dep_ in ("acl", "acl:relcl"):
            right_reduced(verb)
            sort_fronted(verb, words)
            lower_relative(verb, words)
            _raise_comment(verb, words)
        elif verb.pos_ == "VERB":
            _part_opening(verb)
            _join_not_only(verb)
            _part_gapped(verb)
            _part_second_doer(verb, words)
            hang_charge(verb, arguments.get(verb.i, set()))
            join_charges(verb)
            part_charges(verb)
            raise_agent(verb, words)


def _raise_headline(verb: Token) -> None:
    """*UK **to send** Kosovo vehicles*: of a name and the infinitive right behind it the verb is the headline's."""
    name = verb.head
    bare = verb.tag_ == "VB" and verb.dep_ in ("parataxis", "acl") and name.dep_ == "ROOT" and name.pos_ == "PROPN"
    marks = [m for m in children(verb, "mark") if m.lower_ == "to"]
    if not bare or not marks or marks[0].i != verb.i - 1 or marks[0].i != name.right_edge.i + 1 - _span(verb):
        return
    verb.head, verb.dep_ = verb, "ROOT"
    name.head, name.dep_ = verb, "nsubj"


def _span(verb: Token) -> int:
    """How many words a clause at a name's end has."""
    return verb.right_edge.i - verb.left_edge.i + 1


def _give_doer(verb: Token) -> None:
    """*The call **for Ethiopia to leave***: the noun between *for* and *to* is who does it."""
    marks = {m.lower_: m.i for m in children(verb, "mark")}
    if verb.tag_ != "VB" or not {"for", "to"} <= marks.keys() or children(verb, *SUBJECTS):
        return
    noun = verb.doc[marks["to"] - 1]
    if noun.dep_ in ("nmod", "obl") and noun.left_edge.i == marks["for"] + 1 and not noun.is_ancestor(verb):
        noun.head, noun.dep_ = verb, "nsubj"
        give_role(verb, noun.i, "ARG0")


def _part_opening(verb: Token) -> None:
    """*Pressed by farmers, the government **on Monday** demanded money*: what stands behind the subject is none of the
    participle that opens the sentence."""
    doer = next((s for s in children(verb, *SUBJECTS) if s.i < verb.i), None)
    if doer is None:
        return
    for opening in children(verb, "advcl"):
        if opening.i > doer.left_edge.i or opening.tag_ not in ("VBN", "VBG"):
            continue
        for phrase in children(opening, "obl", "obl:unmarked", "advmod", "nmod:unmarked"):
            if doer.i < phrase.i < verb.i:
                phrase.head = verb
                give_role(opening, phrase.i, None)


def _find_object(verb: Token) -> None:
    """*Rebels shot dead a priest*: the bare phrase behind what the verb says of its object is that object."""
    said = [c for c in children(verb, "xcomp") if c.pos_ == "ADJ" and c.i == verb.i + 1]
    if verb.tag_ != "VBD" or not said or children(verb, "obj", "aux:pass", "obl:agent"):
        return
    for noun in children(verb, "obl"):
        if noun.left_edge.i == verb.i + 2 and noun.left_edge.dep_ in ("det", "nummod") and not children(noun, "case"):
            noun.dep_ = "obj"


def _one_subject(verb: Token) -> None:
    """*Only if Rwanda frees **the priest** will Belgium help it*: of a verb that has its subject, what stands bare right
    behind it is the object."""
    subjects = children(verb, "nsubj")
    if verb.pos_ != "VERB" or len(subjects) != 2:
        return
    first, second = subjects
    before = [c for c in children(verb, "advcl") if c.i == first.left_edge.i - 1 and not children(c, "obj", "aux:pass")]
    if (
        before
        and before[0].tag_ in ("VBZ", "VBP", "VBD")
        and any(first.i < c.i < second.i for c in children(verb, "aux"))
    ):
        first.head, first.dep_ = before[0], "obj"
        give_role(verb, first.i, None)
        give_role(before[0], first.i, "ARG1")
        return
    if children(verb, "obj", "ccomp", "xcomp", "aux:pass", "cop"):
        return
    if first.i < verb.i and second.left_edge.i == verb.i + 1 and second.pos_ in ("NOUN", "PROPN"):
        second.dep_ = "obj"
        give_role(verb, second.i, "ARG1")


def _right_voice(doc: Doc, words: Words) -> None:
    """*Nigeria accused Twitter*: a verb in the past tense with an object and no auxiliary is in the active voice."""
    for verb in doc:
        finite = verb.tag_ in ("VBD", "VBZ", "VBP") or _may_be_past(verb, words)
        active = finite and children(verb, "obj") and not children(verb, "aux:pass", "obl:agent")
        for patient in children(verb, "nsubj:pass") if active else []:
            patient.dep_ = "nsubj"
            if verb.tag_ == "VBN":
                verb.tag_ = "VBD"
                give_role(verb, patient.i, "ARG0")
                give_role(verb, children(verb, "obj")[0].i, "ARG1")
        right_order(verb)


def _may_be_past(verb: Token, words: Words) -> bool:
    """Whether a participle may be a past tense: *troops backed by jets killed 40 men*; not *refugees denied food*."""
    main = verb.dep_ in ("ROOT", "ccomp", "conj", "parataxis") and not children(verb, "aux")
    return main and verb.tag_ == "VBN" and verb.lemma_ not in words.lexicon.transfer_verbs


def _free_auxiliary(word: Token) -> None:
    """*It has, at Spain's request, arrested them*: an auxiliary has no subject of its own. *Scolded them for having left*: it
    belongs to the participle behind it."""
    behind = word.nbor() if word.i + 1 < len(word.doc) else word
    if word.dep_ == "aux" and word.lower_ == "having" and word.head.i < word.i and behind.tag_ == "VBN":
        word.head = behind
    for own in children(word, *SUBJECTS) if word.dep_ in ("aux", "aux:pass") else []:
        if not children(word.head, *SUBJECTS):
            own.head = word.head


def _right_noun(word: Token) -> None:
    """*Accused Athens of **provocation***, *dismissed as absurd **claims** that …*: what a preposition governs is no finite
    verb or infinitive."""
    marks = [m for m in children(word, "mark", "case") if m.lower_ in ("of", "as", "for", "with")]
    if word.tag_ in ("NN", "NNS") and word.dep_ == "advcl" and marks and not children(word, "cop", "obj", *SUBJECTS):
        word.pos_, word.dep_ = "NOUN", "obl"
        for mark in marks:
            mark.dep_ = "case"
        return
    governed = word.dep_ == "obl" or (word.dep_ == "xcomp" and not children(word, "obj", "nsubj", "aux"))
    if word.tag_ not in ("VB", "VBZ") or word.pos_ != "VERB" or not marks or not governed:
        return
    if word.dep_ == "xcomp" and marks[0].i != word.i - 1:
        return
    word.tag_, word.pos_, word.dep_ = "NNS" if word.tag_ == "VBZ" else "NN", "NOUN", "obl"
    for mark in marks:
        mark.dep_ = "case"
    for clause in children(word, "ccomp"):
        clause.dep_ = "acl"


def _raise_comment(verb: Token, words: Words) -> None:
    """*Accuses Benin of arming rebels, **which Benin denies***: that is said of the whole sentence."""
    pronouns = [c for c in children(verb, "obj") if c.lower_ == "which" and c.i < verb.i]
    root = verb.sent.root
    if not pronouns or verb.lemma_ not in words.lexicon.denials or verb.head.i == root.i or verb.i < root.i:
        return
    if verb.doc[pronouns[0].i - 1].text == "," and verb.right_edge.i >= verb.sent.end - 3:
        give_role(verb, verb.head.i, None)
        verb.head, verb.dep_ = root, "advcl:relcl"


def _join_not_only(verb: Token) -> None:
    """*Not (only) Latvia but (also) Estonia expelled them*, which parsers read as a noun with a clause coordinated to it:
    the two nouns are the verb's subject."""
    noun = verb.head
    opens = any(c.lower_ == "not" and c.i < noun.i for c in children(noun, "advmod"))
    if verb.dep_ != "conj" or noun.dep_ != "ROOT" or noun.pos_ not in ("NOUN", "PROPN") or not opens:
        return
    second = [*children(verb, "nsubj"), *(c for c in children(noun, "conj") if c.i < verb.i)]
    if len(second) == 1 and any(c.lower_ == "but" for t in (verb, second[0]) for c in children(t, "cc")):
        for mark in children(verb, "cc"):
            mark.head = second[0]
        verb.head, verb.dep_ = verb, "ROOT"
        noun.head, noun.dep_ = verb, "nsubj"
        second[0].head, second[0].dep_ = noun, "conj"


def _part_gapped(verb: Token) -> None:
    """*Sent helicopters to Ukraine and **trucks to Moldova***, *met with Tonga and **Samoa with Vanuatu***: what stands
    beside a second phrase with the same preposition repeats the verb's object, or subject, and is coordinated with
    nothing. It is hung on the verb as an orphan, with its phrase."""
    for mark, noun in list(obliques(verb)):
        firsts = [noun, *children(verb, "obj")]
        bare = [c for c in children(verb, "conj") if c.pos_ in ("NOUN", "PROPN") and children(c, "orphan")]
        for second in [*bare, *(c for first in firsts for c in children(first, "conj") if c.i > noun.i)]:
            own = [(preposition(c), c) for c in children(second, "orphan")]
            phrases = [p for m, p in [*own, *obliques(verb), *obliques(second)] if m == mark and p.i > second.i]
            if phrases and phrases[0].left_edge.i == second.i + 1 and not children(second, "case"):
                second.head, second.dep_ = verb, "orphan"
                phrases[0].head, phrases[0].dep_ = second, "orphan"
                return


def _part_second_doer(verb: Token, words: Words) -> None:
    """*Cuba expelled the consul and **Panama the attaché***: a name with a bare noun left over behind it does to that what
    the first subject did, and is no second object."""
    for thing in children(verb, "obj"):
        for second in [c for c in [*children(thing, "conj"), *children(verb, "conj")] if c.pos_ == "PROPN"]:
            left = [c for c in children(second, "orphan") if not children(c, "case")]
            for noun in children(second, "appos"):
                # Of *the consul, and Panama, the attaché* no country is an attaché.
                person = {noun_type(t, words).type for t in (noun, thing)} == {"Person"}
                ends = noun.right_edge.i + 1 >= len(noun.doc) or noun.doc[noun.right_edge.i + 1].text != ","
                left += [noun] if second.ent_type_ == "LOC" and person and noun.pos_ == "NOUN" and ends else []
            if len(left) != 1 or left[0].i < second.i or left[0].pos_ != thing.pos_ or children(second, "case"):
                continue
            second.head, second.dep_ = verb, "orphan"
            left[0].head, left[0].dep_ = second, "orphan"
            return


def _right_hyphened(verb: Token) -> None:
    """*Majority-owned by Maroc Telecom*: a participle behind a noun and a hyphen is the word that counts, and the noun
    only tells how."""
    if verb.tag_ != "VBN" or verb.i < 2 or verb.nbor(-1).text != "-":
        return
    noun = verb.nbor(-2)
    if verb.dep_ == "acl" and verb.head.i == noun.i and noun.dep_ in ("conj", "acl", "amod") and noun.head.i != noun.i:
        verb.head, verb.dep_ = noun.head, noun.dep_
        for child in [c for c in noun.children if c.i != verb.i and c.dep_ in ("cc", "punct", "conj")]:
            child.head = verb
        noun.head, noun.dep_ = verb, "compound"
    if noun.head.i == verb.i and children(verb, "obl:agent"):
        give_role(verb, noun.i, None)


def _name_those(those: Token) -> None:
    """*Among those arrested by police were **two priests***, *those killed by Israel include three doctors*: the clause is
    true of who is named."""
    clauses = [c for c in children(those, "acl", "acl:relcl") if c.i > those.i]
    if those.lower_ != "those" or not clauses:
        return
    named = children(those, "nsubj") if children(those, "cop") else []
    if those.dep_ == "nsubj" and those.head.lemma_ == "include":
        named = children(those.head, "obj")
    if len(named) == 1 and named[0].i > clauses[0].i:
        clauses[0].head, clauses[0].dep_ = named[0], "acl"
        give_role(clauses[0], those.i, None)
