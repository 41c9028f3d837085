//! Bringing the tables up to date. A migration that was ever released is never edited.

use super::{Database, StorageError};

/// In order; the place is the number. Statements end with `;` at the end of a line.
pub(super) const SQLITE: &[&str] = &[
    include_str!("../../migrations/sqlite/0001_the_first_tables.sql"),
    include_str!("../../migrations/sqlite/0002_notices.sql"),
    include_str!("../../migrations/sqlite/0003_unfinished_files.sql"),
    include_str!("../../migrations/sqlite/0004_trust.sql"),
    include_str!("../../migrations/sqlite/0005_commands.sql"),
    include_str!("../../migrations/sqlite/0006_recovery.sql"),
    include_str!("../../migrations/sqlite/0007_workflows.sql"),
    include_str!("../../migrations/sqlite/0008_second_factor.sql"),
    include_str!("../../migrations/sqlite/0009_residents.sql"),
    include_str!("../../migrations/sqlite/0010_documents.sql"),
    include_str!("../../migrations/sqlite/0011_supervision.sql"),
    include_str!("../../migrations/sqlite/0012_outgoing.sql"),
    include_str!("../../migrations/sqlite/0013_administration.sql"),
];

/// PostgreSQL came later, and began with the first six of the above.
pub(super) const POSTGRES: &[&str] = &[
    include_str!("../../migrations/postgres/0001_the_first_tables.sql"),
    include_str!("../../migrations/postgres/0002_workflows.sql"),
    include_str!("../../migrations/postgres/0003_second_factor.sql"),
    include_str!("../../migrations/postgres/0004_residents.sql"),
    include_str!("../../migrations/postgres/0005_documents.sql"),
    include_str!("../../migrations/postgres/0006_supervision.sql"),
    include_str!("../../migrations/postgres/0007_outgoing.sql"),
    include_str!("../../migrations/postgres/0008_administration.sql"),
];

pub(super) async fn run(
    database: &dyn Database,
    migrations: &[&'static str],
) -> Result<(), StorageError> {
    let mut transaction = database.write().await?;
    transaction
        .execute("CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY)", &[])
        .await?;
    let rows = transaction.rows("SELECT number FROM migration", &[]).await?;
    for (place, migration) in migrations.iter().enumerate().skip(rows.len()) {
        for statement in migration.split_inclusive(";\n").filter(|text| !text.trim().is_empty()) {
            transaction.execute(statement, &[]).await?;
        }
        let number = place as i64 + 1;
        transaction.execute("INSERT INTO migration (number) VALUES ($1)", &[number.into()]).await?;
    }
    transaction.commit().await
}
