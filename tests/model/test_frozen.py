import pytest

from pmkit.model.frozen import but, frozen


@frozen
class Lens:
    """A lens: for the test."""

    focal: int
    stop: str = "T2"


def test_a_frozen_value_is_made_by_place_or_by_name_with_its_defaults() -> None:
    assert Lens(50) == Lens(focal=50, stop="T2") == Lens(50, "T2")
    assert Lens(50) != Lens(35)
    assert len({Lens(50), Lens(50), Lens(35)}) == 2
    assert repr(Lens(50)) == "Lens(focal=50, stop='T2')"


@pytest.mark.parametrize(("values", "named"), [((), {}), ((1, "a", 2), {}), ((1,), {"size": 2}), ((), {"stop": "T4"})])
def test_what_does_not_fit_is_refused(values: tuple[object, ...], named: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Lens(*values, **named)  # type: ignore[arg-type]


def test_it_does_not_change() -> None:
    with pytest.raises(AttributeError):
        Lens(50).focal = 35  # type: ignore[misc]


def test_a_copy_with_one_field_changed_leaves_the_first_as_it_was() -> None:
    first = Lens(50)
    assert but(first, stop="T4") == Lens(50, "T4")
    assert first == Lens(50)
    with pytest.raises(TypeError):
        but(first, size=2)
