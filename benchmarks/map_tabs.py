"""Opens pages with maps in a real Chromium and measures what they weigh, take and hold."""

import contextlib
import math
import os
import shutil
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import psutil
from playwright.sync_api import Browser, CDPSession, Error, Page, Playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LAUNCH = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing leaves this machine, whatever a page names.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
WINDOW = {"width": 1600, "height": 1000}
SETTLES_MS, RESTS_MS = 800, 400
MOVE_LIMIT_MS = 60_000
# Shares of the map's width and height, and zooms one after another.
PANS = ((0.5, 0.0), (0.0, 0.5), (0.5, 0.5), (-0.5, 0.0))
ZOOMS = (5, 6, 7, 8)
PANS_FROM, ZOOMS_FROM = ((31.0, -108.0), 6), ((19.0, -97.0), 4)

# Notes when the first mark stands and the page has nothing left to do.
_WATCH = """(() => {
  new MutationObserver((_, own) => {
    if (document.querySelector("%s")) {
      own.disconnect();
      requestAnimationFrame(() => requestIdleCallback(() => {
        window.benchReady = performance.now();
      }));
    }
  }).observe(document, {childList: true, subtree: true});
})();"""
# Moves, and waits until what came of it has been painted.
_MOVE = """([name, event, way, limit]) => new Promise((resolve) => {
  const map = window[name];
  const size = map.getSize();
  const start = performance.now();
  setTimeout(() => resolve(null), limit);
  map.once(event, () => requestAnimationFrame(() => setTimeout(() =>
    resolve(performance.now() - start))));
  if (way.length === 2) {
    map.panBy([way[0] * size.x, way[1] * size.y], {animate: false});
  } else {
    map.setZoom(way[0], {animate: false});
  }
})"""
_LOOK = "([name, place, zoom]) => void window[name].setView(place, zoom, {animate: false})"


@dataclass(frozen=True)
class MapPage:
    """A page with a map: where it is, and how one sees that its marks are drawn.

    `empty` is a page of the same host with nothing on it; `drawn` an event of the map `name`.
    """

    address: str
    empty: str
    name: str
    mark: str
    drawn: str
    view: str = ""
    limit_seconds: float = 60.0


@dataclass(frozen=True)
class Look:
    """What one look took: bytes as sent, seconds, and megabytes more than an empty page.

    `tab_mb`: once the marks stood; `moved_tab_mb`: after all moves; `collected_tab_mb`: after that,
    what no script needs any more given back.
    """

    html_bytes: float
    page_bytes: float
    view_bytes: float
    ready: float
    pan: float
    zoom: float
    tab_mb: float
    moved_tab_mb: float
    collected_tab_mb: float
    heap_mb: float
    marks: float


def find_chromium() -> str:
    """Find the browser that CHROMIUM names, or one that is installed."""
    named = os.environ.get("CHROMIUM")
    names = (named,) if named else CHROMIUM_NAMES
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise FileNotFoundError("Maps are measured in Chromium: install it, or name it: CHROMIUM.")
    return found


def middle_of(looks: Sequence[Look]) -> Look:
    """Give the median of each figure."""
    names = [each.name for each in fields(Look)]
    return Look(**{name: statistics.median(getattr(one, name) for one in looks) for name in names})


def look_at(playwright: Playwright, page: MapPage) -> Look | None:
    """Open a page in a new browser, move about, and measure; None if it passes its limit."""
    with _new_browser(playwright) as browser:
        try:
            return _look(browser, page)
        except Error as error:
            print(f"left out: {page.address}: {error.message.splitlines()[0]}", flush=True)
            return None


@contextlib.contextmanager
def _new_browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(LAUNCH))
    try:
        yield browser
    finally:
        browser.close()


def _look(browser: Browser, page: MapPage) -> Look:
    tab = browser.new_context(viewport=WINDOW).new_page()
    tab.goto(page.empty)
    tab.wait_for_timeout(SETTLES_MS)
    empty = _tab_megabytes(browser)
    protocol = tab.context.new_cdp_session(tab)
    received = _Received(protocol, page.view)
    tab.add_init_script(_WATCH % page.mark)
    limit = 1e3 * page.limit_seconds
    tab.goto(page.address, wait_until="commit", timeout=limit)
    tab.wait_for_function("() => window.benchReady", polling=100, timeout=limit)
    ready = tab.evaluate("window.benchReady") / 1e3
    tab.wait_for_timeout(SETTLES_MS)
    at_rest = _tab_megabytes(browser) - empty
    weight = received.total
    marks = tab.locator(page.mark).count()
    pan = _moved(tab, page, start=PANS_FROM, ways=PANS)
    zoom = _moved(tab, page, start=ZOOMS_FROM, ways=[(level,) for level in ZOOMS])
    moved = _tab_megabytes(browser) - empty
    protocol.send("HeapProfiler.collectGarbage")
    tab.wait_for_timeout(SETTLES_MS)
    collected = _tab_megabytes(browser) - empty
    heap = protocol.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    return Look(
        html_bytes=received.html,
        page_bytes=weight,
        view_bytes=received.first_view,
        ready=ready,
        pan=pan,
        zoom=zoom,
        tab_mb=at_rest,
        moved_tab_mb=moved,
        collected_tab_mb=collected,
        heap_mb=heap,
        marks=marks,
    )


def _moved(
    tab: Page,
    page: MapPage,
    *,
    start: tuple[tuple[float, float], int],
    ways: Sequence[Sequence[float]],
) -> float:
    """Go somewhere, move from there, and give the median of the moves in seconds."""
    tab.evaluate(_LOOK, [page.name, list(start[0]), start[1]])
    tab.wait_for_timeout(SETTLES_MS)
    taken = []
    for way in ways:
        given = tab.evaluate(_MOVE, [page.name, page.drawn, list(way), MOVE_LIMIT_MS])
        taken.append(math.nan if given is None else given / 1e3)
        tab.wait_for_timeout(RESTS_MS)
    return math.nan if any(map(math.isnan, taken)) else statistics.median(taken)


class _Received:
    """Counts the bytes that came over the wire for a tab, headers included."""

    def __init__(self, protocol: CDPSession, view: str) -> None:
        self.total = self.html = self.first_view = 0.0
        self._view = view
        self._kinds: dict[str, tuple[str, str]] = {}
        protocol.send("Network.enable")
        protocol.on("Network.responseReceived", self._begun)
        protocol.on("Network.loadingFinished", self._finished)

    def _begun(self, event: dict) -> None:
        self._kinds[event["requestId"]] = (event["type"], event["response"]["url"])

    def _finished(self, event: dict) -> None:
        size = event["encodedDataLength"]
        kind, address = self._kinds.get(event["requestId"], ("", ""))
        self.total += size
        if kind == "Document":
            self.html += size
        elif self._view and self._view in address and not self.first_view:
            self.first_view = size


def _tab_megabytes(browser: Browser) -> float:
    """Give the memory of all renderers, their share of what processes share included.

    All of them, since a browser keeps one ready for the next tab; it is there before and after.
    """
    session = browser.new_browser_cdp_session()
    running = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    sizes = []
    for process in running:
        if process["type"] == "renderer":
            with contextlib.suppress(psutil.NoSuchProcess):
                memory = psutil.Process(process["id"]).memory_full_info()
                sizes.append(getattr(memory, "pss", memory.rss) / 1e6)
    return sum(sizes)
