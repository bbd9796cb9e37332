"""Text of articles stays text."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Slot, Span
from kg.view.payload import excerpt
from kg.view.safe import json_block, label, plain, web_link


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://news.example/a?b=c#d", True),
        ("http://news.example", True),
        ("HTTPS://news.example/", True),
        ("https://news.example/ä", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)//https://x", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//news.example/a", False),
        ("https://", False),
        ("https://user:word@news.example/", False),
        ("https://news.example/a b", False),
        ("https://news.example/\nx", False),
        ("https://news.example/\u202egnp.exe", False),
        ('https://news.example/"onclick="x', False),
        ("https://[broken/", False),
        ("https://news.example/" + "a" * 3000, False),
        ("", False),
        (None, False),
    ],
)
def test_links(url: str | None, kept: bool) -> None:
    assert web_link(url) == (url if kept else None)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Putin\n met\tRaisi ", "Putin met Raisi"),
        ("a\u202eb\u2066c", "a\ufffdb\ufffdc"),
        ("nul\x00", "nul\ufffd"),
        ("lone\ud800", "lone\ufffd"),
        ("line\u2028separator", "line separator"),
        ("\u0643\u062a\u0627\u0628 \u200f(x)", "\u0643\u062a\u0627\u0628 \u200f(x)"),  # Arabic and its marks are text
        ("\U0001f469\u200d\U0001f680", "\U0001f469\u200d\U0001f680"),
        ("e" + "\u0301" * 9, "e" + "\u0301" * 3),
        ("<b>&amp;</b>", "<b>&amp;</b>"),  # escaping is not its business
        ("", ""),
    ],
)
def test_labels(text: str, shown: str) -> None:
    assert label(text) == shown


def test_a_long_label_is_cut() -> None:
    assert label("long" * 25_000, 50) == ("long" * 13)[:49] + "…"


@given(st.text(alphabet=st.characters()))
def test_offsets_stay_true(text: str) -> None:
    assert len(plain(text)) == len(text)
    plain(text).encode()


class _Scripts(HTMLParser):
    """Counts elements and keeps the text of scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  the parser's signature
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(
    st.recursive(
        st.text() | st.none() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_json_stays_in_its_element(value: object) -> None:
    """Whatever is in it, the block ends where we end it, and says what it was given."""
    block = json_block(value)
    page = _Scripts()
    page.feed(f'<script type="application/json">{block}</script>')
    page.close()
    assert page.tags == ["script"]
    assert json.loads(page.text) == value


@pytest.mark.parametrize("evil", ["</script>", "<!--", "-->", "\u2028", "]]>", "&lt;"])
def test_json_escapes(evil: str) -> None:
    assert evil not in json_block({evil: evil})
    assert json.loads(json_block([evil])) == [evil]


def test_a_sentence_and_its_slots() -> None:
    text = "Before. \U0001f600 Iran met Russia. After."
    words, slots = excerpt(text, Span(8, 26), (Slot("object", 19, 25), Slot("subject", 10, 14), Slot("speaker", 0, 6)))
    assert words == "\U0001f600 Iran met Russia."
    assert [(slot.name, words[slot.start : slot.end]) for slot in slots] == [("subject", "Iran"), ("object", "Russia")]


def test_a_very_long_sentence_is_cut_around_its_slots() -> None:
    text = "x" * 50_000 + " Iran met Russia " + "y" * 50_000
    words, slots = excerpt(text, Span(0, len(text)), (Slot("subject", 50_001, 50_005),))
    assert len(words) < 1_300
    assert words.startswith("… ")
    assert words.endswith(" …")
    assert words[slots[0].start : slots[0].end] == "Iran"
