import datetime as dt
import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tracker.exchange.mmp import read_mmp
from tracker.schemas.incident_columns import check_incident_columns
from tracker.schemas.incidents import COUNTS, IncidentSchema

DATA = Path(__file__).parents[1] / "data"
ROWS = 10_000
NUMBERS = [None, 0.0, 1.0, 3.0, -1.0, 2.5, 174.0, 2e6]
MUTATIONS = {
    **dict.fromkeys(COUNTS, NUMBERS),
    "source_quality": [None, 0.0, 1.0, 5.0, 6.0, 2.5],
    "longitude": [None, -117.0, 180.0, 180.5, -181.0],
    "latitude": [None, 32.5, -90.0, 90.1, -91.0],
    "uncertainty_m": [None, 0.0, 100.0, -1.0, 1e9],
    "incident_type": [None, "incident", "split_incident", "accident"],
    "date_precision": [None, "day", "month", "unknown", "hour"],
    "date_basis": [None, "death", "buried"],
    "location_precision": [None, "exact", "unknown", "street"],
    "location_basis": [None, "gps", "guess"],
    "causes": [None, "drowning", "drowning;violence", "drowning;sadness", "unknown"],
    "date_from": [None, dt.date(2021, 1, 1), dt.date(2021, 3, 9)],
    "date_to": [None, dt.date(2021, 1, 1), dt.date(2021, 3, 9)],
}


def mutated_records(seed):
    """Real rows, each with none to four values replaced by right and wrong ones."""
    frames = [read_mmp(path).frame for path in sorted(DATA.glob("mmp-*-extract.*"))]
    real = pd.concat(frames, ignore_index=True).to_dict("records")
    chance = random.Random(seed)
    records = []
    for _ in range(ROWS):
        row = chance.choice(real)
        record = {name: row.get(name) for name in MUTATIONS}
        for name in ("number_dead_max", "number_missing_max", "number_other_gender"):
            record[name] = None
        for name in chance.sample(sorted(MUTATIONS), chance.randrange(5)):
            record[name] = chance.choice(MUTATIONS[name])
        records.append({name: known_or_none(value) for name, value in record.items()})
    return records


def known_or_none(value):
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if value is pd.NaT or pd.isna(value) else value


def as_frame(records):
    frame = pd.DataFrame(records)
    for name in ("date_from", "date_to"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    for name in (*COUNTS, "longitude", "latitude", "uncertainty_m", "source_quality"):
        frame[name] = frame[name].astype("float64")
    return frame


def by_schema(records, imported):
    schema = IncidentSchema(imported=imported)
    return {
        (row, field, code)
        for row, record in enumerate(records)
        for field, codes in schema.validate(as_sent(record)).items()
        for code in flat(codes)
    }


def as_sent(record):
    """A record as a form or the API sends it: dates as text, causes as a list."""
    sent = dict(record)
    for name in ("date_from", "date_to"):
        sent[name] = sent[name].isoformat() if sent[name] else None
    sent["causes"] = sent["causes"].split(";") if sent["causes"] else None
    return sent


def flat(codes):
    return [code for part in codes.values() for code in part] if isinstance(codes, dict) else codes


@pytest.mark.parametrize("imported", [False, True])
def test_form_and_file_rules_say_the_same_of_ten_thousand_mutated_rows(imported):
    records = mutated_records(seed=20210401)
    found = check_incident_columns(as_frame(records), imported=imported)
    by_columns = set(found.itertuples(index=False, name=None))
    assert by_columns == by_schema(records, imported)
    codes = {code for _, _, code in by_columns}
    assert codes == {
        *("required", "unknown_code", "not_whole", "negative", "out_of_range"),
        *("total_mismatch", "below_minimum", "date_order", "precision_mismatch"),
    }


def test_real_rows_break_no_rule_when_imported():
    for path in sorted(DATA.glob("mmp-*-extract.*")):
        found = check_incident_columns(read_mmp(path).frame, imported=True)
        assert found.empty, found


def test_people_may_not_type_a_negative_number_but_a_file_may_hold_one():
    record = {
        "incident_type": "incident",
        "date_precision": "unknown",
        "causes": ["drowning"],
        "location_precision": "unknown",
        "number_dead": 20,
        "number_missing_min": -1,
    }
    assert IncidentSchema().validate(record) == {"number_missing_min": ["negative"]}
    assert IncidentSchema(imported=True).validate(record) == {}


def test_digits_are_a_number_and_a_fraction_is_never_cut():
    schema = IncidentSchema(only=["number_dead", "source_quality"])
    assert schema.load({"number_dead": "1022"})["number_dead"] == 1022
    assert schema.validate({"number_dead": 1.5, "source_quality": "many"}) == {
        "number_dead": ["not_whole"],
        "source_quality": ["not_a_number"],
    }


def test_a_column_that_is_not_there_is_not_checked():
    frame = pd.DataFrame({"number_dead": [1.0, np.nan, -1.0]})
    found = check_incident_columns(frame)
    assert found.to_dict("records") == [{"row": 2, "field": "number_dead", "code": "negative"}]
