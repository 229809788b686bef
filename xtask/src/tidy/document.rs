//! Types of the API document have names of their own: of two that share one, the document shows only the last.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Ident, Item};

use super::{
    finding::Finding,
    seen::{attributes, is_test},
    source::Source,
};

/// Every name met so far, and what to say about whoever else has it.
pub type Names = BTreeMap<String, String>;

/// The names a file adds, and those that were taken.
pub fn check(source: &Source, names: &mut Names) -> Vec<Finding> {
    let mut found = Vec::new();
    for ident in source.file.items.iter().filter(|item| !is_test(attributes(item))).filter_map(named) {
        let taken = names.insert(ident.to_string(), source.path.display().to_string());
        let say = |other| format!("document: {other} has a type {ident} too, and the API document shows only one of them");
        found.extend(taken.map(|other| Finding::new(&source.path, ident.span().start().line, say(other))));
    }
    found
}

/// What derives `ToSchema`, or is made by `named!`, which does.
fn named(item: &Item) -> Option<Ident> {
    match item {
        Item::Struct(item) => is_documented(&item.attrs).then(|| item.ident.clone()),
        Item::Enum(item) => is_documented(&item.attrs).then(|| item.ident.clone()),
        Item::Macro(item) if item.mac.path.segments.last()?.ident == "named" => declared(item.mac.tokens.clone()),
        _ => None,
    }
}

fn is_documented(attributes: &[Attribute]) -> bool {
    let derives = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    derives.filter_map(|derive| derive.meta.require_list().ok()).any(|list| mentions(list.tokens.clone(), "ToSchema"))
}

fn mentions(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| matches!(token, TokenTree::Ident(ident) if ident == name))
}

/// The first name that isn't `pub`: attributes before it are groups.
fn declared(tokens: TokenStream) -> Option<Ident> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) if ident != "pub" => Some(ident),
        _ => None,
    })
}
