import pytest

from media_pipeline import languages


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("eng", "en"),
        ("ger", "de"),
        ("deu", "de"),
        ("fr", "fr"),
        ("pt-BR", "pt-br"),
        ("en_AU", "en-au"),
        ("de-CH", "de"),
        ("zho", "zh-hans"),
        ("nor", "nb"),
        ("und", ""),
        ("", ""),
        ("klingon", ""),
    ],
)
def test_what_files_say(written, language):
    assert languages.from_file(written) == language


def test_every_code_of_the_table_is_offered():
    offered = {code for code, _ in languages.choices()}
    assert {languages.from_file(name) for name in languages._THREE_LETTERS} <= offered
    assert all(languages.from_file(name) for name in languages._THREE_LETTERS)


def test_names_are_those_of_the_speakers():
    assert languages.own_name("de") == "Deutsch"
    assert languages.own_name("en") == "English"
    assert languages.own_name("fr") == "Français"
