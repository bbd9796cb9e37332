"""The arguments of a predicate: by its semantic roles, and by the tree where that is safe.

Roles come from the language model's semantic-role head; where it is silent the tree helps out: a missing subject from the
verb's own or inherited subject, a missing object from the verb's object.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.control import addressed, blamed, called_on, is_infinitive, subject
from kg.lenders import is_reported, lends_subject, support_verb
from kg.lexicon import Lexicon
from kg.parse import Predicate
from kg.syntax import (
    OBJECTS,
    RELATIVES,
    SUBJECTS,
    children,
    first_conjunct,
    is_passive,
    obliques,
    preposition,
)

# Prepositions under which a noun's agent may stand; None is a bare modifier or a subject.
BY = frozenset({None, "by", "of", "from", "between", "among"})
# Verbs whose subject has the intention, hope or chance of their object.
HOLDING = frozenset({"have", "deny", "express", "voice", "announce", "abandon", "keep", "lose", "get", "see"})


def by_role(role: str, token: Token, predicate: Predicate | None, lexicon: Lexicon) -> Iterator[Token]:
    """The role's word by the semantic-role head, then by the tree where that is safe."""
    untold = token.tag_ == "VBG" and not children(token, *SUBJECTS)
    if role == "ARG0" and untold and any(mark == "between" for mark, _ in obliques(token)):
        # Fled *fighting between clans*, whoever fled.
        return
    if role == "ARG0":
        yield from _controllers(token, lexicon)
        if token.tag_ == "VB" and addressed(token):
            # Whoever is told to do it does, and nobody else.
            return
    if role == "ARG0" and predicate is not None and token.dep_ == "conj":
        # *The clash which erupted and left ten dead*, however the second verb was hung: what its relative takes up.
        taken = list(_taken_up(token, predicate))
        if taken:
            yield from taken
            return
    if predicate is not None:
        for index, given in predicate.args:
            argument = token.doc[index]
            if argument.dep_ in SUBJECTS and argument.head.i == token.head.i and is_reported(token, lexicon):
                continue
            if token.dep_ == "acl:relcl" and argument.i == token.head.i and _is_whose(token):
                # *Guyana, whose president met him*: it is the president who did.
                continue
            if argument.dep_ == "ccomp" and children(argument, "cop") and children(argument, *SUBJECTS):
                # Agree that the books are *forgeries*: with nobody of that name.
                continue
            if role == "ARG0" and token.dep_ == "conj" and argument.dep_ in OBJECTS and argument.head.i == token.head.i:
                # *Thanked Fiji and apologised to Cuba*: who thanked it apologised.
                continue
            if role == "ARG0" and (_is_elsewhere(argument, token) or _is_between_others(argument, token)):
                continue
            if _is_measure(argument, token):
                continue
            if role == "ARG0" and _has_own_subject(token, argument):
                # *Farmers to whom Rabat promised seed*: Rabat does.
                continue
            described = token.dep_ in ("acl:relcl", "acl") and is_passive(token)
            if role == "ARG0" and described and not token.is_ancestor(argument):
                # *Fired rockets, two of which were intercepted*: by others.
                continue
            # Talks *with* somebody and attacks *on* somebody are held and made by another.
            if role == "ARG0" and token.pos_ in ("NOUN", "PROPN") and preposition(argument) not in BY:
                continue
            if role != "ARG0" and _governs(argument, token, lexicon):
                # *The opposition* demanded his resignation: it doesn't resign, nor is it what he resigns from.
                continue
            if role == "ARG1" and argument.dep_ == "iobj" and argument.head.i == token.i and children(token, "obj"):
                # *Drones that Iran sold Russia*: who gets it is not what is sold.
                continue
            if role == "ARG0" and argument.dep_ == "nmod:poss" and _is_inside(argument, token):
                # Demonstrations against *Biya's* bid are not his.
                continue
            # Where the tree has a subject of its own, an object can't be the agent.
            if given == role and not (role == "ARG0" and argument.head.i == token.i and argument.dep_ in OBJECTS):
                first = first_conjunct(argument)
                whole = first.head.i == token.i and role in ("ARG0", "ARG1")
                # *Ethiopia, rebels agree to extend it*: both do.
                whole = whole or (role == "ARG0" and token.dep_ == "xcomp" and first == subject(token))
                yield first if whole else _phrase_head(argument, token)
    if token.pos_ in ("VERB", "AUX"):
        yield from _by_tree(role, token)
    elif role == "ARG0":
        lender = support_verb(token, lexicon)
        if lender is not None:
            yield from _agent(lender)


def _taken_up(verb: Token, predicate: Predicate) -> Iterator[Token]:
    """The antecedent of a relative pronoun before a verb that has the pronoun for its agent."""
    for index, given in predicate.args:
        clause = verb.doc[index].head
        if given == "R-ARG0" and index < verb.i and clause.dep_ == "acl:relcl":
            yield clause.head


