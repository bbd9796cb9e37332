"""How families of relations are named and toned in the picture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

Tone = Literal["friendly", "hostile", "neutral"]


class Family(NamedTuple):
    """A family's name for people and its tone: cooperation, conflict, or neither."""

    label: str
    tone: Tone


# The families are fixed (PLOVER's event types and our states); a name can be overridden by the page's options.
FAMILIES: dict[str, Family] = {
    "CONSULT": Family("Meetings and talks", "friendly"),
    "AGREE": Family("Agreements", "friendly"),
    "SUPPORT": Family("Support", "friendly"),
    "COOPERATE": Family("Cooperation", "friendly"),
    "TRADE": Family("Trade and supplies", "friendly"),
    "AID": Family("Aid", "friendly"),
    "CONCEDE": Family("Concessions", "friendly"),
    "RETREAT": Family("Withdrawals", "friendly"),
    "REQUEST": Family("Requests", "neutral"),
    "ACCUSE": Family("Accusations", "hostile"),
    "REJECT": Family("Rejections", "hostile"),
    "THREATEN": Family("Threats and warnings", "hostile"),
    "PROTEST": Family("Protests", "hostile"),
    "SANCTION": Family("Sanctions", "hostile"),
    "MOBILIZE": Family("Mobilisation", "hostile"),
    "COERCE": Family("Coercion", "hostile"),
    "ASSAULT": Family("Attacks", "hostile"),
    "STATEMENT": Family("Statements", "neutral"),
    "ROLE": Family("Offices and roles", "neutral"),
    "MEMBERSHIP": Family("Memberships", "neutral"),
    "LOCATION": Family("Locations", "neutral"),
    "PART": Family("Parts", "neutral"),
    "KINSHIP": Family("Kinship", "neutral"),
    "STANCE": Family("Stances", "neutral"),
    "OTHER": Family("Open relations", "neutral"),
}


def family(name: str, labels: Mapping[str, str]) -> Family:
    """How a family is shown; one that isn't known is neutral and named after itself."""
    known = FAMILIES.get(name, Family(name.capitalize(), "neutral"))
    return known._replace(label=labels.get(name, known.label))


def relation_label(name: str, labels: Mapping[str, str]) -> str:
    """A relation's name for people: "spokeWith" is "spoke with"."""
    return labels.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower().replace("_", " ")
