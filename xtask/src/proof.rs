//! `cargo xtask proof`: which tests show which requirement, by their names, and what a person wrote beside it.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Result, bail};

use crate::{
    generated::Stale,
    tidy::source::{self, Source},
    workspace,
};

const DOCUMENT: &str = "docs/proof.md";
/// Written by hand, and shown below the list where it is there: mutants that survive, with the reason.
const BESIDE: &str = "docs/proof/mutants.md";
const HEAD: &str = "# Proof\n\nEach requirement that tests are named after, and those tests (`cargo xtask proof` writes this from the source). A test whose name
begins with an id fails where the platform doesn't do what that requirement says.\n";
/// The letters of the requirement list, in its order: what holds everywhere, then the services, then the web app.
const LETTERS: &str = "xapfmdcesnw";

/// An id's place in the list, and how it is written.
type Id = (usize, u32, String);

pub fn run(root: &Path, stale: Stale) -> Result<()> {
    let mut tests = BTreeMap::<Id, Vec<String>>::new();
    for member in workspace::members(root)? {
        for file in source::read_all(root, &member)? {
            for (id, name) in named(&file) {
                tests.entry(id).or_default().push(name);
            }
        }
    }
    let beside = fs::read_to_string(root.join(BESIDE)).unwrap_or_default();
    let (document, path) = (shown(tests, &beside), root.join(DOCUMENT));
    if fs::read_to_string(&path).is_ok_and(|committed| committed == document) {
        return Ok(());
    }
    if stale == Stale::Refuse {
        bail!("stale {DOCUMENT}: run cargo xtask proof");
    }
    fs::write(path, document)?;
    println!("wrote {DOCUMENT}");
    Ok(())
}

fn shown(tests: BTreeMap<Id, Vec<String>>, beside: &str) -> String {
    let mut document = HEAD.to_owned();
    for ((_, _, id), mut names) in tests {
        names.sort();
        names.dedup();
        let lines: Vec<String> = names.iter().map(|name| format!("- `{name}`\n")).collect();
        document.extend(["\n## ", &id, "\n\n", &lines.concat()]);
    }
    if !beside.is_empty() {
        document.extend(["\n", beside.trim_end(), "\n"]);
    }
    document
}

/// The tests of a file that are named after a requirement, by their whole paths. Those that macros write out are read as they
/// stand, so lines are looked at and no syntax.
fn named(file: &Source) -> Vec<(Id, String)> {
    let root: Vec<&str> = [file.krate.as_str()].into_iter().chain(file.module.iter().map(String::as_str)).collect();
    let (mut inside, mut found) = (Vec::<(&str, &str)>::new(), Vec::new());
    for line in file.text.lines() {
        let word = line.trim_start();
        let (indent, _) = line.split_at(line.len() - word.len());
        if let Some(module) = word.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(" {")) {
            inside.push((indent, module));
        } else if word == "}" && inside.last().is_some_and(|(begun, _)| *begun == indent) {
            inside.pop();
        }
        let is_test = file.is_test || inside.iter().any(|(_, module)| *module == "tests");
        let name = word.strip_prefix("async ").unwrap_or(word).strip_prefix("fn ").and_then(|rest| rest.split(['(', '<']).next());
        if let Some((id, name)) = name.filter(|_| is_test).and_then(|name| Some((id(name)?, name))) {
            let path = root.iter().copied().chain(inside.iter().map(|(_, module)| *module)).chain([name]);
            found.push((id, path.collect::<Vec<_>>().join("::")));
        }
    }
    found
}

/// `x5_the_last_unit_is_sold_once` shows X5.
fn id(name: &str) -> Option<Id> {
    let (word, _) = name.split_once('_')?;
    let letter = word.get(..1)?;
    let (place, number) = (LETTERS.find(letter)?, word.get(1..)?.parse().ok()?);
    Some((place, number, word.to_uppercase()))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::workspace::Part;

    fn file(text: &str, is_test: bool) -> Source {
        let module = vec!["model".to_owned(), "price".to_owned()];
        let file = syn::parse_file("").unwrap();
        let (krate, path) = ("commerce".to_owned(), PathBuf::new());
        Source { path, text: text.to_owned(), file, krate, part: Part::Service, module, is_test }
    }

    #[test]
    fn a_test_is_found_by_its_name_and_its_modules() {
        let text = "fn c6_no_test() {}\n#[cfg(test)]\nmod tests {\n    proptest! {\n        #[test]\n        fn x1_parts_sum(a in any()) {\n        }\n    }\n    mod deep {\n        async fn c6_prices() {}\n    }\n    fn c6() {}\n}\nfn x2_outside() {}\n";
        let names =
            |is_test| named(&file(text, is_test)).into_iter().map(|(id, name)| format!("{} {name}", id.2)).collect::<Vec<_>>();
        assert_eq!(
            names(false),
            ["X1 commerce::model::price::tests::x1_parts_sum", "C6 commerce::model::price::tests::deep::c6_prices"]
        );
        assert_eq!(names(true).len(), 4);
    }

    #[test]
    fn ids_stand_in_the_order_of_the_list_and_other_words_are_none() {
        let mut ids: Vec<_> = ["c10_a", "c9_a", "x5_a", "w7_a", "a3_a"].into_iter().filter_map(id).collect();
        ids.sort();
        assert_eq!(ids.iter().map(|(.., id)| id.as_str()).collect::<Vec<_>>(), ["X5", "A3", "C9", "C10", "W7"]);
        assert!(["it_works", "x_a", "xx5_a", "q5_a", "x5", "a3b_c", "é1_a"].into_iter().all(|name| id(name).is_none()));
    }

    #[test]
    fn what_a_person_wrote_stands_below_and_nothing_where_nobody_did() {
        let tests = || BTreeMap::from([((0, 5, "X5".to_owned()), vec!["b".to_owned(), "a".to_owned(), "a".to_owned()])]);
        assert_eq!(shown(tests(), ""), format!("{HEAD}\n## X5\n\n- `a`\n- `b`\n"));
        assert!(shown(tests(), "## Mutants\n\nOne.\n").ends_with("- `b`\n\n## Mutants\n\nOne.\n"));
    }
}
