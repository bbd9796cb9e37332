"""The page in a real browser, opened from a file, offline."""

from __future__ import annotations

import csv
import io
import json
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from view_hostile import PWN, hostile_graph
from view_samples import sample_graph, small_graph

from kg.model import Fact, KnowledgeGraph
from kg.rdf import graph_triples
from kg.resources import Resources
from kg.view import ViewOptions, render_page

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium, chromium-browser or google-chrome on PATH")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
AS_IT_IS = ViewOptions()
DESKTOP, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
SUPPLIES = json.dumps(["iran", "supplies", "russia"], separators=(",", ":"))

Page = Any
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens the page of a graph, and fails the test at its end if the page complained or asked for anything but itself."""
    wrong: list[str] = []
    contexts = []

    def opened(
        graph: KnowledgeGraph,
        viewport: dict[str, int] = DESKTOP,
        title: str = "A graph",
        options: ViewOptions = AS_IT_IS,
        dark: bool = False,
        **state: object,
    ) -> Page:
        path = tmp_path / "graph.html"
        path.write_text(render_page(graph, title, options), encoding="utf-8")
        context = browser.new_context(
            viewport=viewport, offline=True, color_scheme="dark" if dark else "light", accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None
        page.on("console", page.complaints)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "request",
            lambda request: None if request.url.startswith(("file:", "blob:", "data:,")) else wrong.append(request.url),
        )
        page.goto(f"{path.as_uri()}{'#' + urlencode(state, doseq=True) if state else ''}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def wait(page: Page, condition: str) -> None:
    """Waits until a condition holds. Playwright's own way would evaluate strings in the page, which its policy forbids."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {condition}")


def nodes(page: Page) -> set[str]:
    return {node["key"] for node in page.evaluate("kgPage.nodes()")}


def edges(page: Page) -> dict[tuple[str, str, str], dict[str, Any]]:
    return {(edge["subject"], edge["relation"], edge["object"]): edge for edge in page.evaluate("kgPage.edges()")}


def click_edge(page: Page, *key: str) -> None:
    edge = edges(page)[key]  # type: ignore[index]
    page.mouse.click(edge["x"], edge["y"])


def click_node(page: Page, key: str) -> None:
    node = next(node for node in page.evaluate("kgPage.nodes()") if node["key"] == key)
    page.mouse.click(node["x"], node["y"])


def tick(page: Page, facet: str, value: str) -> None:
    page.locator(f'input[data-facet="{facet}"][data-value="{value}"]').check()


def details(page: Page) -> str:
    return str(page.inner_text("#details"))


# --- First view --------------------------------------------------------------------------------------


def test_first_view(open_page: Open) -> None:
    page = open_page(small_graph())
    assert page.title() == "A graph"
    assert nodes(page) == {"vladimir-putin", "ebrahim-raisi", "russia", "iran"}, (
        "a place, things and who only speaks stay out"
    )
    assert {label["text"] for label in page.evaluate("kgPage.labels()")} == {
        "Vladimir Putin",
        "Ebrahim Raisi",
        "Russia",
        "Iran",
    }
    assert {key: edge["status"] for key, edge in edges(page).items()} == {
        ("iran", "supplies", "russia"): "asserted",
        ("russia", "buys", "iran"): "possible",
        ("russia", "needs", "iran"): "claimed",
        ("vladimir-putin", "holdsOffice", "russia"): "asserted",
        ("vladimir-putin", "met", "ebrahim-raisi"): "asserted",
    }
    assert edges(page)["iran", "supplies", "russia"]["disputed"]


def test_the_best_evidenced_are_shown_and_the_rest_on_demand(open_page: Open) -> None:
    page = open_page(sample_graph(600, 200), options=ViewOptions(first=50))
    first = nodes(page)
    assert 40 <= len(first) <= 50
    page.click("#show-more")
    assert first < nodes(page)


def test_names_do_not_overlap(open_page: Open) -> None:
    page = open_page(sample_graph(900, 300))
    wait(page, "kgPage.labels().length > 30")
    boxes = page.evaluate("kgPage.labels()")
    for number, a in enumerate(boxes):
        for b in boxes[number + 1 :]:
            assert (
                a["left"] >= b["right"] or a["right"] <= b["left"] or a["top"] >= b["bottom"] or a["bottom"] <= b["top"]
            ), (a, b)


