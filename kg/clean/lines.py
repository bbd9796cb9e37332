"""What a single paragraph is, judged by itself: a teaser, a byline, a picture credit … or part of the story.

Every judge takes a paragraph and the word lists and gives the name of the rule that recognised boilerplate,
or None. Names are those of the entries in `boilerplate.ttl` where a phrase decided.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.clean.dates import DATE_OR_TIME_PATTERN, FULL_DATE_PATTERN, MONTH, WEEKDAY
from kg.clean.rules import BoilerplateRules, Phrases

Judge = Callable[[str, BoilerplateRules], str | None]

# Longer paragraphs are prose whatever they begin with.
_LONGEST_NOTICE = 600
_LONGEST_PROMPT = 350
_FEWEST_WORDS_OF_A_SENTENCE = 6
_LONGEST_TEASER = 220
_LONGEST_LINE = 240
_LONGEST_BYLINE = 160

_BULLETS = " \t-–—•·|»›>«‹<→←▶►▼▲:;,.!…*+✕×↓↑()[]"
_EDGE = _BULLETS + "\"'”“’"
_QUOTED = re.compile(r"\"[^\"]*\"?|“[^”]*”?")
_STRONG_SEPARATOR = re.compile(r"\s*(?:[:|»›>→▶►]|[-–—] )\s*")
_FULL_STOP = re.compile(r"[.…][\"'”’)]*$")
_PARTS = re.compile(r"\s*(?:[|·•●/]|\s[-–—]\s|\bvia\b)\s*")
_META_PARTS = re.compile(r"\s*[|·•●]\s*|\s+[–—-]\s+")
# "(c)" alone may number a list.
_COPYRIGHT = re.compile(
    r"(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)? ©|©|\(c\)\s*(?:19|20)\d\d"
    r"|copyright\s*(?:©|\(c\)|(?:by\s+)?\w*\s*(?:19|20)\d\d)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+(?: [&=] \S+)*|[\w.+-]+@[\w.-]+\.\w+|@\w+", re.IGNORECASE)
_INITIALS = re.compile(r"[a-z]{1,4}(?:\s?[/,]\s?[a-z]{1,4}){1,3}(?:\s*\([^()]{2,60}\))?")
_AFTER_CREDIT_CUE = re.compile(r"\s*(?:[:,]|\.\.\.|…|by\b|[-–—]\s|/)")
_CREDIT_CUE_WITH_BY = re.compile(r"\b(?:by|of|from|via)$", re.IGNORECASE)
_BRACKET = re.compile(r"[()\[\]]")
_WORD = re.compile(r"[\w’'.&@-]+")
_PARTICLE = r"(?:al|el|ad|as|ash|ul|bin|ibn|van|von|der|den|de|da|di|du|del|della|la|le|dos|y|e)"
_NAME_WORD = re.compile(rf"{_PARTICLE}|(?:{_PARTICLE}-)?[A-ZÀ-ÞĀ-Ž]\S*|[\d@]\S*")
_JOINING_WORDS = frozenset(
    [
        "and",
        "in",
        "for",
        "of",
        "the",
        "to",
        "by",
        "from",
        "at",
        "with",
        "on",
        "&",
        "via",
        "based",
        "contributed",
        "contributing",
        "additional",
        "edited",
        "editing",
        "reporting",
        "writing",
    ]
)
_DAY_OR_MONTH = re.compile(rf"(?:{WEEKDAY}|{MONTH})(?!\w)", re.IGNORECASE)
_NOT_NAMES = re.compile(
    r"(?:the time|then|now|far|contrast|comparison|law|midday|noon|night|mid|late|early)\b", re.IGNORECASE
)


def bare(text: str) -> str:
    """The text without the bullets, arrows, brackets and punctuation around it."""
    return text.strip(_EDGE)


def is_notice(text: str, rules: BoilerplateRules) -> str | None:
    """Such as "Advertisement", "5 min read", "Skip to content"."""
    found = rules.notices.whole(bare(text))
    return found.entry if found else None


def is_notice_text(text: str, rules: BoilerplateRules) -> str | None:
    """A cookie notice, a comment form's rules, a line about rights."""
    if len(text) > _LONGEST_NOTICE:
        return None
    found = rules.notice_texts.within(_QUOTED.sub("", text))
    return found.entry if found else None


def is_copyright(text: str, _rules: BoilerplateRules) -> str | None:
    """Such as "© 2022 Example News", "Copyright 2022 by Example News"."""
    return "copyright" if len(text) <= _LONGEST_NOTICE and _COPYRIGHT.match(text.strip()) else None