def _governs(argument: Token, noun: Token, lexicon: Lexicon) -> bool:
    """Whether a word is the subject of a verb of which a noun is the object, and that lends it none."""
    verb = noun.head
    if noun.pos_ != "NOUN" or noun.dep_ != "obj" or argument.dep_ not in SUBJECTS or argument.head.i != verb.i:
        return False
    return not is_passive(verb) and not lends_subject(verb, lexicon)


def _dealer(noun: Token, lexicon: Lexicon) -> Iterator[Token]:
    """Who is to do what a noun's infinitive tells, where a verb lends him the noun: ***Poland** signed a deal to buy jets*.
    What is asked for others do."""
    asked = any(e.modality == "desired" for e in lexicon.effects.get(noun.lemma_, ()))
    own = any(t.text[:1].isupper() for t in children(noun, "nmod:poss", "amod", "compound", "nmod"))
    if not asked and not own and lends_subject(noun.head, lexicon) and not is_passive(noun.head):
        yield from (t for t in [subject(noun.head)] if t is not None)


def _controllers(verb: Token, lexicon: Lexicon) -> Iterator[Token]:
    """Who does what an infinitive or gerund tells, where what governs it says so more surely than roles do."""
    if verb.tag_ == "VB" and verb.head.i != verb.i:
        yield from _persuaded(verb, lexicon)
        yield from addressed(verb)
        yield from called_on(verb.head) if verb.dep_ == "acl" else ()
        summons = verb.head.head if verb.dep_ == "acl" and verb.head.dep_ == "obj" else verb.head
        # Whoever *called Merkel to thank her* thanks her; *called doctors to testify* has them do it.
        rung = verb.dep_ == "xcomp" and any(c.pos_ == "PROPN" for c in children(summons, "obj"))
        # *Summoned the envoy to protest*: he who summons protests.
        rung = rung or (verb.dep_ == "xcomp" and verb.lemma_ in lexicon.voicing)
        calls = summons.lemma_ in lexicon.summoning and (verb.dep_ in ("acl", "advcl") or rung)
        own = subject(summons) if calls else None
        if own is not None and not is_passive(summons):
            # *Summoned the envoy to complain*: who summons him complains.
            yield own
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.head.lemma_ in ("join", "follow"):
        # *Followed the EU in sanctioning them*: both do, and of the first it is told.
        own = subject(verb.head) if any(m.lower_ == "in" for m in children(verb, "mark")) else None
        if own is not None:
            yield own
    if (
        verb.dep_ == "acl"
        and verb.tag_ == "VB"
        and any(e.modality == "future" for e in lexicon.effects.get(verb.head.lemma_, ()))
    ):
        # Angry at *the governor's* plan to sell it: the governor would.
        yield from (c for c in children(verb.head, "nmod:poss") if c.pos_ != "PRON")
    if verb.dep_ == "acl" and verb.tag_ == "VB" and verb.head.dep_ == "obj":
        yield from _dealer(verb.head, lexicon)
    caused = (
        verb.dep_ == "xcomp" and verb.tag_ == "VBN" and verb.head.lemma_ == "have" and not children(verb, "obl:agent")
    )
    for thing in children(verb.head, "obj") if caused else ():
        # *Had the bishop jailed*; who had *two men killed*, or *his visa* revoked, suffered it.
        definite = thing.pos_ in ("PRON", "PROPN") or any(c.lower_ == "the" for c in children(thing, "det"))
        if definite and not children(thing, "nmod:poss"):
            yield from (t for t in [subject(verb.head)] if t is not None)
    at_fault = blamed(verb)
    if at_fault is not None:
        # *Peru, which Chile accuses of arming them*: Peru does.
        yield at_fault
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.left_edge.i > verb.head.i and not children(verb, "mark"):
        # *Paz called Rojas, discussing water*: Paz does.
        found = None if is_passive(verb.head) or verb.doc[verb.left_edge.i - 1].text != "," else subject(verb.head)
        if found is not None and not any(c.dep_ in SUBJECTS for c in verb.children):
            yield found
    if verb.dep_ == "acl" and verb.head.dep_ == "obj" and any(m.lower_ == "of" for m in children(verb, "mark")):
        # *Has no intention of leaving*: whoever has it.
        holder = subject(verb.head.head) if verb.head.head.lemma_ in HOLDING else None
        if holder is not None:
            yield holder
    if verb.dep_ == "acl" and verb.head.dep_ == "orphan":
        yield verb.head
    found = subject(verb) if verb.dep_ == "acl" and is_infinitive(verb) else None
    if found is not None and found.dep_ in SUBJECTS:
        # *Latvia* became the third state to sanction it.
        yield found


def _persuaded(verb: Token, lexicon: Lexicon) -> Iterator[Token]:
    """Whom somebody wants, asks or urges to do what an infinitive tells (*lobbied **Arab and other states** to back it*)."""
    above = verb.head
    wished = any(effect.modality == "desired" for effect in lexicon.effects.get(above.lemma_, ()))
    if verb.dep_ == "xcomp" and above.pos_ == "VERB" and wished and above.lemma_ not in lexicon.summoning:
        yield from [c for c in children(above, "obj") if c.i < verb.i and not is_passive(above)][:1]