def test_parallel_edges_fan_out(open_page: Open) -> None:
    page = open_page(small_graph())
    between = [edge for key, edge in edges(page).items() if {key[0], key[2]} == {"iran", "russia"}]
    assert len(between) == 3
    places = [(edge["x"], edge["y"]) for edge in between]
    assert min((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 for i, a in enumerate(places) for b in places[:i]) > 8**2


# --- Evidence ----------------------------------------------------------------------------------------


def test_a_click_on_an_edge_shows_its_sentences(open_page: Open) -> None:
    page = open_page(small_graph())
    click_edge(page, "iran", "supplies", "russia")
    page.wait_for_selector(".card")
    text = details(page)
    assert "Iran supplies Russia with drones." in text
    assert "Lantern" in text
    assert "2022-07-20" in text
    assert "2 independent sources" in text
    link = page.locator("#details a.original").first
    assert link.get_attribute("href") == "https://news.example/daily"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_the_words_that_fill_slots_are_marked(open_page: Open) -> None:
    page = open_page(small_graph(), edge=SUPPLIES)
    card = page.locator(".card").first
    marks = {name: card.locator(f"mark.{name}").inner_text() for name in ("subject", "trigger", "object", "theme")}
    assert marks == {"subject": "Iran", "trigger": "supplies", "object": "Russia", "theme": "drones"}


def test_a_denial_stands_beside_what_it_denies(open_page: Open) -> None:
    page = open_page(small_graph(), edge=SUPPLIES)
    stated, denied = page.locator(".versus > div").all()
    assert stated.locator(".card").count() == 2
    assert "Raisi said that Iran does not supply Russia with drones." in denied.inner_text()
    assert "According to Ebrahim Raisi (paraphrase, “said”)" in denied.inner_text()
    left, right = stated.bounding_box(), denied.bounding_box()
    assert left["x"] + left["width"] <= right["x"]
    assert left["y"] == right["y"]


def test_all_that_is_between_two_is_grouped_by_relation(open_page: Open) -> None:
    page = open_page(small_graph(), edge=SUPPLIES)
    groups = page.locator(".relation-group summary").all_inner_texts()
    assert [" ".join(group.split()) for group in groups] == [
        "Iran → supplies → Russia 3",
        "Russia → buys → Iran 1",
        "Russia → needs → Iran 1",
    ]


def test_a_click_on_an_entity_shows_what_is_said_of_it(open_page: Open) -> None:
    page = open_page(small_graph())
    click_node(page, "vladimir-putin")
    wait(page, "document.getElementById('details').dataset.kind === 'node'")
    text = details(page)
    for expected in (
        "Vladimir Putin",
        "Person · RUS",
        "Also Putin, the Russian leader",
        "president, Russia",
        "Ebrahim Raisi",
        "Articles",
    ):
        assert expected in text
    assert page.locator("#details a").first.get_attribute("href") == "http://www.wikidata.org/entity/Q7747"


def test_statements_without_a_counterpart_are_with_the_entity(open_page: Open) -> None:
    page = open_page(small_graph(), node="william-burns")
    # A fold makes its cards when the browser tells that it was opened, which is after the click.
    page.click("text=Other statements")
    page.get_by_text("Burns spoke to reporters.").wait_for()
    page.click("text=What they say")
    page.get_by_text("Burns said that Russia needs Iran.").wait_for()


def test_citations_and_turtle_are_copied(open_page: Open) -> None:
    page = open_page(small_graph(), edge=SUPPLIES)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".card").first.get_by_text("Cite").click()
    page.wait_for_selector("#toast:not([hidden])")
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == "“Iran supplies Russia with drones.” — Lantern, “Drones: who says what”, 2022-07-20. https://news.example/daily"
    )


# --- Finding -----------------------------------------------------------------------------------------


def test_search_by_alias_selects(open_page: Open) -> None:
    page = open_page(small_graph())
    page.keyboard.press("/")
    page.keyboard.type("kreml")
    assert page.locator("#suggestions li").all_inner_texts()[0].split("\n") == ["Russia", "the Kremlin", "6"]
    page.keyboard.press("Enter")
    assert page.locator("#details h2").inner_text() == "Russia"
    assert "node=russia" in page.url


