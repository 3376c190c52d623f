"""A number with its range, unit, source and basis: the leaf of every scenario, rate and place file."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e12, le=1e12)]
Basis = Literal["sourced", "derived", "assumed"]


class Frozen(BaseModel):
    """A record that takes no unknown key, converts nothing silently, and cannot be changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)


class Ranged(Frozen):
    """A number; with `low` and `high` one that is drawn, else one that is known or chosen.

    `basis` is None for a plain number: a choice that the scenario states.
    """

    value: Number
    low: Number | None = None
    high: Number | None = None
    unit: str = ""
    basis: Basis | None = None
    source: str = ""
    note: str = ""
    shape: Literal["triangular", "uniform"] = "triangular"

    @model_validator(mode="before")
    @classmethod
    def _from_plain(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return {"value": data}
        # A mapping that does not say what it rests on rests on nothing.
        return data if isinstance(data.get("basis"), str) else {**data, "basis": "assumed"}

    @model_validator(mode="after")
    def _in_order(self) -> Ranged:
        if (self.low is None) != (self.high is None):
            raise PydanticCustomError("half_range", "low and high belong together")
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise PydanticCustomError("range_order", "low <= value <= high", {"low": self.low, "value": self.value, "high": self.high})
        if self.basis in ("sourced", "derived") and not self.source.strip():
            raise PydanticCustomError("source_missing", "a sourced number names its source", {"basis": self.basis})
        return self

    @property
    def drawn(self) -> bool:
        """Return whether the number has a range with any width."""
        return self.low is not None and self.high is not None and self.low < self.high

    @property
    def kind(self) -> str:
        """Name what the number rests on: sourced, derived, assumed, or choice (a plain number)."""
        return self.basis or "choice"

    @property
    def whole(self) -> bool:
        """Return whether only whole numbers make sense; a draw is then rounded."""
        return False


class Whole(Ranged):
    """A number of things: its value and its ends are whole, and so is every draw."""

    @model_validator(mode="after")
    def _is_whole(self) -> Whole:
        if any(number is not None and number != int(number) for number in (self.value, self.low, self.high)):
            raise PydanticCustomError("not_whole", "a whole number", {"given": self.value})
        return self

    @property
    def whole(self) -> bool:
        """Return True."""
        return True


class Between:
    """Check that a number and its range lie between two bounds, ends included."""

    def __init__(self, lowest: float | None, highest: float | None) -> None:
        self.lowest, self.highest = lowest, highest

    def __call__(self, number: Ranged) -> Ranged:
        """Return the number, or raise the error `out_of_range` that says what is allowed."""
        ends = [end for end in (number.value, number.low, number.high) if end is not None]
        if (self.lowest is not None and min(ends) < self.lowest) or (self.highest is not None and max(ends) > self.highest):
            wrong = min(ends) if self.lowest is not None and min(ends) < self.lowest else max(ends)
            bounds = {"lowest": self.lowest, "highest": self.highest, "given": wrong}
            raise PydanticCustomError("out_of_range", "out of range", bounds)
        return number


Share = Annotated[Ranged, AfterValidator(Between(0, 1))]
Positive = Annotated[Ranged, AfterValidator(Between(0, None))]
Count = Annotated[Whole, AfterValidator(Between(0, None))]
