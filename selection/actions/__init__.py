"""What a person can do and see: the one door of the app and the command line to the records.

::

    from selection import actions as do

    store = do.open_store()      # SELECTION_DATABASE_URL, else SELECTION_DATA, else ~/.local/share/kokoonpano
    user = do.local_user(store)  # alone on one machine: every role; shared: do.sign_in(store, identity)
    made = do.perform(store, user, do.CreateRound(name="Pöydät 2021", rules=toml_text, preset="lahti-2021"))
    swap = do.Swap(round_id=made.round_id, out=17, into=31, reason="…")
    done = do.perform(store, user, swap, expected_revision=made.revision)

**Doing.** ``perform(store, user, action, *, expected_revision=None, idempotency_key=None) -> Outcome`` runs one action
in one transaction: the right, the state of the round, the change, its before and after images and the line of the log.

- ``expected_revision``: the ``revision`` of the round that the page was drawn from. If somebody changed since then a
  row that this action changes too (or anything at all, where ``action.strict``), ``StaleError`` is raised with
  ``error.changes``: the ``HistoryLine``\\ s in between, to be shown. Without it the last writer wins.
- ``idempotency_key``: a text made once per press of a button (``uuid4().hex``); a retry returns the first ``Outcome``
  with ``repeated=True`` and changes nothing.
- ``Outcome``: ``seq`` (log line), ``round_id``, ``revision``, ``code`` (``action.swap``), ``params`` (ids and counts
  only), ``id`` (of the row made, where one was), ``repeated``.
- Raises ``PermissionDenied``, ``StaleError``, ``ActionError`` (codes ``error.<code>`` in the catalogues).

People are named to actions by **application id** (``ApplicationRow.id``), tables by their id in the rules, roles by
``selection.model.pool.Role`` values. Rosters, locks and the solver use the **person key**; every row carries both.
``reason`` is obligatory where the signature below has no default (``ActionError`` ``reason_missing``), except on one's
own trial version.

==========  ===========================================================================================================
round       ``CreateRound(name, rules?, preset?, language="fi", from_round_id?)``, ``RenameRound(round_id, name)``,
            ``ChangeRules(round_id, text, reason="")``, ``MarkReady(round_id, reason="")``,
            ``BackToDraft(round_id, reason)``,
            ``CreateExample(name, rules, preset, file, applications, findings=())`` (once: a second is
            ``ActionError`` ``example_exists``), ``RemoveExample(round_id)``
import      ``ImportFile(round_id, file: FileIn, applications: [ApplicationIn], findings: [FindingIn], replace=False)``,
            ``ImportSupplement(…same but replace)`` (of a decided round: those who are new),
            ``SettleFinding(round_id, finding_ids, how="accept"|"type"|"set_aside"|"ignore", values=(), reason="")``,
            ``MergeDuplicates(round_id, keep, drop, values={}, reason="")``,
            ``KeepBoth(round_id, first, second, reason="")``, ``SaveMapping(name, signature, mapping, round_id?)``
people      ``AddPerson(round_id, person: PersonIn, beside=False, table?, role="member", reason)``,
            ``CorrectValue(round_id, application_id, field, values, reason="")``,
            ``SetAside(round_id, application_id, reason)``, ``Restore(round_id, application_id)``,
            ``SetContact(round_id, application_id, status="asked"|"agreed"|"declined"|"withdrawn"|None, note="")``,
            ``AddNote(round_id, application_id, text)``, ``SetNonDisclosure(round_id, application_id, on)``
            ``LookAtPerson(round_id, application_id)`` (the line of whoever opens a card)
locks       ``LockSeat(round_id, application_id, table, role, reason)``, ``KeepOut(round_id, application_id, reason)``,
            ``KeepApart(round_id, application_ids, reason)``, ``Unlock(round_id, lock_id)``
seats       of the draft, or with ``version_id`` of one's own trial: ``SaveProposal(round_id, roster, facts={})``,
            ``Swap(round_id, out, into, reason)``, ``MovePerson(round_id, application_id, table, role, deputy_of?,
            reason)`` (also from outside), ``ChangeDeputy(round_id, member, deputy|None, reason)``,
            ``RemoveFromSeat(round_id, application_id, reason)``, ``TakeRoster(round_id, roster, reason)``,
            ``LetGo(round_id, application_id)`` (a change made by hand no longer binds the next solve)
versions    ``NameVersion(round_id, name, version_id?)`` (a copy that stays), ``CopyVersion(round_id, name="",
            version_id?)`` (one's own trial), ``RenameVersion(round_id, version_id, name)``,
            ``DropVersion(round_id, version_id)``, ``ProposeChange(round_id, version_id, reason)``,
            ``UseVersion(round_id, version_id, reason)`` (a copy becomes the draft)
decision    ``RecordDecision(round_id, section, date, version_id?, special_reason="", special_reasons={},
            disqualified="", note="",
            reason="")`` (``special_reasons``: ``table/role`` → text)
after it    ``RecordRefusal(round_id, application_id, date, section="", reason)``, ``RecordResignation(…same)``,
            ``Replace(round_id, application_id, table, role, deputy_of?, date, section="", reason)``,
            ``FillVacancies(round_id, roster, date, section="", reason)``,
            ``ElectedToCouncil(round_id, application_id, date)``, ``LogExport(round_id, kind, version_id?)``,
            ``AnswerDisclosure(round_id, application_ids, kind, allowed, version_id?)`` (may the names be shown),
            ``HandOutData(round_id, application_id)`` (:func:`person_data` was given out)
waiving     ``WaiveRequirement(round_id, requirement, reason)`` (goes on without it while its field is not read),
            ``KeepRequirement(round_id, requirement)``; ``waivers(…) -> [WaiverRow]`` reads them
comparing   ``SetPopulation(round_id, source, groups)``, ``RemovePopulation(round_id)``; ``population(…)`` reads it
keeping     ``SetRetention(round_id, appeal_ends?, term_ends?)``, ``ChangeRetention(retention: Retention)``,
            ``EraseApplicants(round_id, whom="not_chosen"|"all", name?, reason="")``, ``AddUser(subject, name)``,
            ``GrantRole(user_id, role, round_id?)``, ``RevokeRole(user_id, role, round_id?)``
undo        ``Undo(round_id, version_id?, seq?)``, ``Redo(round_id, version_id?)``, ``GoBackTo(round_id, revision)``
==========  ===========================================================================================================

**Seeing.** Each takes ``(store, user, round_id, …)``, needs the right to read the round, and returns frozen rows:

- ``rounds(store, user) -> [RoundRow]``: id, name, state, step, language, revision, preset, counts (applications,
  active, set_aside, open_findings, locks, versions, seated), decided_on; ``round_row(…) -> RoundRow``;
  ``example_id(store, user) -> int | None`` (the example round).
- ``rules_text(…, rules_id?) -> str``; ``rules_versions(…) -> [RulesRow]``; ``source_files(…) -> [FileRow]``;
  ``file_bytes(…, file_id) -> bytes``; ``mapping_profiles(store, user) -> [MappingRow]``.
- ``applications(…, status?) -> [ApplicationRow]``: id, person_key, name, origin (file, sheet, row), original, current,
  corrections, status, set_aside reason, by_hand, beside, contact, notes, non_disclosure, contact_data
  (``application.as_applicant() -> pool.Applicant``); ``application(…, application_id) -> ApplicationRow``;
  ``pool(…) -> [pool.Applicant]`` (active, in order of the file).
- ``findings(…, open_only=False) -> [FindingRow]``; ``locks(…) -> [LockRow]``.
- ``draft(…) -> VersionRow | None``; ``version(…, version_id) -> VersionRow``; ``versions(…) -> [VersionRow]``: id, kind
  (draft, named, trial, presented, decided, standing), name, owner, parent, roster (``records.roster.Roster``), facts,
  rules_id, made_at, proposed, current; ``compare(…, first, second) -> Difference`` (came, went, moved).
- ``decision(…) -> DecisionRow | None``; ``events(…) -> [EventRow]``.
- ``history(…, limit=200, before?, version_id?) -> [HistoryLine]``: seq, revision, at, user_name, code, params with
  names put in, reason, undone, can_undo; ``line.text`` reads it. ``undoable(…, version_id?)`` and
  ``redoable(…, version_id?)`` give the line that Undo and Redo would take, or ``None``.
- ``since_decision(…) -> Before``: applications changed since the decision as they were then, ``None`` where later;
  ``earlier_applications(…) -> [Before]``: what each line changed of the applications as it was before, last line first;
  ``correctors(…) -> {(application id, field): HistoryLine}``: who corrected what holds now.
- ``may(store, user, right, round_id?) -> bool`` with ``Right``; ``require(…same)`` raises ``PermissionDenied``;
  ``roles(store, user, round_id) -> (UserRole, …)``; ``users(store, user) -> [UserRow]``.
- ``reminders(store, user, today) -> [Reminder]``; ``would_be_erased(…) -> int`` (if those not chosen were);
  ``person_data(…, application_id) -> dict`` (everything kept of one person).

**Handing out.** ``hand_out(store, user, LogExport(…) | HandOutData(…), make) -> (bytes, Outcome)`` asks the right,
makes the file, and writes its line before it is returned: every file of the app goes this way.

**Signing in.** ``sign_in(store, identity) -> User`` begins a sign-in or tells that it goes on; ``signed_in(store, key)
-> User`` reads whose it is; both raise ``SignInEnded`` once it is over (30 minutes idle, 8 hours in all).
``sign_out(store, key)`` ends it. ``has_a_role(store, user)``; ``first_administrator(store, subject, name)``.

**Keeping.** ``verify_log(store) -> LogReport``; ``backup(store, path)``; ``restore(path, store)``;
``database_ready(store)``.
"""

