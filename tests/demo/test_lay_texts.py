from random import Random
from string import Formatter

from santai.demo.lay_texts import SLOTS, TEXTS, spoken
from santai.demo.matters import FREQUENCY, MATTERS


def test_there_are_enough_ways_to_say_it():
    sentences = [sentence for group in TEXTS.values() for sentence in group]
    assert len(sentences) >= 120
    assert len(set(sentences)) == len(sentences)


def test_every_matter_has_its_own_words_and_a_frequency():
    assert set(TEXTS) == set(MATTERS) == set(FREQUENCY)
    assert all(len(group) >= 6 for group in TEXTS.values())


def test_every_slot_can_be_filled():
    named = {slot for group in TEXTS.values() for text in group for _, slot, _, _ in Formatter().parse(text) if slot}
    assert named == set(SLOTS)


def test_the_same_seed_says_the_same():
    assert [spoken(Random(7), matter) for matter in MATTERS] == [spoken(Random(7), matter) for matter in MATTERS]


def test_nothing_is_left_unfilled():
    rng = Random(1)
    assert not any("{" in spoken(rng, matter) for matter in MATTERS for _ in range(50))