def test_search_says_when_nothing_fits(open_page: Open) -> None:
    page = open_page(small_graph())
    page.fill("#search", "atlantis")
    assert "No such name" in page.inner_text("#suggestions")


def test_neighbourhood_and_back(open_page: Open) -> None:
    page = open_page(small_graph(), node="ebrahim-raisi")
    page.click("#act-focus")
    assert nodes(page) == {"ebrahim-raisi", "vladimir-putin"}
    page.click("[aria-label='2 steps']")
    assert nodes(page) == {"ebrahim-raisi", "vladimir-putin", "russia"}
    page.go_back()
    page.go_back()
    assert len(nodes(page)) == 4
    page.go_forward()
    assert nodes(page) == {"ebrahim-raisi", "vladimir-putin"}


def test_more_neighbours_on_demand(open_page: Open) -> None:
    page = open_page(sample_graph(600, 200), options=ViewOptions(first=12))
    before = page.evaluate("kgPage.nodes()")
    click_node(page, before[0]["key"])
    page.click("#act-expand")
    assert {node["key"] for node in before} < nodes(page)


def test_shortest_path(open_page: Open) -> None:
    page = open_page(small_graph(), node="iran")
    page.click("#act-path")
    page.fill("#path-search", "raisi")
    page.keyboard.press("Enter")
    text = details(page)
    assert "3 steps" in text
    assert "Vladimir Putin holds office Russia" in text
    assert "Vladimir Putin met Ebrahim Raisi" in text


def test_the_address_holds_the_view(open_page: Open) -> None:
    page = open_page(sample_graph())
    tick(page, "relation", "family:TRADE")
    tick(page, "status", "claimed")
    click_node(page, page.evaluate("kgPage.nodes()")[0]["key"])
    shown, address = page.evaluate("kgPage.statements()"), page.url
    again = page.context.new_page()
    again.goto(address)
    assert shown
    assert again.evaluate("kgPage.statements()") == shown
    assert again.inner_text("#details h2") == page.inner_text("#details h2")


def test_an_address_that_names_what_is_not_there_is_the_first_view(open_page: Open) -> None:
    page = open_page(
        small_graph(),
        node="nobody",
        edge="[[",
        relation="x",
        limit="-3",
        hops="99",
        **{"from": "never", "focus": "__proto__"},
    )
    assert len(nodes(page)) == 4


# --- Filters -----------------------------------------------------------------------------------------


def test_filter_by_relation(open_page: Open) -> None:
    page = open_page(small_graph())
    page.click("[aria-label='Relations of Trade and supplies']")
    tick(page, "relation", "supplies")
    assert list(edges(page)) == [("iran", "supplies", "russia")]
    assert nodes(page) == {"iran", "russia"}
    assert "1 line, 3 statements" in page.inner_text("#status")
    assert page.locator("#chips").inner_text().strip() == "supplies"
    page.click("#reset")
    assert len(edges(page)) == 5


def test_filters_combine_and_counts_follow(open_page: Open) -> None:
    page = open_page(small_graph())
    count = lambda facet, value: page.locator(
        f'label:has(input[data-facet="{facet}"][data-value="{value}"]) .count'
    ).inner_text()
    assert [count("status", status) for status in ("asserted", "claimed", "possible", "negated")] == [
        "6",
        "1",
        "1",
        "1",
    ]
    tick(page, "relation", "family:TRADE")
    assert [count("status", status) for status in ("asserted", "claimed", "possible", "negated")] == [
        "2",
        "0",
        "1",
        "1",
    ]
    tick(page, "status", "negated")
    assert page.evaluate("kgPage.statements()") == ["st000005"]
    assert {key: edge["status"] for key, edge in edges(page).items()} == {("iran", "supplies", "russia"): "negated"}
    assert count("relation", "family:STANCE") == "0"


def test_filters_that_leave_nothing_say_so(open_page: Open) -> None:
    page = open_page(small_graph(), relation="family:STANCE", status="negated")
    assert "No relation passes these filters." in page.inner_text("#empty")
    page.click("#empty button")
    assert len(edges(page)) == 5


