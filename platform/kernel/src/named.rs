//! `named!`: words with one name everywhere, in the database, at the doors and in the documents.

/// An enum whose every value has one name, kept by the database as text and written by JSON as it is. A name is taken as a
/// token, not as a literal: within a literal's invisible brackets the API document wouldn't find it.
///
/// ```
/// kernel::named! {
///     /// Where a door stands.
///     pub Door { Open = "open", Shut = "shut" }
/// }
/// assert_eq!(Door::Open.name(), "open");
/// assert_eq!(Door::named("shut"), Some(Door::Shut));
/// assert_eq!(Door::ALL.len(), 2);
/// ```
#[macro_export]
macro_rules! named {
    ($(#[$meta:meta])* $vis:vis $name:ident { $($(#[$doc:meta])* $value:ident = $text:tt),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        $vis enum $name { $($(#[$doc])* #[serde(rename = $text)] $value,)* }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$value),*];

            /// The one name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$value => $text),* }
            }

            /// The value of this name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }

        const _: () = {
            use $crate::for_macros::sqlx::{Decode, Postgres, Type, error::BoxDynError, postgres::{PgTypeInfo, PgValueRef}};
            impl Type<Postgres> for $name {
                fn type_info() -> PgTypeInfo {
                    <str as Type<Postgres>>::type_info()
                }
            }
            impl Decode<'_, Postgres> for $name {
                fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
                    let name = <&str as Decode<Postgres>>::decode(value)?;
                    Self::named(name).ok_or_else(|| format!("{name:?} is no {}", stringify!($name)).into())
                }
            }
        };
    };
}

#[cfg(test)]
mod tests {
    crate::named! {
        /// What a light shows.
        Light {
            Red = "red",
            /// Also called amber.
            Yellow = "yellow",
            Green = "go.green",
        }
    }

    #[test]
    fn x8_the_api_document_has_the_names_of_the_doors() {
        let schema = serde_json::to_value(<Light as utoipa::PartialSchema>::schema()).unwrap();
        assert_eq!(schema["enum"], serde_json::json!(["red", "yellow", "go.green"]));
    }

    #[test]
    fn a_word_has_the_same_name_in_json_and_in_the_database() {
        assert_eq!(Light::ALL, [Light::Red, Light::Yellow, Light::Green]);
        for light in Light::ALL.iter().copied() {
            assert_eq!(serde_json::to_value(light).unwrap(), light.name());
            assert_eq!(serde_json::from_value::<Light>(light.name().into()).unwrap(), light);
            assert_eq!(Light::named(light.name()), Some(light));
        }
        assert_eq!(Light::named("Red"), None);
        assert!(serde_json::from_str::<Light>("\"green\"").is_err());
    }
}
