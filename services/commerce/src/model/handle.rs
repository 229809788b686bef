//! Handles: what a shop is called in an address.

use kernel::Slug;

use crate::fault::Refusal;

/// Words that would pass for the platform itself or for a part of an address.
const RESERVED: &[&str] = &[
    "admin", "api", "auth", "cart", "checkout", "dev", "docs", "help", "market", "me", "nexgate", "official", "orders",
    "payments", "products", "root", "security", "shop", "shops", "staff", "support", "system", "team", "wallet",
];

/// The handle somebody typed, with or without its `$`.
pub fn handle(text: &str) -> Result<Slug, Refusal> {
    Slug::parse(text.trim().trim_start_matches('$'), RESERVED).ok_or(Refusal::HandleInvalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c1_a_handle_may_have_its_mark_and_is_no_reserved_word() {
        for text in ["amina_fabrics", " Amina_Fabrics ", "$AMINA_FABRICS"] {
            assert_eq!(handle(text).unwrap().as_str(), "amina_fabrics");
        }
        for text in ["orders", "$Orders", "$", "a b", "shp_00000000000000000000000007"] {
            assert_eq!(handle(text), Err(Refusal::HandleInvalid), "{text:?}");
        }
    }
}
