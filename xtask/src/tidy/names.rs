//! What a path in a file means: `self`, `super`, modules and `use` aliases followed to the place they lead to.

use std::collections::{HashMap, HashSet};

use syn::{Ident, UseTree, visit::Visit};

use super::source::Source;

/// How often an alias may lead to another; longer chains are circles.
const DEEPEST: u8 = 8;

/// The modules and aliases a file declares.
#[derive(Debug, Default)]
pub struct Names {
    aliases: HashMap<(Vec<String>, String), Vec<Vec<String>>>,
    modules: HashSet<Vec<String>>,
}

/// One leaf of a `use`.
#[derive(Debug, Clone)]
pub struct Leaf {
    pub path: Vec<String>,
    /// The name it gets here; None for `*` and `_`.
    pub name: Option<String>,
    pub is_glob: bool,
    pub line: usize,
}

impl Names {
    pub fn of(source: &Source) -> Self {
        let mut collector = Collector { names: Self::default(), module: source.module.clone() };
        collector.visit_file(&source.file);
        collector.names
    }

    /// Where `path`, written in `module`, can lead: `crate::…` for our own, `<crate>::…` for another's.
    pub fn resolve(&self, module: &[String], path: &[String]) -> Vec<Vec<String>> {
        self.follow(module, path, DEEPEST)
    }

    fn follow(&self, module: &[String], path: &[String], depth: u8) -> Vec<Vec<String>> {
        let Some((first, rest)) = path.split_first() else { return Vec::new() };
        let own = |module: &[String], rest: &[String]| [&["crate".to_owned()], module, rest].concat();
        match first.as_str() {
            "crate" | "" => vec![path.iter().skip(usize::from(first.is_empty())).cloned().collect()],
            "self" if rest.first().is_some_and(|next| next == "super") => self.follow(module, rest, depth),
            "self" => vec![own(module, rest)],
            "super" => {
                let above = module.split_last().map_or(module, |(_, above)| above);
                match rest.first().map(String::as_str) {
                    Some("super") => self.follow(above, rest, depth),
                    _ => vec![own(above, rest)],
                }
            }
            name if self.modules.contains(&[module, &[name.to_owned()]].concat()) => vec![own(module, path)],
            name => self.through_alias(module, name, rest, depth).unwrap_or_else(|| vec![path.to_vec()]),
        }
    }

    fn through_alias(&self, module: &[String], name: &str, rest: &[String], depth: u8) -> Option<Vec<Vec<String>>> {
        let targets = self.aliases.get(&(module.to_vec(), name.to_owned())).filter(|_| depth > 0)?;
        let lead = |target: &Vec<String>| {
            let path = [target.as_slice(), rest].concat();
            // `use sqlx::{self}` names the crate itself.
            if target.first().is_some_and(|first| first == name) { vec![path] } else { self.follow(module, &path, depth - 1) }
        };
        Some(targets.iter().flat_map(lead).collect())
    }
}

/// The leaves of one `use`; a leading `::` becomes an empty first segment.
pub fn leaves(item: &syn::ItemUse) -> Vec<Leaf> {
    let (mut found, prefix) = (Vec::new(), if item.leading_colon.is_some() { vec![String::new()] } else { Vec::new() });
    descend(&item.tree, &prefix, &mut found);
    found
}

fn descend(tree: &UseTree, prefix: &[String], found: &mut Vec<Leaf>) {
    let mut leaf = |ident: &Ident, name: Option<String>| {
        // `a::{self}` is `a`.
        let tail = if ident == "self" && !prefix.is_empty() { Vec::new() } else { vec![ident.to_string()] };
        let path = [prefix, &tail].concat();
        let name = name.or_else(|| path.last().cloned()).filter(|name| name != "_");
        found.push(Leaf { path, name, is_glob: false, line: ident.span().start().line });
    };
    match tree {
        UseTree::Path(path) => descend(&path.tree, &[prefix, &[path.ident.to_string()]].concat(), found),
        UseTree::Name(name) => leaf(&name.ident, None),
        UseTree::Rename(rename) => leaf(&rename.ident, Some(rename.rename.to_string())),
        UseTree::Glob(glob) => {
            let line = glob.star_token.span.start().line;
            found.push(Leaf { path: prefix.to_vec(), name: None, is_glob: true, line });
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| descend(tree, prefix, found)),
    }
}

struct Collector {
    names: Names,
    module: Vec<String>,
}

impl<'a> Visit<'a> for Collector {
    fn visit_item_mod(&mut self, item: &'a syn::ItemMod) {
        self.module.push(item.ident.to_string());
        self.names.modules.insert(self.module.clone());
        syn::visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        for leaf in leaves(item) {
            if let Some(name) = leaf.name {
                self.names.aliases.entry((self.module.clone(), name)).or_default().push(leaf.path);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(module: &str, code: &str, path: &str) -> String {
        let words = |text: &str| -> Vec<String> { text.split("::").filter(|word| !word.is_empty()).map(str::to_owned).collect() };
        let mut collector = Collector { names: Names::default(), module: words(module) };
        collector.visit_file(&syn::parse_file(code).unwrap());
        let found = collector.names.resolve(&words(module), &words(path));
        found.iter().map(|path| path.join("::")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_way_of_writing_a_path_leads_to_the_same_place() {
        let cases = [
            ("", "crate::ops::pay", "crate::ops::pay"),
            ("", "super::super::ops::pay", "crate::ops::pay"),
            ("", "self::super::order", "crate::store::order"),
            ("use crate::ops;", "ops::pay", "crate::ops::pay"),
            ("use crate::ops as verbs;", "verbs::pay", "crate::ops::pay"),
            ("use crate::{ops::{self}};", "ops::pay", "crate::ops::pay"),
            ("use crate as me; use me::ops as verbs;", "verbs::pay", "crate::ops::pay"),
            ("use super::super as up;", "up::ops::pay", "crate::ops::pay"),
            ("fn f() { use crate::ops as hidden; }", "hidden::pay", "crate::ops::pay"),
            ("mod host;", "host::Tx", "crate::store::orders::host::Tx"),
            ("", "host::Tx", "host::Tx"),
            ("use sqlx::{self, query};", "query", "sqlx::query"),
            ("use a::b; use b::a;", "a::x", "a::b::a::b::a::b::a::b::a::x"),
        ];
        for (code, path, expected) in cases {
            assert_eq!(resolved("store::orders", code, path), expected, "{code} {path}");
        }
    }
}
