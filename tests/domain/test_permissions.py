"""One table says who may do what, and things of others look like what is not there."""

import pytest

from tests.conftest import AMINA, BEATRIZ, CAMILO, DOLORES, FERNANDA, SHELTER, XIMENA
from tracker.domain.errors import NotAllowed, NotFound
from tracker.domain.permissions import (
    ANYONE,
    OPERATOR,
    PERMISSIONS,
    Action,
    Actor,
    Role,
    may,
    require,
    require_own_organisation,
)


def test_every_role_stands_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Role)


def test_nobody_may_less_than_anyone_at_all() -> None:
    for role, allowed in PERMISSIONS.items():
        assert allowed >= PERMISSIONS[Role.PUBLIC], role


def test_only_the_operator_looks_after_the_installation() -> None:
    holders = {role for role in Role if Action.MANAGE_INSTALLATION in PERMISSIONS[role]}
    assert holders == {Role.OPERATOR}


def test_everyone_who_signs_in_has_an_account_and_no_other() -> None:
    for role in Role:
        assert may(Actor(role), Action.USE_OWN_ACCOUNT) == (role is not Role.PUBLIC)


def test_an_administrator_manages_and_a_verifier_does_not() -> None:
    require(FERNANDA, Action.MANAGE_ORGANISATION)
    with pytest.raises(NotAllowed):
        require(CAMILO, Action.MANAGE_ORGANISATION)


def test_a_thing_of_another_organisation_looks_like_none() -> None:
    require_own_organisation(BEATRIZ, SHELTER, "incident")
    require_own_organisation(OPERATOR, SHELTER, "incident")
    for other in (AMINA, DOLORES, XIMENA, ANYONE):
        with pytest.raises(NotFound):
            require_own_organisation(other, SHELTER, "incident")
    with pytest.raises(NotFound):
        require_own_organisation(ANYONE, None, "incident")


def test_records_name_an_account_by_its_number_and_never_the_person() -> None:
    assert BEATRIZ.handle == "account 2"
    assert OPERATOR.handle == "operator"
    assert BEATRIZ.name not in BEATRIZ.handle