def is_teaser(text: str, rules: BoilerplateRules) -> str | None:
    """Such as "See also Mayor opens bridge", "Related: Mayor opens bridge", but no sentence or quote that
    begins so."""
    line = text.lstrip(_BULLETS)
    found = rules.teaser_cues.opening(line)
    if found is None or len(line) > _LONGEST_TEASER:
        return None
    rest = line[found.end :]
    if separator := _STRONG_SEPARATOR.match(rest):
        return found.entry if rest[separator.end() :].strip() else None
    is_phrase = " " in line[: found.end]
    return found.entry if is_phrase and rest.strip() and not _FULL_STOP.search(rest) else None


def is_prompt(text: str, rules: BoilerplateRules) -> str | None:
    """Such as "Sign up for our newsletter", "Follow us on Twitter"."""
    line = text.lstrip(_BULLETS)
    found = rules.prompt_cues.opening(line) if len(line) <= _LONGEST_PROMPT else None
    if found is None:
        return None
    rest = line[found.end :]
    is_call = len(line.split()) <= _FEWEST_WORDS_OF_A_SENTENCE and not _FULL_STOP.search(line)
    addressed = is_call or not rest.strip(_EDGE + "?") or rules.prompt_words.within(rest)
    return found.entry if addressed and not _QUOTED.search(rest) else None


def is_share_bar(text: str, rules: BoilerplateRules) -> str | None:
    """Such as "Facebook Twitter WhatsApp" """
    return "sharing-name" if _count_names(text, rules.sharing_names) >= 2 else None


def is_menu(text: str, rules: BoilerplateRules) -> str | None:
    """Such as "Home | World | Sport" """
    return "navigation-name" if _count_names(text, rules.navigation_names) >= 3 else None


def _count_names(text: str, names: Phrases) -> int:
    """How many names the text is made of, 0 if anything else is in it."""
    count, rest = 0, bare(text) if len(text) <= _LONGEST_LINE else ""
    while rest:
        found = names.opening(rest)
        if found is None:
            return 0
        count, rest = count + 1, rest[found.end :].lstrip(_EDGE + "/&")
    return count


def is_tag_list(text: str, rules: BoilerplateRules) -> str | None:
    """Such as "Tags: Iran, Russia", but not a sentence behind such a colon."""
    found = rules.tag_cues.opening(text) if len(text) <= _LONGEST_LINE else None
    if found is None or not text[found.end :].lstrip().startswith(":") or _FULL_STOP.search(text):
        return None
    return found.entry


def is_stamp(text: str, rules: BoilerplateRules) -> str | None:
    """Such as "Updated: July 20, 2022 10:15 GMT": a cue, dates and times, and at most a byline."""
    if len(text) > _LONGEST_BYLINE:
        return None
    found = rules.stamp_cues.opening(text.lstrip(_EDGE))
    if found is None or not DATE_OR_TIME_PATTERN.search(text):
        return None
    rest = DATE_OR_TIME_PATTERN.sub(" ", rules.stamp_cues.without(text)).strip(_EDGE)
    rest = re.sub(r"^(?:(?:on|at|in)\b\s*)+", "", rest, flags=re.IGNORECASE).strip(_EDGE)
    return found.entry if not rest or is_byline(rest, rules) else None


def is_date_line(text: str) -> bool:
    """A date with its year, perhaps with a weekday and a time, and nothing else."""
    if len(text) > _LONGEST_BYLINE or not FULL_DATE_PATTERN.search(text):
        return False
    rest = DATE_OR_TIME_PATTERN.sub(" ", text)
    return not re.sub(r"\b(?:on|at|updated|published)\b", " ", rest, flags=re.IGNORECASE).strip(_EDGE + "/")


def is_byline(text: str, rules: BoilerplateRules) -> str | None:
    """Such as "By Jane Smith and John Doe in Washington", "Reporting by Jane Smith; Editing by John Doe"."""
    line = bare(text)
    found = rules.byline_cues.opening(line) if len(text) <= _LONGEST_NOTICE else None
    if found is None:
        return None
    rest = line[found.end :].strip(_EDGE)
    if not rest:
        return found.entry if " " in line[: found.end] else None
    long_cue = " " in line[: found.end]
    if not long_cue and (len(text) > _LONGEST_BYLINE or _DAY_OR_MONTH.match(rest) or _NOT_NAMES.match(rest)):
        return None
    return found.entry if _names_people(rest, rules, at_least=1 if long_cue else 2) else None


