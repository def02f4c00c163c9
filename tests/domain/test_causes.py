import pytest

from tracker.domain.causes import LABELS, Cause, causes_of


@pytest.mark.parametrize("label", LABELS)
def test_each_label_is_its_cause(label):
    assert causes_of(label.capitalize()) == ((LABELS[label],), True)


def test_labels_with_commas_are_read_whole():
    words = (
        "Drowning,Harsh environmental conditions / lack of adequate shelter, food, water,"
        "Sickness / lack of access to adequate healthcare"
    )
    codes, understood = causes_of(words)
    assert understood
    assert codes == (Cause.DROWNING, Cause.HARSH_ENVIRONMENT, Cause.SICKNESS_NO_HEALTHCARE)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Presumed drowning", "drowning"),
        ("Pressumed drowinig", "drowning"),
        ("Shot", "violence"),
        ("Vehicle  Accident", "hazardous_transport"),
        ("Fall from train, violence", "hazardous_transport violence"),
        ("Accident (fell from train)", "hazardous_transport"),
        ("Accident (fell from border wall)", "accidental_death"),
        ("Killed by hippopotamus", "accidental_death"),
        ("Killed by car", "hazardous_transport"),
        ("Killed in fight", "violence"),
        ("Suicide", "violence"),
        ("Suffocation", "hazardous_transport"),
        ("Asphyxiation", "accidental_death"),
        ("Exhaustion and hypothermia", "harsh_environment"),
        ("Heart attack", "sickness_no_healthcare"),
        ("Unknown (presumed dehydration)", "harsh_environment"),
        ("Unknown (skeletal remains)", "mixed_or_unknown"),
        ("Sickness and lack of access to medicines, starvation, sexual abuse",
         "harsh_environment violence sickness_no_healthcare"),
    ],
)  # fmt: skip
def test_older_words_map_to_the_seven_causes(words, codes):
    assert causes_of(words) == (tuple(map(Cause, codes.split())), True)


@pytest.mark.parametrize("words", [None, "", "  ", "Melancholy"])
def test_what_nobody_told_is_mixed_or_unknown_and_not_understood(words):
    assert causes_of(words) == ((Cause.MIXED_OR_UNKNOWN,), False)
