//! Posts: what is taken is within every rule and stays as it is; what is refused breaks the rule that is named.

#![no_main]
#![expect(clippy::expect_used, reason = "it ends where something is wrong")]

#[path = "../../services/social/src/model/draft.rs"]
#[expect(dead_code, reason = "a target looks at what it wants of it")]
mod draft;
#[path = "../../services/social/src/fault.rs"]
mod fault;

use contracts::ids::Product;
use kernel::Id;
use libfuzzer_sys::fuzz_target;
use uuid::Uuid;

use crate::{
    draft::{Draft, PostType, Shown},
    fault::Refusal,
};

const LONGEST: usize = 5000;

// Two bytes say what the post has besides its text and whether that is filled up to about the longest; the rest is the text.
fuzz_target!(|input: &[u8]| {
    let [shape, fill, text @ ..] = input else { return };
    let text = filled(&String::from_utf8_lossy(text), *fill);
    let kind = if shape & 1 == 0 { PostType::Standard } else { PostType::Product };
    let product = (shape & 2 != 0).then(|| Id::from_uuid(Uuid::from_u128(2)));
    let picture = |number: u8| Shown { media: Id::from_uuid(Uuid::from_u128(number.into())), alt: String::new() };
    let pictures: Vec<Shown> = (0..shape >> 2 & 3).map(picture).collect();
    let broken = broken_rules(kind, &text, product, pictures.len());
    match Draft::new(kind, &text, product, pictures.clone()) {
        Ok(draft) => {
            assert_eq!(broken, [], "what is taken breaks no rule");
            assert_eq!(draft.text, text.trim(), "nothing but its edges is taken away");
            assert_eq!(Draft::new(kind, &draft.text, product, pictures), Ok(draft.clone()), "a second pass changes nothing");
            let json = serde_json::to_string(&draft.text).expect("text is JSON");
            assert_eq!(serde_json::from_str::<String>(&json).ok(), Some(draft.text));
        }
        Err(refusal) => assert!(broken.contains(&refusal), "{refusal:?} is not among {broken:?}"),
    }
});

/// Most inputs are short: with this bit set they reach a length from three characters below the longest to four above.
fn filled(text: &str, fill: u8) -> String {
    let length = LONGEST - 3 + usize::from(fill & 7);
    let missing = if fill & 0x40 == 0 { 0 } else { length.saturating_sub(text.chars().count()) };
    format!("{text}{}", "é".repeat(missing))
}

/// Every rule such a post breaks, in words of our own.
fn broken_rules(kind: PostType, text: &str, product: Option<Id<Product>>, pictures: usize) -> Vec<Refusal> {
    let (text, is_product) = (text.trim(), kind == PostType::Product);
    let is_control = |c: char| matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\x7f'..='\u{9f}');
    let rules = [
        (is_product && product.is_none(), Refusal::ProductMissing),
        (!is_product && product.is_some(), Refusal::ProductUnwanted),
        (text.is_empty() && !is_product && pictures == 0, Refusal::TextEmpty),
        (text.chars().count() > LONGEST, Refusal::TextTooLong),
        (text.contains(is_control), Refusal::TextUnreadable),
    ];
    rules.into_iter().filter_map(|(is_broken, refusal)| is_broken.then_some(refusal)).collect()
}
