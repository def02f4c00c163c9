"""Tells what was measured of maps, each figure beside what it is to reach."""

import datetime as dt
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.map_answers import Times
from benchmarks.map_peers import Written
from benchmarks.map_tabs import Look

OURS = "tracker"
FAST = "FastMarkerCluster"
SMALLEST = 1_000
FIRST_LARGE = 100_000
MOST_KB, MOST_TAB_MB, MOST_LOG_MS, MOST_TIMES_BARE = 300.0, 100.0, 20.0, 10.0
_PAGES = (
    "| map | HTML kB (gzip) | HTML kB (raw) | page kB | view kB | ready s | pan ms | zoom ms "
    "| tab MB: ready / moved / collected | scripts MB | made in ms |",
    "|---|---|---|---|---|---|---|---|---|---|---|",
)
_ANSWER_TEXT = (
    "Views (`/map/cells`) over one connection, a screen wide around an incident, zooms 1 to 13, in "
    "turn with a page that says one word; p50 / p95 in ms. A person chooses one of 30 questions "
    "and moves ten times; a question once chosen is kept. Worst: each view with a question that "
    "nobody has asked, of days that somebody has asked for.",
)
_ANSWERS = (
    "| incidents | bare page p50 / p95 ms | a person's views | of them the first of a question "
    "| of them moves | the first of a past day | every one a new question "
    "| p95 to bare (reach 10): person, worst |",
    "|---|---|---|---|---|---|---|---|",
)


@dataclass
class Measured:
    """What was measured at one size; a page that passed its limit has no look."""

    looks: dict[str, Look | None] = field(default_factory=dict)
    written: dict[str, Written] = field(default_factory=dict)
    answers: dict[str, Times] = field(default_factory=dict)
    pages: dict[str, Times] = field(default_factory=dict)
    acts: dict[str, Times] = field(default_factory=dict)


def map_lines(measured: Mapping[int, Measured], *, missing: Sequence[str]) -> list[str]:
    """Tell what maps weigh, take and hold at each size, and what the server takes."""
    lines = ["## Maps", "", *_how(missing), ""]
    for size, found in measured.items():
        lines += [f"### {size:,} incidents", "", *_PAGES]
        lines += [_page_line(name, found) for name in found.looks]
        lines += ["", *(f"- {line}" for line in _reaches(size, measured)), ""]
    lines += ["### Answers of the server", "", *_ANSWER_TEXT, "", *_ANSWERS]
    lines += [_answer_line(size, found.answers) for size, found in measured.items()]
    lines.append("")
    for size, found in measured.items():
        lines.append(f"- {_page_times(size, found.pages)}")
        if found.acts:
            lines.append(f"- {_act_times(size, found.acts)}")
    return [*lines, ""]


def _how(missing: Sequence[str]) -> list[str]:
    empty = ", ".join(f"`{name}`" for name in missing)
    return [
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {os.cpu_count()} cores, load "
        f"{os.getloadavg()[0]:.1f} at the end. Written by `python -m benchmarks.maps --write`.",
        "",
        "A real Chromium with an empty cache over loopback, the server warm (`tracker serve`), "
        "each page in turn, medians. Beside it maps that folium alone makes of the same places, as "
        "files compressed once, without popups and without a background: they draw neither land "
        "nor corridors nor lists, and open no incident. Bytes are those on the wire, headers "
        "included; the page with all its files, fonts and the first answers. Ready: from the start "
        "of the navigation until marks stand and the page has nothing left to do. Pan and zoom: "
        "until the new marks are painted, without animation; ours waits 60 ms before it asks, so "
        "that a turning wheel asks once. Tab: memory of the renderers beyond an empty page.",
        *(
            ["", f"Answered empty, so that folium's pages are lighter than they are: {empty}."]
            if missing
            else []
        ),
    ]


