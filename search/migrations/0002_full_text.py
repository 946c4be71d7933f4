"""The full text structures over IndexedDocument's terms, kept right by the database itself, so
that nothing that deletes or changes a row can leave them behind.

SQLite loses the triggers when Django remakes the table for a later change of IndexedDocument:
that change's migration must make them again and `manage.py rebuild_search` be run."""

from django.db import migrations

COLUMNS = "title_terms, keyword_terms, summary_terms, body_terms, title_words"

SQLITE = [
    f"""CREATE VIRTUAL TABLE search_fulltext USING fts5({COLUMNS},
        content='search_indexeddocument', content_rowid='id',
        tokenize="unicode61 remove_diacritics 0 tokenchars '.'", prefix='2 3')""",
    f"""CREATE TRIGGER search_fulltext_insert AFTER INSERT ON search_indexeddocument BEGIN
        INSERT INTO search_fulltext(rowid, {COLUMNS}) VALUES (new.id, new.title_terms,
            new.keyword_terms, new.summary_terms, new.body_terms, new.title_words);
    END""",
    f"""CREATE TRIGGER search_fulltext_delete AFTER DELETE ON search_indexeddocument BEGIN
        INSERT INTO search_fulltext(search_fulltext, rowid, {COLUMNS}) VALUES ('delete', old.id,
            old.title_terms, old.keyword_terms, old.summary_terms, old.body_terms,
            old.title_words);
    END""",
    f"""CREATE TRIGGER search_fulltext_update
        AFTER UPDATE OF {COLUMNS} ON search_indexeddocument BEGIN
        INSERT INTO search_fulltext(search_fulltext, rowid, {COLUMNS}) VALUES ('delete', old.id,
            old.title_terms, old.keyword_terms, old.summary_terms, old.body_terms,
            old.title_words);
        INSERT INTO search_fulltext(rowid, {COLUMNS}) VALUES (new.id, new.title_terms,
            new.keyword_terms, new.summary_terms, new.body_terms, new.title_words);
    END""",
]
SQLITE_BACK = ["DROP TABLE search_fulltext"] + [
    f"DROP TRIGGER search_fulltext_{event}" for event in ("insert", "delete", "update")
]

POSTGRESQL = [
    """ALTER TABLE search_indexeddocument ADD COLUMN terms tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, title_terms), 'A')
        || setweight(to_tsvector('simple'::regconfig, keyword_terms), 'B')
        || setweight(to_tsvector('simple'::regconfig, summary_terms), 'C')
        || setweight(to_tsvector('simple'::regconfig, left(body_terms, 200000)), 'D')) STORED""",
    """ALTER TABLE search_indexeddocument ADD COLUMN words tsvector
        GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, title_words)) STORED""",
    "CREATE INDEX search_terms ON search_indexeddocument USING gin (terms)",
    "CREATE INDEX search_words ON search_indexeddocument USING gin (words)",
]
POSTGRESQL_BACK = [
    "ALTER TABLE search_indexeddocument DROP COLUMN terms",
    "ALTER TABLE search_indexeddocument DROP COLUMN words",
]

STATEMENTS = {"sqlite": (SQLITE, SQLITE_BACK), "postgresql": (POSTGRESQL, POSTGRESQL_BACK)}


def create(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor][0]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor][1]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
