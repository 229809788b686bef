//! Manners of every file: it says what it is, it has an honest name, it isn't too long.

use proc_macro2::Span;
use syn::{Item, spanned::Spanned, visit::Visit};

use super::{
    finding::Finding,
    seen::{attributes, is_test},
    source::Source,
};

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 9] = ["util", "utils", "helper", "helpers", "common", "misc", "types", "manager", "managers"];
const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;

pub fn check(source: &Source) -> Vec<Finding> {
    let at = |line: usize, text: String| Finding::new(&source.path, line, text);
    let mut found = Vec::new();
    if !source.text.starts_with("//!") {
        found.push(at(1, "manners: a file opens with one `//!` sentence".to_owned()));
    }
    let words = source.path.iter().filter_map(|word| word.to_str()).map(|word| word.trim_end_matches(".rs"));
    found.extend(words.filter(|word| EMPTY_NAMES.contains(word)).map(|word| at(1, format!("manners: `{word}` says nothing"))));
    if source.is_test {
        return found;
    }
    let tests: usize = source.file.items.iter().filter(|item| is_test(attributes(item))).map(|item| lines(item.span())).sum();
    let own = source.text.lines().count().saturating_sub(tests);
    if own > LONGEST_FILE {
        found.push(at(1, format!("manners: {own} lines; a file has at most {LONGEST_FILE}")));
    }
    let mut functions = Functions::default();
    functions.visit_file(&source.file);
    let too_long = functions.found.into_iter().filter(|(_, _, lines)| *lines > LONGEST_FUNCTION);
    found.extend(too_long.map(|(name, line, lines)| {
        at(line, format!("manners: {name} has {lines} lines; a function has at most {LONGEST_FUNCTION}"))
    }));
    found
}

/// Every function's name, line and length; tests aside.
#[derive(Default)]
struct Functions {
    found: Vec<(String, usize, usize)>,
}

impl Functions {
    fn add(&mut self, sig: &syn::Signature, whole: Span) {
        self.found.push((sig.ident.to_string(), sig.ident.span().start().line, lines(whole)));
    }
}

impl<'a> Visit<'a> for Functions {
    fn visit_item(&mut self, item: &'a Item) {
        if !is_test(attributes(item)) {
            syn::visit::visit_item(self, item);
        }
    }
    fn visit_item_fn(&mut self, item: &'a syn::ItemFn) {
        self.add(&item.sig, item.block.span());
        syn::visit::visit_item_fn(self, item);
    }
    fn visit_impl_item_fn(&mut self, item: &'a syn::ImplItemFn) {
        self.add(&item.sig, item.block.span());
        syn::visit::visit_impl_item_fn(self, item);
    }
    fn visit_trait_item_fn(&mut self, item: &'a syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.add(&item.sig, block.span());
        }
        syn::visit::visit_trait_item_fn(self, item);
    }
}

fn lines(span: Span) -> usize {
    span.end().line.saturating_sub(span.start().line) + 1
}
