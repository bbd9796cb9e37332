"""Picture credits at the end of a caption: the caption tells of an event and stays, the credit goes."""

from __future__ import annotations

import re

from kg.clean.lines import is_credit, is_rights_holder
from kg.clean.rules import BoilerplateRules

_BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]{1,160})[)\]]\s*$")
# A credit may follow a sentence without a space: markup was there.
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s*(?=\S)")
# What an embedded post leaves behind.
_LINK_TO_PICTURE = re.compile(r"\s*(?:pic\.(?:twitter|x)\.com/|https?://t\.co/)\w*$", re.IGNORECASE)
_AFTER_LABEL = re.compile(r"\s*[:,|]\s*|\s+[-–—]\s+")
_CLOSING_BRACKET = re.compile(r"\s*[])]\s*")
_SPACE_BEFORE_MARK = re.compile(r" ([.,;:!?])")
# "the news agency (TASS)" and "the Associated Press (AP)" introduce a name, they give no credit.
_INTRODUCES = re.compile(
    r"(?:agency|agencies|service|channel|network|broadcaster|outlet|company|group|called|as)$", re.I
)


def without_labels(paragraph: str, rules: BoilerplateRules) -> str:
    """The paragraph without "Image caption," or "FILE PHOTO:" before it, and without ", opens new tab" inside
    it."""
    while found := rules.inline_noise.within(paragraph):
        before = paragraph[: found.start].rstrip(" ,([")
        paragraph = f"{before} {paragraph[found.end :].lstrip(' )]')}".strip()
        paragraph = _SPACE_BEFORE_MARK.sub(r"\1", paragraph)
    return _without_caption_label(paragraph, rules)


def _without_caption_label(paragraph: str, rules: BoilerplateRules) -> str:
    found = rules.caption_labels.opening(paragraph.lstrip("[("))
    if found is None:
        return paragraph
    bracket = len(paragraph) - len(paragraph.lstrip("[("))
    separator = (_CLOSING_BRACKET if bracket else _AFTER_LABEL).match(paragraph, bracket + found.end)
    rest = paragraph[separator.end() :] if separator else ""
    return rest or paragraph


def without_credit(paragraph: str, rules: BoilerplateRules) -> str:
    """The paragraph without the credits at its end, "" if it is nothing else. "… in Velm (photo credit:
    REUTERS)" and "… in Velm. REUTERS/Jane Smith" give "… in Velm" and "… in Velm."."""
    shorter = _without_last_credit(paragraph, rules)
    while shorter != paragraph:
        paragraph, shorter = shorter, _without_last_credit(shorter, rules)
    return paragraph


def _without_last_credit(paragraph: str, rules: BoilerplateRules) -> str:
    if linked := _LINK_TO_PICTURE.search(paragraph):
        return paragraph[: linked.start()]
    bracketed = _BRACKETED.search(paragraph)
    if bracketed and _is_bracketed_credit(paragraph[: bracketed.start()], bracketed.group(1), rules):
        return paragraph[: bracketed.start()].rstrip(" -–—|")
    for sentence_end in _SENTENCE_END.finditer(paragraph):
        tail = paragraph[sentence_end.end() :]
        if len(tail) <= 160 and is_credit(tail, rules):
            return paragraph[: sentence_end.end()].rstrip()
    return paragraph


def _is_bracketed_credit(before: str, inside: str, rules: BoilerplateRules) -> bool:
    if rules.agencies.whole(inside.strip()):
        return not _introduces_name(before.rstrip(), inside.strip())
    found = rules.credit_cues.opening(inside)
    if found and is_rights_holder(inside[found.end :].strip(" :.-–—/"), rules):
        return True
    parts = [part.strip() for part in re.split(r"[|•/,]|\bvia\b", inside)]
    return len(parts) > 1 and any(map(rules.agencies.whole, parts)) and is_rights_holder(inside, rules)


def _introduces_name(before: str, name: str) -> bool:
    initials = "".join(word[0] for word in re.findall(r"\w+", before)[-6:])
    return bool(_INTRODUCES.search(before)) or initials.upper().endswith(name.upper())
