from __future__ import annotations

import json
import os
import socket
import unicodedata
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from kg.clean import load_rules
from kg.datafiles import load_data_files
from kg.errors import InputError
from kg.model import Document
from kg.naming import slug
from kg.read import MAX_CHARACTERS, Source, find_sources, parse_date, read_sources

RULES = load_rules(load_data_files())

LEAD = "Premier Ada Okoro met President Ivo Lund in Velm on Tuesday to discuss the sale of drones."
MORE = "Both countries want to sign a contract before the winter, officials said after the meeting."
LAST = "The opposition called the plan dangerous and asked parliament to stop it."
STORY = f"{LEAD}\n\n{MORE}\n\n{LAST}"
TITLE = "Okoro visits Velm"

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file below an empty folder, and give the folder."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf8"))
        return tmp_path / "in"

    return write


def read(*paths: Path, raw: bool = False) -> list[Document | InputError]:
    return list(read_sources(paths, RULES, raw))


def document(*paths: Path, raw: bool = False) -> Document:
    (only,) = read(*paths, raw=raw)
    assert isinstance(only, Document), only
    return only


def problem(*paths: Path, raw: bool = False) -> InputError:
    (only,) = read(*paths, raw=raw)
    assert isinstance(only, InputError), only
    assert "\n" not in str(only)
    return only


# ------------------------------------------------------------------------------------------------ plain text


def test_a_text_file_becomes_a_document(write: Write) -> None:
    found = document(write("Ókoro & Lund.txt", f"{TITLE}\n\n{STORY}\n"))
    text = f"{TITLE}\n\n{STORY}"
    digest = sha256(text.encode()).hexdigest()
    assert found == Document(
        id=f"okoro-lund-{digest[:8]}", source="Ókoro & Lund.txt", text=text, sha256=digest, title=TITLE
    )


def test_a_header_is_read_and_is_no_part_of_the_text(write: Write) -> None:
    header = (
        "TITLE: Okoro visits Velm\npublisher: The Harbour Post\nDate: 20 July 2022\nURL:"
        " https://harbour.example/a\n"
        'Reference: Wire, "Okoro in Velm", July 2022\nAuthor: Jane Smith\n'
    )
    found = document(write("a.txt", f"{header}\n{STORY}"))
    assert found.text == f"{TITLE}\n\n{STORY}"
    assert (found.title, found.publisher, found.published) == (TITLE, "The Harbour Post", date(2022, 7, 20))
    assert (found.url, found.source) == ("https://harbour.example/a", "https://harbour.example/a")
    assert found.reference == 'Wire, "Okoro in Velm", July 2022'


@pytest.mark.parametrize(
    "first",
    [
        "Okoro: “We can wait”",
        "Update: Okoro left Velm on Wednesday.\nShe flew home.",
        "Q: Did she leave?",
        "Date: it was the third of May, and Okoro had left.\nNobody knew.",
    ],
)
def test_a_text_that_begins_with_a_colon_is_no_header(write: Write, first: str) -> None:
    found = document(write("a.txt", f"{first}\n\n{STORY}"))
    assert found.text.startswith(first.split("\n")[0])


