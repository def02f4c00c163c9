"""Nobody learns more of a place than its public area, whatever they ask, and however often.

Two registers hold the same incidents, but each exact place lies elsewhere in the same public cell.
Whoever cannot tell the two apart by any answer learns nothing finer than the cell from any of them:
no zoom, filter, middle of a cluster, difference of two days, file, cached answer or ETag helps.
Country, corridor and segment are told as they are; they are the same in both.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient

from geodata.places import look_up_places
from tests.conftest import CAMILO, ESTEBAN, KEYS
from tests.http.clients import Clock, new_app, sign_in
from tests.services.records import log
from tracker.db.migrations import upgrade_database
from tracker.db.session import Database, open_database
from tracker.domain.permissions import ANYONE
from tracker.domain.publication import place_on_grid
from tracker.domain.statuses import Reason, Status, Visibility
from tracker.domain.tallies import TallyQuery
from tracker.services.incidents import restrict_incident
from tracker.services.incidents.standing import seen_incident
from tracker.services.incidents.versions import next_version
from tracker.services.maps import draw_incidents_file

COUNT = 500
WORLD = "-180,-90,180,90"
SAME = ("country", "un_m49", "review_2021", "corridor", "segment")
CAUSES = ("drowning", "violence", "harsh_environment", "accidental_death")
START = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)
Places = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def twin_places(rng: np.random.Generator) -> tuple[Places, Places]:
    """Draw pairs of places in one public cell that lie in the same country and corridor."""
    found: list[tuple[np.ndarray, np.ndarray]] = []
    while len(found) < COUNT:
        ones = np.column_stack([rng.uniform(-117, -60, 2_000), rng.uniform(-30, 33, 2_000)])
        cells = np.array([place_on_grid(x, y) for x, y in ones])
        others = cells + rng.uniform(-0.0499, 0.0499, ones.shape)
        looked = [look_up_places(places[:, 0], places[:, 1]) for places in (ones, others)]
        codes = [np.array([each.decoded(name) for name in SAME]) for each in looked]
        same = (codes[0] == codes[1]).all(axis=0) & (codes[0][0] != np.array(None))
        found += list(zip(ones[same], others[same], strict=True))
    one, other = zip(*found[:COUNT], strict=True)
    return np.round(np.array(one), 5), np.round(np.array(other), 5)


def register(path: Path, places: Places, clock: Clock) -> Database:
    """Log incidents at these places, verify them, and let some be moved, hidden or too recent."""
    database = open_database(f"sqlite:///{path}", KEYS)
    upgrade_database(database)
    database.tell_time(clock)
    new_app(database, clock)
    clock.now = START
    ids: list[str] = []
    for number, (longitude, latitude) in enumerate(places.tolist()):
        clock.passes(hours=5)
        day = (START.date() - dt.timedelta(days=number)).isoformat()
        with database.writing() as session:
            given = {
                "date_from": day, "date_to": day, "longitude": longitude, "latitude": latitude,
                "location_precision": ("exact", "locality", "adm2")[number % 3],
                "causes": [CAUSES[number % 4]], "number_dead": 1 + number % 5,
            }  # fmt: skip
            public_id = log(session, submit=True, **given).public_id
            ids.append(public_id)
            standing = seen_incident(session, CAMILO, public_id)
            changes, why = {"status": str(Status.VERIFIED)}, (Reason.REPORTED, None)
            next_version(session, CAMILO, standing, changes=changes, why=why)
            hidden = number % 11 == 0
            visibility = Visibility.RESTRICTED if hidden else Visibility.PUBLIC
            restrict_incident(session, CAMILO, public_id, visibility=visibility)
    clock.passes(days=6)
    for number in range(0, COUNT, 25):  # told anew, elsewhere
        longitude, latitude = places[(number + 7) % COUNT].tolist()
        with database.writing() as session:
            standing = seen_incident(session, CAMILO, ids[number])
            moved = {"longitude": longitude, "latitude": latitude}
            next_version(session, CAMILO, standing, changes=moved, why=(Reason.REVISED, None))
    clock.passes(days=2)
    return database


@pytest.fixture(scope="module")
def registers(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Sequence[Database], Sequence[Places], Clock]]:
    folder, clock = tmp_path_factory.mktemp("registers"), Clock()
    places = twin_places(np.random.default_rng(7))
    databases = [
        register(folder / f"{number}.sqlite3", each, clock) for number, each in enumerate(places)
    ]
    yield databases, places, clock
    for database in databases:
        database.close()


def boxes_near(places: Places, rng: np.random.Generator) -> list[str]:
    """Draw boxes of all sizes whose edges run close by exact places: what a narrowing asks for."""
    boxes = []
    for x, y in places[rng.choice(len(places), 40, replace=False)]:
        for width in (0.0002, 0.01, 0.07, 1.0):
            west, south = x - rng.uniform(0, width), y - rng.uniform(0, width)
            boxes.append(f"{west:.6f},{south:.6f},{west + width:.6f},{south + width:.6f}")
    return boxes


def questions(clock: Clock) -> list[str]:
    """Give filters that single out few incidents or one, and days on which things were known."""
    today = clock().date()
    days = [today - dt.timedelta(days=back) for back in (1, 9, 20, 40, 90)]
    first = START.date()
    return [
        "",
        *(f"corridor={code}" for code in ("darien", "us_mexico_border", "andean_route")),
        *(f"cause={cause}" for cause in CAUSES),
        *("sex=female", "children=only", "source_quality=4", "rule=confirmed_dead"),
        *(f"as_known_on={day}" for day in days),
        *(f"as_known_on={day}&new_since={day - dt.timedelta(days=1)}" for day in days),
        *(
            f"from={first - dt.timedelta(days=n)}&to={first - dt.timedelta(days=n)}"
            for n in range(40)
        ),
    ]


def addresses(places: Sequence[Places], clock: Clock) -> Iterator[str]:
    """Give everything that is asked."""
    rng = np.random.default_rng(8)
    boxes = [WORLD, *boxes_near(places[0], rng), *boxes_near(places[1], rng)]
    for zoom in range(1, 14):
        for cells in ("plain", "fine"):
            yield f"/map/cells?zoom={zoom}&cells={cells}&box={WORLD}"
        yield f"/map/hexagons?zoom={zoom}&box={WORLD}"
    for box in boxes[::4]:
        yield f"/ogc/collections/incidents/items?bbox={box}"
    for box in boxes:
        yield f"/map/cells?zoom=13&cells=fine&box={box}"
        yield f"/map/incidents?box={box}"
        yield f"/map/hexagons?zoom=13&box={box}"
    for question in questions(clock):
        of_maps = ("/map", "/map/cells", "/map/incidents", "/map/hexagons")
        for path in (*of_maps, *(() if "new_since" in question else ("/tallies", "/incidents"))):
            more = f"zoom=9&box={WORLD}" if path in ("/map/cells", "/map/hexagons") else ""
            yield f"{path}?{question}&{more}"
    for kind in ("subregion", "corridor", "silent"):
        yield f"/map/areas?kind={kind}&from=2025-01-01&to=2025-12-31"
    yield from (f"/tallies?by={by}" for by in ("month", "year", "corridor,month", "country"))
    yield from ("/", "/figures", "/exports/incidents.csv", "/exports/incidents.geojson")
    yield from ("/exports/incidents.json", "/exports/incidents.ndjson", "/api/v1/incidents")


def answer(client: FlaskClient, address: str) -> tuple[object, ...]:
    """Give all that whoever asks can see of an answer, but the words made anew for each page."""
    told = client.get(address, headers={"Accept-Language": "en"})
    nonce = (
        told.headers.get("Content-Security-Policy", "").partition("'nonce-")[2].partition("'")[0]
    )
    body = told.data.replace(nonce.encode(), b"") if nonce else told.data
    headers = {name: told.headers.get(name) for name in ("ETag", "Content-Length", "Link")}
    return told.status_code, body, *headers.items()


def test_no_answer_tells_two_places_of_one_public_area_apart(
    registers: tuple[Sequence[Database], Sequence[Places], Clock],
) -> None:
    databases, places, clock = registers
    clients = [new_app(database, clock).test_client() for database in databases]
    asked = list(addresses(places, clock))
    assert len(asked) > 1_300
    found = 0
    for address in asked:
        one, other = (answer(client, address) for client in clients)
        assert one[0] == 200, address
        assert one == other, address
        found += len(one[1]) > 200  # type: ignore[arg-type]
    assert found > 400


def test_no_file_and_no_page_of_a_record_tells_them_apart(
    registers: tuple[Sequence[Database], Sequence[Places], Clock],
) -> None:
    databases, _, clock = registers
    clients = [new_app(database, clock).test_client() for database in databases]
    listed = clients[0].get("/map/incidents").json
    shown = [row["public_id"] for row in listed["rows"]]
    assert len(shown) == 50
    for public_id in shown:
        for path in (f"/incidents/{public_id}", f"/api/v1/incidents/{public_id}"):
            assert answer(clients[0], path) == answer(clients[1], path)
    files = []
    for database in databases:
        with database.reading() as session:
            query = TallyQuery(clock().date())
            files.append(draw_incidents_file(session, ANYONE, query, language="en"))
    assert files[0] == files[1]


def test_who_may_see_exact_places_tells_them_apart(
    registers: tuple[Sequence[Database], Sequence[Places], Clock],
) -> None:
    databases, places, clock = registers
    told = []
    for database in databases:
        client = sign_in(new_app(database, clock), ESTEBAN)
        told.append(client.get(f"/map/cells?zoom=13&box={WORLD}").data)
    assert told[0] != told[1]
    west, south = places[0][3] - 0.00004
    box = f"{west},{south},{west + 0.00008},{south + 0.00008}"
    client = sign_in(new_app(databases[0], clock), ESTEBAN)
    assert client.get(f"/map/incidents?box={box}").json["incidents"] == 1
