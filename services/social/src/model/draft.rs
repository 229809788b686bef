//! What a post is made of, before it is published.

use contracts::ids::{Media, Product};
use kernel::{Id, text::is_plain};

use crate::fault::Refusal;

/// In characters, as people count them (S1).
const LONGEST: usize = 5000;

kernel::named! {
    /// What sort of post it is.
    pub PostType {
        /// Words.
        Standard = "standard",
        /// A product with its live card; the words may be left out.
        Product = "product",
    }
}

impl PostType {
    /// The type of a post that has, or hasn't, a product.
    pub fn with(product: Option<Id<Product>>) -> Self {
        product.map_or(Self::Standard, |_| Self::Product)
    }

    /// The text as it is kept, if a post of this type with so many pictures may have it.
    pub fn text(self, written: &str, pictures: usize) -> Result<String, Refusal> {
        let text = written.trim();
        if text.is_empty() && self == Self::Standard && pictures == 0 {
            return Err(Refusal::TextEmpty);
        }
        if text.chars().count() > LONGEST {
            return Err(Refusal::TextTooLong);
        }
        if !is_plain(text) {
            return Err(Refusal::TextUnreadable);
        }
        Ok(text.to_owned())
    }
}

/// A post that may be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub text: String,
    pub product: Option<Id<Product>>,
    pub pictures: Vec<Shown>,
}

/// A picture of a post, and what it shows in words, for whoever can't see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub media: Id<Media>,
    pub alt: String,
}

impl Draft {
    pub fn new(kind: PostType, text: &str, product: Option<Id<Product>>, pictures: Vec<Shown>) -> Result<Self, Refusal> {
        match (kind, product) {
            (PostType::Product, None) => Err(Refusal::ProductMissing),
            (PostType::Standard, Some(_)) => Err(Refusal::ProductUnwanted),
            _ => Ok(Self { text: kind.text(text, pictures.len())?, product, pictures }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn s1_a_text_has_one_to_five_thousand_characters() {
        let long = "é".repeat(5000);
        assert_eq!(PostType::Standard.text(&long, 0), Ok(long.clone()));
        assert_eq!(PostType::Standard.text(&format!("{long}é"), 0), Err(Refusal::TextTooLong));
        assert_eq!(PostType::Standard.text(" \n", 0), Err(Refusal::TextEmpty));
        assert_eq!(PostType::Standard.text(" \n", 1), Ok(String::new()), "a picture says something");
        assert_eq!(PostType::Product.text(" \n", 0), Ok(String::new()));
        assert_eq!(PostType::Standard.text("a\0b", 0), Err(Refusal::TextUnreadable));
        assert_eq!(PostType::Standard.text(" two\nlines\t", 0), Ok("two\nlines".into()));
    }

    #[test]
    fn s2_a_product_belongs_to_a_product_post_and_to_no_other() {
        let product = Some("prd_00000000000000000000000007".parse().unwrap());
        assert_eq!(Draft::new(PostType::Product, "", None, Vec::new()), Err(Refusal::ProductMissing));
        assert_eq!(Draft::new(PostType::Standard, "Hi", product, Vec::new()), Err(Refusal::ProductUnwanted));
        assert_eq!(
            Draft::new(PostType::Product, "", product, Vec::new()),
            Ok(Draft { text: String::new(), product, pictures: Vec::new() })
        );
        assert_eq!((PostType::with(product), PostType::with(None)), (PostType::Product, PostType::Standard));
    }

    proptest! {
        #[test]
        fn a_text_that_is_kept_is_kept_as_it_is(text in "\\PC{0,80}") {
            if let Ok(kept) = PostType::Standard.text(&text, 0) {
                prop_assert_eq!(PostType::Standard.text(&kept, 0), Ok(kept.clone()));
                prop_assert_eq!(kept, text.trim());
            }
        }
    }
}