def _is_elsewhere(argument: Token, participle: Token) -> bool:
    """Whether an argument is not in the noun that a participle right behind it describes: *left after **protests**
    calling for his removal* has the protests call."""
    if participle.dep_ != "acl" or participle.tag_ != "VBG" or children(participle, "mark"):
        return False
    noun = participle.head
    between = [t for t in participle.doc[noun.i + 1 : participle.i] if t.is_punct]
    return not between and argument.i != noun.i and not noun.is_ancestor(argument) and not argument.is_ancestor(noun)


def _is_between_others(argument: Token, noun: Token) -> bool:
    """Whether what a noun tells is between others: villagers fled *fighting between clans*."""
    if noun.pos_ != "NOUN":
        return False
    between = [t for mark, t in obliques(noun) if mark == "between"]
    if noun.i + 1 < len(noun.doc) and noun.nbor().lower_ == "between":
        # Where the parser hung it on the verb.
        between.append(noun.nbor().head)
    return bool(between) and not any(t.is_ancestor(argument) for t in [noun, *between])


def _is_inside(owner: Token, noun: Token) -> bool:
    """Whether a possessor is that of another noun in a noun's phrase."""
    return noun.pos_ == "NOUN" and owner.head.i != noun.i and noun.is_ancestor(owner)


def _is_measure(word: Token, participle: Token) -> bool:
    """Whether a word is only the first half of a participle (*majority-owned*, *state-run*)."""
    return word.i == participle.i - 2 and participle.nbor(-1).text == "-" and word.is_lower


def _has_own_subject(clause: Token, noun: Token) -> bool:
    """Whether a relative clause of a noun has a subject of its own."""
    subjects = children(clause, "nsubj") if clause.dep_ == "acl:relcl" and clause.head.i == noun.i else []
    return any(all(t.lower_ not in RELATIVES for t in c.subtree) for c in subjects)


def _is_whose(clause: Token) -> bool:
    """Whether a relative clause is about what its noun has (*whose president met …*)."""
    return any(owner.tag_ == "WP$" for part in clause.children for owner in children(part, "nmod:poss"))


def _phrase_head(argument: Token, trigger: Token) -> Token:
    """The noun of a phrase for which a role points at a modifier (*Iranian* President Raisi)."""
    while argument.dep_ in ("amod", "compound", "nmod:desc", "flat", "det", "nummod") and argument.head.i not in (
        trigger.i,
        argument.i,
    ):
        argument = argument.head
    return argument


def _by_tree(role: str, verb: Token) -> Iterator[Token]:
    if role == "ARG0":
        yield from _agent(verb)
    elif role == "ARG1":
        if is_passive(verb):
            first = first_conjunct(verb)
            whole = first.dep_ == "amod" or (first.dep_ == "acl" and is_passive(first))
            patient = _phrase_head(first.head, first) if whole else subject(verb)
            if patient is not None:
                yield patient
        else:
            yield from children(verb, "obj") or children(verb, "iobj") or shared_object(verb)
            gap = _relativised(verb)
            if gap is not None:
                yield gap
    elif role == "ARG2":
        yield from children(verb, "iobj")


def shared_object(verb: Token) -> list[Token]:
    """What two verbs share that stands after the second (*condemned but did not sanction **Eritrea***)."""
    following = children(verb, "conj")
    own = [c for c in verb.children if c.i > verb.i and c not in following]
    bare = all(c.dep_ in ("advmod", "cc", "punct") for c in own)
    joined = following and following[0].pos_ == "VERB" and following[0].left_edge.i == verb.i + 1
    return children(following[0], "obj") if bare and joined else []


def _relativised(verb: Token) -> Token | None:
    """The noun whose relative clause lacks the verb's object (*drones that Moscow may want to buy*)."""
    clause = verb
    while clause.dep_ == "xcomp":
        clause = clause.head
    about = any(m.lower_ == "that" for m in children(clause, "mark"))
    told = clause.dep_ == "acl" and any(c.dep_ in SUBJECTS for c in clause.children) and not about
    relative = clause.dep_ == "acl:relcl" or told
    # *A charge Moscow calls nonsense*: what is said of the object is none.
    further = [c for c in children(verb, "obj", "ccomp", "xcomp") if c.dep_ != "xcomp" or not _is_said_of(c)]
    if not relative or further or _is_whose(clause):
        return None
    if any(c.lower_ in RELATIVES for phrase in (verb, clause) for c in children(phrase, "obl")):
        # The commander *to whom* they surrendered.
        return None
    found = subject(clause)
    # Where the relative pronoun is the subject, nothing is lacking.
    return clause.head if found is not None and found.lower_ not in RELATIVES else None


def _is_said_of(noun: Token) -> bool:
    return noun.pos_ in ("NOUN", "ADJ", "PROPN") and not children(noun, "mark", "cop")


def _agent(verb: Token) -> Iterator[Token]:
    """Who does it: the agent of a passive, else the subject."""
    if is_passive(verb):
        yield from children(verb, "obl:agent")
        return
    found = subject(verb)
    if found is not None:
        yield found
