"""Reporting words: the verbs, nouns and prepositions that give content to a speaker, read off the tree.

What is told of each: who speaks (the head of the words for the speaker) and what the sentence's tree and roles say is
spoken. Quotations are joined to it by `attribution`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.coref import Discourse
from kg.lexicon import Lexicon
from kg.parse import Predicate
from kg.speech import CLOSE, OPEN, STRAIGHT
from kg.syntax import SUBJECTS, children, is_passive, preposition, subject

Roles = Mapping[int, Predicate]
# Verbs of saying that parsers hang on what is said when they stand inside or after it.
CORE_CUES = frozenset(("say", "add", "tell"))
# Verbs whose object or infinitive is what they charge or own up to, and claimed to be so.
CHARGES = frozenset(("accuse", "charge", "blame", "deny", "admit", "claim"))
SPEAKING = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"))
# Pronouns that name no speaker.
SPEECHLESS = frozenset(("what", "that", "this", "these", "those", "there", "you", "nothing", "everything", "something"))
RELATIVE = frozenset(("who", "which", "that", "whom"))
FIRST_PERSON = frozenset(("i", "we"))
# Prepositions whose phrase tells what is spoken of, wanted or judged.
TOPICAL = frozenset(("for", "on", "to", "about", "over", "against", "with", "of", "as", "from", "into", "at"))
DASHES = frozenset(("—", "–", "--", "-"))


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
    speaks = verb.lemma_ in lexicon.speech | lexicon.denials | CHARGES
    if not speaks and verb.lemma_ not in lexicon.attitudes:
        return
    args = roles[verb.i].args if verb.i in roles else ()
    speaker = speaker_of(verb, args, discourse, lexicon)
    if speaker is None or _is_filler(verb, speaker, lexicon):
        return
    believes = verb.lemma_ in lexicon.beliefs
    own = {t.i for t in speaker.subtree if t.i < verb.i} if speaker.i < verb.i else {t.i for t in speaker.subtree}
    if speaks:
        content = _clauses_of(verb, args, lexicon) - {verb.i}
        content -= own if verb.i not in content else set()
        if content:
            yield Report(verb, speaker, _trimmed(content, verb, lexicon), is_belief=believes)
            return
    about = _objects_of(verb, lexicon)
    if about and speaker.i not in about:
        yield Report(verb, speaker, _trimmed(about, verb, lexicon), is_belief=believes, is_attitude=True)
    elif speaks:
        yield Report(verb, speaker, frozenset(), is_belief=believes)


def speaker_of(verb: Token, args: Iterable[tuple[int, str]], discourse: Discourse, lexicon: Lexicon) -> Token | None:
    """The one who speaks: the verb's subject, in the passive its agent; the noun for which a relative pronoun stands.
    None where nobody is named."""
    found: list[Token | None]
    if is_passive(verb):
        found = list(children(verb, "obl:agent"))
    else:
        host = _misplaced(verb, lexicon)
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


def _misplaced(verb: Token, lexicon: Lexicon) -> Token | None:
    """The reporting verb with which a reporting verb is coordinated, where the parser hung it on what is reported:
    *he **says** Iran may leave, but **insists** …*. They agree in tense, and what is reported doesn't."""
    first = verb.head
    if verb.dep_ != "conj" or any(c.dep_ in SUBJECTS for c in verb.children):
        return None
    governor = first.head
    if first.dep_ == "ccomp" and governor.lemma_ in lexicon.speech and governor.tag_ == verb.tag_ != first.tag_:
        return governor if verb.tag_ in ("VBD", "VBZ") and children(first, "aux") else None
    return None


# --- What is said ------------------------------------------------------------------------------------


