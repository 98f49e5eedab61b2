//! All that stands in the database, to see whether anything has changed.

use std::collections::BTreeMap;

use sqlx::AssertSqlSafe;

use crate::{Engine, Town};

/// Each table's rows as text.
pub type Contents = BTreeMap<String, Vec<String>>;

pub async fn contents(town: &Town) -> Contents {
    let mut contents = Contents::new();
    for table in tables(town).await {
        let columns = columns(town, &table).await;
        let list = match town.engine {
            Engine::Sqlite => columns.iter().map(|column| format!("quote({column})")).collect::<Vec<_>>(),
            Engine::Postgres => columns.iter().map(|column| format!("quote_nullable({column})")).collect(),
        };
        let text = format!("SELECT {} AS row_text FROM {table} ORDER BY 1", list.join(" || ', ' || "));
        let rows: Vec<String> =
            sql!(town, c => sqlx::query_scalar(AssertSqlSafe(text)).fetch_all(c).await).expect("the rows");
        contents.insert(table, rows);
    }
    assert!(contents.contains_key("booking"), "{:?}", contents.keys());
    contents
}

/// Asserts that nothing has changed, and says which table has.
pub async fn is_still(town: &Town, before: &Contents) {
    let now = contents(town).await;
    for (table, rows) in before {
        assert_eq!(now.get(table), Some(rows), "{table} has changed");
    }
    assert_eq!(now.len(), before.len());
}

async fn tables(town: &Town) -> Vec<String> {
    let text = match town.engine {
        Engine::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        Engine::Postgres => "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'",
    };
    sql!(town, c => sqlx::query_scalar(text).fetch_all(c).await).expect("the tables")
}

async fn columns(town: &Town, table: &str) -> Vec<String> {
    let text = match town.engine {
        Engine::Sqlite => format!("SELECT name FROM pragma_table_info('{table}')"),
        Engine::Postgres => format!(
            "SELECT column_name::text FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
        ),
    };
    sql!(town, c => sqlx::query_scalar(AssertSqlSafe(text)).fetch_all(c).await).expect("the columns")
}