def _names_people(text: str, rules: BoilerplateRules, at_least: int) -> bool:
    """Whether a text is made of names, roles, agencies, dates and joining words only. A name has `at_least`
    so many words."""
    text = DATE_OR_TIME_PATTERN.sub(" ", text)
    others = rules.agencies.without(rules.byline_roles.without(text))
    known = others.split() != text.split()
    words = _WORD.findall(rules.byline_cues.without(others))
    names = [word for word in words if word.lower() not in _JOINING_WORDS]
    if not all(_NAME_WORD.fullmatch(word) for word in names):
        return False
    return bool(known and (names or _WORD.search(text))) or _longest_run_of_names(words) >= at_least


def _longest_run_of_names(words: list[str]) -> int:
    longest = run = 0
    for word in words:
        run = run + 1 if word.lower() not in _JOINING_WORDS else 0
        longest = max(longest, run)
    return longest


def is_agency(text: str, rules: BoilerplateRules) -> str | None:
    """A line with nothing but an agency's name."""
    found = rules.agencies.whole(bare(text))
    return "agency" if found else None


def is_credit(text: str, rules: BoilerplateRules) -> str | None:
    """Such as "Jane Smith | AFP | Getty Images", "REUTERS/Jane Smith", "(photo credit: REUTERS)", "Photo by
    Jane Smith"."""
    line = text.strip(" -–—•·|()[]")
    if not line or len(line) > _LONGEST_BYLINE:
        return None
    if cue := _credit_cue(line, rules):
        return cue
    parts = [part for part in _PARTS.split(line) if part]
    if len(parts) > 1 and not _BRACKET.search(line):
        has_agency = any(rules.agencies.whole(part.strip(_EDGE)) for part in parts)
        return "agency" if has_agency and all(_may_hold(part, rules) for part in parts) else None
    return is_agency(line, rules)


def _credit_cue(line: str, rules: BoilerplateRules) -> str | None:
    found = rules.credit_cues.opening(line)
    if found is None:
        return None
    rest = line[found.end :]
    is_marked = _AFTER_CREDIT_CUE.match(rest) or _CREDIT_CUE_WITH_BY.search(line[: found.end])
    return found.entry if is_marked and is_rights_holder(rest.strip(" :,.…-–—/"), rules) else None


def _may_hold(part: str, rules: BoilerplateRules) -> bool:
    """A name, or two words of any kind: credits are translated, too ("Good pictures")."""
    return _looks_like_holder(part, rules) or len(part.split()) <= 2


def is_rights_holder(text: str, rules: BoilerplateRules) -> bool:
    """Names of people and agencies, nothing else; at least one of them."""
    parts = [part for part in re.split(r"\s*(?:[|·•●/,;]|\bvia\b|\bfor\b|\bby\b|\bof\b)\s*", text) if part]
    return bool(parts) and len(text) <= 120 and all(_looks_like_holder(part, rules) for part in parts)


def _looks_like_holder(part: str, rules: BoilerplateRules) -> bool:
    rest = DATE_OR_TIME_PATTERN.sub(" ", rules.credit_cues.without(rules.agencies.without(part))).strip(_EDGE)
    words = _WORD.findall(rest)
    return len(words) <= 5 and all(_NAME_WORD.fullmatch(word) or word.lower() in _JOINING_WORDS for word in words)


def is_address(text: str, _rules: BoilerplateRules) -> str | None:
    """A line with nothing but a web address, an e-mail address or a handle."""
    return "address" if _ADDRESS.fullmatch(bare(text)) else None


def is_initials(text: str, _rules: BoilerplateRules) -> str | None:
    """Such as "dr/ch (AFP, dpa)": the editors' initials below a report."""
    return "initials" if _INITIALS.fullmatch(text) else None


def is_meta_line(text: str, rules: BoilerplateRules) -> str | None:
    """Such as "By Jane Smith · July 20, 2022 · 2 min read": several pieces about the article, nothing of
    it."""
    parts = [part for part in _META_PARTS.split(text) if part.strip()]
    if len(parts) < 2 or len(text) > _LONGEST_LINE:
        return None
    judged = [_meta_part(part, rules) for part in parts]
    return judged[0] if all(judged) else None


def _meta_part(part: str, rules: BoilerplateRules) -> str | None:
    if is_date_line(part):
        return "stamp-cue"
    for judge in (is_notice, is_stamp, is_byline, is_agency):
        if reason := judge(part, rules):
            return reason
    found = rules.navigation_names.whole(bare(part))
    return found.entry if found else None


JUDGES: tuple[Judge, ...] = (
    is_notice,
    is_notice_text,
    is_copyright,
    is_share_bar,
    is_menu,
    is_tag_list,
    is_stamp,
    is_byline,
    is_credit,
    is_address,
    is_initials,
    is_meta_line,
)
# Not asked about the first paragraph: a headline may begin with "Watch:".
LATER_JUDGES: tuple[Judge, ...] = (is_teaser, is_prompt)
