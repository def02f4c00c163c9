"""Positions hold what the digits allow; distances are metres on the globe."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geodata.distances import distance_m, unrolled
from geodata.positions import Position, PositionForm, PositionUnclear, digits_uncertainty_m


def test_a_position_off_the_globe_is_refused_with_a_code():
    with pytest.raises(PositionUnclear) as refused:
        Position(-110.0, 91.0, 10.0, PositionForm.DECIMAL)
    assert refused.value.code == "out_of_range"


def test_fewer_digits_leave_a_wider_radius_open():
    assert digits_uncertainty_m(0.0, 1.0, 1.0) == pytest.approx(78_626, abs=10)
    assert digits_uncertainty_m(60.0, 0.1, 0.1) == pytest.approx(6_216, abs=5)
    assert digits_uncertainty_m(31.0, 1e-9, 1e-9) == 10.0


@given(
    st.tuples(st.floats(-180, 180), st.floats(-89, 89)),
    st.tuples(st.floats(-180, 180), st.floats(-89, 89)),
)
def test_distances_are_within_0_6_percent_of_the_geodesic_and_the_same_both_ways(first, second):
    metres = float(distance_m(first, second))
    geodesic = Geod(ellps="WGS84").inv(*first, *second)[2]
    assert metres == pytest.approx(geodesic, rel=0.006, abs=1.0)
    assert float(distance_m(second, first)) == pytest.approx(metres)


def test_unrolled_longitudes_join_the_aleutians():
    assert unrolled([179.5, -179.5, -70.0, 2.0]).tolist() == [-180.5, -179.5, -70.0, 2.0]
    assert np.isnan(distance_m((np.nan, 1.0), (2.0, 3.0)))
