"""The brief in a real browser: passages open and close, nothing is fetched, nothing from a report runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from brief_reports import situation, situation_of
from fake_view import actor
from peacetable.ledger import Situation
from peacetable.views.brief.page import render
from real_browser import CONTRASTS, needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium]

Opener = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Opens a brief; when the test is over, nothing may have been fetched, and the console must be silent."""
    noise: list[str] = []
    contexts = []

    def open_page(shown: Situation | None = None, *, full_text: bool = False, **options: object) -> Page:
        file = tmp_path / "brief.html"
        file.write_text(render(shown or situation(), full_text=full_text), "utf-8")
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on("request", lambda request: noise.append(request.url) if request.url != file.as_uri() else None)
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert noise == []


def focused_reference(page: Page) -> str | None:
    found = page.evaluate("document.activeElement.getAttribute('href')")
    return str(found) if found else None


# Opening a passage.


def test_a_click_opens_the_passage_highlighted_in_its_paragraph(opened: Opener) -> None:
    page = opened()
    page.locator("#owed a.cite", has_text="hand over its heavy weapons").click()
    sheet = page.locator("dialog#sheet")
    assert sheet.is_visible()
    assert sheet.locator("mark").inner_text() == "the Front must hand over its heavy weapons in July"
    assert "if the guns stay silent" in sheet.locator("blockquote").inner_text()
    assert "Northern Wire" in sheet.inner_text()


@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_key_opens_the_passage_escape_closes_it_and_the_focus_returns(opened: Opener, key: str) -> None:
    page = opened()
    cell = page.locator("#owed a.cite").first
    cell.focus()
    page.keyboard.press(key)
    assert page.locator("dialog#sheet").is_visible()
    assert page.evaluate("document.activeElement.id") == "sheet-close"
    page.keyboard.press("Escape")
    assert not page.locator("dialog#sheet").is_visible()
    assert focused_reference(page) == cell.get_attribute("href")


def test_the_close_button_and_a_click_beside_the_passage_close_it(opened: Opener) -> None:
    page = opened(viewport={"width": 1200, "height": 800})
    sheet, cell = page.locator("dialog#sheet"), page.locator("#stands a.cite").first
    cell.click()
    page.locator("#sheet-close").click()
    assert not sheet.is_visible()
    cell.click()
    assert sheet.is_visible()
    page.mouse.click(100, 400)
    assert not sheet.is_visible()


def test_every_reference_opens_the_passage_that_it_names(opened: Opener) -> None:
    page = opened()
    wrong = page.evaluate("""() => {
      const sheet = document.getElementById("sheet"), wrong = [];
      for (const link of document.querySelectorAll("a.cite")) {
        link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
        const note = document.querySelector(link.getAttribute("href"));
        if (!sheet.open || sheet.querySelector("mark").textContent !== note.querySelector("mark").textContent)
          wrong.push(link.textContent);
        sheet.close();
      }
      return wrong;
    }""")
    assert wrong == []


def test_a_mark_of_the_timeline_opens_its_passage(opened: Opener) -> None:
    page = opened(viewport={"width": 1200, "height": 800})
    page.locator("svg.wide .dot .point").first.click()
    assert page.locator("dialog#sheet").is_visible()


def test_a_passage_leads_into_the_whole_report(opened: Opener) -> None:
    page = opened(full_text=True)
    page.locator("#owed a.cite").first.click()
    page.locator("dialog#sheet a", has_text="in the whole report").click()
    assert not page.locator("dialog#sheet").is_visible()
    assert page.locator(":target").is_visible()


def test_without_scripts_a_cell_leads_to_its_passage_and_back(opened: Opener) -> None:
    page = opened(java_script_enabled=False)
    cell = page.locator("#owed a.cite").first
    href = cell.get_attribute("href")
    cell.click()
    assert page.url.endswith(str(href))
    note = page.locator(str(href))
    assert note.locator("mark").is_visible()
    note.locator("a.back").click()
    assert "#c" in page.url


# Reading it.


@pytest.mark.parametrize("width", [320, 390, 640, 900])
def test_nothing_scrolls_sideways(opened: Opener, width: int) -> None:
    page = opened(full_text=True, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_each_value_stands_under_its_heading(opened: Opener) -> None:
    page = opened(viewport={"width": 390, "height": 844})
    label = page.evaluate(
        """() => getComputedStyle(document.querySelector("#owed td[data-head=Due]"), "::before").content"""
    )
    assert label == '"Due"'
    assert page.locator("svg.narrow").is_visible()
    assert not page.locator("svg.wide").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(opened: Opener, scheme: str) -> None:
    page = opened(full_text=True, color_scheme=scheme, viewport={"width": 1200, "height": 800})
    page.locator("#owed a.cite").first.click()
    found = page.evaluate(CONTRASTS)
    assert len(found) > 200
    assert [(text, round(ratio, 2)) for text, ratio, large in found if ratio < (3 if large else 4.5)] == []


def test_the_three_voices_have_three_marks(opened: Opener) -> None:
    marks = opened().evaluate("""() => ["said", "report", "computed"].map((voice) =>
      getComputedStyle(document.querySelector(`#owed .${voice}:is(.words, .computed) a.cite`), "::before").content)""")
    assert ["".join(mark.split('"')[1:2]) for mark in marks] == ["↳", "¶", "="]


def test_dark_is_dark(opened: Opener) -> None:
    page = opened(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(20, 23, 27)"


def test_the_keyboard_reaches_the_brief_by_its_skip_link(opened: Opener) -> None:
    page = opened()
    page.keyboard.press("Tab")
    assert focused_reference(page) == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_headings_go_down_one_level_at_a_time(opened: Opener) -> None:
    levels = opened(full_text=True).evaluate(
        """() => [...document.querySelectorAll("h1, main h2, main h3")].map((h) => Number(h.tagName[1]))"""
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_on_paper_the_numbered_passages_stand_and_the_contents_do_not(opened: Opener) -> None:
    page = opened()
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("#p1 mark").is_visible()
    assert not page.locator("nav.contents").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


# Hostile reports.

BAD = """<img src="https://evil.example/x" onerror="window.run=1"><script>window.run=1</script>"""


def test_markup_in_a_report_does_nothing(opened: Opener) -> None:
    text = f"{BAD}</mark></blockquote></li><style>body{{display:none}}</style> says they will leave by May."
    evidence = {"quote": text}
    people = [actor(BAD, id="x", aliases=[BAD], role=BAD), actor("Y", "person", part_of="x", role=BAD)]
    findings = {
        "actors": people,
        "positions": [
            {"actor": "x", "stance": "supports", "issue": evidence, "evidence": evidence, "according_to": "y"}
        ],
        "commitments": [
            {"by": "y", "modality": "must", "action": evidence, "due": "../2021-05",
             "when": {"due": {"words": BAD, "rule": BAD}}, "evidence": evidence}
        ],
        "talks": [{"kind": "meeting", "participants": ["x"], "place": BAD, "date": "2021-04", "evidence": evidence}],
        "figures": [{"value": 3, "unit": BAD, "evidence": evidence}],
    }  # fmt: skip
    shown = situation_of(text, findings, title=BAD, source=BAD, url="javascript:window.run=1", name=BAD)
    page = opened(shown, full_text=True)
    for number in range(page.locator("#owed a.cite").count()):
        page.locator("#owed a.cite").nth(number).click()
        assert page.locator("dialog#sheet mark").inner_text().startswith("<img")
        page.keyboard.press("Escape")
    assert page.evaluate("window.run === undefined")
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 1
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator("h1").is_visible()