from selection.actions.administration import (
    AddUser,
    ChangeRetention,
    EraseApplicants,
    GrantRole,
    RevokeRole,
    SetRetention,
)
from selection.actions.applicant_actions import (
    AddNote,
    AddPerson,
    CorrectValue,
    PersonIn,
    Restore,
    SetAside,
    SetContact,
    SetNonDisclosure,
)
from selection.actions.base import Action, Outcome, RosterAction, RoundAction, User, known_actions
from selection.actions.decisions import (
    AnswerDisclosure,
    ElectedToCouncil,
    FillVacancies,
    HandOutData,
    LogExport,
    RecordDecision,
    RecordRefusal,
    RecordResignation,
    Replace,
)
from selection.actions.example import CreateExample, RemoveExample, example_id
from selection.actions.handouts import hand_out
from selection.actions.imports import ApplicationIn, FileIn, FindingIn, ImportFile, ImportSupplement, SaveMapping
from selection.actions.lock_actions import KeepApart, KeepOut, LockSeat, Unlock
from selection.actions.overview import (
    backups,
    person_data,
    reminders,
    retention_settings,
    round_row,
    rounds,
    users,
    would_be_erased,
)
from selection.actions.past_views import Before, correctors, earlier_applications, since_decision
from selection.actions.perform import ChangedMeanwhile, perform
from selection.actions.person_views import LookAtPerson
from selection.actions.population_actions import RemovePopulation, SetPopulation, population
from selection.actions.rights import RIGHTS, Right, UserRole
from selection.actions.round_actions import BackToDraft, ChangeRules, CreateRound, MarkReady, RenameRound
from selection.actions.seat_changes import (
    ChangeDeputy,
    LetGo,
    MovePerson,
    RemoveFromSeat,
    SaveProposal,
    Swap,
    TakeRoster,
)
from selection.actions.settlements import KeepBoth, MergeDuplicates, SettleFinding
from selection.actions.undo_actions import GoBackTo, Redo, Undo
from selection.actions.version_actions import (
    CopyVersion,
    DropVersion,
    NameVersion,
    ProposeChange,
    RenameVersion,
    UseVersion,
)
from selection.actions.version_views import (
    compare,
    decision,
    draft,
    events,
    history,
    redoable,
    undoable,
    version,
    versions,
)
from selection.actions.views import (
    application,
    applications,
    file_bytes,
    findings,
    locks,
    mapping_profiles,
    may,
    pool,
    require,
    roles,
    rules_text,
    rules_versions,
    source_files,
)
from selection.actions.visitors import (
    IDLE,
    LONGEST,
    Identity,
    first_administrator,
    has_a_role,
    known_user,
    local_user,
    sign_in,
    sign_out,
    signed_in,
)
from selection.actions.waiver_actions import KeepRequirement, WaiveRequirement, waivers
from selection.records.backup import BackupReport, backup, restore
from selection.records.history import HistoryLine
from selection.records.location import open_store
from selection.records.log import LogReport, log_head, verify_log
from selection.records.retention import Reminder, Retention
from selection.records.roster import Difference, Roster, Seat, roster_of
from selection.records.rows import (
    ApplicationRow,
    BackupRow,
    ContactRow,
    DecisionRow,
    EventRow,
    FileRow,
    FindingRow,
    LockRow,
    MappingRow,
    NoteRow,
    RoundRow,
    RulesRow,
    UserRow,
    VersionRow,
)
from selection.records.store import Store, database_ready

