import pytest

from santai.demo.proportions import POPULATION, SHARES, apportion, county_weights


def test_every_seat_is_given_once():
    assert sum(apportion(170, {"a": 3.0, "b": 2.0, "c": 0.1}).values()) == 170


def test_equal_weights_share_equally():
    assert apportion(6, {"a": 1.0, "b": 1.0, "c": 1.0}) == {"a": 2, "b": 2, "c": 2}


def test_fewer_seats_than_none_is_an_error():
    with pytest.raises(ValueError, match="-1"):
        apportion(-1, {"a": 1.0})


def test_county_weights_are_parts_of_one():
    weights = county_weights({"2301": ["230102", "230103"], "2309": ["230902"]})
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["230102"] > weights["230103"]


def test_the_population_is_that_of_the_province():
    assert sum(POPULATION.values()) == pytest.approx(3185, rel=0.002)


def test_with_the_public_bodies_there_are_eleven_hundred():
    assert sum(share.count for share in SHARES) + 3 * 135 + 1 == 1_100
