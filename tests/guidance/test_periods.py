"""Contract: months and years as people say them become a span of months; a month that cannot be is told."""

from __future__ import annotations

from datetime import date

import pytest

from guidance.periods import read_period

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("what changed in 2019", "2019-01", "2019-12"),
        ("since january 2021", "2021-01", None),
        ("after 2019", "2020-01", None),
        ("before 2016", None, "2015-12"),
        ("between 2016 and 2018", "2016-01", "2018-12"),
        ("from march 2019 to june 2020", "2019-03", "2020-06"),
        ("july 2017 changes", "2017-07", "2017-07"),
        ("since 05/2019", "2019-05", None),
        ("2021-06", "2021-06", "2021-06"),
        ("in septmber", "2026-09", "2026-09"),
        ("in december", "2025-12", "2025-12"),
        ("last year", "2025-01", "2025-12"),
        ("in the last 6 months", "2026-05", None),
        ("what may have changed", None, None),
        ("when was the lado chapter last updated", None, None),
    ],
)
def test_a_period_is_read(text: str, first: str | None, last: str | None) -> None:
    period = read_period(text, TODAY)
    assert (period.first, period.last) == (first, last)


def test_a_month_that_cannot_be_is_told() -> None:
    assert read_period("changes since 13/2019", TODAY).wrong == "since 13/2019"


@pytest.mark.parametrize(("dated", "held"), [("2019-07", True), ("2018-12", False), ("2019", True), ("2020", False)])
def test_a_year_without_a_month_is_held_where_it_partly_lies_in_the_period(dated: str, held: bool) -> None:
    assert read_period("from march to september 2019", TODAY).holds("2019-02") is False
    assert read_period("from march 2019 to september 2019", TODAY).holds(dated) is held
