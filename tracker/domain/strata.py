"""What an incident counts under, apart from its dates."""

DIMENSIONS: tuple[str, ...] = (
    "un_m49",
    "review_2021",
    "iom_region",
    "corridor",
    "segment",
    "country",
    "route_reported",
    "origin",
    "cause",
    "sex",
    "age_group",
    "source_quality",
    "dataset",
    "scope",
)

FEMALE, MALE, OTHER_GENDER, NOT_KNOWN = "female", "male", "other_gender", "not_known"
CHILD, ADULT = "child", "adult"


def sex_of(*, females: int, males: int, others: int, people: int) -> str | None:
    """Name the sexes among the people of an incident, such as `female;not_known`.

    None where nothing is known. Unknown numbers are given as 0: a sex is named only where it
    was counted. `people` are the dead and the missing.
    """
    known = [
        name
        for name, number in ((FEMALE, females), (MALE, males), (OTHER_GENDER, others))
        if number > 0
    ]
    if not known:
        return None
    if females + males + others < people:
        known.append(NOT_KNOWN)
    return ";".join(known)


def age_group_of(children: int | None, people: int) -> str | None:
    """Name the age groups among the people of an incident; the others' age is not known."""
    if children is None:
        return None
    if children == 0:
        return ADULT
    return CHILD if children >= people else f"{CHILD};{NOT_KNOWN}"
