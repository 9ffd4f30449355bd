"""What a file would change: new, changed and gone people by name, and the answers that differ."""

from dataclasses import replace

from selection import actions as do
from selection.intake import Mapping, mapping_of
from selection.rounds import file_changes, intake_step
from tests.browser import scene


def test_the_same_file_changes_nothing(tmp_path):
    made = scene.make(tmp_path, proposed=False)
    found = file_changes.of(scene.understood().first, do.applications(made.store, made.user, made.round_id))
    assert found == file_changes.Coming(same=231)


def test_new_changed_and_gone_are_named(tmp_path):
    made = scene.make(tmp_path, proposed=False)
    first = scene.understood().first
    gone, changed, *rest = first.applications
    header = next(iter(changed.answers))
    written = replace(changed, answers={**changed.answers, header: "toinen vastaus"})
    other = replace(gone, applicant=replace(gone.applicant, key="somebody else", name="Uusi Hakija"))
    later = replace(first, applications=(other, written, *rest))
    found = file_changes.of(later, do.applications(made.store, made.user, made.round_id))
    assert found.new == ("Uusi Hakija",)
    assert found.gone == (gone.applicant.name,)
    assert [one.name for one in found.changed] == [changed.applicant.name]
    assert found.changed[0].answers == ((header, changed.answers[header], "toinen vastaus"),)
    assert found.same == 229


def profile(number, mapping):
    return do.MappingRow(number, f"tiedosto {number}.xlsx", mapping.shape, {"json": mapping.to_json()}, "2026-01-01")


def test_the_reading_that_knows_most_headers_is_taken():
    columns = scene.understood().first.columns
    all_of_it = mapping_of(columns)
    half = Mapping(fields=dict(list(all_of_it.fields.items())[:12]))
    little = Mapping(fields=dict(list(all_of_it.fields.items())[:3]))
    assert intake_step.nearest([profile(1, little)], columns) is None
    assert intake_step.nearest([profile(1, little), profile(2, half)], columns).id == 2
    assert intake_step.nearest([profile(2, half), profile(3, all_of_it)], columns).id == 3
    assert intake_step.nearest([], columns) is None


def test_sheets_tell_where_the_header_stands_and_can_be_left_out():
    upload = intake_step.Upload(scene.SAMPLE.name, scene.SAMPLE.read_bytes())
    rules = scene.preset(scene.PRESET)
    first = scene.understood().first
    assert [(one.name, one.header_row, one.rows) for one in first.sheets] == [("Vastaukset", 1, 234)]
    assert len(first.sheets[0].first) == 5
    assert all(len(row) == len(first.sheets[0].headers) for row in first.sheets[0].first)
    assert not intake_step.read([upload], rules, Mapping(without=("Vastaukset",))).applications
    told = Mapping(without=("Yhteenveto",), header_row=1)
    assert Mapping.from_json(told.to_json()) == told
    lower = intake_step.read([upload], rules, Mapping(fields={}, header_row=1)).sheets[0]
    assert lower.header_row == 1
