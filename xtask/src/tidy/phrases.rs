//! Words of pages: both languages say the same things, every key is used, and none is missing.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;

use super::finding::Finding;
use crate::workspace::relative;

/// The files of a crate with pages, below its `templates`.
const FILES: [&str; 2] = ["pages.en.ftl", "pages.sw.ftl"];
/// What refusals are called by; whose code it is decides at run time, so these aren't looked for in the pages.
const REFUSALS: &str = "error-";

/// What stands under a key: the line, and the particulars it needs.
type Phrases = BTreeMap<String, (usize, BTreeSet<String>)>;

/// Every way a crate, and all of them, say no.
pub struct Codes<'a> {
    pub own: &'a BTreeSet<String>,
    pub all: &'a BTreeSet<String>,
}

/// Checks a crate that has pages. `common` are the words all pages share.
pub fn check(root: &Path, dir: &Path, common: &BTreeSet<String>, codes: &Codes<'_>) -> Result<Vec<Finding>> {
    let templates = dir.join("templates");
    let [english, swahili] = FILES.map(|name| templates.join(name));
    if !english.exists() {
        return Ok(Vec::new());
    }
    let (shown, other) = (relative(root, &english), relative(root, &swahili));
    let (mut ours, mut theirs) = (Phrases::new(), Phrases::new());
    let mut found = Vec::new();
    for (path, phrases) in [(&english, &mut ours), (&swahili, &mut theirs)] {
        let source = fs::read_to_string(path).unwrap_or_default();
        found.extend(unreadable(&source).map(|why| Finding::new(relative(root, path), 1, format!("words: {why}"))));
        let twice = read(&source, phrases);
        let said = |(line, key)| Finding::new(relative(root, path), line, format!("words: {key} is there twice"));
        found.extend(twice.into_iter().map(said));
    }
    found.extend(differences(&shown, &ours, &theirs, "Swahili"));
    found.extend(differences(&other, &theirs, &ours, "English"));
    let (used, refusals) =
        (used(&templates, &dir.join("src"))?, codes.all.iter().map(|code| key_of(code)).collect::<BTreeSet<_>>());
    for (key, (line, _)) in &ours {
        let is_used = if key.starts_with(REFUSALS) { refusals.contains(key) } else { used.contains(key) };
        if !is_used {
            found.push(Finding::new(&shown, *line, format!("words: nothing says {key}")));
        }
    }
    let is_known = |key: &str| ours.contains_key(key) || common.contains(key);
    for (path, line, key) in said(root, &templates, &dir.join("src"))? {
        if !is_known(&key) {
            found.push(Finding::new(path, line, format!("words: there are none for {key}")));
        }
    }
    for code in codes.own.iter().map(|code| key_of(code)) {
        if !is_known(&code) {
            found.push(Finding::new(&shown, 1, format!("words: there are none for {code}")));
        }
    }
    Ok(found)
}

/// The keys of the words all pages share.
pub fn common(root: &Path) -> BTreeSet<String> {
    let source = fs::read_to_string(root.join("platform/ui/templates").join(FILES[0])).unwrap_or_default();
    let mut phrases = Phrases::new();
    read(&source, &mut phrases);
    phrases.into_keys().collect()
}

/// Why a file would be read in part only.
fn unreadable(source: &str) -> Option<String> {
    fluent_syntax::parser::parse(source).err().map(|(_, errors)| format!("not Fluent: {errors:?}"))
}

/// What the words of a refusal stand under.
fn key_of(code: &str) -> String {
    format!("{REFUSALS}{}", code.replace('.', "-"))
}

fn differences(shown: &Path, ours: &Phrases, theirs: &Phrases, language: &str) -> Vec<Finding> {
    let differs = |(key, (line, needs)): (&String, &(usize, BTreeSet<String>))| match theirs.get(key) {
        None => Some(Finding::new(shown, *line, format!("words: {key} has no {language}"))),
        Some((_, other)) if other != needs => {
            Some(Finding::new(shown, *line, format!("words: {key} needs something else in {language}")))
        }
        Some(_) => None,
    };
    ours.iter().filter_map(differs).collect()
}

