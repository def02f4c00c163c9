"""Free text is checked before it can become public. Every number and name here is invented."""

import csv
import gzip
import io

import pytest

from tracker.cli.demo import DEMO_DATA
from tracker.domain.personal_data import PersonalData, find_personal_data

HITS = {
    PersonalData.TELEPHONE: [
        "Llamar al 55 1234 5678",
        "Su hermana: tel. 504-9987-1234",
        "WhatsApp +57 300 123 4567",
        "cel 3001234567",
        "contact her at (520) 555-0143",
        "phone 520.555.0143",
        "+1 (915) 555-0100",
        "Teléfono de la familia 7123-4567",
        "9876-5432",
        "0050499871234",
        "móvil: 6123 4567",
        "llame a 2222 3333",
        "fone (11) 91234-5678",
        "téléphone 36 12 34 56",
        "5512345678",
        "+509 34 12 3456",
        "915-555-0177",
        "whatsap 55.1234.5678",
    ],
    PersonalData.EMAIL: [
        "busco.a.mi.hijo@example.org",
        "ana_lopez+2@correo.example.mx",
        "maria arroba example punto com",
        "jose (at) example.com",
        "j.p@example.hn y más",
    ],
    PersonalData.DOCUMENT: [
        "CURP LOPA900101MCHPRN08",
        "pasaporte G12345678",
        "cédula 12.345.678",
        "DUI 01234567-8",
        "01234567-8",
        "DPI 1234 56789 0101",
        "SSN 123-45-6789",
        "CPF 123.456.789-09",
        "A123 456 789",
        "A# 123-456-789",
        "cédula 001-1234567-8",
        "DNI 0801-1990-12345",
        "passport no. AB 1234567",
        "RFC LOPA900101AB1",
        "credencial de elector LPRA 90010120",
    ],
    PersonalData.NAME: [
        "una mujer que se llamaba Inventada de la Prueba",
        "named Invented Testperson",
        "identificado como Nadie Inventado López",
        "responde al nombre de Juana Inventada",
        "Name: Nobody Invented",
        "llamada Prueba Inventada Segunda",
    ],
}
MISSES = [
    None,
    "",
    "31.9652036, -113.0118945",
    "-77.616875",
    "32° 17' 44.3\" N 110° 56' 05\" O",
    "Between 2014-2020 on Interstate 10, mile 123",
    "Ranch near Highway 281, 14 km south of Falfurrias, Texas, USA",
    "About 1,200 metres from the river, kilometre 2 000 of the road",
    "Municipio de Apan, carretera México-Tulancingo km 64.5",
    "Case ML 21-01234, Pima County",
    "12 people, 5 of them children, on 2021-04-30 at 10:45",
    "named Rio Bravo",
    "Nuevo León, on the 57 highway at kilometre 1234",
    "Found near coordinates 32.1234 -111.5678",
]


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in HITS.items() for text in texts]
)
def test_invented_personal_data_is_found(kind: PersonalData, text: str) -> None:
    assert kind in find_personal_data(text)


@pytest.mark.parametrize("text", MISSES)
def test_places_dates_and_numbers_are_no_personal_data(text: str | None) -> None:
    assert find_personal_data(text) == ()


def test_real_words_of_places_and_causes_give_hardly_a_false_alarm() -> None:
    packed = (DEMO_DATA / "mmp-2025-05-05.csv.gz").read_bytes()
    rows = list(csv.DictReader(io.StringIO(gzip.decompress(packed).decode("utf-8-sig"))))
    names = [name for name in rows[0] if "Location of" in name or "Cause" in name]
    texts = [row[name] for row in rows for name in names if row[name]]
    assert len(texts) > 10_000
    alarms = [text for text in texts if find_personal_data(text)]
    assert len(alarms) / len(texts) < 0.005, alarms[:20]
