"""The page about a model: what it shows, that it is the same every time, and that nothing on it is fetched or run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from classic_conflicts import chicken, elmira, random_conflict, syria_iraq
from peacetable import pipeline
from peacetable.strategy.conflict import Conflict, Option, Pairwise, Source, Statements
from peacetable.strategy.formulas import Taken
from peacetable.strategy.study import MOST_PICTURED
from peacetable.views.model_page import move_graph, share_plot
from peacetable.views.model_page.model_html import render_model
from real_browser import CONTRASTS, needs_chromium

Opener = Callable[..., Page]
BAD = """<img src="https://evil.example/x" onerror="window.run=1"><script>window.run=1</script>"""


def rendered(conflict: Conflict, **more: object) -> str:
    return render_model(pipeline.study(conflict, draws=50, **more))  # type: ignore[arg-type]


def words(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<body>") :]).split())


def sourced() -> Conflict:
    """Chicken, with a passage beside an option and a statement."""
    conflict = chicken()
    source = Source("gazette", "the first driver may swerve", 10, 37)
    first = replace(
        conflict.decision_makers[0],
        preference=Statements((Taken(1, value=False), Taken(0)), frozenset({1}), ((source,), ())),
    )
    return replace(
        conflict,
        options=(Option(id="o0", name="swerve", sources=(source,)), conflict.options[1]),
        decision_makers=(first, conflict.decision_makers[1]),
        status_quo=0,
    )


# What it shows.


def test_the_same_model_gives_the_same_page() -> None:
    assert rendered(syria_iraq()) == rendered(syria_iraq())


def test_states_are_shown_with_equilibria_marked_and_reasons_behind_every_letter() -> None:
    page = rendered(syria_iraq())
    assert page.count('<tr class="row') == 6
    assert page.count('<tr class="row equilibrium"') == 2
    assert len(re.findall(r'<a class="why[^"]*" href="#w\d+"', page)) == 6 * 2 * 5
    for number in re.findall(r'href="#w(\d+)"', page):
        assert f'<li id="w{number}"' in page


def test_reasons_are_sentences() -> None:
    text = words(rendered(syria_iraq()))
    assert "State 1 (NNN) is stable for Syria by Nash, GMR, SMR, SEQ and SSEQ." in text
    assert "This rests on what Iraq and Syria prefer." in text


def test_the_evolution_tells_each_move_and_the_coalition_that_leaves_a_deadlock() -> None:
    text = words(rendered(elmira()))
    assert "T Town to 6 (NYNNY): “insist that the first order holds” it prefers that" in text
    assert "which M Ministry and F Firm all prefer" in text


def test_passages_are_shown_and_their_lack_is_too() -> None:
    text = words(rendered(sourced()))
    assert "swerve o0 the first driver may swerve gazette , 10–37" in text
    assert "o0 uncertain no passage" in text


def test_a_model_without_status_quo_or_ranks_says_so() -> None:
    conflict = chicken()
    vague = replace(conflict.decision_makers[0], preference=Pairwise(frozenset({(0, 1), (2, 3)})))
    text = words(rendered(replace(conflict, decision_makers=(vague, conflict.decision_makers[1]))))
    assert "The model has no status quo." in text
    assert "somebody’s preference has no ranking" in text


def test_of_a_large_model_what_is_left_out_is_counted() -> None:
    conflict = replace(random_conflict(1, options=(3, 2, 2)), status_quo=0)
    text = words(rendered(conflict))
    assert re.search(r"Left out here: \d+ states; shown are", text)
    assert re.search(r"\d+ states left out", text)


def test_the_page_forbids_all_requests() -> None:
    page = rendered(syria_iraq())
    assert "default-src 'none'; style-src 'sha256-" in page.replace("&#39;", "'")
    assert 'src="' not in page
    assert "://" not in page


# The pictures.


def test_a_line_is_drawn_for_each_pair_of_states_and_mover() -> None:
    drawn = move_graph.draw(pipeline.study(syria_iraq(), draws=0))
    assert (len(drawn.nodes), len(drawn.lines), drawn.left_out) == (6, 9, 0)
    assert {(line.start_arrow, line.end_arrow) for line in drawn.lines} == {("filled", "open"), ("open", "filled")}


def test_where_a_move_cannot_be_undone_the_line_has_one_arrow() -> None:
    conflict = chicken()
    fixed = replace(conflict, options=(replace(conflict.options[0], direction="fwd"), conflict.options[1]))
    lines = move_graph.draw(pipeline.study(fixed, draws=0)).lines
    assert {line.start_arrow for line in lines if line.maker == 0} == {""}


def test_states_stand_inside_the_picture_and_apart() -> None:
    drawn = move_graph.draw(pipeline.study(random_conflict(2, options=(2, 2, 2)), draws=0))
    assert len(drawn.nodes) == MOST_PICTURED
    for at, node in enumerate(drawn.nodes):
        assert 20 <= node.x <= drawn.width - 20
        assert 20 <= node.y <= drawn.height - 20
        for other in drawn.nodes[at + 1 :]:
            assert (node.x - other.x) ** 2 + (node.y - other.y) ** 2 > 40**2


def test_bars_are_as_long_as_their_shares() -> None:
    study = pipeline.study(syria_iraq(), draws=50)
    assert study.robustness
    drawn = share_plot.draw(syria_iraq(), study.robustness)
    shares = {(one.state, one.concept): one for one in study.robustness.shares}
    for bar in drawn.bars:
        share = shares.get((bar.state, bar.concept))
        expected = share.draws / 50 * (share_plot.RIGHT - share_plot.LEFT) if share else 0
        assert bar.width == pytest.approx(expected, abs=0.1)
        assert bar.y < drawn.height


# In a browser.


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Opens a page; when the test is over, nothing may have been fetched, and the console must be silent."""
    noise: list[str] = []
    contexts = []

    def open_page(conflict: Conflict | None = None, **options: object) -> Page:
        file = tmp_path / "model.html"
        file.write_text(rendered(conflict or elmira()), "utf-8")
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


