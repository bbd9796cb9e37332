"""Is it English? Other languages are told apart only to tell the user."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# A line or two of names says nothing about its language.
FEWEST_LETTERS = 100
# The beginning of an article shows its language, and what is at its end may be anything.
_LONGEST_SAMPLE = 20_000

# Words that make up a fifth of English prose and hardly occur in other languages. A text with an eighth of
# them isn't put to the test, which spares loading the model in nearly every run.
_ENGLISH_WORDS = frozenset(
    [
        "the",
        "and",
        "of",
        "that",
        "which",
        "with",
        "from",
        "his",
        "her",
        "their",
        "its",
        "this",
        "these",
        "they",
        "have",
        "has",
        "been",
        "were",
        "was",
        "not",
        "said",
        "would",
        "who",
        "after",
        "about",
        "into",
        "between",
        "against",
        "than",
    ]
)
_CLEARLY_ENGLISH = 0.12
# A text that isn't clearly English is refused only if the model gives English no chance: names lead it
# astray.
_NO_CHANCE = 0.02
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOT_LATIN = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

_NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish", "et": "Estonian",
    "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician",
    "gu": "Gujarati", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "ht": "Haitian Creole", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "is": "Icelandic",
    "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "kn": "Kannada",
    "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz", "la": "Latin", "lo": "Lao", "lt": "Lithuanian",
    "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi",
    "ms": "Malay", "mt": "Maltese", "my": "Burmese", "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian",
    "no": "Norwegian", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "so": "Somali",
    "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu",
    "tg": "Tajik", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "uz": "Uzbek", "vi": "Vietnamese", "yo": "Yoruba", "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip


def foreign_language(text: str) -> str | None:
    """The name of the language that a text is in, None if it is English or too short to tell."""
    sample = _without_asides(text[:_LONGEST_SAMPLE])
    words = [word.lower() for word in _WORD.findall(sample)]
    if sum(map(len, words)) < FEWEST_LETTERS:
        return None
    if sum(word in _ENGLISH_WORDS for word in words) >= _CLEARLY_ENGLISH * len(words):
        return None
    ranking = dict(_identifier().rank(sample))
    language = max(ranking, key=ranking.__getitem__)
    return None if ranking["en"] >= _NO_CHANCE else _NAMES[language]


def _without_asides(text: str) -> str:
    """The text without what may be foreign in an English one: names in brackets, words of another script."""
    latin = _NOT_LATIN.sub("", text)
    is_latin = 2 * sum(map(str.isalpha, latin)) > sum(map(str.isalpha, text))
    return _IN_BRACKETS.sub(" ", latin) if is_latin else text


@cache
def _identifier() -> LanguageIdentifier:
    """The model of py3langid, for the languages that have a name here: small relatives of a language
    (Nigerian Pidgin for English) would take its texts. It takes most of a second to load."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(_NAMES))
    return identifier
