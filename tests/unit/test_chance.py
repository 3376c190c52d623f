import numpy as np
import pytest

from simulation import chance

KNOWN_KEY = 16536689789843034355
KNOWN_DRAWS = [float.fromhex(text) for text in ("0x1.2cc5f61577f05p-1", "0x1.5c77150615127p-1", "0x1.b4e243e0b1679p-1")]
KNOWN_CHILD = [7554992803634335849]
UIDS = chance.child(chance.identify(np.arange(20_000)), "person", 0)


def test_the_same_key_gives_the_same_bytes():
    assert chance.draws(7, UIDS).tobytes() == chance.draws(7, UIDS).tobytes()


def test_known_draws_stay_what_they_were():
    # A change here changes every result that was ever published.
    assert chance.key(1, "dying", 2019) == KNOWN_KEY
    np.testing.assert_array_equal(chance.draws(KNOWN_KEY, [0, 1, 2]), KNOWN_DRAWS)
    assert chance.child(chance.identify([1]), "born", [0]).tolist() == chance.identify(KNOWN_CHILD).tolist()


def test_one_person_fewer_changes_nobody_elses_draws():
    gone = 9_000
    np.testing.assert_array_equal(chance.draws(7, np.delete(UIDS, gone)), np.delete(chance.draws(7, UIDS), gone))


def test_the_order_of_persons_does_not_matter():
    order = np.argsort(UIDS)
    np.testing.assert_array_equal(chance.draws(7, UIDS[order]), chance.draws(7, UIDS)[order])


def test_a_stream_by_position_would_be_noticed():
    stream = np.random.default_rng(7).random
    with pytest.raises(AssertionError):
        np.testing.assert_array_equal(stream(UIDS.size - 1), np.delete(stream(UIDS.size), 9_000))


def test_draws_agree_with_plain_python():
    """A slow reference in whole numbers of any size."""

    def scatter(number):
        number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        number = (number ^ number >> 27) * 0x94D049BB133111EB % 2**64
        return number ^ number >> 31

    def draw(key, uid):
        bits = scatter(scatter(uid * 0x9E3779B97F4A7C15 % 2**64) ^ key)
        return ((bits >> 12) + 0.5) / 2**52

    key = chance.key(1, "moving", 2024)
    assert chance.draws(key, UIDS[:500]).tolist() == [draw(key, int(uid)) for uid in UIDS[:500]]


@pytest.mark.parametrize("count", [0, 1, 300, len(UIDS)])
def test_draws_for_several_keys_are_those_of_each(count):
    keys = [chance.key("one"), chance.key("other"), 2**64 - 1]
    found = chance.draws_each(keys, UIDS[:count])
    np.testing.assert_array_equal(found, [chance.draws_of(key, UIDS[:count]) for key in keys])


def test_draws_are_strictly_between_0_and_1(monkeypatch):
    for bits in (0, 2**64 - 1):
        monkeypatch.setattr(chance, "_mixed", lambda key, ids, bits=bits: np.full(ids.shape, bits, np.uint64))
        assert 0 < chance.draws(1, [1])[0] < 1


def test_seed_0_is_a_seed():
    numbers = [chance.draws(chance.key(seed, "dying", 2019), UIDS[:5]).tolist() for seed in (0, 0, 1)]
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_key_takes_numpys_whole_numbers_for_plain_ones():
    assert chance.key(np.int64(3), "a", np.uint8(4)) == chance.key(3, "a", 4)


@pytest.mark.parametrize("other", [("1", 2), (12,), (2, 1), (1, 2, 0), ("1\x1fi2",), (-1, 2)])
def test_keys_differ_where_their_parts_do(other):
    assert chance.key(1, 2) != chance.key(*other)


def test_a_key_refuses_what_would_be_cut_off():
    with pytest.raises(TypeError):
        chance.key(0.5)


def test_shapes_are_kept():
    assert chance.draws(1, 5).shape == ()
    assert chance.draws(1, []).shape == (0,)
    assert chance.draws(1, np.ones((2, 3), dtype=np.uint64)).shape == (2, 3)
    assert chance.child(UIDS[:3], "member", [[0], [1]]).shape == (2, 3)


def test_identifiers_are_not_changed():
    before = UIDS.copy()
    chance.draws(1, UIDS)
    chance.child(UIDS, "born", 1)
    np.testing.assert_array_equal(UIDS, before)


def test_children_are_all_different():
    born = chance.child(UIDS[:, None], "born", np.arange(10))
    let = chance.child(UIDS[:, None], "let", np.arange(10))
    assert np.unique(np.concatenate([UIDS, born.ravel(), let.ravel()])).size == UIDS.size * 21