def test_filters_by_source_speaker_and_words(open_page: Open) -> None:
    page = open_page(small_graph(), sources="2")
    assert page.evaluate("kgPage.statements()") == ["st000004", "st000003"]
    page = open_page(small_graph(), speaker="william-burns")
    assert page.evaluate("kgPage.statements()") == ["st000006"]
    page = open_page(small_graph(), words="REPORTERS")
    assert page.evaluate("kgPage.statements()") == ["st000009"]
    page = open_page(small_graph(), publisher="Harbour Observer")
    assert page.evaluate("kgPage.statements()") == ["st000002"]


def test_time_range_and_play(open_page: Open) -> None:
    page = open_page(sample_graph())
    everything = len(page.evaluate("kgPage.statements()"))
    slider = page.get_by_label("Until")
    slider.focus()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    some = len(page.evaluate("kgPage.statements()"))
    assert 0 < some < everything
    assert "to=" in page.url
    page.click("#play")
    wait(page, f"kgPage.statements().length > {some}")
    page.click("#play")


def test_things_in_between(open_page: Open) -> None:
    page = open_page(small_graph(), things="1", relation="supplies")
    assert nodes(page) == {"iran", "drones", "russia"}
    assert {(edge["subject"], edge["object"]) for edge in page.evaluate("kgPage.edges()")} == {
        ("iran", "drones"),
        ("drones", "russia"),
    }
    assert "Iran supplies drones" in details(page)
    assert "drones → Russia" in details(page)


def test_entities_without_a_line_on_demand(open_page: Open) -> None:
    page = open_page(small_graph(), lone="1")
    assert "william-burns" in nodes(page)


# --- Table and files ---------------------------------------------------------------------------------


def test_table_of_the_filtered_statements(open_page: Open) -> None:
    page = open_page(small_graph(), view="table", relation="family:TRADE")
    rows = page.locator("#table tbody tr")
    assert rows.count() == 4
    page.locator("th.c-subject button").click()
    assert page.locator("th.c-subject").get_attribute("aria-sort") == "ascending"
    subjects = page.locator("td.c-subject").all_inner_texts()
    assert subjects == sorted(subjects)
    page.locator("th.c-subject button").click()
    assert page.locator("td.c-subject").all_inner_texts() == sorted(subjects, reverse=True)
    page.get_by_label("supplies: evidence").first.click()
    assert "Iran supplies Russia with drones." in details(page)


def test_csv_of_the_filtered_statements(open_page: Open) -> None:
    page = open_page(small_graph(), view="table", relation="family:TRADE")
    with page.expect_download() as download:
        page.click("#table-csv")
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8"))))
    assert len(rows) == 4
    denial = next(row for row in rows if row["status"] == "negated")
    assert (denial["subject"], denial["relation"], denial["object"], denial["theme"], denial["speaker"]) == (
        "Iran",
        "supplies",
        "Russia",
        "drones",
        "Ebrahim Raisi",
    )


@pytest.mark.parametrize(
    ("kind", "start"), [("png", b"\x89PNG"), ("svg", b"<svg "), ("csv", b"id,subject"), ("ttl", b"@prefix")]
)
def test_files_are_saved(open_page: Open, kind: str, start: bytes) -> None:
    page = open_page(sample_graph(60, 30))
    page.click("#save")
    with page.expect_download() as download:
        page.click(f"[data-save={kind}]")
    assert Path(download.value.path()).read_bytes().startswith(start)


def test_turtle_is_that_of_the_graph(open_page: Open) -> None:
    page = open_page(small_graph(), edge=SUPPLIES)
    graph = ox.Store()
    graph.load(page.evaluate("kgPage.turtle()").encode(), ox.RdfFormat.TURTLE)
    asserted = """ASK { <https://w3id.org/newskg/data/entity/iran> <https://w3id.org/newskg/relation/supplies> <https://w3id.org/newskg/data/entity/russia> }"""
    assert graph.query(asserted)
    denied = """PREFIX kg: <https://w3id.org/newskg/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?words WHERE { ?s kg:polarity kg:Negative ; prov:wasAttributedTo <https://w3id.org/newskg/data/entity/ebrahim-raisi> ;
          prov:wasDerivedFrom/<http://www.w3.org/1999/02/22-rdf-syntax-ns#value> ?words }"""
    assert [row["words"].value for row in graph.query(denied)] == [
        "Raisi said that Iran does not supply Russia with drones."
    ]