__all__ = [
    "IDLE",
    "LONGEST",
    "RIGHTS",
    "Action",
    "AddNote",
    "AddPerson",
    "AddUser",
    "AnswerDisclosure",
    "ApplicationIn",
    "ApplicationRow",
    "BackToDraft",
    "BackupReport",
    "BackupRow",
    "Before",
    "ChangeDeputy",
    "ChangeRetention",
    "ChangeRules",
    "ChangedMeanwhile",
    "ContactRow",
    "CopyVersion",
    "CorrectValue",
    "CreateExample",
    "CreateRound",
    "DecisionRow",
    "Difference",
    "DropVersion",
    "ElectedToCouncil",
    "EraseApplicants",
    "EventRow",
    "FileIn",
    "FileRow",
    "FillVacancies",
    "FindingIn",
    "FindingRow",
    "GoBackTo",
    "GrantRole",
    "HandOutData",
    "HistoryLine",
    "Identity",
    "ImportFile",
    "ImportSupplement",
    "KeepApart",
    "KeepBoth",
    "KeepOut",
    "KeepRequirement",
    "LetGo",
    "LockRow",
    "LockSeat",
    "LogExport",
    "LogReport",
    "LookAtPerson",
    "MappingRow",
    "MarkReady",
    "MergeDuplicates",
    "MovePerson",
    "NameVersion",
    "NoteRow",
    "Outcome",
    "PersonIn",
    "ProposeChange",
    "RecordDecision",
    "RecordRefusal",
    "RecordResignation",
    "Redo",
    "Reminder",
    "RemoveExample",
    "RemoveFromSeat",
    "RemovePopulation",
    "RenameRound",
    "RenameVersion",
    "Replace",
    "Restore",
    "Retention",
    "RevokeRole",
    "Right",
    "Roster",
    "RosterAction",
    "RoundAction",
    "RoundRow",
    "RulesRow",
    "SaveMapping",
    "SaveProposal",
    "Seat",
    "SetAside",
    "SetContact",
    "SetNonDisclosure",
    "SetPopulation",
    "SetRetention",
    "SettleFinding",
    "Store",
    "Swap",
    "TakeRoster",
    "Undo",
    "Unlock",
    "UseVersion",
    "User",
    "UserRole",
    "UserRow",
    "VersionRow",
    "WaiveRequirement",
    "application",
    "applications",
    "backup",
    "backups",
    "compare",
    "correctors",
    "database_ready",
    "decision",
    "draft",
    "earlier_applications",
    "events",
    "example_id",
    "file_bytes",
    "findings",
    "first_administrator",
    "hand_out",
    "has_a_role",
    "history",
    "known_actions",
    "known_user",
    "local_user",
    "locks",
    "log_head",
    "mapping_profiles",
    "may",
    "open_store",
    "perform",
    "person_data",
    "pool",
    "population",
    "redoable",
    "reminders",
    "require",
    "restore",
    "retention_settings",
    "roles",
    "roster_of",
    "round_row",
    "rounds",
    "rules_text",
    "rules_versions",
    "sign_in",
    "sign_out",
    "signed_in",
    "since_decision",
    "source_files",
    "undoable",
    "users",
    "verify_log",
    "version",
    "versions",
    "waivers",
    "would_be_erased",
]