TITLES = [
    (f"{TITLE}\n\n{STORY}", TITLE),
    (f"{TITLE}\n{LEAD}\n{MORE}", TITLE),
    (f"By Jane Smith\n\n{TITLE}\n\n{STORY}", TITLE),
    (f"Will Okoro visit Velm?\n\n{STORY}", "Will Okoro visit Velm?"),
    (f"Lund: “We can wait”\n\n{STORY}", "Lund: “We can wait”"),
    (STORY, None),
    (f"“We can wait.”\n\n{STORY}", None),
    (f"The main points:\n\n{STORY}", None),
    (f"Title: {TITLE}\n\n{TITLE}\n\n{STORY}", TITLE),
    (f"Title: {TITLE}\n\n{TITLE} - analysis\n\n{STORY}", TITLE),
    (f"Title: {TITLE}\n\n{STORY}", TITLE),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_the_title_is_the_first_paragraph_and_comes_once(write: Write, text: str, title: str | None) -> None:
    found = document(write("a.txt", text))
    assert found.title == title
    if title:
        assert found.text.startswith(f"{title}\n\n{LEAD}")
        assert found.text.count(title) == 1


DATES = [
    ("2022-07-20", date(2022, 7, 20)),
    ("2022-07-20T10:00:00Z", date(2022, 7, 20)),
    ("2022-07-20T23:30:00-05:00", date(2022, 7, 20)),
    ("20220720", date(2022, 7, 20)),
    ("20 July 2022", date(2022, 7, 20)),
    ("20th of July, 2022", date(2022, 7, 20)),
    ("July 20, 2022", date(2022, 7, 20)),
    ("JUL. 20, 2022", date(2022, 7, 20)),
    ("Wed, 20 Jul 2022 10:00:00 +0200", date(2022, 7, 20)),
    ("Wednesday, July 20, 2022 10:00 AM EDT", date(2022, 7, 20)),
    ("20/07/2022", date(2022, 7, 20)),
    ("07/20/2022", date(2022, 7, 20)),
    ("03/04/2022", None),
    ("03/03/2022", date(2022, 3, 3)),
    ("31 June 2022", None),
    ("2022-13-45", None),
    ("July 2022", None),
    ("yesterday", None),
    ("1658311200", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates(text: str, expected: date | None) -> None:
    assert parse_date(text) == expected


STATED = [
    ("Published 20 July 2022", date(2022, 7, 20)),
    ("Posted on July 20, 2022 by Jane Smith", date(2022, 7, 20)),
    ("By Jane Smith | July 20, 2022 | 2 min read", date(2022, 7, 20)),
    ("Updated: July 21, 2022\n\nPublished: July 20, 2022", date(2022, 7, 20)),
    ("Last updated July 21, 2022 14:05 GMT", date(2022, 7, 21)),
    ("Updated 6:12 PM GMT, July 20, 2022", date(2022, 7, 20)),
    ("July 20, 2022", date(2022, 7, 20)),
    ("WASHINGTON, July 20, 2022 (Reuters) - Okoro left.", date(2022, 7, 20)),
    ("TEHRAN — 20 July 2022 — Okoro left.", date(2022, 7, 20)),
    ("WASHINGTON, July 20 (Reuters) - Okoro left.", None),
    ("On July 20, 2022, Okoro left.", None),
    ("Okoro and Lund in Velm, July 20, 2022 (photo: Reuters)", None),
    ("Filed July 20, 2022, the lawsuit names Okoro.", None),
    ("Okoro left the country without a word about the drones.\n\nMarch 3, 2021\n\nThe talks began.", None),
    ("Nothing is said about a day.", None),
]


@pytest.mark.parametrize(("top", "expected"), STATED)
def test_the_text_may_state_its_date(write: Write, top: str, expected: date | None) -> None:
    assert document(write("a.txt", f"{TITLE}\n\n{top}\n\n{STORY}")).published == expected


# ------------------------------------------------------------------------------------------------ Markdown

FRONT_MATTER = [
    ("title: Okoro visits Velm\npublisher: Post\ndate: 2022-07-20", ("Post", date(2022, 7, 20), None)),
    ('Title: "Okoro visits Velm"\npublished: July 20, 2022', (None, date(2022, 7, 20), None)),
    ("title: Okoro visits Velm\nurl: javascript:alert(1)", (None, None, None)),
    ("title: [Okoro visits Velm]\npublisher: 24\ntags: [a, b]", ("24", None, None)),
    ("title: Okoro visits Velm\ndate: 2022-13-45\npublisher: No", ("No", None, None)),
    ("title: Okoro visits Velm\npublisher: null\ndate:", (None, None, None)),
    (
        "title: Okoro visits Velm\nreference: {publisher: Wire, title: Okoro in Velm, date: 2022-07-19}",
        (None, None, 'Wire, "Okoro in Velm", 2022-07-19'),
    ),
    ("title: Okoro visits Velm\nreference: [Wire, Post]", (None, None, "Wire; Post")),
    ("title: Okoro visits Velm\nreference: !!python/object/apply:os.getcwd []", (None, None, None)),
]


@pytest.mark.parametrize(("yaml", "expected"), FRONT_MATTER)
def test_front_matter(write: Write, yaml: str, expected: tuple[str | None, date | None, str | None]) -> None:
    found = document(write("a.md", f"---\n{yaml}\n---\n\n# Okoro visits Velm\n\n{STORY}"))
    assert (found.publisher, found.published, found.reference) == expected
    assert (found.title, found.text, found.url) == (TITLE, f"{TITLE}\n\n{STORY}", None)


BROKEN_FRONT_MATTER = [
    ("title: [Okoro", "front matter is no YAML"),
    ("title: a: b: c", "front matter is no YAML"),
    ("just a sentence", "no YAML with a name before each value"),
    ("- a\n- b", "no YAML with a name before each value"),
    ("a: &a [*a]\n\tb: c", "front matter is no YAML"),
    ("? [a]\n: b", "front matter is no YAML"),
    ("[" * 5000, "front matter is no YAML"),
]


@pytest.mark.parametrize(("yaml", "expected"), BROKEN_FRONT_MATTER)
def test_front_matter_that_is_no_yaml_costs_that_article_only(write: Write, yaml: str, expected: str) -> None:
    write("b.txt", STORY)
    bad, good = read(write("a.md", f"---\n{yaml}\n---\n\n{STORY}"))
    assert isinstance(bad, InputError)
    assert expected in str(bad)
    assert "\n" not in str(bad)
    assert isinstance(good, Document)


def test_front_matter_without_an_end(write: Write) -> None:
    assert "has no end" in problem(write("a.md", f"---\ntitle: x\n\n{STORY}")).problem


def test_markdown_gives_the_words_a_reader_sees(write: Write) -> None:
    markdown = (
        f"# {TITLE}\n\n**Premier** [Ada Okoro](https://x.example) met\n*Lund* in Velm &amp; left."
        " ![map](m.png)\n\n> It is a success.\n>\n> Peter Holm\n\n- one drone\n- two\n  ferries, she"
        " said\n\nBackground\n----------\n\n    Nobody_else_came to 5 * 3 talks.\n\n<!-- a note"
        " -->\n\n<div>Lund & co stayed.</div>\n\n| Year | Drones |\n|--|--|\n| 2020 | 7"
        " |\n\n```\ncode\n```\n\n[link]: https://y.example\n\nThe end\\\nof it.\n"
    )
    assert document(write("a.md", markdown)).text.split("\n\n") == [
        TITLE,
        "Premier Ada Okoro met",
        "Lund in Velm & left.",
        "It is a success.",
        "Peter Holm",
        "one drone",
        "two",
        "ferries, she said",
        "Background",
        "Nobody_else_came to 5 * 3 talks.",
        "Lund & co stayed.",
        "Year | Drones",
        "2020 | 7",
        "The end",
        "of it.",
    ]


# ------------------------------------------------------------------------------------------------ JSON lines


def lines(*articles: object) -> str:
    return "\n".join(article if isinstance(article, str) else json.dumps(article) for article in articles)


def test_json_lines(write: Write) -> None:
    folder = write(
        "news.jsonl",
        lines(
            {"id": "w/1", "text": STORY, "title": TITLE, "published": "2022-07-20", "publisher": "Post"},
            {"text": LEAD, "url": "https://harbour.example/a"},
            {"text": MORE + " " + LAST, "title": None, "id": 7, "published": 5},
        ),
    )
    first, second, third = read(folder)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(third, Document)
    assert (first.id, first.source, first.text) == ("w/1", "news.jsonl#w/1", f"{TITLE}\n\n{STORY}")
    assert (first.published, first.publisher) == (date(2022, 7, 20), "Post")
    assert (second.id, second.source) == (f"news-{second.sha256[:8]}", "https://harbour.example/a")
    assert (third.id, third.source, third.published) == ("7", "news.jsonl#7", None)


BAD_LINES = [
    ("{", "not JSON"),
    ("[1]", "not a JSON object"),
    ('{"id": "x"}', "has no text"),
    ('{"text": 7}', "has no text"),
    ('{"text": " "}', "no text"),
    ('{"text": "Home"}', None),
    ('{"text": "Advertisement"}', "nothing is left"),
    ("[" * 100_000, "not JSON"),
    ("9" * 5000, "not JSON"),
]


@pytest.mark.parametrize(("line", "expected"), BAD_LINES)
def test_a_bad_line_costs_that_article_only(write: Write, line: str, expected: str | None) -> None:
    found = read(write("news.jsonl", lines({"text": STORY}, "", line, {"text": LEAD})))
    errors = [item for item in found if isinstance(item, InputError)]
    assert [str(error).count("\n") for error in errors] == [0] * len(errors)
    if expected:
        assert [expected in error.problem and error.source.endswith("news.jsonl:3") for error in errors] == [True]
    assert len([item for item in found if isinstance(item, Document)]) == (2 if expected else 3)


def test_raw_text_is_exactly_what_was_given(write: Write) -> None:
    text = "\ufeff Okoro visits Velm\r\n\r\nAdvertisement\n\nA\u00a0b\tc\u200b (photo: AFP)\n\nAdvertisement "
    folder = write("news.jsonl", lines({"id": "x", "text": text, "title": "Given"}))
    found = document(folder, raw=True)
    assert (found.text, found.title, found.sha256) == (text, "Given", sha256(text.encode()).hexdigest())


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_raw_files_keep_their_header(write: Write, name: str) -> None:
    content = f"---\ntitle: {TITLE}\ndate: 2022-07-20\n---\r\n\r\n{STORY}  \n"
    found = document(write(name, content), raw=True)
    assert (found.text, found.title, found.published) == (content, TITLE, date(2022, 7, 20))


def test_half_a_character(write: Write) -> None:
    folder = write("news.jsonl", json.dumps({"text": STORY + " \ud800"}))
    assert document(folder).text == STORY
    assert "lone surrogate" in problem(folder, raw=True).problem


# ------------------------------------------------------------------------------------------------ names


def test_ids_are_never_shared(write: Write) -> None:
    write("a/okoro.txt", STORY)
    write("b/okoro.txt", STORY)
    write("copy.txt", STORY)
    folder = write(
        "news.jsonl", lines({"id": "x", "text": STORY}, {"id": "x", "text": LEAD}, {"id": "x", "text": MORE})
    )
    found = [item for item in read(folder) if isinstance(item, Document)]
    assert len(found) == len({item.id for item in found}) == 6
    assert {item.id for item in found if item.sha256 == sha256(STORY.encode()).hexdigest()} >= {"x"}


def test_the_same_article_of_two_folders_is_read_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(STORY, encoding="utf8")
    assert len(read(tmp_path / "one", tmp_path / "two")) == 1


def test_the_order_of_paths_does_not_matter(write: Write) -> None:
    for name in ("b.txt", "a/z.txt", "C.md", "a.txt"):
        folder = write(name, f"Talks in {name}\n\n{STORY}")
    paths = [folder / "b.txt", folder, folder / "a", folder / "b.txt"]
    assert read(*paths) == read(*reversed(paths))
    assert len(read(*paths)) == 4


def test_the_place_of_the_folder_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results = []
    for name in ("here", "there/below"):
        folder = tmp_path / name / "in" / "sub"
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text(STORY, encoding="utf8")
        results.append(read(folder.parent))
        monkeypatch.chdir(folder.parent)
        results.append(read(Path()))
        results.append(read(Path("..") / "in"))
    assert all(result == results[0] for result in results)
    assert isinstance(results[0][0], Document)
    assert results[0][0].source == "sub/a.txt"


SLUGS = [
    ("Okoro visits Velm", "okoro-visits-velm"),
    ("000_991c15c1dbbe31fb", "000-991c15c1dbbe31fb"),
    ("Çelik—Straße č", "celik-strae-c"),
    ("今日", ""),
    ("x" * 60, "x" * 48),
    ("a" * 47 + " b", "a" * 47),
]


@pytest.mark.parametrize(("name", "expected"), SLUGS)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name, 48) == expected


# ------------------------------------------------------------------------------------------------ files and
# folders


def test_folders_are_walked_and_other_files_passed_over(write: Write) -> None:
    for name in (
        "b.TXT",
        "a/deep/c.md",
        "README.md",
        "LICENSE.txt",
        ".hidden.txt",
        ".git/x.txt",
        "photo.jpg",
        "style.css",
    ):
        folder = write(name, STORY if name != "photo.jpg" else b"\xff\xd8\xff\0")
    assert [item.source for item in find_sources([folder])] == ["a/deep/c.md", "b.TXT"]


def test_a_readme_is_read_if_it_is_given(write: Write) -> None:
    folder = write("README.md", STORY)
    assert document(folder / "README.md").source == "README.md"


def test_a_file_without_a_known_suffix_is_read_as_text_if_it_is_given(write: Write) -> None:
    folder = write("article", STORY)
    assert document(folder / "article").text == STORY


STANDARD_INPUT: list[tuple[bytes, list[str]]] = [
    (STORY.encode(), ["stdin"]),
    (
        json.dumps({"id": "a", "text": STORY}).encode() + b"\n" + json.dumps({"text": LEAD}).encode(),
        ["stdin#a", "stdin#2"],
    ),
    (f"<html><body><p>{LEAD}</p><p>{MORE}</p></body></html>".encode(), ["stdin"]),
]


@pytest.mark.parametrize(("content", "sources"), STANDARD_INPUT)
def test_the_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes, sources: list[str]) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(content), encoding="utf8"))
    found = [item for item in read(Path("-")) if isinstance(item, Document)]
    assert [item.source for item in found] == sources
    assert LEAD in found[0].text


