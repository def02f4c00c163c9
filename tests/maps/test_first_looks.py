"""What the page of the map holds of its first look is what screens then show."""

from tracker.maps.first_looks import first_looks

REGION = ((-25.0, -117.0), (37.0, -60.0))


def test_a_phone_and_a_large_screen_find_the_zoom_at_which_they_begin() -> None:
    assert {zoom for zoom, _ in first_looks(REGION, closest=9)} == {3, 4}


def test_all_that_is_to_be_shown_first_lies_in_each_look() -> None:
    for view in (REGION, ((7.0, -78.0), (9.0, -76.0))):
        (south, west), (north, east) = view
        for _, box in first_looks(view, closest=9):
            assert box[0] <= west < east <= box[2]
            assert box[1] <= south < north <= box[3]


def test_a_single_point_is_shown_no_nearer_than_it_may_be() -> None:
    assert {zoom for zoom, _ in first_looks(((8.0, -77.0), (8.0, -77.0)), closest=9)} == {9}
