"""Contract: a drawing holds every question, answer and end; nothing in it clashes with the page that it stands in."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

from guidance.content import Content
from tests.conftest import ROOT
from tools import charts

CHARTS = ROOT / "built" / "web" / "charts"


def test_a_drawing_has_a_box_for_every_node_and_an_arrow_for_every_answer(content: Content) -> None:
    drawn = charts.drawings()
    for pathway in content.pathways.values():
        answers = sum(len(node.options) for node in pathway.nodes.values())
        assert (pathway.id, drawn[pathway.id].count("[class="), drawn[pathway.id].count(" -> ")) == (pathway.id, len(pathway.nodes), answers)


def test_words_that_mean_something_in_the_drawings_language_are_escaped(content: Content) -> None:
    pathway = content.pathways["worried-about-a-child"]
    assert "<B>Question 1</B>" in charts.to_dot(pathway)
    assert charts._wrapped('a <b> & "c"') == 'a &lt;b&gt; &amp; &quot;c&quot;<BR ALIGN="LEFT"/>'


def test_every_walk_through_is_drawn_as_an_image_with_a_name_and_without_ids_titles_or_styles(content: Content) -> None:
    for pathway in content.pathways.values():
        text = (CHARTS / f"{pathway.id}.svg").read_text(encoding="utf-8")
        root = ElementTree.fromstring(text)
        assert (root.get("role"), pathway.title in str(root.get("aria-label"))) == ("img", True)
        assert re.findall(r"\sid=|<title|style=|<style|<script|xlink|<!", text) == []
