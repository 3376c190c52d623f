"""Tables as files: the same bytes, readable by everyone."""

import io

import ensembles
import numpy as np
import pandas as pd
import pytest
from pyarrow import parquet

from simulation.indicators.frames import OF_MEMBERS, results_of, tables_of_members
from simulation.report.tables import csv_bytes, write_in_parts, write_tables


@pytest.fixture(scope="module")
def frames():
    return results_of(ensembles.ensemble(), ensembles.scenario()).frames


def test_the_same_run_writes_the_same_bytes(frames, tmp_path):
    again = results_of(ensembles.ensemble(), ensembles.scenario()).frames
    other = results_of(ensembles.ensemble(seed=4), ensembles.scenario()).frames
    first, second, third = (write_tables(tmp_path / name, made) for name, made in (("a", frames), ("b", again), ("c", other)))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert [path.read_bytes() for path in first] != [path.read_bytes() for path in third]


def test_every_table_becomes_one_file(frames, tmp_path):
    paths = write_tables(tmp_path, frames)
    assert {path.stem for path in paths} == set(frames)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in paths}


def test_a_csv_reads_back_as_it_was(frames):
    data = csv_bytes(frames["indicators"])
    assert b"\r" not in data
    back = pd.read_csv(io.BytesIO(data))
    np.testing.assert_allclose(back["value"], frames["indicators"]["value"], atol=5e-5)
    known = frames["indicators"]["breached"].notna()
    assert (back.loc[known, "breached"].astype(bool) == frames["indicators"].loc[known, "breached"]).all()
    assert back.loc[~known, "breached"].isna().all()


def test_numbers_are_plain():
    frame = pd.DataFrame(
        {"area": ["a", "b", "c"], "value": [-0.00001, 1234567.891, np.nan], "persons": [1, 2, 3], "met": [True, False, True]}
    )
    assert csv_bytes(frame).decode() == "area,value,persons,met\na,0,1,true\nb,1234567.891,2,false\nc,,3,true\n"


def test_a_name_with_a_comma_stays_one_cell():
    frame = pd.DataFrame({"scenario": ['a, "b"'], "value": [1.5]})
    assert pd.read_csv(io.BytesIO(csv_bytes(frame))).to_dict("records") == [{"scenario": 'a, "b"', "value": 1.5}]


def test_records_say_that_they_are_synthetic(frames, tmp_path):
    path = write_tables(tmp_path, {"records": frames["records"]})[0]
    schema = parquet.read_schema(path)
    assert schema.metadata[b"synthetic"] == b"true"
    assert str(schema.field("list_year").type) == "int16"
    assert len(pd.read_parquet(path)) == len(frames["records"])


def test_tables_in_parts_are_the_same_tables(frames, tmp_path, monkeypatch):
    monkeypatch.setattr("simulation.indicators.frames.BLOCK", 3)
    parts = list(tables_of_members(ensembles.ensemble(), ensembles.scenario()))
    assert len(parts) == 4
    paths = {path.name: path for path in write_in_parts(tmp_path, parts)}
    whole = write_tables(tmp_path / "whole", {name: frames[name] for name in OF_MEMBERS})
    assert paths.keys() == {path.name for path in whole}
    for path in whole:
        if path.suffix == ".csv":
            assert paths[path.name].read_bytes() == path.read_bytes()
        else:
            pd.testing.assert_frame_equal(pd.read_parquet(paths[path.name]), pd.read_parquet(path))
            assert parquet.read_schema(paths[path.name]).metadata[b"synthetic"] == b"true"


def test_tables_in_parts_are_whole_or_not_there(frames, tmp_path):
    def breaks():
        yield {"flows": frames["flows"], "records": frames["records"]}
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_in_parts(tmp_path, breaks())
    assert list(tmp_path.iterdir()) == []
