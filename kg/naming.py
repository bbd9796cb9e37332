"""Names as keys: spellings of one name that differ in case, accents, apostrophes or hyphens are the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = re.compile(r"[’‘ʼ`´ʻ]")
HYPHENS = re.compile(r"[‐‑‒–—−]")
SPACED_HYPHEN = re.compile(r"\s*-\s*")
ACRONYM = re.compile(r"(?:[a-z]\.\s?){2,}[a-z]?")
INNER_ACRONYM = re.compile(r"\b(?:[a-z]\.){2,}")
CLOSING_STOP = re.compile(r"\.(?=\s|$)")
LETTERS = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """The key under which a name is looked up.

    >>> name_key("Recep Tayyip Erdoğan"), name_key("the Côte d’Ivoire"), name_key("U.S.")
    ('recep tayyip erdogan', "cote d'ivoire", 'us')
    """
    text = name.replace("`", "'").lower() if name.isascii() else _folded(name)
    text = " ".join(text.split())
    if "-" in text:
        text = SPACED_HYPHEN.sub("-", text)
    text = text.removeprefix("the ").removesuffix("'s")
    return (_without_stops(text) if "." in text else text).strip(' ,;:"')


def _folded(name: str) -> str:
    """A name in small letters without accents, with one sort of hyphen and apostrophe."""
    text = HYPHENS.sub("-", APOSTROPHES.sub("'", name)).casefold()
    text = "".join(LETTERS.get(c, c) for c in text)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _without_stops(text: str) -> str:
    """Acronyms lose their stops (*u.s.* is *us*), inside names too; other names keep theirs only inside words."""
    if ACRONYM.fullmatch(text):
        return text.replace(".", "").replace(" ", "")
    text = INNER_ACRONYM.sub(lambda found: found.group().replace(".", ""), text)
    return CLOSING_STOP.sub("", text)


def initials(name: str) -> str:
    """The acronym a name would have: first letters of its capitalised words.

    >>> initials("Shanghai Cooperation Organisation"), initials("Center for Russia and Europe")
    ('SCO', 'CRE')
    """
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper())


def slug(text: str, longest: int) -> str:
    """A readable part of an id or IRI: lower-case ASCII letters, digits and single hyphens, at most `longest` of them;
    empty where nothing is left.

    >>> slug("Erdoğan & Putin: the talks", 48), slug("习近平", 48)
    ('erdogan-putin-the-talks', '')
    """
    words = unicodedata.normalize("NFKD", re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", text)))
    ascii_only = re.sub("-+", "-", words.encode("ascii", "ignore").decode("ascii")).lower().strip("-")
    return ascii_only[:longest].rstrip("-")
