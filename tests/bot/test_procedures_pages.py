"""Contract: every chapter and section can be reached; a search says honestly what it found and leaves its words in no address."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from bot.render import chapter_html
from bot.site.chapter_links import named_chapters, neighbours, see_also
from guidance.content import Content


def look_for(client: TestClient, words: str) -> str:
    """What a person sees after sending the search form."""
    return client.post("/procedures", data={"q": words}).text


def test_all_chapters_are_listed_under_a_heading(client: TestClient, content: Content) -> None:
    text = client.get("/procedures").text
    assert [c for c in content.chapters if f'href="/procedures/{c}"' not in text] == []


def test_every_chapter_page_has_its_sections_kind_place_date_and_source(client: TestClient, content: Content) -> None:
    broken = []
    for chapter in content.chapters.values():
        text = client.get(f"/procedures/{chapter.id}").text
        wanted = [*(f'id="{s.anchor}"' for s in chapter.sections), "<dt>Kind</dt>", "<dt>Place</dt>", "<dt>Date</dt>", f"lines {chapter.meta.source.lines[0]} to"]
        broken += [(chapter.id, w) for w in wanted if w not in text]
    assert broken == []


def test_no_id_stands_twice_on_a_chapter_page(client: TestClient, content: Content) -> None:
    for chapter in content.chapters:
        ids = re.findall(r' id="([^"]+)"', client.get(f"/procedures/{chapter}").text)
        assert (chapter, sorted({i for i in ids if ids.count(i) > 1})) == (chapter, [])


def test_the_words_that_were_looked_for_stand_in_no_address_and_no_title(client: TestClient) -> None:
    answer = client.post("/procedures", data={"q": "my own husband shouts"}, follow_redirects=False)
    page = client.get(answer.headers["location"])
    title = re.search(r"<title>(.*?)</title>", page.text)
    assert (answer.status_code, answer.headers["location"], "husband" in (title[1] if title else ""), 'value="my own husband shouts"' in page.text) == (
        303, "/procedures/search", False, True,
    )  # fmt: skip


@pytest.mark.parametrize("way", ["/clear", "/exit"])
def test_leaving_forgets_what_was_looked_for(client: TestClient, way: str) -> None:
    look_for(client, "my own husband shouts")
    client.post(way, follow_redirects=False)
    assert "husband" not in client.get("/procedures/search").text


def test_another_browser_does_not_see_it(client: TestClient) -> None:
    look_for(client, "my own husband shouts")
    assert "husband" not in TestClient(client.app, base_url="http://127.0.0.1").get("/procedures/search").text


@pytest.mark.parametrize(
    ("words", "heading", "wanted"),
    [
        ("how quickly must I tell the LADO", "Found", "<mark>"),
        ("FGM policy", "Listed in the manual, but not held", "1.7.3"),
        ("parking permits on the moon", "Not found", "01733 234724"),
    ],
)
def test_a_search_says_what_it_found_and_gives_numbers_where_it_found_nothing(client: TestClient, words: str, heading: str, wanted: str) -> None:
    text = look_for(client, words)
    found = text[text.index('id="found"') : text.index('id="also"')]
    assert (heading in found, wanted in found) == (True, True)


def test_a_search_for_what_is_not_held_names_the_nearest_that_is(client: TestClient) -> None:
    text = look_for(client, "FGM policy")
    assert ("What is held and comes nearest" in text, "/procedures/honour-based-violence#" in text) == (True, True)


def test_a_search_shows_which_of_its_words_a_passage_holds(client: TestClient) -> None:
    assert re.search(r"Your words in this part:.*<strong>bruises</strong>", look_for(client, "bruises on a baby")) is not None


def test_danger_in_a_search_comes_before_the_result(client: TestClient) -> None:
    text = look_for(client, "he's hitting her right now")
    assert text.index("Ring 999 now") < text.index('id="found"')


def test_what_was_looked_for_is_shown_as_text(client: TestClient) -> None:
    assert "<script>alert" not in look_for(client, '"><script>alert(1)</script>')


def test_an_empty_search_shows_all_chapters(client: TestClient) -> None:
    assert 'id="found"' not in look_for(client, "   ")


def test_everything_that_is_not_held_is_listed_with_what_to_do(client: TestClient, content: Content) -> None:
    text = client.get("/procedures/not-held").text
    assert [n.id for n in content.not_held.values() if f'id="{n.id}"' not in text] == []
    assert text.count("Who to ask:") == sum(bool(n.contact) for n in content.not_held.values())


def test_previous_and_next_lead_through_every_chapter(content: Content) -> None:
    first = content.chapters[content.groups[0].chapters[0]]
    seen, here = [first.id], neighbours(content, first)[1]
    while here:
        assert neighbours(content, here)[0] == content.chapters[seen[-1]]
        seen.append(here.id)
        here = neighbours(content, here)[1]
    assert sorted(seen) == sorted(content.chapters)


def test_see_also_leads_to_chapters_that_are_named_and_walk_throughs_that_rest_on_this_one(content: Content) -> None:
    bullying = content.chapters["bullying"]
    assert "responding-to-concerns" in [c.id for c in named_chapters(content, bullying)]
    assert see_also(content, content.chapters["lado"]).walks[0].id == "allegation-against-worker"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("You must ring.", 'You <strong class="wm-must">must</strong> ring.'),
        ("You **must not** wait.", 'You <strong class="wm-must">must not</strong> wait.'),
        ("You should ask.", 'You <strong class="wm-should">should</strong> ask.'),
        ("It says “you must act”. You should ask.", 'It says “you must act”. You <strong class="wm-should">should</strong> ask.'),
        ("Mustard", "Mustard"),
        ("`must`", "<code>must</code>"),
        ("**You must ring** now", '<strong>You <strong class="wm-must">must</strong> ring</strong> now'),
    ],
)
def test_duties_are_marked_but_not_in_quotations_or_code(text: str, html: str) -> None:
    assert html in chapter_html(text)


def test_duties_are_not_marked_in_notes() -> None:
    assert "wm-must" not in chapter_html("> **Sources disagree:** One says that you must.")


def test_marking_duties_changes_no_word_of_the_corpus(content: Content) -> None:
    from bot.render import html

    tags = re.compile(r"<[^>]+>")
    changed = [s.id for s in content.sections() if tags.sub("", chapter_html(s.text)) != tags.sub("", html(s.text))]
    assert changed == []
