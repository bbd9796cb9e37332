"""Whose deed a predicate tells: its subject, its own or the one it inherits."""

from __future__ import annotations

from spacy.tokens import Token

from kg.syntax import OBJECTS, SUBJECTS, children, is_passive, obliques, one_of, preposition

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
        ("request", "to"),
        ("order", "to"),
        ("plea", "to"),
        ("instruction", "to"),
        ("demand", "on"),
    }
)


RANKS = frozenset(("first", "second", "third", "last", "latest", "only", "sole"))


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
        elif verb.dep_ == "advcl" and _is_gerund(verb) and _is_reason(verb):
            # They blamed, jailed, thanked *somebody* for doing it.
            return _patient(verb.head)
        elif verb.dep_ == "ccomp" and verb.tag_ == "VB" and any(m.lower_ == "to" for m in children(verb, "mark")):
            # considering whether to sue
            verb = verb.head
        elif verb.dep_ == "ccomp" and verb.tag_ == "VBG" and verb.head.i < verb.i and not children(verb, "mark", "aux"):
            # ruled out selling them
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
        elif verb.pos_ == "ADJ" and verb.dep_ in ("amod", "acl") and verb.head.i < verb.i:
            # *Inspectors* due in Accra.
            return verb.head
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
    if verb.lemma_ == "give" and clause.dep_ == "advcl" and clause.tag_ == "VB" and children(verb, "obj"):
        # *Gave villagers a week* to leave.
        limits += children(verb, "iobj")
    return children(verb, "iobj", "obj")[:1] if limits and verb.lemma_ == "give" and clause.dep_ == "advcl" else []


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
    gerund = verb.dep_ == "advcl" and _is_gerund(verb) and not children(verb, *SUBJECTS)
    return _patient(verb.head) if gerund and _is_reason(verb) else None


def _is_gerund(verb: Token) -> bool:
    """*Arming them*, *having armed them*."""
    auxiliaries = children(verb, "aux")
    return (verb.tag_ == "VBG" and not auxiliaries) or any(c.lower_ == "having" for c in auxiliaries)


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
    # Lashed out *at Turkey* for it.
    objects = objects or [t for mark, t in obliques(verb) if mark == "at"]
    return objects[0] if objects else (verb.head if verb.dep_ == "acl:relcl" else None)


def called_on(noun: Token) -> list[Token]:
    """Whom a call or appeal is to (*the UN's call on **Mali** to leave*)."""
    return [t for mark, t in obliques(noun) if (noun.lemma_, mark) in ADDRESSING] if noun.pos_ == "NOUN" else []


def _planner(noun: Token) -> Token:
    """Whose plan or offer a noun tells of (*Jordan's* offer to sell, plans *by Uganda* to buy, the *Iranian* threat to
    close), of whom it is said (*Mali* was the first to), the noun itself where it doesn't say."""
    if children(noun, "cop") and children(noun, "nsubj") and is_ranked(noun):
        # *Fiji* is the second Pacific state to ban it.
        return children(noun, "nsubj")[0]
    owners = called_on(noun) or [
        *children(noun, "nmod:poss"),
        *(t for mark, t in obliques(noun) if mark in ("by", "from")),
    ]
    owners += [t for t in children(noun, "amod", "compound") if t.text[:1].isupper()]
    if not owners and (children(noun, "cop") or noun.dep_ == "xcomp"):
        owners = children(noun if children(noun, "cop") else noun.head, "nsubj")
    return owners[0] if owners else noun


def _is_participle(verb: Token) -> bool:
    return (verb.tag_ in ("VBG", "VBN", "VB") and not children(verb, "aux:pass")) or bool(children(verb, "mark"))
