//! Words: each crate with pages has a Fluent file a language (<https://projectfluent.org>), read once.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use kernel::Locale;

/// The words of one crate in one language.
pub struct Language(FluentBundle<FluentResource>);

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Language({:?})", self.0.locales)
    }
}

impl Language {
    /// Reads a file. What is wrong in it is left out and logged; tidy checks every file before it is built in.
    pub fn read(locale: Locale, source: &str) -> Self {
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partly, errors)| {
            tracing::error!(?errors, "words that can't be read");
            partly
        });
        let mut bundle = FluentBundle::new_concurrent(locale.name().parse().into_iter().collect());
        // Both languages are written from left to right, so nothing needs to be kept apart.
        bundle.set_use_isolating(false);
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(?errors, "words that are there twice");
        }
        Self(bundle)
    }

    /// What stands under this key, with its particulars filled in.
    pub(crate) fn say(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<Cow<'_, str>> {
        let pattern = self.0.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.0.format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "words with a hole");
        }
        Some(text)
    }
}

/// The words of one crate. Implemented by [`words!`](crate::words!).
pub trait Words: Send + Sync + 'static {
    fn in_language(locale: Locale) -> &'static Language;
}

/// The words of a crate: `templates/pages.en.ftl` and `templates/pages.sw.ftl`.
#[macro_export]
macro_rules! words {
    ($name:ident) => {
        /// The words of this crate's pages.
        #[derive(Debug)]
        pub struct $name;
        impl $crate::Words for $name {
            fn in_language(locale: ::kernel::Locale) -> &'static $crate::Language {
                use ::std::sync::LazyLock;
                static EN: LazyLock<$crate::Language> = LazyLock::new(|| {
                    let source = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/pages.en.ftl"));
                    $crate::Language::read(::kernel::Locale::En, source)
                });
                static SW: LazyLock<$crate::Language> = LazyLock::new(|| {
                    let source = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/pages.sw.ftl"));
                    $crate::Language::read(::kernel::Locale::Sw, source)
                });
                match locale {
                    ::kernel::Locale::En => &EN,
                    ::kernel::Locale::Sw => &SW,
                }
            }
        }
    };
}

crate::words!(Common);
