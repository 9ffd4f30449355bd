"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

#: The log is append-only: the database itself refuses anything else.
SQLITE_GUARDS = [
    f"CREATE TRIGGER log_no_{what.lower()} BEFORE {what} ON log "
    "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
    for what in ("UPDATE", "DELETE")
]
POSTGRESQL_GUARDS = [
    "CREATE FUNCTION log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$",
    "CREATE TRIGGER log_no_change BEFORE UPDATE OR DELETE ON log FOR EACH ROW EXECUTE FUNCTION log_is_append_only()",
    "CREATE TRIGGER log_no_truncate BEFORE TRUNCATE ON log FOR EACH STATEMENT EXECUTE FUNCTION log_is_append_only()",
]
#: No samples of these columns among PostgreSQL's planner statistics: they would outlive the rows.
UNSAMPLED = {
    "applications": ("person_key", "sheet", "set_aside_reason"),
    "contacts": ("note",),
    "events": ("reason", "section"),
    "findings": ("sheet", "column", "field", "found"),
    "locks": ("reason",),
    "notes": ("text",),
    "reasons": ("text", "salt"),
    "source_files": ("name",),
    "versions": ("name",),
}


def upgrade() -> None:
    op.create_table(
        "backups",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backups")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "images",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("round_id", ID, nullable=True),
        sa.Column("table", sa.String(length=200), nullable=False),
        sa.Column("row_id", ID, nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_images")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_images_round_id"), "images", ["round_id"], unique=False)
    op.create_index(op.f("ix_images_seq"), "images", ["seq"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "log",
        sa.Column("seq", ID, autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("round_id", ID, nullable=True),
        sa.Column("revision", ID, nullable=True),
        sa.Column("scope", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("effect", sa.String(length=200), nullable=False),
        sa.Column("target", ID, nullable=True),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.Column("request", sa.String(length=200), nullable=True),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_log")),
        sa.UniqueConstraint("request", name=op.f("uq_log_request")),
    )
    op.create_index(op.f("ix_log_round_id"), "log", ["round_id"], unique=False)
    op.create_table(
        "mapping_profiles",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(length=200), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mapping_profiles")),
        sa.UniqueConstraint("signature", name=op.f("uq_mapping_profiles_signature")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "reasons",
        sa.Column("seq", ID, autoincrement=False, nullable=False),
        sa.Column("round_id", ID, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_reasons")),
    )
    op.create_index(op.f("ix_reasons_round_id"), "reasons", ["round_id"], unique=False)
    op.create_table(
        "rounds",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=200), nullable=False),
        sa.Column("preset", sa.String(length=200), nullable=True),
        sa.Column("rules_id", ID, nullable=True),
        sa.Column("draft_id", ID, nullable=True),
        sa.Column("presented_id", ID, nullable=True),
        sa.Column("standing_id", ID, nullable=True),
        sa.Column("appeal_ends", sa.String(length=10), nullable=True),
        sa.Column("term_ends", sa.String(length=10), nullable=True),
        sa.Column("erased", sa.String(length=200), nullable=True),
        sa.Column("statistics", sa.JSON(), nullable=True),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("revision", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "users",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("subject", name=op.f("uq_users_subject")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "applications",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("person_key", sa.String(length=200), nullable=False),
        sa.Column("file_id", ID, nullable=True),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("row", ID, nullable=True),
        sa.Column("original", sa.JSON(), nullable=False),
        sa.Column("current", sa.JSON(), nullable=False),
        sa.Column("corrections", sa.JSON(), nullable=False),
        sa.Column("contact", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=200), nullable=False),
        sa.Column("set_aside_code", sa.String(length=200), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=True),
        sa.Column("same_as_id", ID, nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("beside", sa.Boolean(), nullable=False),
        sa.Column("non_disclosure", sa.Boolean(), nullable=False),
        sa.Column("may_be_kept", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_applications_round_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
        sa.UniqueConstraint("round_id", "person_key", name=op.f("uq_applications_round_id_person_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_applications_round_id"), "applications", ["round_id"], unique=False)
    op.create_table(
        "blobs",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("sha256", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_blobs_round_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blobs")),
        sa.UniqueConstraint("round_id", "sha256", name=op.f("uq_blobs_round_id_sha256")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_blobs_round_id"), "blobs", ["round_id"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("date", sa.String(length=10), nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("presented_id", ID, nullable=True),
        sa.Column("rules_id", ID, nullable=False),
        sa.Column("special_reason", sa.Text(), nullable=False),
        sa.Column("disqualified", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_decisions_round_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("round_id", name=op.f("uq_decisions_round_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_decisions_round_id"), "decisions", ["round_id"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("application_id", ID, nullable=True),
        sa.Column("table_id", sa.String(length=200), nullable=True),
        sa.Column("role", sa.String(length=200), nullable=True),
        sa.Column("date", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_events_round_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_events_round_id"), "events", ["round_id"], unique=False)
    op.create_table(
        "findings",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("file_id", ID, nullable=True),
        sa.Column("application_id", ID, nullable=True),
        sa.Column("other_id", ID, nullable=True),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("row", ID, nullable=True),
        sa.Column("column", sa.Text(), nullable=True),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("found", sa.Text(), nullable=True),
        sa.Column("suggestion", sa.JSON(), nullable=True),
        sa.Column("how", sa.String(length=200), nullable=True),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_findings_round_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_findings_round_id"), "findings", ["round_id"], unique=False)
    op.create_table(
        "locks",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("application_ids", sa.JSON(), nullable=False),
        sa.Column("table_id", sa.String(length=200), nullable=True),
        sa.Column("role", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_locks_round_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locks")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_locks_round_id"), "locks", ["round_id"], unique=False)
    op.create_table(
        "role_grants",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("round_id", ID, nullable=True),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_role_grants_user_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grants")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_role_grants_user_id"), "role_grants", ["user_id"], unique=False)
    op.create_table(
        "rules_texts",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_rules_texts_round_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules_texts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rules_texts_round_id"), "rules_texts", ["round_id"], unique=False)
    op.create_table(
        "source_files",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=200), nullable=False),
        sa.Column("size", ID, nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_source_files_round_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_files")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_source_files_round_id"), "source_files", ["round_id"], unique=False)
    op.create_table(
        "versions",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner_id", ID, nullable=True),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("rules_id", ID, nullable=True),
        sa.Column("roster", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("proposed", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_versions_round_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_versions_round_id"), "versions", ["round_id"], unique=False)
    op.create_table(
        "contacts",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("status", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_contacts_application_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_contacts_round_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("application_id", name=op.f("uq_contacts_application_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contacts_application_id"), "contacts", ["application_id"], unique=False)
    op.create_index(op.f("ix_contacts_round_id"), "contacts", ["round_id"], unique=False)
    op.create_table(
        "notes",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_notes_application_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_notes_round_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_notes_application_id"), "notes", ["application_id"], unique=False)
    op.create_index(op.f("ix_notes_round_id"), "notes", ["round_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        statements = SQLITE_GUARDS
    else:
        statements = POSTGRESQL_GUARDS + [
            f'ALTER TABLE {table} ALTER COLUMN "{column}" SET STATISTICS 0'
            for table, columns in UNSAMPLED.items()
            for column in columns
        ]
    for statement in statements:
        op.execute(statement)
