"""What a person can do and see: the one door of the app and the command line to the records.

::

    from selection import actions as do

    store = do.open_store()      # SELECTION_DATABASE_URL, else SELECTION_DATA, else ~/.local/share/kokoonpano
    user = do.local_user(store)  # alone on one machine: every role; shared: do.sign_in(store, identity)
    made = do.perform(store, user, do.CreateRound(name="Pöydät 2021", rules=toml_text, preset="lahti-2021"))
    swap = do.Swap(round_id=made.round_id, out=17, into=31, reason="…")
    done = do.perform(store, user, swap, expected_revision=made.revision)

``perform`` runs one action in one transaction: the right, the change, its images and the line of the log.
People are named to actions by **application id** (``ApplicationRow.id``), tables by their id in the rules, roles by
``selection.model.pool.Role`` values. Rosters, locks and the solver use the **person key**; every row carries both.

Every action with its fields, its right and its line in the log: ``docs/actions.md``, made from the classes
(``docs/make_reference.py``). Functions that read ask the right and return frozen rows.
"""

from selection.actions.administration import (
    AddUser,
    ChangeRetention,
    EndSignIns,
    EraseApplicants,
    GrantRole,
    RevokeAll,
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
    ElectedToCouncil,
    FillVacancies,
    RecordDecision,
    RecordRefusal,
    RecordResignation,
    Replace,
)
from selection.actions.example import CreateExample, RemoveExample, example_id
from selection.actions.export_actions import AnswerDisclosure, HandOutData, LogExport
from selection.actions.handouts import hand_out
from selection.actions.imports import ApplicationIn, FileIn, FindingIn, ImportFile, ImportSupplement, SaveMapping
from selection.actions.lock_actions import KeepApart, KeepOut, LockSeat, Unlock
from selection.actions.overview import (
    backups,
    cleaning_waits,
    erasure_groups,
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
from selection.actions.sign_in_times import IDLE, LONGEST
from selection.actions.undo_actions import GoBackTo, Redo, Undo
from selection.actions.version_actions import (
    CopyVersion,
    DeclineProposal,
    DropVersion,
    NameVersion,
    ProposeChange,
    RenameVersion,
    UseVersion,
    WithdrawProposal,
)
from selection.actions.version_views import (
    compare,
    decision,
    departed,
    draft,
    events,
    history,
    proposals,
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
    rights,
    roles,
    rules_text,
    rules_versions,
    source_files,
)
from selection.actions.visitors import (
    Identity,
    first_administrator,
    has_a_role,
    known_user,
    local_user,
    server_user,
    sign_in,
    sign_ins,
    sign_out,
    signed_in,
)
from selection.actions.waiver_actions import KeepRequirement, WaiveRequirement, waivers
from selection.model.roster import Difference, Roster, Seat
from selection.records.application_rows import ApplicationRow
from selection.records.backup import BackupReport, backup, restore
from selection.records.cleaning import finish_jobs
from selection.records.history import HistoryLine
from selection.records.location import open_store
from selection.records.log import log_head
from selection.records.log_check import LogFault, LogReport, verify_log
from selection.records.proposals import ProposalRow
from selection.records.retention import Reminder, Retention
from selection.records.rows import (
    BackupRow,
    DecisionRow,
    EventRow,
    FileRow,
    FindingRow,
    LockRow,
    MappingRow,
    RoundRow,
    RulesRow,
    SignInRow,
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
    "CopyVersion",
    "CorrectValue",
    "CreateExample",
    "CreateRound",
    "DecisionRow",
    "DeclineProposal",
    "Difference",
    "DropVersion",
    "ElectedToCouncil",
    "EndSignIns",
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
    "LogFault",
    "LogReport",
    "LookAtPerson",
    "MappingRow",
    "MarkReady",
    "MergeDuplicates",
    "MovePerson",
    "NameVersion",
    "Outcome",
    "PersonIn",
    "ProposalRow",
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
    "RevokeAll",
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
    "SignInRow",
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
    "WithdrawProposal",
    "application",
    "applications",
    "backup",
    "backups",
    "cleaning_waits",
    "compare",
    "correctors",
    "database_ready",
    "decision",
    "departed",
    "draft",
    "earlier_applications",
    "erasure_groups",
    "events",
    "example_id",
    "file_bytes",
    "findings",
    "finish_jobs",
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
    "proposals",
    "redoable",
    "reminders",
    "require",
    "restore",
    "retention_settings",
    "rights",
    "roles",
    "round_row",
    "rounds",
    "rules_text",
    "rules_versions",
    "server_user",
    "sign_in",
    "sign_ins",
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
