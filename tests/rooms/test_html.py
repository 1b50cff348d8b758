"""A result as a page, read by a real browser: by eye, by ear, on a phone, on paper, in the dark."""

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from amparo.report.escape import uncommanded
from amparo.report.html import render_html
from amparo.report.result import Examined, Refusal, Result
from amparo.verify.finding import Report
from browser import DESK, PHONE, Opened, browser, opened
from laws import editions, law
from results import ENDED, REFUSALS, UNPRINTABLE

pytestmark = pytest.mark.slow


# -- the pages --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def path(taking: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("page") / "report.html"
    written.write_text(render_html(taking), encoding="utf-8")
    return written


@pytest.fixture
def shown(chromium: Browser, path: Path) -> Iterator[Opened]:
    with opened(chromium, path) as seen:
        yield seen


@pytest.fixture
def page(shown: Opened) -> Page:
    return shown.page


def test_without_a_browser_tests_are_skipped_and_fail_in_a_build(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    for needed, ends in (("", pytest.skip.Exception), ("1", pytest.fail.Exception)):
        monkeypatch.setenv("AMPARO_TESTS_NEED_BROWSER", needed)
        with pytest.raises(ends, match="no browser is installed"), browser():
            pass


# -- what it needs, and what runs in it -----------------------------------------------------------


def test_it_asks_for_nothing_and_complains_of_nothing(shown: Opened, path: Path) -> None:
    assert shown.asked == [path.as_uri()]
    assert shown.complaints == []


def test_its_policy_lets_no_other_script_run(chromium: Browser, path: Path) -> None:
    with opened(chromium, path) as seen:
        seen.page.evaluate(
            "() => { const s = document.createElement('script'); s.textContent = 'window.hit = 1';"
            " document.body.append(s); document.body.insertAdjacentHTML('beforeend',"
            " '<img src=x onerror=\"window.hit = 2\">'); }"
        )

        assert seen.page.evaluate("window.hit") is None
        refused = [each for each in seen.complaints if "Content Security Policy" in each]
        assert any("inline script" in each for each in refused)
        assert any("event handler" in each for each in refused)
        assert any("image" in each for each in refused)


def test_all_of_it_is_read_without_a_script(chromium: Browser, path: Path) -> None:
    with opened(chromium, path, scripts=False) as seen:
        assert seen.page.locator("#filter").is_hidden()
        assert seen.page.locator(".finding").first.is_visible()
        assert seen.page.locator(".provision").first.is_visible()
        seen.page.locator("summary").last.click()
        assert seen.complaints == []


def test_what_is_kept_from_a_build_changes_neither_style_nor_script(path: Path) -> None:
    page = path.read_text(encoding="utf-8")

    assert uncommanded(page, "html") == page


def test_the_same_result_is_the_same_page(taking: Result, path: Path) -> None:
    assert render_html(taking) == path.read_text(encoding="utf-8")


# -- what stands in it ----------------------------------------------------------------------------


def words(page: str) -> str:
    """Return every word of a page, shown or folded, in one line."""
    silent = re.sub(r"<(style|script)>.*?</\1>|<[^>]*>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(silent).split())


def test_the_verdict_is_its_title_and_its_first_heading(page: Page) -> None:
    said = "The law with the bill quick contradicts what is protected."

    assert page.locator("h1").text_content() == said
    assert page.title() == said.replace("quick", "`quick`") + " – Amparo"
    assert page.locator(".finding h3").first.text_content() == (
        "CONTRADICTS (new with the bill): The charter, article 1"
    )


def test_every_link_leads_somewhere_and_every_name_is_one_of_its_own(page: Page) -> None:
    names = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    links = page.evaluate(
        "[...document.querySelectorAll('a')].map(e => decodeURIComponent(e.getAttribute('href')))"
    )

    assert len(names) == len(set(names))
    assert {each for each in links if each.removeprefix("#") not in names} == set()
    assert all(each.startswith("#") for each in links)


def test_a_finding_and_its_provision_lead_to_each_other(page: Page) -> None:
    page.locator(".finding .where a").first.click()
    provision = page.locator(".provision:target")
    assert "norm home" in str(provision.text_content())
    assert "broken" in str(provision.get_attribute("class"))

    provision.get_by_role("link", name="CONTRADICTS (new with the bill)").click()
    assert "The charter, article 1" in str(page.locator(".finding:target h3").text_content())

    page.locator(".finding .resting a").first.click()
    assert "Request r" in str(page.locator(".provision:target").text_content())


def test_the_redline_stands_in_its_place(page: Page) -> None:
    changed = page.locator(".provision.changed")

    assert changed.count() == 1
    assert changed.locator("del").all_text_contents() == ["Order o", "o.of", "t.of", "o"]
    assert changed.locator("ins").all_text_contents() == ["Request r", "r.for", "t", "r"]
    assert changed.locator(".lasts").text_content() == "from 2025-01-01"
    assert changed.locator("del").first.evaluate("e => getComputedStyle(e).textDecorationLine") == (
        "line-through"
    )
    assert changed.locator("ins").first.evaluate("e => getComputedStyle(e).textDecorationLine") == (
        "underline"
    )
    assert "put here by instruction 1 of quick" in str(changed.text_content())


def test_no_mark_of_the_redline_lies_on_a_blank() -> None:
    old, new = (
        f"""
        vocabulary v kind Person reads "a person". event Act {{ by: Person }} reads "{{by}} acts".
        act l "The act" rank law evidence {evidence} article 1 norm n permit Act a{condition}.
        """
        for evidence, condition in (("inferred", ""), ("read", " when 1 < 2 unless 2 < 1"))
    )
    before, after = (editions(each).unamended().acts for each in (old, new))
    report = Report("law", ())

    shown = render_html(Result((Examined(report, law(new), after, before),)))

    marked = re.findall("<(?:ins|del)>(.*?)</(?:ins|del)>", shown, re.DOTALL)
    assert "read" in marked
    assert "when 1 &lt; 2" in " ".join(marked)
    assert all(each == each.strip() and "\n" not in each for each in marked)


def test_what_a_proof_rests_on_is_marked(chromium: Browser, town: Path) -> None:
    with opened(chromium, town) as seen:
        proof = seen.page.locator(".provision.proof")

        assert proof.count() == 1
        assert "norm demolition" in str(proof.text_content())
        proof.get_by_role("link", name="a proof rests on it: The charter, article 3").click()
        assert "article 3" in str(seen.page.locator(".finding:target h3").text_content())


@pytest.fixture(scope="module")
def town(towns: tuple[Result, Result], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page on which a protection is violated, one depends, one holds."""
    written = tmp_path_factory.mktemp("town") / "report.html"
    written.write_text(render_html(towns[0]), encoding="utf-8")
    return written


# -- the pictures ---------------------------------------------------------------------------------


def test_the_pictures_say_in_words_what_they_show(page: Page) -> None:
    line = page.get_by_role("img", name="Time line of the case")
    who = page.get_by_role("img", name="Who acts on whom and what, and what is so")

    assert line.locator("desc").text_content() == (
        "25 December 2024: The officer asks for the taking. "
        "1 January 2025: The officer takes the home from the person."
    )
    assert str(who.locator("desc").text_content()).startswith("The home belongs to the person. ")


def test_everybody_stands_once_and_is_joined_to_what_is_said_of_him(page: Page) -> None:
    who = page.get_by_role("img", name=re.compile("^Who acts"))

    assert who.locator(".somebody").all_text_contents() == ["The officer", "The home", "The person"]
    assert [" ".join(each.split()) for each in who.locator(".card.act").all_text_contents()] == [
        "1The officer asks for thetaking. (2)",
        "2The officer takes thehome from the person.",
    ]
    assert who.locator(".card.breaks").count() == 1
    assert who.locator(".happens").count() == 4  # the officer twice; the home, the person
    assert who.locator(".head").count() == 2
    assert who.locator(".is-so").count() == 2


def test_no_words_leave_their_card_and_none_overlap(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    wrong = page.evaluate("""() => {
      const box = (e) => e.getBoundingClientRect();
      const wrong = [];
      for (const card of document.querySelectorAll('.card')) {
        const edge = box(card.querySelector('rect'));
        for (const text of card.querySelectorAll('text')) {
          const own = box(text);
          if (own.left < edge.left || own.right > edge.right || own.bottom > edge.bottom) wrong.push(text.textContent);
        }
      }
      for (const picture of document.querySelectorAll('svg')) {
        for (const text of picture.querySelectorAll('text'))
          if (box(text).right > box(picture).right || box(text).left < box(picture).left)
            wrong.push(text.textContent);
        const several = [...picture.querySelectorAll('tspan, circle')].map((e) => [e.textContent, box(e)]);
        for (const [a, one] of several) for (const [b, two] of several) {
          if (one === two || one.width === 0) continue;
          const apart = one.right <= two.left || two.right <= one.left || one.bottom <= two.top + 3 || two.bottom <= one.top + 3;
          if (!apart) wrong.push(`${a} | ${b}`);
        }
      }
      return wrong;
    }""")

    assert wrong == []


# -- by ear, on a phone, on paper, in the dark ----------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("which", "size"), [("path", DESK), ("town", PHONE)])
def test_nothing_bars_a_reader(
    chromium: Browser,
    request: pytest.FixtureRequest,
    which: str,
    scheme: Literal["light", "dark"],
    size: ViewportSize,
) -> None:
    with opened(chromium, request.getfixturevalue(which)) as seen:
        seen.page.set_viewport_size(size)
        seen.page.emulate_media(color_scheme=scheme)
        seen.page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        checked = Axe().run(seen.page)

    assert checked.violations_count == 0, checked.generate_report()


def test_headings_are_in_order_and_the_parts_are_named(page: Page) -> None:
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(e => Number(e.tagName[1]))"
    )

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for role in ("banner", "navigation", "main", "contentinfo", "search"):
        assert page.get_by_role(role).count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to what was found"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("which", ["path", "town"])
def test_on_a_phone_nothing_is_wider_than_the_screen(
    chromium: Browser, request: pytest.FixtureRequest, which: str
) -> None:
    with opened(chromium, request.getfixturevalue(which)) as seen:
        seen.page.set_viewport_size(PHONE)
        seen.page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")

        assert seen.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_in_the_dark_the_colours_are_others(page: Page) -> None:
    def colours() -> object:
        return page.evaluate(
            "['html', 'header', '.card rect'].map(s => { const c = getComputedStyle(document"
            ".querySelector(s)); return [c.backgroundColor, c.color, c.fill]; })"
        )

    light = colours()
    page.emulate_media(color_scheme="dark")

    assert colours() != light


def test_on_paper_everything_folded_is_open_and_the_controls_are_gone(
    chromium: Browser, town: Path
) -> None:
    with opened(chromium, town) as seen:
        folded = seen.page.locator(".finding.good details > ol").first
        assert not folded.is_visible()

        seen.page.emulate_media(media="print")

        assert folded.is_visible()
        assert not seen.page.locator("#filter").is_visible()
        assert seen.page.get_by_role("navigation").count() == 0
        said = seen.page.locator(".provision.broken")
        assert said.first.is_visible()
        assert not seen.page.locator(".provision", has_text="article 3").first.is_visible()
        printed = seen.page.pdf(prefer_css_page_size=True)
        assert re.search(rb"/MediaBox \[0 0 59[45][.\d]* 84[12]", printed)


# -- to pick out ----------------------------------------------------------------------------------


def test_findings_are_picked_out_by_verdict_by_status_and_by_words(
    chromium: Browser, town: Path
) -> None:
    with opened(chromium, town) as seen:
        page = seen.page
        count = page.get_by_role("status")
        findings = page.locator(".finding:visible")
        assert str(count.text_content()).startswith("Shown: 3 of 3 findings, ")

        page.get_by_role("checkbox", name="depends").uncheck()
        assert findings.count() == 2
        page.get_by_role("checkbox", name="new with the bill").uncheck()
        assert str(count.text_content()).startswith("Shown: 1 of 3 findings, ")
        assert "no contradiction" in str(findings.text_content())
        page.get_by_role("checkbox", name="depends").check()
        page.get_by_role("checkbox", name="new with the bill").check()

        page.get_by_role("searchbox").fill("  ORDER clears ")
        assert findings.count() == 1
        assert "The charter, article 1" in str(findings.text_content())
        page.get_by_role("searchbox").fill("permit eviction")
        assert page.locator(".provision:visible").count() == 2
        assert page.locator(".statute:visible").count() == 1
        page.get_by_role("searchbox").press("Enter")
        assert seen.asked == [town.as_uri()]


# -- other ends, and strangers --------------------------------------------------------------------


def test_several_bodies_stand_under_their_names(
    chromium: Browser, towns: tuple[Result, Result], taking: Result, tmp_path: Path
) -> None:
    both = Result((*towns[0].examined, *taking.examined))
    (tmp_path / "page.html").write_text(render_html(both), encoding="utf-8")

    with opened(chromium, tmp_path / "page.html") as seen:
        names = seen.page.locator("#findings ~ h3").all_text_contents()
        levels = seen.page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4,h5')].map(e => Number(e.tagName[1]))"
        )
        own = seen.page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")

    assert names == ["town", "demo"]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(own) == len(set(own))


@pytest.mark.parametrize("refusal", REFUSALS)
def test_without_a_verdict_it_says_so(refusal: Refusal) -> None:
    page = render_html(refusal)

    assert "There is no verdict." in page.partition("<main")[0]
    assert "no contradiction" not in page
    for each in refusal.diagnostics:
        assert each.code in page


@pytest.mark.parametrize("ended", ENDED)
def test_nothing_of_a_stranger_is_more_than_words(
    chromium: Browser, ended: Result | Refusal, tmp_path: Path
) -> None:
    text = render_html(ended)
    (tmp_path / "page.html").write_text(text, encoding="utf-8")

    assert UNPRINTABLE.search(text) is None
    with opened(chromium, tmp_path / "page.html") as seen:
        assert seen.complaints == []
        assert seen.asked == [(tmp_path / "page.html").as_uri()]
        tags = set(seen.page.evaluate("[...document.querySelectorAll('*')].map(e => e.tagName)"))
        assert not tags & {"IMG", "IFRAME", "OBJECT", "EMBED", "LINK", "BASE"}
        assert seen.page.locator("script").count() == 1
        assert seen.page.evaluate(
            "[...document.querySelectorAll('*')].every(e => e.getAttributeNames()"
            ".every(n => !n.startsWith('on') && n !== 'style'))"
        )
        assert "[a](http://x) {0} end" in words(text) or "{{ 7 * 7 }} {% raw %}" in words(text)