in_a_browser = pytest.mark.browser


@in_a_browser
@needs_chromium
def test_a_letter_opens_its_reason_and_escape_gives_the_focus_back(opened: Opener) -> None:
    page = opened()
    cell = page.locator("#s6 a.why").first
    cell.click()
    sheet = page.locator("dialog#sheet")
    assert sheet.is_visible()
    assert "State 6 (NYNNY) is stable for Ministry" in sheet.inner_text()
    page.keyboard.press("Escape")
    assert not sheet.is_visible()
    assert page.evaluate("document.activeElement.getAttribute('href')") == cell.get_attribute("href")


@in_a_browser
@needs_chromium
def test_without_scripts_a_letter_leads_to_its_reason(opened: Opener) -> None:
    page = opened(java_script_enabled=False)
    cell = page.locator("#s6 a.why").first
    cell.click()
    assert page.url.endswith(str(cell.get_attribute("href")))
    assert page.locator(str(cell.get_attribute("href"))).is_visible()


@in_a_browser
@needs_chromium
@pytest.mark.parametrize("width", [320, 390, 640, 900, 1280])
def test_nothing_scrolls_sideways(opened: Opener, width: int) -> None:
    page = opened(viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@in_a_browser
@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(opened: Opener, scheme: str) -> None:
    page = opened(color_scheme=scheme, viewport={"width": 1200, "height": 800})
    found = page.evaluate(CONTRASTS)
    assert len(found) > 200
    # A state's number in the picture stands on its own disc, which the measure does not see.
    assert [
        (text, round(ratio, 2))
        for text, ratio, large in found
        if ratio < (3 if large else 4.5) and not (text.isdigit() and len(text) < 3)
    ] == []


@in_a_browser
@needs_chromium
def test_every_decision_maker_has_its_own_dashes_in_the_graph(opened: Opener) -> None:
    dashes = opened().evaluate(
        """() => [0, 1, 2].map((at) => getComputedStyle(document.querySelector(`path.move.dm${at}`)).strokeDasharray)"""
    )
    assert len(set(dashes)) == 3


@in_a_browser
@needs_chromium
def test_markup_in_a_model_does_nothing(opened: Opener) -> None:
    conflict = sourced()
    source = Source(BAD, BAD)
    options = tuple(replace(option, name=BAD, sources=(source,)) for option in conflict.options)
    makers = tuple(replace(maker, name=f"{maker.name} {BAD}") for maker in conflict.decision_makers)
    page = opened(replace(conflict, title=BAD, options=options, decision_makers=makers))
    page.locator("a.why").first.click()
    assert page.locator("dialog#sheet").is_visible()
    assert page.evaluate("window.run === undefined")
    assert (page.locator("img").count(), page.locator("script").count()) == (0, 1)


@in_a_browser
@needs_chromium
def test_on_paper_the_reasons_stand_and_the_contents_do_not(opened: Opener) -> None:
    page = opened()
    page.emulate_media(media="print")
    assert page.locator("#w1").is_visible()
    assert not page.locator("nav.contents").is_visible()