GERMAN = (
    "Die Ministerpräsidentin traf am Dienstag in Velm den Präsidenten, um mit ihm über den Verkauf von"
    " Drohnen zu sprechen. Beide Länder wollen noch vor dem Winter einen Vertrag unterzeichnen, hieß es nach"
    " dem Treffen."
)
FRENCH = (
    "La première ministre a rencontré mardi à Velm le président afin de discuter de la vente de drones. Les"
    " deux pays veulent signer un contrat avant l'hiver, ont indiqué des responsables après la réunion."
)
BAD_FILES: list[tuple[str, str | bytes, str]] = [
    ("empty.txt", "", "an empty file"),
    ("blank.txt", " \n\n\t", "an empty file"),
    ("empty.html", "", "an empty file"),
    ("empty.pdf", "", "an empty file"),
    ("bom.txt", b"\xef\xbb\xbf", "no text"),
    ("zeros.txt", b"abc\0def", "a binary file"),
    ("photo.txt", b"\x89PNG\r\n\x1a\n\0\0", "an image"),
    ("really.txt", b"%PDF-1.7 ...", "a PDF, not text"),
    ("office.md", b"PK\x03\x04....", "office document"),
    ("page.txt", "<!DOCTYPE html><html><p>x</p></html>", "an HTML page"),
    ("latin.txt", f"{STORY} caf\xe9".encode("latin1"), "broken UTF-8: byte 0xe9 in line 5"),
    ("cut.txt", STORY.encode() + b"\xe2\x80", "broken UTF-8"),
    ("utf16.txt", b"\xff\xfea\0b", "broken UTF-16"),
    ("long.txt", "Okoro met Lund in Velm. " * 220_000, "too large for an article: 5.3 MB"),
    ("longish.txt", "Okoro met Lund in Velm. " * 60_000, "too long for an article: 1.4 million"),
    ("long.md", "Okoro met Lund in Velm. " * 60_000, "too long for an article: 1.4 million"),
    ("long.html", "<p>" + "Okoro met Lund in Velm. " * 60_000, "too long for an article: 1.4 million"),
    ("german.txt", GERMAN, "not an English article (looks like German)"),
    (
        "french.html",
        f"<html><body><p>{FRENCH}</p></body></html>",
        "not an English article (looks like French)",
    ),
    ("menu.txt", "Home | World | Sport\n\nAdvertisement\n\n© 2022 Post", "nothing is left"),
    ("title.md", f"---\ntitle: {TITLE}\n---\n", "no text"),
    ("script.html", "<html><body><script>var a = 1</script></body></html>", "no text in this page"),
    ("comment.html", "<!-- nothing -->", "no text in this page"),
    ("damaged.pdf", b"%PDF-1.7 and nothing else", "a damaged PDF"),
    ("not.pdf", b"hello there", "a damaged PDF"),
    ("report.docx", b"PK\x03\x04", "can't read .docx files"),
    ("news.json", "[]", "can't read .json files"),
    ("page.html", b"\x00\x01\x02<html>", "a binary file"),
    ("latin.html", b"<html><meta charset=utf-8><p>caf\xe9</p>", "broken UTF-8"),
    (
        "liar.html",
        b"<html><meta charset=windows-1252><p>\x81\x9d</p>",
        "not in the encoding that it declares",
    ),
]


