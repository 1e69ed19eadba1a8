"""The linear half of the reader."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from guidance.danger import LABELS
from index.wordings import Wordings
from tools import train_wordings
from tools.reader_examples import NO_LABEL, Example

NOT_URGENT, URGENT = LABELS.index("not_urgent"), LABELS.index("urgent")
_SAID = {
    "child": "im 12 and my stepdad scares me at home {}",
    "crisis": "i have counted the tablets and said goodbye {}",
    "not_urgent": "when are the minutes of the meeting due {}",
    "urgent": "she is not breathing on the kitchen floor {}",
}
_PLACES = ("here", "now", "in Ely", "in March", "please", "today", "again", "upstairs")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("reader") / "words.npz"
    messages = [Example(said.format(p), LABELS.index(label), NO_LABEL, label) for label, said in _SAID.items() for p in _PLACES]
    messages += [Example(f"which bin goes out {p}", NOT_URGENT, 1, "scope") for p in _PLACES]
    calm = [Example(f"who chairs the strategy discussion {n}", NOT_URGENT, 0, "question") for n in range(train_wordings.QUESTIONS)]
    train_wordings.fit(messages, calm, 7, file)
    return file


def test_it_tells_what_it_has_learnt_from_words_that_it_has_not_seen_together(trained: Path) -> None:
    scores = Wordings(trained).scores([said.format("by the canal tonight") for said in _SAID.values()])
    assert list(scores[:, :-1].argmax(axis=1)) == [LABELS.index(label) for label in _SAID]


def test_what_the_manual_cannot_answer_scores_high_in_the_last_column(trained: Path) -> None:
    bins, strategy = Wordings(trained).scores(["which bin is for glass", "who comes to the strategy discussion"])[:, -1]
    assert bins > 0 > strategy


def test_a_text_is_scored_alike_alone_and_among_others_and_nothing_counts_for_nothing(trained: Path) -> None:
    wordings = Wordings(trained)
    texts = ["she is not breathing", "", "٣", "a " * 5000]
    together = wordings.scores(texts)
    assert np.isfinite(together).all()
    assert np.allclose(together, np.concatenate([wordings.scores([text]) for text in texts]), atol=1e-5)


def test_data_without_one_of_the_labels_is_refused(tmp_path: Path) -> None:
    messages = [Example(_SAID[label].format(p), LABELS.index(label), 1, label) for label in ("urgent", "not_urgent") for p in _PLACES]
    calm = [Example(f"who chairs meeting {n}", NOT_URGENT, 0, "question") for n in range(train_wordings.QUESTIONS)]
    with pytest.raises(ValueError, match="every label"):
        train_wordings.fit(messages, calm, 7, tmp_path / "words.npz")
