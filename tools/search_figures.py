"""What was measured of each search -> the tables, sentences and the picture of docs/benchmarks.md. Pure functions; called by bench_search.py."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import numpy as np

Rank = int | None  # 1-based; None where no right passage was shown
DRAWS, LEAST_IN_GROUP = 2000, 25
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 860, 430, 60, 480, 20, 380  # the picture, and the plot in it
OWN_INDEX = "its own index"
COLOURS = {OWN_INDEX: "#0b6e4f", "texts": "#666666", "texts and questions": "#c2571a"}


@dataclass(frozen=True, slots=True)
class System:
    """What one system did with every question: the rank of the first right passage, and the milliseconds.

    entries  what it searched: OWN_INDEX for ours, "texts" or "texts and questions" for a peer
    """

    name: str
    entries: str
    ranks: list[Rank]
    ms: list[float]

    @property
    def is_ours(self) -> bool:
        return self.entries == OWN_INDEX

    def hits(self, k: int) -> np.ndarray:
        return np.array([rank is not None and rank <= k for rank in self.ranks], float)

    def reciprocal(self) -> np.ndarray:
        return np.array([1 / rank if rank else 0.0 for rank in self.ranks])

    def latency(self, share: float) -> float:
        return float(np.quantile(self.ms, share))


def mean_interval(values: np.ndarray, draws: int = DRAWS) -> tuple[float, float, float]:
    """The mean, and the 95% bootstrap interval about it. Of paired differences too: give the differences."""
    drawn = np.random.default_rng(0).integers(0, len(values), (draws, len(values)))
    means = values[drawn].mean(axis=1)
    return float(values.mean()), float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))


def rank_of(ids: Sequence[str], right: set[str]) -> Rank:
    """The place of the first right passage among those shown."""
    return next((place for place, one in enumerate(ids, 1) if one in right), None)


def report(systems: Sequence[System], groups: Sequence[dict[str, str]]) -> str:
    """All that is said of the measurement; the first system is ours with its refusals off.

    groups  for each question, which kind, audience and so on it is of
    """
    ours, peers = systems[0], [system for system in systems if not system.is_ours]
    best = max(peers, key=lambda peer: peer.hits(3).mean())
    mean, low, high = mean_interval(ours.hits(3) - best.hits(3))
    verdict = "better" if low > 0 else "worse" if high < 0 else "neither better nor worse"
    sentence = (
        f"Against the best peer on R@3 ({label(best)}), question by question: {mean:+.3f} (95%: {low:+.3f} to {high:+.3f}); {verdict}, "
        "as far as these questions can tell."
    )
    return "\n\n".join([table(systems), sentence, "Where each peer is better than ours (refusals off):", comparison(ours, peers, groups)])


def table(systems: Sequence[System]) -> str:
    rows: list[tuple[str, ...]] = [("", "searches", "R@1", "R@3", "R@5", "MRR", "p50 / p95 ms"), ("---",) * 7]
    for system in systems:
        measures = [system.hits(1), system.hits(3), system.hits(5), system.reciprocal()]
        figures = ["{:.3f} ({:.3f} to {:.3f})".format(*mean_interval(values)) for values in measures]
        rows.append((system.name, system.entries, *figures, f"{system.latency(0.5):.1f} / {system.latency(0.95):.1f}"))
    return markdown(rows)


def comparison(ours: System, peers: Sequence[System], groups: Sequence[dict[str, str]]) -> str:
    """Peer by peer, what speaks for it: speed, questions that it alone has, and kinds of questions that it does better."""
    heads = ("", "R@3 less ours, paired (95%)", "times our p50", "in the first 3: only the peer / only ours", "kinds of questions with a higher R@3")
    rows: list[tuple[str, ...]] = [heads, ("---",) * len(heads)]
    for peer in peers:
        difference = peer.hits(3) - ours.hits(3)
        better = ", ".join(f"{name} ({mean:+.3f}, n = {count})" for name, mean, count in by_group(difference, groups) if mean > 0)
        counts = f"{int((difference > 0).sum())} / {int((difference < 0).sum())}"
        interval = "{:+.3f} ({:+.3f} to {:+.3f})".format(*mean_interval(difference))
        rows.append((label(peer), interval, f"{peer.latency(0.5) / ours.latency(0.5):.2g}", counts, better or "none"))
    return markdown(rows)


def by_group(values: np.ndarray, groups: Sequence[dict[str, str]]) -> Iterator[tuple[str, float, int]]:
    """The mean in each group of questions that is large enough to speak of."""
    parts: dict[str, list[float]] = defaultdict(list)
    for value, names in zip(values, groups):
        for kind, name in names.items():
            parts[f"{kind}: {name}"].append(float(value))
    for name, members in sorted(parts.items()):
        if len(members) >= LEAST_IN_GROUP:
            yield name, float(np.mean(members)), len(members)


def label(system: System) -> str:
    return f"{system.name}, {system.entries}"


def markdown(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def put_between(page: str, section: str, text: str) -> str:
    """The page with what stands between the section's two marks replaced.

    raises  ValueError: the page lacks the marks
    """
    begin, end = f"<!-- {section}: made by its tool -->", f"<!-- end of {section} -->"
    if begin not in page or end not in page:
        raise ValueError(f"docs/benchmarks.md lacks the marks {begin} and {end}: put them where the figures belong")
    return re.sub(f"{re.escape(begin)}.*{re.escape(end)}", lambda _: f"{begin}\n{text}\n{end}", page, flags=re.DOTALL)


def svg(systems: Sequence[System]) -> str:
    """R@3 with its interval against p50 on a logarithmic scale; names stand in a column beside the plot, each led to its point."""
    points = sorted(((s, mean_interval(s.hits(3)), s.latency(0.5)) for s in systems), key=lambda point: -point[1][0])
    floor = math.floor(min(low for _, (_, low, _), _ in points) * 10) / 10
    first, last = math.floor(math.log10(min(ms for *_, ms in points))), math.ceil(math.log10(max(ms for *_, ms in points)))

    def x(ms: float) -> float:
        return LEFT + (math.log10(ms) - first) / max(1, last - first) * (RIGHT - LEFT)

    def y(share: float) -> float:
        return BOTTOM - (share - floor) / (1 - floor) * (BOTTOM - TOP)

    parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>']
    for tick in np.arange(floor, 1.001, 0.1):
        parts.append(f'<path d="M{LEFT} {y(tick):.1f}H{RIGHT}" stroke="#e3e3e3"/>{words(LEFT - 8, y(tick) + 4, f"{tick:.1f}", "end")}')
    for power in range(first, last + 1):
        parts.append(f'<path d="M{x(10**power):.1f} {TOP}V{BOTTOM}" stroke="#e3e3e3"/>{words(x(10**power), BOTTOM + 18, f"{10**power:g}", "middle")}')
    parts.append(words((LEFT + RIGHT) / 2, HEIGHT - 12, "milliseconds for one question, p50 (logarithmic)", "middle"))
    parts.append(words(LEFT, TOP - 6, "R@3, with its 95% interval", "start"))
    for place, (system, (mean, low, high), ms) in enumerate(points):
        colour, height = COLOURS[system.entries], TOP + 12 + place * (BOTTOM - TOP) / len(points)
        parts.append(f'<path d="M{x(ms):.1f} {y(mean):.1f}L{RIGHT + 14} {height - 4:.1f}" stroke="{colour}" stroke-opacity=".35"/>')
        parts.append(f'<path d="M{x(ms):.1f} {y(low):.1f}V{y(high):.1f}" stroke="{colour}" stroke-width="1.5"/>')
        parts.append(f'<circle cx="{x(ms):.1f}" cy="{y(mean):.1f}" r="5" fill="{colour}"/>')
        parts.append(words(RIGHT + 18, height, f"{label(system)}: {mean:.3f}, {ms:.1f} ms", "start", colour))
    title = "<title>Quality (R@3) against latency (p50) of our search and its peers</title>"
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" font-size="12">'
    return "\n".join([opening, title, *parts, "</svg>", ""])


def words(x: float, y: float, text: str, anchor: str, colour: str = "#333333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