def _page_line(name: str, found: Measured) -> str:
    look, made = found.looks[name], found.written.get(name)
    raw = f"{made.raw / 1e3:,.0f}" if made else ""
    seconds = made.seconds if made else found.pages["kept"]["p50"] if name == OURS else math.nan
    if look is None:
        compressed = f"{made.compressed / 1e3:,.0f}" if made else ""
        cells = [compressed, raw, *["left out after 120 s"], *[""] * 6, _ms(seconds)]
        return f"| {name} | " + " | ".join(cells) + " |"
    cells = [
        f"{look.html_bytes / 1e3:,.0f}",
        raw,
        f"{look.page_bytes / 1e3:,.0f}",
        f"{look.view_bytes / 1e3:.1f}" if name == OURS else "",
        f"{look.ready:.2f}",
        _ms(look.pan),
        _ms(look.zoom),
        f"{look.tab_mb:.0f} / {look.moved_tab_mb:.0f} / {look.collected_tab_mb:.0f}",
        f"{look.heap_mb:.0f}",
        _ms(seconds),
    ]
    return f"| {name} | " + " | ".join(cells) + " |"


def _ms(seconds: float) -> str:
    return "" if math.isnan(seconds) else f"{1e3 * seconds:,.0f}"


def _reaches(size: int, measured: Mapping[int, Measured]) -> list[str]:
    ours, fast = measured[size].looks[OURS], measured[size].looks.get(FAST)
    if ours is None:
        return ["Not drawn."]
    lines = []
    if size < FIRST_LARGE and fast is not None:
        weight = ours.page_bytes / fast.page_bytes
        lines.append(f"Page weight beside {FAST}: **{weight:.2f}** (reach 1.5).")
        lines.append(f"Ready beside {FAST}: **{ours.ready / fast.ready:.2f}** (reach 1.5).")
    if size >= FIRST_LARGE:
        most = MOST_KB * (1.0 if size == FIRST_LARGE else 1.5)
        lines.append(f"Page and first view: **{ours.page_bytes / 1e3:.0f} kB** (reach {most:.0f}).")
        small = measured[SMALLEST].looks[OURS] if SMALLEST in measured else None
        if small is not None:
            times = 2.0 if size == FIRST_LARGE else 3.0
            grown = ours.ready / small.ready
            lines.append(f"Ready beside {SMALLEST:,}: **{grown:.2f}** (reach {times:.0f}).")
    lines.append(
        f"Tab: **{ours.tab_mb:.0f} MB** once ready, {ours.moved_tab_mb:.0f} MB after "
        f"moves, {ours.collected_tab_mb:.0f} MB collected (reach {MOST_TAB_MB:.0f})."
    )
    return lines


def _answer_line(size: int, answers: Mapping[str, Times]) -> str:
    names = ("bare", "people", "choices", "moves", "past days", "always new")
    bare = answers["bare"]["p95"]
    person, worst = answers["people"]["p95"] / bare, answers["always new"]["p95"] / bare
    told = [_pair(answers[name]) for name in names]
    return f"| {size:,} | " + " | ".join(told) + f" | **{person:.1f}**, **{worst:.1f}** |"


def _pair(times: Times) -> str:
    return f"{1e3 * times['p50']:.1f} / {1e3 * times['p95']:.1f}"


def _page_times(size: int, pages: Mapping[str, Times]) -> str:
    return (
        f"{size:,}: the page itself, p50 / p95: {_pair(pages['kept'])} ms once it is kept, "
        f"{_pair(pages['new'])} ms for a question that nobody has asked (bare page "
        f"{_pair(pages['bare'])} ms)."
    )


def _act_times(size: int, acts: Mapping[str, Times]) -> str:
    return (
        f"{size:,}: an incident is logged in {_pair(acts['log'])} ms (reach {MOST_LOG_MS:.0f} at "
        f"p95) while the map is looked at; the first view after it takes "
        f"{_pair(acts['first view'])} ms, the next {_pair(acts['view'])} ms (p50 / p95, in the "
        "process, without HTTP)."
    )