def _clauses_of(verb: Token, args: Iterable[tuple[int, str]], lexicon: Lexicon) -> set[int]:
    """The tokens of what is said: the complement clause; the clause around an inserted verb; the clause of a role."""
    content: set[int] = set()
    for child in verb.children:
        if _is_said(child, verb):
            content |= {t.i for t in child.subtree}
            content |= _charged(child, verb)
    if not content and verb.lemma_ in CORE_CUES:
        content |= {t.i for clause in _on_conditions(verb) for t in clause.subtree}
    inserted = verb.dep_ == "ccomp" and verb.i > verb.head.i and not content and verb.lemma_ in CORE_CUES
    if (verb.dep_ == "parataxis" and _is_inserted(verb)) or inserted:
        own = {t.i for t in verb.subtree}
        content |= {t.i for t in verb.head.subtree} - own
    if not content and _echoes(verb, args, lexicon):
        own = {t.i for t in verb.subtree}
        content |= {t.i for t in verb.head.subtree} - own
    if not content and _interrupts(verb):
        own = {t.i for t in verb.subtree}
        content |= {t.i for t in verb.head.head.subtree} - own
    for index, role in args:
        argument = verb.doc[index]
        if role == "ARG1" and _is_clause(argument) and argument.i != verb.i:
            tokens = {t.i for t in argument.subtree}
            content |= tokens if verb.i not in tokens else set()
    return content


def _on_conditions(verb: Token) -> Iterator[Token]:
    """Clauses with *that* which the parser hung on a phrase between (*said on condition of anonymity **that** …*)."""
    for phrase in children(verb, "obl"):
        for noun in [phrase, *children(phrase, "nmod")]:
            yield from (
                c
                for c in children(noun, "acl", "acl:relcl")
                if c.i > verb.i and any(m.lower_ == "that" for m in children(c, "mark")) and c.tag_ != "VB"
            )


def _echoes(verb: Token, args: Iterable[tuple[int, str]], lexicon: Lexicon) -> bool:
    """*As Museveni said on Monday, …*, *as reported by Reuters*: what is said is the clause around."""
    if verb.dep_ != "advcl" or verb.lemma_ not in lexicon.echoes or children(verb, "obj", "ccomp", "xcomp"):
        return False
    marks = [m.lower_ for m in children(verb, "mark", "advmod")]
    past = any(m.lower_ == "had" for m in children(verb, "aux"))
    return marks == ["as"] and verb.tag_ != "VBG" and not past and all(role != "ARG1" for _, role in args)


def _interrupts(verb: Token) -> bool:
    """Whether a verb of saying stands between commas after a subject, which parsers take for a relative clause:
    *Nigeria, the spokesman added, would not …*."""
    if verb.dep_ != "acl:relcl" or verb.lemma_ not in CORE_CUES or verb.head.dep_ not in SUBJECTS:
        return False
    own = [c for c in verb.children if c.dep_ in SUBJECTS and c.tag_ not in ("WP", "WDT")]
    between = verb.doc[verb.head.i + 1]
    return bool(own) and between.text == "," and not any(_complements(c) for c in verb.children)


