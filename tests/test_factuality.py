"""Is it so? One event, *Iran attacked Iraq*, under everything that news puts around it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Statements = Callable[..., list[str]]


@pytest.mark.parametrize(
    "text, expected",
    [
        # Told as a fact, whatever stands around it.
        ("Iran attacked Iraq.", ""),
        ("Iran managed to attack Iraq.", ""),
        ("Iran was forced to attack Iraq.", ""),
        ("Iran did not only attack Iraq.", ""),
        ("Burns may discuss Iran's attack on Iraq.", ""),
        # Negation.
        ("Iran did not attack Iraq.", "negative"),
        ("Iran never attacked Iraq.", "negative"),
        ("Iran no longer attacks Iraq.", "negative"),
        ("Iran neither attacked Iraq nor left.", "negative"),
        ("Without attacking Iraq, Iran left.", "negative"),
        ("Instead of attacking Iraq, Iran attacked Syria.", "negative"),
        ("Iran failed to attack Iraq.", "negative"),
        ("Iran refused to attack Iraq.", "negative"),
        ("Iran stopped short of attacking Iraq.", "negative"),
        ("Iran has yet to attack Iraq.", "negative"),
        ("Iran is too weak to attack Iraq.", "negative"),
        ("Iran's failure to attack Iraq surprised Burns.", "negative"),
        ("It is not true that Iran attacked Iraq.", "negative"),
        # Possible.
        ("Iran may attack Iraq.", "possible"),
        ("Iran could have attacked Iraq.", "possible"),
        ("Iran reportedly attacked Iraq.", "possible"),
        ("Iran is said to have attacked Iraq.", "possible"),
        ("It is said that Iran attacked Iraq.", "possible"),
        ("It is likely that Iran attacked Iraq.", "possible"),
        ("It is not clear whether Iran attacked Iraq.", "possible"),
        ("If Iran attacks Iraq, Turkey will leave.", "possible"),
        ("Had Iran attacked Iraq, Turkey would have left.", "possible"),
        ("Should Iran attack Iraq, Turkey will leave.", "possible"),
        ("Has Iran attacked Iraq?", "possible"),
        # To come.
        ("Iran will attack Iraq.", "future"),
        ("Iran plans to attack Iraq.", "future"),
        ("Iran is preparing to attack Iraq.", "future"),
        ("Iran sent troops to attack Iraq.", "future"),
        ("Iran to attack Iraq", "future"),
        # Wished for.
        ("Iran wants to attack Iraq.", "desired"),
        ("Russia urged Iran to attack Iraq.", "desired"),
        # Both.
        ("Iran will not attack Iraq.", "negative; future"),
        ("Iran may not attack Iraq.", "negative; possible"),
    ],
)
def test_polarity_and_modality(text: str, expected: str, statements: Statements) -> None:
    found = [line for line in statements(text) if line.startswith("Iran attacked Iraq")]
    assert found == ["; ".join(filter(None, ("Iran attacked Iraq", expected)))]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Burns announced that Iran would attack Iraq.", "future; by Burns"),
        ("Burns insists that Iran attacked Iraq.", "by Burns"),
        ("Burns demanded that Iran attack Iraq.", "desired"),
        ("Burns does not think Iran attacked Iraq.", "negative; possible; by Burns"),
        ("Burns denied that Iran attacked Iraq.", "negative; by Burns"),
    ],
)
def test_under_speech(text: str, expected: str, statements: Statements) -> None:
    found = [line for line in statements(text) if line.startswith("Iran attacked Iraq")]
    assert found in ([f"Iran attacked Iraq; {expected}"], [f"Iran attacked Iraq; {expected}; by Burns"])