@pytest.mark.parametrize(("name", "content", "expected"), BAD_FILES, ids=[name for name, _, _ in BAD_FILES])
def test_bad_files_give_one_line_each(write: Write, name: str, content: str | bytes, expected: str) -> None:
    folder = write(name, content)
    error = problem(folder)
    assert expected in error.problem
    assert error.source == f"{folder}/{name}"
    write("zz-good.txt", STORY)
    assert [type(item) for item in read(folder)] == [InputError, Document]


def test_short_texts_are_not_judged_by_their_language(write: Write) -> None:
    assert document(write("a.txt", "Lund trifft Okoro in Velm.")).text == "Lund trifft Okoro in Velm."


def test_foreign_names_do_not_make_an_article_foreign(write: Write) -> None:
    text = (
        "Pavel Semenovich Morozov (Russian: Павел Семёнович Морозов; Ukrainian: Павло Семенович Морозов) was"
        " in Velm to meet Łukasz Żółtowski, Jürgen Großmann and Şükrü Güneş."
    )
    assert document(write("a.txt", text)).text == text


def test_a_missing_path(tmp_path: Path) -> None:
    assert str(problem(tmp_path / "none.txt")).endswith("none.txt: no such file or folder (check the path)")


def test_an_empty_folder(tmp_path: Path) -> None:
    error = problem(tmp_path)
    assert error.problem == "no articles found"
    assert ".txt, .md, .html, .pdf or .jsonl" in error.advice