def _is_clause(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX", "ADJ") and token.dep_ in ("ccomp", "ROOT", "parataxis", "conj")


def _is_said(child: Token, verb: Token) -> bool:
    if child.dep_ in ("ccomp", "csubj"):
        return True
    if child.dep_ == "parataxis":
        return not _has_cue_subject(child)
    if child.dep_ == "xcomp":
        return verb.lemma_ in CHARGES
    return child.dep_ == "advcl" and verb.lemma_ in CHARGES and bool(children(child, "mark"))


def _charged(clause: Token, verb: Token) -> set[int]:
    """Who is accused belongs to what he is accused of."""
    if clause.dep_ not in ("advcl", "xcomp") or verb.lemma_ not in CHARGES:
        return set()
    return {t.i for child in children(verb, "obj", "orphan") for t in child.subtree}


def _is_inserted(verb: Token) -> bool:
    """Whether a verb of saying stands inside or after what is said, set off by commas; a clause after a semicolon
    tells something else."""
    if any(_complements(c) for c in verb.children) and not (children(verb, "obj") and verb.lemma_ in CORE_CUES):
        return False
    first, last = sorted((verb.i, verb.head.i))
    return not any(t.text in (";", ":") for t in verb.doc[first:last])


def _complements(child: Token) -> bool:
    if child.dep_ == "obl":
        return child.pos_ in ("NOUN", "PROPN", "VERB") and preposition(child) in ("of", "about")
    return child.dep_ in ("obj", "ccomp") and child.pos_ in ("NOUN", "PROPN", "VERB")


def _has_cue_subject(token: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in token.children) and token.lemma_ in CORE_CUES


def _objects_of(verb: Token, lexicon: Lexicon) -> set[int]:
    """The tokens of what is wanted, judged, announced, talked about: object, infinitive, topical phrases."""
    content: set[int] = set()
    addressed = verb.lemma_ in lexicon.addressing
    for child in verb.children:
        if child.dep_ in ("obj", "ccomp", "xcomp"):
            content |= set() if addressed and child.dep_ == "obj" else {t.i for t in child.subtree}
        elif child.dep_ == "obl" and child.i > verb.i and preposition(child) in TOPICAL:
            content |= _without_preposition(child) if not content or preposition(child) != "to" else set()
        elif child.dep_ == "advcl" and child.i > verb.i and any(m.lower_ in TOPICAL for m in children(child, "mark")):
            content |= {t.i for t in child.subtree} if content or verb.lemma_ in lexicon.attitudes else set()
    return content


def _without_preposition(phrase: Token) -> set[int]:
    marks = {t.i for mark in children(phrase, "case") for t in mark.subtree}
    return {t.i for t in phrase.subtree} - marks


# --- Where content ends ------------------------------------------------------------------------------


def _trimmed(content: set[int], verb: Token, lexicon: Lexicon) -> frozenset[int]:
    """Content without what the parser hung on it by mistake and what the writer adds behind a dash, and without
    punctuation at its ends."""
    doc = verb.doc
    if verb.i < min(content):
        for token in [doc[i] for i in sorted(content)]:
            if _same(_misplaced(token, lexicon), verb):
                content -= {t.i for t in token.subtree}
                content -= {c.i for c in children(token.head, "cc") if c.i < token.i}
        content = _before_dash(content, doc)
    return trim(content, doc)


def _same(token: Token | None, other: Token) -> bool:
    return token is not None and token.i == other.i


def _before_dash(content: set[int], doc: Doc) -> set[int]:
    """The part of indirect speech before a single dash outside quotation marks."""
    ordered = sorted(content)
    if any(doc[i].text in OPEN | STRAIGHT for i in ordered[:2]):
        return content
    dashes = [i for i in ordered if doc[i].text in DASHES and (doc[i - 1].whitespace_ or doc[i].text == "—")]
    inside = [i for i in dashes if sum(doc[j].text in OPEN | CLOSE | STRAIGHT for j in ordered if j < i) % 2 == 0]
    if len(inside) != 1 or inside[0] - ordered[0] < 3:
        return content
    return {i for i in content if i < inside[0]}


def trim(content: Iterable[int], doc: Doc) -> frozenset[int]:
    """Tokens without white space and, at both ends, punctuation other than quotation marks."""
    ordered = [i for i in sorted(content) if not doc[i].is_space]
    keep = OPEN | CLOSE | STRAIGHT | {"(", ")", "‘", "’", "'", "[", "]", "$", "#", "@"}
    while ordered and doc[ordered[0]].is_punct and doc[ordered[0]].text not in keep:
        ordered.pop(0)
    while ordered and doc[ordered[-1]].is_punct and doc[ordered[-1]].text not in keep:
        ordered.pop()
    return frozenset(ordered)


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
        content = {i for phrase in phrases for i in _without_preposition(phrase)}
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
    if governor.dep_ in ("conj", "parataxis") or phrase.i == governor.i:
        content |= {t.i for t in governor.sent} - own
    content -= _other_speech(governor, lexicon)
    if content:
        yield Report(mark, source, trim(content, mark.doc))


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
        if c.lemma_ in lexicon.speech and _has_cue_subject(c)
        for t in c.subtree
    }
