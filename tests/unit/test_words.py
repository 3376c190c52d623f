"""Both languages say the same things with the same values, and numbers read as people of the language write them."""

import string

import pytest

from simulation import words


def placeholders(text):
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def differences(one, other):
    """Return the keys that one catalogue lacks or whose placeholders differ."""
    same = {key for key in one.keys() & other.keys() if placeholders(one[key]) == placeholders(other[key])}
    return (one.keys() | other.keys()) - same


def test_every_language_has_the_same_topics():
    assert words.topics("en") == words.topics("da")
    assert words.topics("en")


@pytest.mark.parametrize("topic", words.topics("en"))
def test_catalogues_have_the_same_keys_and_placeholders(topic):
    assert not differences(words.catalogue(topic, "en"), words.catalogue(topic, "da"))


def test_the_comparison_of_catalogues_notices_what_differs():
    assert differences({"a": "x {n}"}, {"a": "x {m}"}) == {"a"}
    assert differences({"a": "x", "b": "y"}, {"a": "x"}) == {"b"}


@pytest.mark.parametrize("lang", words.languages())
@pytest.mark.parametrize("topic", words.topics("en"))
def test_placeholders_are_plain_names(topic, lang):
    """Numbers are formatted for the language before they are filled in, so no sentence formats them itself."""
    for key, text in words.catalogue(topic, lang).items():
        for _, field, spec, conversion in string.Formatter().parse(text):
            assert field is None or (field.isidentifier() and not spec and not conversion), (topic, key, text)


@pytest.mark.parametrize("key", ["nothing.here", "report.no_such_sentence", "report", ""])
def test_a_missing_key_is_an_error(key):
    with pytest.raises(KeyError):
        words.say(key, "en")


def test_a_missing_language_or_value_is_an_error():
    with pytest.raises(KeyError):
        words.say("report.title", "fr")
    with pytest.raises(KeyError):
        words.say("report.foot", "en")


@pytest.mark.parametrize(
    ("value", "lang", "decimals", "text"),
    [
        (1600, "en", 0, "1,600"),
        (1600, "da", 0, "1.600"),
        (2.7, "da", 2, "2,70"),
        (-0.04, "en", 1, "0.0"),
        (-12.5, "da", 1, "\N{MINUS SIGN}12,5"),
        (float("nan"), "da", 1, "–"),
    ],
)
def test_numbers(value, lang, decimals, text):
    assert words.number(value, lang, decimals) == text


def test_per_cent():
    assert words.percent(49.5, "da") == "49,5 %"
    assert words.percent(float("nan"), "en") == "–"