def test_links_that_go_round_in_circles(write: Write) -> None:
    folder = write("sub/a.txt", STORY)
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "gone.png").symlink_to(folder / "nowhere.png")
    found = read(folder)
    assert [item.source.removeprefix(f"{folder}/") for item in found] == ["gone.txt", "self.txt", "sub/a.txt"]
    assert [type(item) for item in found] == [InputError, InputError, Document]


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert problem(tmp_path / "pipe.txt").problem == "not a file"
    assert problem(tmp_path).problem == "no articles found"


def test_a_file_that_may_not_be_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write("a.txt", STORY)
    (folder / "a.txt").chmod(0)
    if os.access(folder / "a.txt", os.R_OK):  # root may read everything

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    assert "permission denied" in problem(folder).problem


def test_names_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"a\xff\nb.txt")
    path.write_text(STORY, encoding="utf8")
    assert document(tmp_path).source == "a\ufffd b.txt"


# ------------------------------------------------------------------------------------------------ HTML


def page(body: str, head: str = "") -> str:
    head = f"<head><title>{TITLE} | Post</title>{head}</head>"
    return f"<!DOCTYPE html><html lang=en>{head}<body>{body}</body></html>"


def html_text(write: Write, body: str, head: str = "") -> list[str]:
    return document(write("a.html", page(body, head))).text.split("\n\n")


