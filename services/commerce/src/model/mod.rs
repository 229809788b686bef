//! What is true of shops, checkouts and orders.

/// An enum whose every value has one name: in the database, at the doors and in the documents.
macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $value:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$doc])* $value,)* }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$value),*];

            pub fn name(self) -> &'static str {
                match self { $(Self::$value => $text),* }
            }

            pub fn named(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == text)
            }
        }
    };
}
use named;

pub mod address;
pub mod checkout;
pub mod handle;
pub mod offer;
pub mod order;
pub mod price;
pub mod product;
pub mod terms;
pub mod text;
