"""Two invented searches of the demonstration: one done, with a gap; one planned in the desert."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy.orm import Session

from tracker.domain.permissions import Actor
from tracker.domain.searches import SearchStatus
from tracker.schemas.searches import load_effort, load_finding, load_plan
from tracker.services.searches import (
    SearchFilter,
    change_search_status,
    list_searches,
    plan_search,
    report_search,
)

INVENTED = "(inventado / invented)"
# In the hills west of Arivaca, and in the sand south of Sasabe: nobody has searched so.
_HILLS = "31.6020, -111.4100\n31.6040, -111.3620\n31.5740, -111.3540\n31.5640, -111.3980"
_HILLS_NORTH = "31.6020, -111.4100\n31.6040, -111.3620\n31.5910, -111.3580\n31.5890, -111.4055"
_WASH = (
    "31.5870, -111.4030\n31.5858, -111.3950\n31.5862, -111.3860\n31.5840, -111.3770\n"
    "31.5846, -111.3690\n31.5830, -111.3600"
)
_CREST = "31.5760, -111.3960\n31.5752, -111.3880\n31.5768, -111.3800\n31.5757, -111.3720"
_DESERT = "31.4420, -111.6150\n31.4480, -111.5600\n31.4090, -111.5480\n31.3960, -111.6020"
# Each on a day of the search, counted from 0.
_EFFORTS: tuple[dict[str, object], ...] = (
    {
        "kind": "nothing_found",
        "day": 0,
        "method": "drone",
        "people": "3",
        "hours": "5",
        "thoroughness": "1",
        "ground": "area",
        "points": _HILLS_NORTH,
        "view": "fair",
        "words": f"Bajo los mezquites no se ve desde el aire. {INVENTED}",
    },
    {
        "kind": "effort",
        "day": 1,
        "method": "foot_line",
        "people": "11",
        "hours": "4.5",
        "thoroughness": "3",
        "width_m": "120",
        "ground": "line",
        "points": _WASH,
        "view": "good",
        "weather": "34 °C",
    },
    {
        "kind": "nothing_found",
        "day": 1,
        "method": "foot_line",
        "people": "6",
        "hours": "3",
        "thoroughness": "2",
        "width_m": "80",
        "ground": "line",
        "points": _CREST,
        "view": "good",
    },
)


def demo_searches(
    session: Session, planner: Actor, *, today: dt.date, groups: Iterable[int] = ()
) -> bool:
    """Enter the invented searches for the planner's group; gives False where there are some."""
    if list_searches(session, planner, SearchFilter(limit=1))[0]:
        return False
    with_groups = [*groups]
    done = _done(session, planner, today - dt.timedelta(days=16), groups=with_groups)
    change_search_status(session, planner, done, status=SearchStatus.UNDER_WAY, expected_version=1)
    _report(session, planner, done, begins_on=today - dt.timedelta(days=16), today=today)
    change_search_status(session, planner, done, status=SearchStatus.DONE, expected_version=2)
    _planned(session, planner, today + dt.timedelta(days=12), groups=with_groups)
    return True


def _done(session: Session, planner: Actor, day: dt.date, *, groups: Iterable[int]) -> str:
    given = {
        "title": f"Cerros al oeste de Arivaca {INVENTED}",
        "purpose": "Dos personas contaron que el grupo se separó aquí durante la tormenta.",
        "begins_on": day.isoformat(),
        "ends_on": (day + dt.timedelta(days=1)).isoformat(),
        "methods": ["foot_line", "drone"],
        "area": _HILLS,
        "safety": "Más de 38 °C después del mediodía: regresar a las 11. Sin señal en el arroyo.",
        "contacts": "Radio, canal 4. Coordinación en el campamento (número inventado: 555-0100).",
    }
    return plan_search(session, planner, load_plan(given), groups=groups, invented=True)


def _report(
    session: Session, actor: Actor, public_id: str, *, begins_on: dt.date, today: dt.date
) -> None:
    days = {number: (begins_on + dt.timedelta(days=number)).isoformat() for number in (0, 1)}
    for effort in _EFFORTS:
        given = load_effort({**effort, "done_on": days[int(str(effort["day"]))]}, today=today)
        report_search(session, actor, public_id, given=given)
    finding = {
        "what": "belongings",
        "done_on": days[1],
        "place": "31.5851, -111.3792",
        "uncertainty_m": "10",
        "words": f"Mochila negra y una botella vacía, al pie de un mezquite. {INVENTED}",
        "done_with": ["left_untouched", "photographed", "authority_informed"],
    }
    report_search(session, actor, public_id, given=load_finding(finding, today=today))


def _planned(session: Session, planner: Actor, day: dt.date, *, groups: Iterable[int]) -> str:
    given = {
        "title": f"Desierto de Sonora, al oeste de Sásabe {INVENTED}",
        "purpose": "Un camino que varias familias nombran, y que nadie ha recorrido todavía.",
        "begins_on": day.isoformat(),
        "ends_on": (day + dt.timedelta(days=2)).isoformat(),
        "methods": ["foot_line", "dogs", "vehicle"],
        "area": _DESERT,
        "safety": "Ocho litros de agua por persona. Nadie camina a solas. Avisar antes de entrar.",
        "contacts": "Radio, canal 4 (inventado).",
    }
    return plan_search(session, planner, load_plan(given), groups=groups, invented=True)