PARAGRAPHS = f"<p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p>"
PAGES = {
    "menus, cookies, comments, footer": (
        "<div id=cookie-banner><p>We would like to store cookies.</p><button>OK</button></div>"
        "<nav><a href=/>Home</a> <a href=/w>World</a></nav><header><a href=/>Post</a></header>"
        f"<main><article><h1>{TITLE}</h1><p class=byline>By Jane Smith</p>{PARAGRAPHS}"
        "<div class=share><a>Facebook</a></div></article>"
        "<section id=comments><h3>Comments</h3><p>Bob thinks that Okoro should fly to Mars.</p></section>"
        "</main><aside><h2>Most read</h2><p>A cat was rescued from a tall tree on Monday.</p></aside>"
        "<footer>© 2022 The Post</footer><script>alert('Okoro')</script><style>p{}</style>",
        [LEAD, MORE, LAST],
    ),
    "a caption without its credit": (
        f"<article><h1>{TITLE}</h1><p>{LEAD}</p><figure><img src=a.jpg alt=x><figcaption>Okoro greets Lund"
        " in Velm. <span class=credit>Nils Roe /"
        f" Reuters</span></figcaption></figure><p>{MORE}</p><p>{LAST}</p></article>",
        [LEAD, "Okoro greets Lund in Velm.", MORE, LAST],
    ),
    "a caption above the text, in another element": (
        f"<div id=top><h1>{TITLE}</h1><div class=InlineImage><div class=caption>Okoro waves as she boards a"
        f" plane. (Photo: AFP)</div></div><div class=ArticleBody>{PARAGRAPHS}</div></div>",
        ["Okoro waves as she boards a plane.", LEAD, MORE, LAST],
    ),
    "a quote with the name of its speaker": (
        f"<div class=article-body><p>{LEAD}</p><div class=PullQuote><div class=PullQuote-quote>It is a"
        " success.</div><div class=PullQuote-author>Peter Holm</div><div class=PullQuote-role>Senior"
        f" Fellow, Northern Institute</div></div><p>{MORE}</p><blockquote><p>We can wait.</p><cite>Ivo"
        f" Lund<br>President</cite></blockquote><p>{LAST}</p></div>",
        [
            LEAD,
            "It is a success.",
            "Peter Holm",
            "Senior Fellow, Northern Institute",
            MORE,
            "We can wait.",
            "Ivo Lund",
            "President",
            LAST,
        ],
    ),
    "headings": (
        f"<article><h1>{TITLE}</h1><p>{LEAD}</p><h2>Growing ties</h2><p>{MORE}</p><h3>A cold"
        f" pipeline</h3><p>{LAST}</p></article>",
        [LEAD, "Growing ties", MORE, "A cold pipeline", LAST],
    ),
    "a live blog of several articles": (
        f"<main><h1>{TITLE}</h1><p class=standfirst>What we know about the talks.</p>"
        f"<article><time datetime=2022-07-20T14:05Z>14:05</time><h2>Okoro arrives</h2><p>{LEAD}</p></article>"
        f"<article><time datetime=2022-07-20T12:00Z>12:00</time><p>{MORE}</p></article>"
        f"<article><time datetime=2022-07-20T11:00Z>11:00</time><p>{LAST}</p></article></main>",
        ["What we know about the talks.", "14:05", "Okoro arrives", LEAD, "12:00", MORE, "11:00", LAST],
    ),
    "teasers in articles of their own": (
        "<section><article><h3><a href=1>Storm hits the coast</a></h3><p>Trees fell in three"
        " towns.</p></article><article><h3><a href=2>Singer wins prize</a></h3><p>She thanked her"
        f" mother.</p></article></section><article class=story><h1>{TITLE}</h1>{PARAGRAPHS}</article>",
        [LEAD, MORE, LAST],
    ),
    "teasers in the text": (
        f"<article><p>{LEAD}</p><p>See also <a href=1>Storm hits the coast and fells many"
        f" trees</a></p><p>{MORE}</p><p>Read more: Storm hits the coast</p><p>{LAST}</p></article>",
        [LEAD, MORE, LAST],
    ),
    "line breaks for paragraphs": (
        "<div id=menu><a href=1>Front</a><br><a href=2>Archive</a></div><div"
        f" id=text>{LEAD}<br><br>{MORE}<br><br>{LAST}</div>",
        [LEAD, MORE, LAST],
    ),
    "a page laid out by tables": (
        "<table><tr><td><a href=1>News</a> | <a"
        f" href=2>Sports</a></td></tr><tr><td><b>{TITLE}</b><p>{LEAD}<p>{MORE}<p>{LAST}<p><hr><font"
        " size=1>Copyright 1999 Post</font></td></tr></table>",
        [LEAD, MORE, LAST],
    ),
    "a table of figures, and a list": (
        f"<article><p>{LEAD}</p><ul><li>March: talks begin.</li><li>May: talks"
        " end.</li></ul><table><tr><th>Year</th><th>Drones</th></tr><tr><td>2020</td><td>7</td></tr></table>"
        f"<p>{MORE}</p><p>{LAST}</p></article>",
        [LEAD, "March: talks begin.", "May: talks end.", "Year | Drones", "2020 | 7", MORE, LAST],
    ),
    "entities and broken markup": (
        "<div class=article><p>Okoro&#8217;s&nbsp;party &amp; Lund&rsquo;s won the vote in the end,"
        f" officials said<p>{MORE}<b></p><div>{LAST}</i></div></article></body>",
        ["Okoro’s party & Lund’s won the vote in the end, officials said", MORE, LAST],
    ),
    "one form around everything": (
        f"<form id=aspnetForm><input name=q><h1>{TITLE}</h1><div>{PARAGRAPHS}</div></form>",
        [LEAD, MORE, LAST],
    ),
    "what is hidden": (
        "<article><p hidden>Secret.</p><p style='display: none'>Secret.</p><span"
        f" class=sr-only>Secret.</span>{PARAGRAPHS}<noscript>Secret.</noscript>"
        "<template><p>Secret.</p></template></article>",
        [LEAD, MORE, LAST],
    ),
    "a byline in its own component": (
        f"<article><h1>{TITLE}</h1><div data-component=byline-block><div>Mary"
        f" Ade</div><div>Reporter</div></div>{PARAGRAPHS}<div data-testid=AuthorBio><p>Mary Ade covers the"
        " north and has reported on ferries for years.</p></div></article>",
        [LEAD, MORE, LAST],
    ),
    "a standfirst in the head of the page": (
        f"<div><h1>{TITLE}</h1><div class=dek>Both sides hope for a treaty</div></div><div"
        f" class=body-text>{PARAGRAPHS}</div>",
        ["Both sides hope for a treaty", LEAD, MORE, LAST],
    ),
    "a dateline in an element of its own": (
        "<article><div><cite><span>VELM</span>"
        f" &mdash;</cite><p>{LEAD}</p></div><p>{MORE}</p><p>{LAST}</p></article>",
        [f"VELM — {LEAD}", MORE, LAST],
    ),
    "a word in an element that is often a block": (
        "<article><p>On <time>Tuesday</time>, the book <cite>Drones</cite> sold well in Velm, they"
        f" said.</p><p>{MORE}</p><p>{LAST}</p></article>",
        ["On Tuesday, the book Drones sold well in Velm, they said.", MORE, LAST],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_pages(write: Write, name: str) -> None:
    body, expected = PAGES[name]
    assert html_text(write, body) == [TITLE, *expected]


JSON_LD = json.dumps(
    {
        "@graph": [
            {"@type": "Organization", "name": "Post"},
            {
                "@type": ["NewsArticle"],
                "headline": TITLE,
                "datePublished": "2022-07-20T22:00:00-05:00",
                "publisher": {"@type": "Organization", "name": "The Post"},
                "mainEntityOfPage": {"@id": "https://harbour.example/okoro"},
                "isBasedOn": {
                    "headline": "Okoro in Velm",
                    "publisher": {"name": "Wire"},
                    "datePublished": "2022-07",
                },
            },
        ]
    }
)
HEADS = [
    (
        f'<script type="application/ld+json">{JSON_LD}</script>',
        ("The Post", date(2022, 7, 20), "https://harbour.example/okoro", 'Wire, "Okoro in Velm", 2022-07'),
    ),
    ('<script type="application/ld+json">{"@type": oops</script>', (None, None, None, None)),
    (f'<script type="application/ld+json">{"[" * 10_000}</script>', (None, None, None, None)),
    (
        '<meta property="og:site_name" content="Post">'
        '<meta property="article:published_time" content="2022-07-20T10:00Z">'
        '<link rel="canonical" href="https://harbour.example/a">',
        ("Post", date(2022, 7, 20), "https://harbour.example/a", None),
    ),
    (
        '<meta name="date" content="July 20, 2022"><link rel=canonical href="javascript:alert(1)">',
        (None, date(2022, 7, 20), None, None),
    ),
    ('<link rel="canonical" href="/a"><meta name=og:url content="file:///a">', (None, None, None, None)),
    ('<meta name="reference" content="Wire, July 2022">', (None, None, None, "Wire, July 2022")),
    ('<meta property="article:modified_time" content="2022-07-20">', (None, None, None, None)),
]  # fmt: skip


@pytest.mark.parametrize(("head", "expected"), HEADS)
def test_what_a_page_states(
    write: Write, head: str, expected: tuple[str | None, date | None, str | None, str | None]
) -> None:
    found = document(write("a.html", page(f"<article><h1>{TITLE}</h1>{PARAGRAPHS}</article>", head)))
    assert (found.publisher, found.published, found.url, found.reference) == expected
    assert found.title == TITLE


DATED = [
    ("<p>Posted on <time datetime=2022-07-20>last week</time></p>", date(2022, 7, 20)),
    ("<p class=date>20 July 2022</p>", date(2022, 7, 20)),
    ("<div itemprop=datePublished content=2022-07-20></div>", date(2022, 7, 20)),
    ("<p>Since 20 July 2022, Okoro has been away.</p>", None),
]


@pytest.mark.parametrize(("stamp", "expected"), DATED)
def test_a_page_may_state_its_date_below_the_title(write: Write, stamp: str, expected: date | None) -> None:
    body = f"<article><h1>{TITLE}</h1>{stamp}{PARAGRAPHS}</article><p>© 1999</p>"
    assert document(write("a.html", page(body))).published == expected


PAGE_TITLES = [
    (f"<title>{TITLE} | The Post</title>", "", TITLE),
    (f"<title>The Post</title><meta property=og:title content='{TITLE}'>", "", TITLE),
    (f"<title>{TITLE} - The Post</title><meta property=og:site_name content='The Post'>", "", TITLE),
    (f"<title>{TITLE} - analysis</title>", "", f"{TITLE} - analysis"),
    (f"<title>{TITLE} – Post</title>", f"<h1>{TITLE}</h1>", TITLE),
    ("<title>Post</title>", f"<h1>{TITLE}</h1>", TITLE),
    (f"<title>The Post » Archive » {TITLE}</title>", f"<h1>The Post</h1><h2>{TITLE}</h2>", TITLE),
]


@pytest.mark.parametrize(("head", "heading", "title"), PAGE_TITLES)
def test_the_title_of_a_page(write: Write, head: str, heading: str, title: str) -> None:
    found = document(
        write("a.html", f"<html><head>{head}</head><body><article>{heading}{PARAGRAPHS}</article></body></html>")
    )
    assert found.title == title
    assert found.text.startswith(f"{title}\n\n{LEAD}")


ENCODINGS = [
    ("utf-8", ""),
    ("utf-8-sig", ""),
    ("utf-16", ""),
    ("windows-1252", "<meta charset=windows-1252>"),
    ("windows-1252", "<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>"),
    ("utf-8", "<meta charset=windows-1252>"),
]


@pytest.mark.parametrize(("encoding", "declared"), ENCODINGS)
def test_encodings_of_pages(write: Write, encoding: str, declared: str) -> None:
    content = page(f"<article><p>“Café”, she said. {LEAD}</p><p>{MORE}</p></article>", declared)
    assert "“Café”, she said." in document(write("a.html", content.encode(encoding))).text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings_of_texts(write: Write, encoding: str) -> None:
    assert document(write("a.txt", STORY.encode(encoding))).text == STORY


def test_pages_do_not_depend_on_each_other(write: Write) -> None:
    folder = write("a.html", page(f"<article>{PARAGRAPHS}</article>"))
    alone = document(folder / "a.html")
    for number in range(4):
        write(f"b{number}.html", page(f"<article>{PARAGRAPHS}<p>Number {number}.</p></article>"))
    assert alone in read(folder)


def test_reading_pages_opens_no_connection(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    head = "<link rel=stylesheet href=http://x.example/a.css><base href=http://x.example/>"
    body = f"<article>{PARAGRAPHS}<img src=http://x.example/a.png><iframe src=http://x.example></iframe></article>"
    assert html_text(write, body, head)[1:] == [LEAD, MORE, LAST]


def test_a_page_nested_beyond_reason(write: Write) -> None:
    found = read(write("a.html", "<div>" * 20_000 + f"<p>{LEAD}</p>" + "</div>" * 20_000))
    assert len(found) == 1


# ------------------------------------------------------------------------------------------------ PDF


def pdf(*pages: list[tuple[int, int, int, str]]) -> bytes:
    """A small PDF: for each page, lines of (size, x, y, text)."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines_of_page in pages:
        shown = "\n".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text.replace('(', '[').replace(')', ']')}) Tj ET"
            for size, x, y, text in lines_of_page
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return (f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}{end}").encode("latin1")


def column(text: str, top: int, size: int = 10, width: int = 50) -> list[tuple[int, int, int, str]]:
    """A paragraph, broken at `width` characters."""
    broken, line = [], ""
    for word in text.split():
        if len(line) + len(word) > width:
            broken.append(line.strip())
            line = ""
        line += f" {word}"
    broken.append(line.strip())
    return [(size, 50, top - 12 * number, line) for number, line in enumerate(broken)]


def test_a_pdf(write: Write) -> None:
    first = [(8, 50, 790, "The Harbour Post"), (18, 50, 750, "Okoro visits"), (18, 50, 729, "Velm")]
    first += [
        (10, 50, 700, "Published 20 July 2022"),
        *column(LEAD, 670),
        *column(MORE, 630),
        (8, 300, 10, "Page 1"),
    ]
    second = [(8, 50, 790, "The Harbour Post"), *column(LAST, 760), (8, 300, 10, "Page 2")]
    found = document(write("a.pdf", pdf(first, second)))
    assert found.text == f"{TITLE}\n\n{STORY}"
    assert (found.title, found.published) == (TITLE, date(2022, 7, 20))


def test_words_and_sentences_go_on_over_lines_and_pages_of_a_pdf(write: Write) -> None:
    first = [
        (10, 50, 700, "Okoro met Lund in the long-"),
        (10, 50, 688, "awaited talks on long-awaited drones and the govern-"),
    ]
    second = [(10, 50, 700, "ment left it at that, she said to the reporters"), (10, 50, 688, "of Velm.")]
    third = [(10, 50, 700, "The opposition called the plan dangerous.")]
    assert document(write("a.pdf", pdf(first, second, third))).text == (
        "Okoro met Lund in the long-awaited talks on long-awaited drones and the government left it at that,"
        " she said to the reporters of Velm.\n\nThe opposition called the plan dangerous."
    )


def test_a_pdf_without_text(write: Write) -> None:
    error = problem(write("scan.pdf", pdf([])))
    assert error.problem == "a PDF without text"
    assert "OCR" in error.advice


def test_an_encrypted_pdf(write: Write, tmp_path: Path) -> None:
    (tmp_path / "plain.pdf").write_bytes(pdf(column(STORY, 700)))
    writer = PdfWriter(clone_from=tmp_path / "plain.pdf")
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    assert problem(write("locked.pdf", (tmp_path / "locked.pdf").read_bytes())).problem == "an encrypted PDF"


# ------------------------------------------------------------------------------------------------ anything at
# all

ANYTHING = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SUFFIX = st.sampled_from(["txt", "md", "html", "pdf", "jsonl"])
SEEDS = [STORY, page(PARAGRAPHS), f"---\ntitle: {TITLE}\n---\n{STORY}", lines({"id": "x", "text": STORY})]


def assert_sound(found: list[Document | InputError], raw: bool) -> None:
    for item in found:
        if isinstance(item, InputError):
            assert "\n" not in str(item)
        else:
            assert item.sha256 == sha256(item.text.encode("utf8")).hexdigest()
            assert item.text.strip()
        if isinstance(item, Document) and not raw:
            assert not {unicodedata.category(character) for character in item.text.replace("\n", "")} & {
                "Cc",
                "Cs",
            }


@ANYTHING
@given(content=st.binary() | st.text().map(str.encode), suffix=SUFFIX, raw=st.booleans())
def test_any_bytes_give_documents_or_errors(tmp_path: Path, content: bytes, suffix: str, raw: bool) -> None:
    (tmp_path / f"a.{suffix}").write_bytes(content)
    assert_sound(read(tmp_path / f"a.{suffix}", raw=raw), raw)


@ANYTHING
@given(
    seed=st.sampled_from(SEEDS),
    at=st.integers(0, 400),
    insert=st.text() | st.sampled_from(["<", "</p>", "\0", "---\n", '"']),
    suffix=SUFFIX,
    raw=st.booleans(),
)
def test_damaged_files_give_documents_or_errors(
    tmp_path: Path, seed: str, at: int, insert: str, suffix: str, raw: bool
) -> None:
    content = (seed[:at] + insert + seed[at + 3 :]).encode("utf8", "replace")
    (tmp_path / f"a.{suffix}").write_bytes(content)
    assert_sound(read(tmp_path / f"a.{suffix}", raw=raw), raw)


def test_the_limit_fits_the_advice() -> None:
    assert MAX_CHARACTERS == 1_000_000
    assert Source("a/b.txt", "x/a/b.txt", None, "text").name == "b"


ARTICLES = Path(__file__).parent.parent.parent / "shared" / "articles"


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the real articles are not part of the project")
def test_real_articles() -> None:
    found = [item for item in read(ARTICLES) if isinstance(item, Document)]
    assert [item.title is not None and item.text.startswith(f"{item.title}\n\n") for item in found] == [
        True,
        True,
    ]
    assert [item.published for item in found] == [None, None]
