"""Spellings: which names may be one person's or body's, by their letters alone.

Articles spell foreign names as they hear them. Words are compared by a skeleton without what transliterations disagree
on; how much else must agree differs within an article (lenient: an article means one Raisi) and across (strict).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from kg.naming import initials, name_key

GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
PARTICLES = frozenset({"al", "el", "bin", "ibn", "van", "von", "der", "de", "la", "da", "dos", "di"})


def is_acronym(short: str, long: str) -> bool:
    """Whether one name is the other's initials (*SCO*, *Shanghai Cooperation Organisation*)."""
    compact = short.replace(".", "").replace(" ", "")
    if not (2 <= len(compact) <= 8 and compact.isupper()) or " " not in long:
        return False
    letters = initials(long)
    number = long.split()[-1]
    return compact in (letters, letters + "s") or (number.isdigit() and compact == letters + number)


def same_person(a: str, b: str) -> bool:
    """Whether two names of persons in one article may be one person's: all words of the shorter one are the other's,
    in order, initials and slightly different spellings of first names allowed.

    >>> same_person("Putin", "Vladimir Putin"), same_person("Ibrahim Raisi", "Ebrahim Raisi"), same_person("V. Putin", "Vladimir Putin")
    (True, True, True)
    >>> same_person("Lyudmila Putina", "Vladimir Putin"), same_person("Hassan", "Hassan Rouhani"), same_person("Bill Clinton", "Hillary Clinton")
    (False, True, False)
    """
    short, long = sorted((person_words(a), person_words(b)), key=len)
    if not short:
        return False
    if len(short) == 1:
        return short[0] in (long[0], long[-1]) or (len(long) > 2 and short[0] in long)
    if short[-1] != long[-1] and not similar(short[-1], long[-1]):
        # Family name first, or the same words in another order.
        return set(short) <= set(long)
    rest = list(long[:-1])
    return all(any(_first_names_agree(word, other) for other in rest) for word in short[:-1])


@lru_cache(maxsize=1 << 17)
def person_words(name: str) -> tuple[str, ...]:
    """The words of a person's name as keys, without particles (*al-*, *bin*, *von*) and generations."""
    words = tuple(w for w in name_key(name).replace("-", " ").split() if w not in GENERATIONS)
    return tuple(w for w in words if w not in PARTICLES) or words


def _first_names_agree(a: str, b: str) -> bool:
    if a == b or similar(a, b):
        return True
    return (len(a) <= 2 and b.startswith(a[0])) or (len(b) <= 2 and a.startswith(b[0]))


def agrees_with(name: str, forms: Iterable[str]) -> bool:
    """Whether a name in an article may be that of a person who is known by several. A single word may be the last of
    them or the first, where some have their surname.

    >>> agrees_with("Putin", ["Vladimir Putin"]), agrees_with("Petro", ["Vladimir Putin"]), agrees_with("Xi", ["Xi Jinping"])
    (True, False, True)
    """
    own = person_words(name)
    return any(
        same_person(name, form)
        and (len(own) > 1 or similar(own[-1], person_words(form)[-1]) or own[-1] == person_words(form)[0])
        for form in forms
    )


def similar(a: str, b: str) -> bool:
    """Whether two words are spellings of one name: equal after the letters that transliterations exchange, or one
    letter apart in longer ones, but not where the last letter tells a woman's name from a man's (*Daniel*, *Daniela*).
    """
    first, second = skeleton(a), skeleton(b)
    if first == second:
        return not _differ_in_ending(a, b)
    if min(len(a), len(b)) < 6 or abs(len(a) - len(b)) > 1:
        return False
    return (_one_edit(a, b) or _one_edit(first, second)) and not _differ_in_ending(a, b)


def _differ_in_ending(a: str, b: str) -> bool:
    """Whether a word is the other with *a* or *o* at its end, or in the place of its last vowel."""
    short, long = sorted((a, b), key=len)
    if len(short) == len(long):
        return short[:-1] == long[:-1] and {short[-1], long[-1]} <= {"a", "o", "e"} and short != long
    return long[:-1] == short and long[-1] in "ao"


@lru_cache(maxsize=1 << 17)
def skeleton(word: str) -> str:
    """A word without what transliterations disagree on: *Ibrahim* and *Ebrahim*, *Zelensky* and *Zelenskyy*,
    *Qaddafi* and *Gaddafi*."""
    text = word
    for old, new in (
        ("kh", "h"),
        ("dh", "d"),
        ("gh", "g"),
        ("ck", "k"),
        ("q", "k"),
        ("ph", "f"),
        ("ou", "u"),
        ("oo", "u"),
        ("w", "v"),
        ("iy", "i"),
        ("yy", "i"),
        ("y", "i"),
        ("j", "i"),
        ("c", "k"),
        ("z", "s"),
        ("e", "i"),
        ("o", "u"),
    ):
        text = text.replace(old, new)
    collapsed = [letter for previous, letter in zip(" " + text, text, strict=False) if letter != previous]
    return "".join(collapsed)


def _one_edit(a: str, b: str) -> bool:
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) <= 1
    short, long = sorted((a, b), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def same_full_person(a: str, b: str) -> bool:
    """Whether two names of several words in different articles are one person's: the same words in the same or the
    reverse order, or one name within the other with the same last word.

    >>> same_full_person("Xi Jinping", "Jinping Xi"), same_full_person("Boris Johnson", "Alexander Boris Johnson")
    (True, True)
    >>> same_full_person("Ahmed Hassan", "Hassan Ahmed Saleh"), same_full_person("Daniel Ortega", "Daniela Ortega")
    (False, False)
    """
    short, long = sorted((person_words(a), person_words(b)), key=len)
    if len(short) < 2:
        return False
    if sorted(short) == sorted(long) or "".join(short) == "".join(long):
        return True
    # One word may be a letter apart; more would make one man of two too often.
    slips = 0 if spelled_alike(short[-1], long[-1]) else 1
    if slips and not similar(short[-1], long[-1]):
        return False
    rest = iter(long[:-1])
    for word in short[:-1]:
        other = next((o for o in rest if _first_names_agree(word, o)), None)
        if other is None:
            return False
        slips += not (spelled_alike(word, other) or 1 in (len(word), len(other)))
    return slips <= 1


def spelled_alike(a: str, b: str) -> bool:
    """Whether two words differ at most in what transliterations exchange."""
    return a == b or (skeleton(a) == skeleton(b) and not _differ_in_ending(a, b))


@lru_cache(maxsize=1 << 17)
def consonants(word: str) -> str:
    """The consonants of a word's skeleton, throat sounds as one: a key that spellings of a name share.

    >>> consonants("gaddafi"), consonants("qadhafi"), consonants("ebrahim"), consonants("ibrahim")
    ('kdf', 'kdf', 'brm', 'brm')
    """
    found: list[str] = []
    for letter in skeleton(word).replace("g", "k"):
        if letter not in "aeiouyh'" and (not found or found[-1] != letter):
            found.append(letter)
    return "".join(found) or word[:1]
