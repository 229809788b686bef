//! What a file reaches for: every path with the place it leads to, every method call, every SQL macro. Test code is left out.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Expr, Item, Lit, visit::Visit};

use super::{
    names::{Names, leaves},
    source::Source,
};

/// All of it, in the order of the file.
#[derive(Default)]
pub struct Seen {
    pub reaches: Vec<Reach>,
    pub calls: Vec<Call>,
    pub sql: Vec<SqlMacro>,
}

/// A path and one place it can lead to.
pub struct Reach {
    /// As [`Names::resolve`] gives it.
    pub path: Vec<String>,
    pub how: How,
    pub line: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Use,
    /// A `use` that others can see.
    PublicUse,
    Glob,
    Macro,
    Path,
}

/// `receiver.method(..)`.
pub struct Call {
    pub method: String,
    /// Whether the first argument is a string written here.
    pub has_literal: bool,
    pub line: usize,
}

/// `sqlx::query!(..)` or one of its sisters.
pub struct SqlMacro {
    pub name: String,
    pub literals: Vec<(usize, String)>,
    /// Where a bound argument says `as _`.
    pub unchecked: Option<usize>,
    pub line: usize,
}

impl Seen {
    pub fn of(source: &Source) -> Self {
        let mut reader = Reader { names: Names::of(source), module: source.module.clone(), seen: Self::default() };
        reader.visit_file(&source.file);
        reader.seen
    }
}

struct Reader {
    names: Names,
    module: Vec<String>,
    seen: Seen,
}

impl Reader {
    fn reach(&mut self, path: &[String], how: How, line: usize) {
        for path in self.names.resolve(&self.module, path) {
            self.seen.reaches.push(Reach { path, how, line });
        }
    }

    /// Looks for paths and calls where only tokens are: inside macros and attributes.
    fn scan(&mut self, tokens: &TokenStream) {
        let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let mut rest = tokens.as_slice();
        while let Some((token, after)) = rest.split_first() {
            rest = match token {
                TokenTree::Group(group) => {
                    self.scan(&group.stream());
                    after
                }
                TokenTree::Punct(dot) if dot.as_char() == '.' => self.scan_call(after),
                TokenTree::Ident(_) => self.scan_path(rest),
                _ => after,
            };
        }
    }

    fn scan_call<'a>(&mut self, after: &'a [TokenTree]) -> &'a [TokenTree] {
        let [TokenTree::Ident(method), rest @ ..] = after else { return after };
        let group =
            rest.iter().take_while(|token| !is_punct(token, ',') && !is_punct(token, '.')).find_map(|token| match token {
                TokenTree::Group(group) => Some(group),
                _ => None,
            });
        if let Some(group) = group {
            let has_literal = group.stream().into_iter().next().is_some_and(|first| string(&first).is_some());
            self.seen.calls.push(Call { method: method.to_string(), has_literal, line: method.span().start().line });
        }
        rest
    }

    fn scan_path<'a>(&mut self, mut rest: &'a [TokenTree]) -> &'a [TokenTree] {
        let (mut path, mut line) = (Vec::new(), 0);
        while let [TokenTree::Ident(word), after @ ..] = rest {
            path.push(word.to_string());
            line = word.span().start().line;
            rest = after;
            match rest {
                [a, b, TokenTree::Ident(_), ..] if is_punct(a, ':') && is_punct(b, ':') => {
                    rest = rest.get(2..).unwrap_or_default();
                }
                _ => break,
            }
        }
        if path.len() > 1 {
            self.reach(&path, How::Path, line);
        }
        rest
    }

    fn sql_macro(&mut self, mac: &syn::Macro, path: &[String]) {
        let resolved = self.names.resolve(&self.module, path);
        let is_sql =
            |path: &Vec<String>| matches!(path.as_slice(), [krate, name] if krate == "sqlx" && name.starts_with("query"));
        let Some(name) = resolved.iter().find(|path| is_sql(path)).and_then(|path| path.last()) else { return };
        let tokens: Vec<TokenTree> = mac.tokens.clone().into_iter().collect();
        let literals = tokens.iter().filter_map(|token| Some((token.span().start().line, string(token)?))).collect();
        let unchecked = tokens.windows(2).find_map(|pair| match pair {
            [TokenTree::Ident(a), b] if a == "as" && b.to_string() == "_" => Some(a.span().start().line),
            _ => None,
        });
        self.seen.sql.push(SqlMacro { name: name.clone(), literals, unchecked, line: line_of(&mac.path) });
    }
}

impl<'a> Visit<'a> for Reader {
    fn visit_item(&mut self, item: &'a Item) {
        if !is_test(attributes(item)) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'a syn::ImplItemFn) {
        if !is_test(&item.attrs) {
            syn::visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'a syn::ItemMod) {
        self.module.push(item.ident.to_string());
        syn::visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        let public = !matches!(item.vis, syn::Visibility::Inherited);
        for leaf in leaves(item) {
            let how = if leaf.is_glob { How::Glob } else { How::Use };
            self.reach(&leaf.path, how, leaf.line);
            if public {
                self.reach(&leaf.path, How::PublicUse, leaf.line);
            }
        }
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        self.reach(&segments(path), How::Path, line_of(path));
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, mac: &'a syn::Macro) {
        let path = segments(&mac.path);
        self.reach(&path, How::Macro, line_of(&mac.path));
        self.sql_macro(mac, &path);
        self.scan(&mac.tokens);
    }

    fn visit_meta_list(&mut self, meta: &'a syn::MetaList) {
        self.scan(&meta.tokens);
    }

    // Visibilities such as `pub(in crate::ops)` reach for nothing.
    fn visit_visibility(&mut self, _: &'a syn::Visibility) {}

    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        let literal = |arg: &Expr| matches!(arg, Expr::Lit(lit) if matches!(lit.lit, Lit::Str(_)));
        let has_literal = call.args.first().is_some_and(literal);
        self.seen.calls.push(Call { method: call.method.to_string(), has_literal, line: call.method.span().start().line });
        syn::visit::visit_expr_method_call(self, call);
    }
}

fn segments(path: &syn::Path) -> Vec<String> {
    let leading = path.leading_colon.map(|_| String::new());
    leading.into_iter().chain(path.segments.iter().map(|segment| segment.ident.to_string())).collect()
}

fn line_of(path: &syn::Path) -> usize {
    path.segments.first().map_or(0, |segment| segment.ident.span().start().line)
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

/// The value of a string literal.
fn string(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else { return None };
    match syn::parse_str(&literal.to_string()).ok()? {
        Lit::Str(text) => Some(text.value()),
        _ => None,
    }
}

/// `#[test]`, `#[tokio::test]`, `#[cfg(test)]`.
pub fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        let cfg_test = || attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test");
        path.segments.last().is_some_and(|last| last.ident == "test") || (path.is_ident("cfg") && cfg_test())
    })
}

pub fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
