//! Every stable error code stands in docs/errors.md, and nothing else does.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::Result;
use syn::{Expr, ExprCall, ExprLit, Item, Lit, LitStr, visit::Visit};

use super::{
    finding::Finding,
    seen::{attributes, is_test},
    source::Source,
};

const DOCUMENT: &str = "docs/errors.md";

/// The codes of a file with their lines.
pub fn codes(source: &Source) -> Vec<(String, usize)> {
    let own = source.path.ends_with("src/fault.rs").then(|| format!("{}.", source.krate));
    let mut codes = Codes { own, found: Vec::new() };
    codes.visit_file(&source.file);
    codes.found
}

/// Compares what the source says with what the document says.
pub fn check(root: &Path, found: &BTreeMap<String, Finding>) -> Result<Vec<Finding>> {
    let path = root.join(DOCUMENT);
    let text = if path.exists() { fs::read_to_string(path)? } else { String::new() };
    let listed: Vec<(usize, &str)> = text.lines().enumerate().filter_map(|(at, line)| Some((at + 1, listed(line)?))).collect();
    let missing = found.iter().filter(|(code, _)| !listed.iter().any(|(_, other)| other == code));
    let stale = listed.iter().filter(|(_, code)| !found.contains_key(*code));
    let stale = stale.map(|(line, code)| Finding::new(DOCUMENT, *line, format!("errors: nothing answers {code} any more")));
    Ok(missing.map(|(_, finding)| finding.clone()).chain(stale).collect())
}

/// The code of a table's row: "| `commerce.sold_out` | 409 | … |".
fn listed(line: &str) -> Option<&str> {
    line.strip_prefix("| `")?.split_once('`').map(|(code, _)| code)
}

#[derive(Default)]
struct Codes {
    /// How the codes of a service begin, in its own fault.rs: there every literal of that form is one.
    own: Option<String>,
    found: Vec<(String, usize)>,
}

impl<'a> Visit<'a> for Codes {
    fn visit_item(&mut self, item: &'a Item) {
        if !is_test(attributes(item)) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_lit_str(&mut self, text: &'a LitStr) {
        let value = text.value();
        if self.own.as_ref().is_some_and(|own| value.starts_with(own) && !value.contains(' ')) {
            self.found.push((value, text.span().start().line));
        }
    }

    /// `Fault::new(kind, code, ..)`, `Fault::field(pointer, code, ..)` and `Field::refused(pointer, code, ..)`.
    fn visit_expr_call(&mut self, call: &'a ExprCall) {
        let makes_fault = matches!(&*call.func, Expr::Path(path) if {
            let words: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            matches!(words.as_slice(), [.., owner, maker] if ((owner == "Fault" || owner == "Self") && (maker == "new" || maker == "field")) || (owner == "Field" && maker == "refused"))
        });
        if makes_fault
            && let Some(Expr::Lit(ExprLit { lit: Lit::Str(code), .. })) = call.args.iter().nth(1)
            && call.args.len() == 3
        {
            self.found.push((code.value(), code.span().start().line));
        }
        syn::visit::visit_expr_call(self, call);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes_of(code: &str) -> Vec<String> {
        let mut codes = Codes::default();
        codes.visit_file(&syn::parse_file(code).unwrap());
        codes.found.into_iter().map(|(code, _)| code).collect()
    }

    #[test]
    fn codes_are_found_where_faults_are_made_and_not_in_tests() {
        let made =
            "fn f() { Fault::new(Kind::Conflict, \"shop.closed\", \"x\"); kernel::Fault::field(\"/a\", \"shop.odd\", \"x\"); }";
        assert_eq!(codes_of(made), ["shop.closed", "shop.odd"]);
        assert!(codes_of("#[cfg(test)] mod tests { fn f() { Fault::new(k, \"x\", \"y\"); } }").is_empty());
        let mut own = Codes { own: Some("shop.".into()), found: Vec::new() };
        own.visit_file(&syn::parse_file("fn f() { conflict(\"shop.closed\", \"The shop. is closed\") }").unwrap());
        assert_eq!(own.found, [("shop.closed".to_owned(), 1)]);
        assert!(codes_of("fn f() { Field::new(a, \"x\", b); Fault::new(kind, code, \"x\"); }").is_empty());
    }

    #[test]
    fn a_row_of_the_document_names_its_code() {
        assert_eq!(listed("| `shop.closed` | 409 | The shop is closed. |"), Some("shop.closed"));
        assert_eq!(listed("| code | status |"), None);
    }
}
