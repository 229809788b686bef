//! Manners of files, and the gates in front of dependencies.

use crate::house::{House, expect};

const AT: &str = "services/shop/src/ops/pay.rs";

#[test]
fn a_file_says_what_it_is() {
    expect(AT, "fn pay() {}\n", &format!("{AT}:1: manners: a file opens with one `//!` sentence"));
    expect("services/shop/tests/it/main.rs", "fn pay() {}\n", "services/shop/tests/it/main.rs:1: manners: a file opens with");
}

#[test]
fn a_file_has_an_honest_name() {
    expect("platform/host/src/utils.rs", "//! It is.\n", "platform/host/src/utils.rs:1: manners: `utils` says nothing");
    expect("platform/host/src/common/a.rs", "//! It is.\n", "platform/host/src/common/a.rs:1: manners: `common` says nothing");
}

#[test]
fn files_and_functions_are_short() {
    let lines = |count: usize| "    a();\n".repeat(count);
    expect(AT, &format!("//! It pays.\nfn pay() {{\n{}}}\n", lines(58)), "");
    let long = format!("{AT}:2: manners: pay has 61 lines; a function has at most 60");
    expect(AT, &format!("//! It pays.\nfn pay() {{\n{}}}\n", lines(59)), &long);
    expect(
        AT,
        &format!("//! It pays.\n{}", "fn a() {}\n".repeat(400)),
        &format!("{AT}:1: manners: 401 lines; a file has at most 400"),
    );
    let tests = format!("//! It pays.\n#[cfg(test)]\nmod tests {{\nfn pay() {{\n{}}}\n}}\n", lines(500));
    expect(AT, &tests, "");
}

#[test]
fn a_dependency_comes_from_the_registry() {
    let (house, elsewhere) = (House::new(), House::new());
    let path = elsewhere.path().join("platform/contracts");
    house.write(
        "services/shop/Cargo.toml",
        &format!(
            "[package]\nname = \"shop\"\n[dependencies]\nstray = {{ path = \"{}\", package = \"stray\" }}\n",
            path.display()
        ),
    );
    elsewhere.write("platform/contracts/Cargo.toml", "[package]\nname = \"stray\"\n");
    assert!(house.tidy().contains("Cargo.lock:1: gate: stray 0.0.0 comes from outside the workspace"), "{}", house.tidy());
}

#[test]
fn a_dependency_says_why_it_is_there() {
    let house = House::new();
    let members = "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"platform/*\", \"services/*\"]\n";
    house.write("Cargo.toml", &format!("{members}[workspace.dependencies]\nkernel = {{ path = \"platform/kernel\" }}\n"));
    assert!(house.tidy().contains("Cargo.toml:5: gate: kernel needs a line that says why, directly above"));
}
