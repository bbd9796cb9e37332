"""Reporting words: the verbs, nouns and prepositions that give content to a speaker, read off the tree.

Of each is told who speaks (the head of the words for the speaker) and what is said
(`kg.content`). Quotations are joined to it by `attribution`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.content import (
    CHARGES,
    CORE_CUES,
    TOPICAL,
    clauses_of,
    has_cue_subject,
    judged_by_particle,
    misplaced,
    objects_of,
    says,
    trim,
    trimmed,
    without_preposition,
)
from kg.control import subject
from kg.coref import Discourse
from kg.effects import is_unsaid
from kg.lenders import responsible
from kg.lexicon import Lexicon
from kg.parse import Predicate
from kg.syntax import CLAUSE, children, is_passive, preposition

Roles = Mapping[int, Predicate]
SPEAKING = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"))
# Pronouns that name no speaker.
SPEECHLESS = frozenset(("what", "that", "this", "these", "those", "there", "you", "nothing", "everything", "something"))
RELATIVE = frozenset(("who", "which", "that", "whom"))
FIRST_PERSON = frozenset(("i", "we"))


class Report(NamedTuple):
    """A reporting word with its speaker and the tokens that the tree gives it."""

    cue: Token
    speaker: Token
    content: frozenset[int]
    is_belief: bool = False
    is_attitude: bool = False


def reports(doc: Doc, roles: Roles, discourse: Discourse, lexicon: Lexicon) -> Iterator[Report]:
    """The reports of a document, left to right; verbs of speech also where nothing but a quotation can be what they
    report (their content is empty then)."""
    for token in doc:
        if token.pos_ == "VERB":
            yield from _by_verb(token, roles, discourse, lexicon)
        elif token.pos_ == "NOUN":
            yield from _by_noun(token, lexicon)
        if token.lower_ in ("according", "per", "in"):
            yield from _by_preposition(token, lexicon)


# --- Verbs -------------------------------------------------------------------------------------------


def _by_verb(verb: Token, roles: Roles, discourse: Discourse, lexicon: Lexicon) -> Iterator[Report]:
    speaks = says(verb, lexicon) or verb.lemma_ in lexicon.denials | CHARGES
    speaks = speaks and not judged_by_particle(verb, lexicon)
    if not speaks and verb.lemma_ not in lexicon.attitudes:
        return
    args = roles[verb.i].args if verb.i in roles else ()
    speaker = speaker_of(verb, args, discourse, lexicon)
    if speaker is None or _is_filler(verb, speaker, lexicon):
        return
    believes = verb.lemma_ in lexicon.beliefs
    own = {t.i for t in speaker.subtree if t.i < verb.i} if speaker.i < verb.i else {t.i for t in speaker.subtree}
    if speaks:
        content = clauses_of(verb, args, lexicon) - {verb.i}
        content -= own if verb.i not in content else set()
        if content:
            told = trimmed(content, verb, lexicon)
            yield Report(verb, speaker, told, is_belief=believes, is_attitude=_leaves_open(verb, lexicon))
            return
    about = objects_of(verb, lexicon)
    if about and speaker.i not in about:
        owned = any(responsible(verb.doc[i], lexicon) == verb for i in about)
        yield Report(verb, speaker, trimmed(about, verb, lexicon), is_belief=believes, is_attitude=not owned)
    elif speaks:
        yield Report(verb, speaker, frozenset(), is_belief=believes)


def speaker_of(verb: Token, args: Iterable[tuple[int, str]], discourse: Discourse, lexicon: Lexicon) -> Token | None:
    """The one who speaks: the verb's subject, in the passive its agent; the noun for which a relative pronoun stands.
    None where nobody is named."""
    found: list[Token | None]
    if is_passive(verb):
        found = list(children(verb, "obl:agent"))
    else:
        host = misplaced(verb, lexicon)
        found = [subject(host or verb), *(verb.doc[i] for i, role in args if role == "ARG0")]
    for token in found:
        if token is None or token.pos_ not in SPEAKING or token.dep_ == "expl":
            continue
        if token.lower_ in RELATIVE and token.tag_ in ("WP", "WDT"):
            noun = antecedent(token)
            if noun is not None:
                return noun
        elif token.lower_ not in SPEECHLESS and not _is_expletive(token, verb, discourse):
            return token
    return None


def antecedent(pronoun: Token) -> Token | None:
    """The noun for which a relative pronoun stands, None if it opens no relative clause."""
    clause = pronoun.head
    while clause.dep_ in ("xcomp", "ccomp", "conj") and clause.head.i != clause.i:
        clause = clause.head
    return clause.head if clause.dep_ in ("acl:relcl", "acl") else None


def _is_expletive(token: Token, verb: Token, discourse: Discourse) -> bool:
    """*It seems*, *it says*: nobody, unless the pronoun stands for something."""
    if token.lower_ != "it":
        return False
    number = discourse.at.get(token.i)
    return verb.lemma_ not in CORE_CUES and (number is None or discourse.entity_of[number] is None)


def _is_filler(verb: Token, speaker: Token, lexicon: Lexicon) -> bool:
    """*You know*, *I think*, *we believe*: what one says is what one believes."""
    return speaker.lower_ in FIRST_PERSON and verb.lemma_ in lexicon.beliefs


def _leaves_open(verb: Token, lexicon: Lexicon) -> bool:
    """*Did not say whether …*, *declined to confirm that …*, *wants to show that …*: who says nothing of it claims
    nothing. A belief that somebody doesn't have is his all the same (*doesn't think that …*), and who doesn't deny it
    speaks of it."""
    return verb.lemma_ in lexicon.speech - lexicon.beliefs and is_unsaid(verb, lexicon)


# --- Nouns and prepositions --------------------------------------------------------------------------


def _by_noun(noun: Token, lexicon: Lexicon) -> Iterator[Report]:
    """*Burns's claim that …*, *a statement by the ministry that …*, *made the claim that …*, *her support for …*; what
    nobody is named for belongs to whom confirms or denies it (*rejected reports that …*)."""
    speaks = noun.lemma_ in lexicon.speech or noun.lemma_ in lexicon.denials
    if not speaks and noun.lemma_ not in lexicon.attitude_nouns:
        return
    clauses = [c for c in children(noun, "acl", "ccomp") if any(m.lower_ == "that" for m in children(c, "mark"))]
    owner = owner_of(noun)
    cue = noun
    if owner is None and clauses:
        owner, cue = judge_of(noun, lexicon), noun.head
    if owner is None:
        return
    for clause in clauses:
        yield Report(cue, owner, trim({t.i for t in clause.subtree}, noun.doc))
    if not clauses and noun.lemma_ in lexicon.attitude_nouns:
        phrases = [c for c in children(noun, "nmod") if preposition(c) in TOPICAL and c.i > noun.i and c.i != owner.i]
        phrases += [c for c in children(noun, "acl") if children(c, "mark")]
        content = {i for phrase in phrases for i in without_preposition(phrase)}
        if content:
            yield Report(noun, owner, trim(content, noun.doc), is_attitude=True)


def judge_of(noun: Token, lexicon: Lexicon) -> Token | None:
    """Who confirms, repeats or denies what a noun of speech tells (*Oman denied reports*, *was rejected by Oman*)."""
    verb = noun.head
    if verb.pos_ != "VERB" or verb.lemma_ not in lexicon.speech | lexicon.denials:
        return None
    if any(c.lower_ in lexicon.negators for c in children(verb, "advmod")):
        # Who doesn't deny it doesn't say it either.
        return None
    if is_passive(verb):
        found = children(verb, "obl:agent") if noun.dep_ == "nsubj:pass" else []
    else:
        own = subject(verb) if noun.dep_ == "obj" else None
        found = [own] if own is not None else []
    return next((t for t in found if t.pos_ in SPEAKING and t.lower_ not in SPEECHLESS | RELATIVE), None)


def owner_of(noun: Token) -> Token | None:
    """Whose words or stance a noun is: its possessor, author, or the subject of the verb that makes it."""
    owners = [*children(noun, "nmod:poss"), *(c for c in children(noun, "nmod") if preposition(c) in ("by", "from"))]
    if not owners and noun.dep_ == "obj" and not is_passive(noun.head):
        made = subject(noun.head)
        owners = (
            [made] if made is not None and noun.head.lemma_ in ("make", "issue", "have", "voice", "express") else []
        )
    return next((o for o in owners if o.pos_ in SPEAKING and o.lower_ not in SPEECHLESS | RELATIVE), None)


def _by_preposition(mark: Token, lexicon: Lexicon) -> Iterator[Report]:
    """*according to X*, *in the words of X*: the clause that the phrase hangs on, or the whole sentence if it stands
    apart."""
    words = " ".join([mark.lower_, *(t.lower_ for t in children(mark, "fixed"))])
    source: Token | None = mark.head
    if mark.lower_ == "in":
        source = _whose_words(mark)
    elif words not in lexicon.speech_prepositions:
        return
    if source is None or source.i == mark.i or source.pos_ not in SPEAKING:
        return
    phrase = mark.head
    governor = phrase.head
    own = {t.i for t in phrase.subtree}
    content = {t.i for t in governor.subtree} - own
    inside = governor.dep_ == "conj" and governor.head.i < phrase.i < governor.i
    if _ends_sentence(mark, phrase) or (governor.dep_ in ("conj", "parataxis") and not inside):
        content |= _sentence_around(governor, lexicon) - own
    if phrase.i == governor.i:
        content |= {t.i for t in governor.sent} - own
    content -= _other_speech(governor, lexicon)
    if content:
        yield Report(mark, source, trim(content, mark.doc))


def _ends_sentence(mark: Token, phrase: Token) -> bool:
    """Whether a phrase stands at its sentence's end behind a comma: it is said of all of the sentence."""
    after = [t for t in mark.doc[phrase.right_edge.i + 1 : mark.sent.end] if not t.is_space]
    return mark.i > 0 and mark.nbor(-1).text == "," and all(t.is_punct and t.text != ";" for t in after)


def _sentence_around(clause: Token, lexicon: Lexicon) -> set[int]:
    """The tokens of a clause with those that it is coordinated with or depends on, up to a reporting verb and back to a
    semicolon."""
    top = clause
    while top.dep_ in CLAUSE | {"conj"} and top.head.lemma_ not in lexicon.speech and top.head.i != top.i:
        top = top.head
    parts = [t.i for t in top.subtree if t.text == ";" and t.i < clause.i]
    return {t.i for t in top.subtree if not parts or t.i > parts[-1]}


def _whose_words(mark: Token) -> Token | None:
    """The speaker in *in the words of X*, *in X's words*, *in X's view*."""
    noun = mark.head
    if noun.lemma_ not in ("word", "view", "opinion") or noun.dep_ != "obl":
        return None
    owners = [*children(noun, "nmod:poss"), *(c for c in children(noun, "nmod") if preposition(c) == "of")]
    return owners[0] if owners else None


def _other_speech(governor: Token, lexicon: Lexicon) -> set[int]:
    """Inserted reporting clauses: *according to X, she said, …*."""
    return {
        t.i
        for c in children(governor, "parataxis")
        if c.lemma_ in lexicon.speech and has_cue_subject(c)
        for t in c.subtree
    }