/// Reads a file's keys; one line begins each, and what is indented belongs to it. Answers those that are there twice.
fn read(source: &str, found: &mut Phrases) -> Vec<(usize, String)> {
    let (mut twice, mut current) = (Vec::new(), None);
    for (number, line) in source.lines().enumerate() {
        if let Some((key, _)) = line.split_once(" =").filter(|(key, _)| !key.is_empty() && key.chars().all(is_of_a_key)) {
            if found.insert(key.to_owned(), (number + 1, BTreeSet::new())).is_some() {
                twice.push((number + 1, key.to_owned()));
            }
            current = Some(key.to_owned());
        }
        if let Some((_, needs)) = current.as_ref().and_then(|key| found.get_mut(key)) {
            let names = line.split('$').skip(1).map(|rest| rest.chars().take_while(|c| is_of_a_key(*c)).collect::<String>());
            needs.extend(names);
        }
    }
    twice
}

fn is_of_a_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// Every text between quotes in the pages and in the doors that show them: a key among them is used.
fn used(templates: &Path, src: &Path) -> Result<BTreeSet<String>> {
    let mut texts = BTreeSet::new();
    for path in files(templates, "html")?.into_iter().chain(files(src, "rs")?) {
        texts.extend(fs::read_to_string(path)?.split('"').skip(1).map(str::to_owned));
    }
    Ok(texts)
}

/// Where a template or a door says what stands under a key: `shell.say("key")`, `tell` and `count`.
fn said(root: &Path, templates: &Path, src: &Path) -> Result<Vec<(PathBuf, usize, String)>> {
    let mut found = Vec::new();
    for path in files(templates, "html")?.into_iter().chain(files(&src.join("web"), "rs")?) {
        for (number, line) in fs::read_to_string(&path)?.lines().enumerate() {
            for call in ["shell.say(\"", "shell.tell(\"", "shell.count(\""] {
                let keys = line.split(call).skip(1).filter_map(|rest| rest.split('"').next());
                found.extend(keys.map(|key| (relative(root, &path), number + 1, key.to_owned())));
            }
        }
    }
    Ok(found)
}

fn files(dir: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let (mut found, mut folders) = (Vec::new(), vec![dir.to_owned()]);
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked_at(english: &str, swahili: &str, page: &str) -> Vec<String> {
        let root = tempfile::tempdir().unwrap();
        let templates = root.path().join("services/shop/templates");
        fs::create_dir_all(&templates).unwrap();
        for (name, text) in [("pages.en.ftl", english), ("pages.sw.ftl", swahili), ("shop.html", page)] {
            fs::write(templates.join(name), text).unwrap();
        }
        let (common, codes) = (BTreeSet::from(["more".into()]), BTreeSet::from(["shop.shut".into()]));
        let codes = Codes { own: &codes, all: &codes };
        let found = check(root.path(), templates.parent().unwrap(), &common, &codes).unwrap();
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn w3_words_that_are_there_in_both_languages_and_used_are_in_order() {
        let (en, sw) = (
            "title = Shop of { $name }\nerror-shop-shut = Shut.\n",
            "title = Duka la { $name }\nerror-shop-shut = Limefungwa.\n",
        );
        assert_eq!(looked_at(en, sw, "{{ shell.tell(\"title\", x) }} {{ shell.say(\"more\") }}"), [""; 0]);
    }

    #[test]
    fn w3_a_missing_or_unused_key_is_found_in_either_language() {
        let page = "{{ shell.tell(\"title\", x) }}\n{{ shell.say(\"gone\") }}";
        assert!(unreadable("n = { $n ->\n    [one] One\n}\n").is_some() && unreadable("n = One\n").is_none());
        let (en, sw) = ("title = Shop of { $name }\nold = Old\nold = Older\nerror-gone = Gone\n", "title = Duka\nmpya = Mpya\n");
        let found = looked_at(en, sw, page).join("\n");
        for said in [
            "title needs something else in Swahili",
            "old has no Swahili",
            "mpya has no English",
            "old is there twice",
            "nothing says error-gone",
            "nothing says old",
            "there are none for gone",
            "there are none for error-shop-shut",
        ] {
            assert!(found.contains(said), "{said}: {found}");
        }
    }
}
