//! SQL is checked when it compiles, and typed without holes.

use crate::house::expect;

#[test]
fn statements_are_checked_and_typed() {
    let cases = [
        ("sqlx::query!(\"select * from shop.cart\")", "sql: name the columns instead of *"),
        ("sqlx::query!(\"insert into shop.cart values (1) returning *\")", "sql: name the columns instead of *"),
        (
            "sqlx::query_as!(A, r#\"select id as \"id: _\" from shop.cart\"#)",
            "sql: `as _` switches checking off; use a table override",
        ),
        ("sqlx::query!(\"select 1 where 1 = $1\", id as _)", "sql: `as _` switches checking off; bind by .uuid() or an override"),
        ("sqlx::query_unchecked!(\"select 1\")", "sql: query_unchecked! switches checking off"),
        ("sqlx::query(\"select 1\")", "sql: built at run time (query); only in search.rs"),
        ("sqlx::query_as::<_, A>(text)", "sql: built at run time (query_as); only in search.rs"),
        ("sqlx::QueryBuilder::new(\"select 1\")", "sql: built at run time (new); only in search.rs"),
        ("conn.execute(\"delete from shop.cart\")", "sql: .execute() takes a statement nobody checked; use query!"),
        ("sqlx::query!(\"select count(*) from shop.cart where id = $1\", id.uuid())", ""),
    ];
    for (code, finding) in cases {
        let path = "services/shop/src/store/carts.rs";
        let finding = if finding.is_empty() { String::new() } else { format!("{path}:3: {finding}") };
        expect(path, &format!("//! Carts.\nfn f() {{\n    {code};\n}}\n"), &finding);
    }
}

#[test]
fn search_is_built_at_run_time() {
    expect("services/shop/src/views/search.rs", "//! Search.\nfn f() { sqlx::QueryBuilder::new(\"select 1\"); }\n", "");
}

#[test]
fn the_host_names_its_columns_too() {
    let path = "platform/host/src/jobs.rs";
    let code = "//! Jobs.\nfn f() { sqlx::query!(\"select * from kernel.job\"); }\n";
    expect(path, code, &format!("{path}:2: sql: name the columns instead of *"));
}
