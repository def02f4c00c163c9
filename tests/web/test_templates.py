"""Every template can be read, and decides nothing."""

import re

import pytest
from flask.testing import FlaskClient

from tracker.paths import templates_folder

TEMPLATES = sorted(
    path.relative_to(templates_folder()).as_posix() for path in templates_folder().rglob("*.html")
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_template_parses(visitor: FlaskClient, name: str) -> None:
    assert visitor.application.jinja_env.get_template(name) is not None


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_words_stand_in_a_template_untranslated(name: str) -> None:
    text = (templates_folder() / name).read_text(encoding="utf-8")
    for pattern in (
        r"(?s){#.*?#}",
        r"{% block main_class %}.*?{% endblock %}",
        r"(?s){% trans.*?{% endtrans %}",
        r"(?s){[{%].*?[}%]}",
    ):
        text = re.sub(pattern, " ", text)
    text = re.sub(r"(?s)<(script|style)\b.*?</\1>|<[^>]*>", " ", text)
    assert re.findall(r"[A-Za-zÀ-ÿ]{2,}", text) == []