def test_turtle_of_the_page_is_part_of_the_graph_s(open_page: Open, resources: Resources) -> None:
    """Triple by triple, with an open relation, and ids that need escaping."""
    graph = small_graph()
    odd = replace(graph.nodes[0], id="a.b~c (d)'e", label="Odd. Name")
    opened = replace(graph.facts[0].statement, relation="spyOn", family="OTHER", frame="open", object=odd.id)
    graph = replace(
        graph, nodes=(*graph.nodes, odd), facts=(*graph.facts, Fact("st0000aa", "g", "wire", opened, False))
    )
    graph = replace(graph, facts=tuple(replace(fact, group=f"g{turn}") for turn, fact in enumerate(graph.facts)))
    page = open_page(graph, quiet="1")
    there = {str(triple) for triple in graph_triples(graph, resources.ontology)}
    found = list(ox.parse(page.evaluate("kgPage.turtle()").encode(), ox.RdfFormat.TURTLE))
    assert len(found) > 100
    assert [str(quad.triple) for quad in found if str(quad.triple) not in there] == []


# --- Keyboard, screens, themes -----------------------------------------------------------------------


def test_keyboard_alone(open_page: Open) -> None:
    page = open_page(small_graph())
    page.focus("#picture")
    page.keyboard.press("ArrowRight")
    first = page.inner_text("#details h2")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("#details h2") == first
    page.keyboard.press("Enter")
    assert "focus=" in page.url
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    assert page.is_visible("#table table")
    page.keyboard.press("g")
    assert page.is_visible("#picture")
    page.keyboard.press("?")
    assert page.is_visible("#help-dialog")
    page.keyboard.press("Escape")
    assert not page.is_visible("#help-dialog")


def test_on_a_phone(open_page: Open) -> None:
    page = open_page(small_graph(), viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert not page.is_visible("#filters")
    click_edge(page, "iran", "supplies", "russia")
    page.wait_for_selector(".card")
    sheet = page.locator("#details").bounding_box()
    assert sheet["y"] > PHONE["height"] * 0.3
    assert sheet["width"] == PHONE["width"]
    page.click("[aria-label='Close details']")
    assert not page.is_visible("#details")
    page.click("#toggle-filters")
    tick(page, "relation", "family:STANCE")
    page.keyboard.press("Escape")
    assert list(edges(page)) == [("russia", "needs", "iran")]


def test_the_table_fits_a_phone(open_page: Open) -> None:
    page = open_page(small_graph(), viewport=PHONE, view="table", relation="met")
    row, sentence = page.locator("#table tbody tr").first, page.locator("td.c-sentence").first
    assert row.bounding_box()["width"] <= PHONE["width"]
    assert sentence.bounding_box()["x"] + sentence.bounding_box()["width"] <= PHONE["width"]
    assert page.get_by_role("row").count() == 3


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_first_view_fills_its_frame(open_page: Open, viewport: dict[str, int]) -> None:
    page = open_page(sample_graph(900, 330, 100), viewport=viewport)
    found = page.evaluate("kgPage.nodes()")
    frame = page.locator("#picture").bounding_box()
    for axis, side in (("x", "width"), ("y", "height")):
        places = [node[axis] for node in found]
        assert min(places) >= frame[axis]
        assert max(places) <= frame[axis] + frame[side]
        assert max(places) - min(places) > frame[side] * 0.5


def test_an_edge_on_a_phone_is_what_one_sees(open_page: Open) -> None:
    page = open_page(sample_graph(900, 330, 100), viewport=PHONE)
    edge = page.evaluate("kgPage.edges().sort((a, b) => b.statements - a.statements)[0]")
    key = json.dumps([edge["subject"], edge["relation"], edge["object"]], separators=(",", ":"), ensure_ascii=False)
    page = open_page(sample_graph(900, 330, 100), viewport=PHONE, edge=key)
    top = page.locator("#details").bounding_box()["y"]
    ends = [node for node in page.evaluate("kgPage.nodes()") if node["key"] in (edge["subject"], edge["object"])]
    assert all(node["y"] < top and 0 < node["x"] < PHONE["width"] for node in ends)
    assert abs(ends[0]["x"] - ends[1]["x"]) + abs(ends[0]["y"] - ends[1]["y"]) > 60


def test_dark_by_preference_and_by_switch(open_page: Open) -> None:
    page = open_page(small_graph(), dark=True)
    ground = lambda: page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground() == "rgb(17, 21, 27)"
    page.click("#theme")
    assert ground() == "rgb(251, 252, 253)"


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"edge": SUPPLIES},
        {"node": "russia", "dark": True},
        {"path": ["iran", "ebrahim-raisi"]},
        {"view": "table"},
        {"edge": SUPPLIES, "viewport": PHONE},
    ],
    ids=["first view", "evidence", "entity in the dark", "path", "table", "phone"],
)
def test_no_accessibility_fault(open_page: Open, state: dict[str, Any]) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    page = open_page(small_graph(), **state)
    page.wait_for_timeout(300)
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [
        (fault["id"], fault["impact"], [node["target"] for node in fault["nodes"]]) for fault in found["violations"]
    ] == []


def test_on_paper(open_page: Open) -> None:
    page = open_page(small_graph(), edge=SUPPLIES)
    page.emulate_media(media="print")
    assert not page.is_visible("#filters")
    assert not page.is_visible("#search")
    assert page.is_visible("#picture")
    assert page.is_visible(".card")


# --- Hostile text ------------------------------------------------------------------------------------


def test_nothing_of_an_article_runs(open_page: Open) -> None:
    page = open_page(hostile_graph(), title=f"</title><script>{PWN}</script>")
    for node in page.evaluate("kgPage.nodes()"):
        page.mouse.click(node["x"], node["y"])
    for edge in page.evaluate("kgPage.edges()"):
        page.mouse.move(edge["x"], edge["y"])
        page.mouse.click(edge["x"], edge["y"])
    for part in page.locator("#filters summary, #details summary").all():
        part.click()
    for word in ("<script>", "java", "long", "proto", "{{", "%3C"):
        page.fill("#search", word)
        assert page.locator("#suggestions li").count() > 0
    page.keyboard.press("Enter")
    page.click("#view-table")
    assert page.locator("#table tbody tr").count() == len(hostile_graph().facts)
    assert page.evaluate("window.__pwned") is None
    assert page.locator("iframe, img, script:not([nonce]):not(#data)").count() == 0
    assert page.locator("a[href]:not([href^='http']):not([href^='#'])").count() == 0


def test_hostile_text_shows_as_text(open_page: Open) -> None:
    page = open_page(hostile_graph())
    page.fill("#search", "<img src=x")
    page.keyboard.press("Enter")
    assert page.inner_text("#details h2") == f'<img src=x onerror="{PWN}">'


def test_hostile_text_leaves_as_text(open_page: Open) -> None:
    page = open_page(hostile_graph())
    picture = ET.fromstring(page.evaluate("kgPage.svg()"))
    assert {element.tag.split("}")[1] for element in picture.iter()} <= {
        "svg",
        "title",
        "rect",
        "g",
        "path",
        "circle",
        "text",
    }
    ox.Store().load(page.evaluate("kgPage.turtle()").encode(), ox.RdfFormat.TURTLE)
    rows = list(csv.reader(io.StringIO(page.evaluate("kgPage.csv()"))))
    assert {len(row) for row in rows} == {19}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_a_hostile_address_does_nothing(open_page: Open) -> None:
    page = open_page(small_graph(), words=f"<img src=x onerror={PWN}>", node=f"javascript:{PWN}", limit="1e999")
    assert "<img src=x" in page.inner_text("#chips")
    assert page.evaluate("window.__pwned") is None


def test_the_policy_forbids_what_slips_in(open_page: Open) -> None:
    """Were markup to get into the page after all, the page's own policy keeps it from running."""
    page = open_page(small_graph())
    page.remove_listener("console", page.complaints)
    said = page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; return 'let in'; } catch (error) { return error.name; } }"
    )
    assert said == "TypeError"


@pytest.mark.parametrize(
    "graph",
    [KnowledgeGraph((), (), ()), KnowledgeGraph(small_graph().documents, small_graph().nodes, ())],
    ids=["empty", "no statements"],
)
def test_a_graph_with_nothing_in_it(open_page: Open, graph: KnowledgeGraph) -> None:
    page = open_page(graph)
    assert "no statements in this graph" in page.inner_text("#empty")
