//! The shell: what every page knows of its reader, and how it speaks to them.

use std::{
    borrow::{Borrow, Cow},
    convert::Infallible,
    marker::PhantomData,
    sync::Arc,
};

use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use contracts::{files::PictureView, profile::Badge};
use fluent_bundle::FluentArgs;
use host::{Config, Here};
use kernel::{Actor, Fault, Field, Id, Locale, Money, Timestamp, User};

use crate::{
    assets, csrf, flash,
    picture::{Offered, Room},
    reader::{Data, Reader},
    say,
    words::{Common, Language, Words},
};

/// What a page is shown in: its reader, its words, and what was just done. Taken by every handler of a page.
pub struct Shell<W> {
    pub viewer: Option<Id<User>>,
    pub reader: Reader,
    /// Where this page is, with its query.
    pub path: String,
    method: Method,
    /// What stands in every form, so that it can be told from one of somebody else's.
    pub csrf: String,
    /// Said once, after something was done.
    pub flash: Option<String>,
    /// A key for a form that must have its effect once.
    pub once: String,
    now: Timestamp,
    config: Arc<Config>,
    words: PhantomData<fn() -> W>,
}

impl<W> std::fmt::Debug for Shell<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shell").field("reader", &self.reader).finish_non_exhaustive()
    }
}

impl<W: Words> FromRequestParts<Here> for Shell<W> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, here: &Here) -> Result<Self, Infallible> {
        let actor = parts.extensions.get::<Actor>().unwrap_or(&Actor::Anonymous);
        Ok(Self {
            csrf: actor.session().map(|session| csrf::token(here, session)).unwrap_or_default(),
            flash: flash::read(&here.config, &parts.headers),
            once: here.ids.uuid().to_string(),
            now: here.clock.now(),
            ..Self::of(&here.config, parts)
        })
    }
}

impl<W: Words> Shell<W> {
    /// For pages around the services' own.
    pub(crate) fn of(config: &Arc<Config>, parts: &Parts) -> Self {
        Self {
            viewer: parts.extensions.get::<Actor>().and_then(Actor::viewer),
            reader: Reader::of(config, &parts.headers),
            path: parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            method: parts.method.clone(),
            csrf: String::new(),
            flash: None,
            once: String::new(),
            now: Timestamp::from_microsecond(0),
            config: config.clone(),
            words: PhantomData,
        }
    }

    /// The signed-in reader; a stranger is led to the login and comes back.
    pub fn user(&self) -> Result<Id<User>, Fault> {
        self.viewer.ok_or_else(Fault::unauthenticated)
    }

    /// What stands under this key, in the page's own words or in those all pages share.
    pub fn say(&self, key: &str) -> Cow<'static, str> {
        self.find(key, None).unwrap_or_else(|| missing(key))
    }

    /// The same with its particulars filled in.
    pub fn tell<T: ToString>(&self, key: &str, with: &[(&'static str, T)]) -> Cow<'static, str> {
        let args = with.iter().map(|(name, value)| (*name, value.to_string())).collect();
        self.find(key, Some(&args)).unwrap_or_else(|| missing(key))
    }

    /// The same with a number `n`, which decides between one and many.
    pub fn count(&self, key: &str, n: impl Borrow<i64>) -> Cow<'static, str> {
        let mut args = FluentArgs::new();
        args.set("n", *n.borrow());
        self.find(key, Some(&args)).unwrap_or_else(|| missing(key))
    }

    /// Why something was refused, in the reader's words.
    pub fn why(&self, code: &str, detail: &str) -> String {
        self.find(&error(code), None).map_or_else(|| self.unworded(detail), Cow::into_owned)
    }

    /// Why a field was refused, and by which limit.
    pub(crate) fn why_not(&self, field: &Field) -> String {
        let mut args = FluentArgs::new();
        args.set("n", field.limit.unwrap_or_default());
        self.find(&error(&field.code), Some(&args)).map_or_else(|| self.unworded(&field.message), Cow::into_owned)
    }

    /// `TZS 12,500`.
    pub fn money(&self, amount: &Money) -> String {
        amount.short()
    }

    /// `23 November 2026, 11:00`.
    pub fn moment(&self, at: &Timestamp) -> String {
        say::moment(self.common(), *at)
    }

    /// `3 h`, or the moment where that is long ago.
    pub fn ago(&self, at: &Timestamp) -> String {
        say::ago(self.common(), *at, self.now)
    }

    /// What is left until then, in seconds: what a countdown starts from.
    pub fn seconds_left(&self, until: &Timestamp) -> u64 {
        until.since(self.now).as_secs()
    }

    /// What is left until then: `14:59`.
    pub fn left(&self, until: &Timestamp) -> String {
        say::clock(until.since(self.now))
    }

    pub fn lang(&self) -> &'static str {
        self.reader.locale.name()
    }

    pub fn other_lang(&self) -> &'static str {
        match self.reader.locale {
            Locale::En => Locale::Sw.name(),
            Locale::Sw => Locale::En.name(),
        }
    }

    /// Somebody's avatar, for whoever doesn't save data.
    pub fn face(&self, avatar: &Option<PictureView>) -> Option<Offered> {
        avatar.as_ref().filter(|_| !self.saves_data()).and_then(|picture| Room::Thumb.offers(self, picture))
    }

    /// The key of what is verified of somebody.
    pub fn verified(&self, badge: &Badge) -> &'static str {
        match badge {
            Badge::Person => "badge-person",
            Badge::Business => "badge-business",
            Badge::Official => "badge-official",
        }
    }

    /// What stands for somebody without one.
    pub fn initial(&self, name: &str) -> String {
        name.chars().find(|c| c.is_alphanumeric()).map(|first| first.to_uppercase().collect()).unwrap_or_default()
    }

    pub fn saves_data(&self) -> bool {
        self.reader.data == Data::Low
    }

    /// Whether the page's address alone shows it again, which that of a refused form doesn't.
    pub fn is_read(&self) -> bool {
        self.method == Method::GET
    }

    /// Whether this page belongs to the place of the navigation that starts with `prefix`.
    pub fn is_at(&self, prefix: &str) -> bool {
        let path = self.path.split('?').next().unwrap_or_default();
        path == prefix || path.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('/'))
    }

    /// The address of a built-in file, which changes with its content.
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// A whole address, for previews elsewhere.
    pub fn absolute(&self, path: &str) -> String {
        if path.starts_with('/') { format!("{}{path}", self.config.public_url) } else { path.to_owned() }
    }

    /// Leads to another page (303), so that a reload repeats nothing.
    pub fn go(&self, to: &str) -> Response {
        let to = HeaderValue::from_str(inner(to)).unwrap_or(HeaderValue::from_static("/"));
        (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
    }

    /// The same, and the page there says what was done.
    pub fn go_saying(&self, to: &str, said: &str) -> Response {
        ([(header::SET_COOKIE, flash::set(&self.config, said))], self.go(to)).into_response()
    }

    /// A refusal of a neighbour's, whose words stand with the neighbour: what it says of itself is English.
    fn unworded(&self, detail: &str) -> String {
        match self.reader.locale {
            Locale::En => detail.to_owned(),
            Locale::Sw if detail.is_empty() => String::new(),
            Locale::Sw => self.say("refused-conflict-why").into_owned(),
        }
    }

    fn find(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<Cow<'static, str>> {
        W::in_language(self.reader.locale).say(key, args).or_else(|| self.common().say(key, args))
    }

    fn common(&self) -> &'static Language {
        Common::in_language(self.reader.locale)
    }
}

/// Where a form was refused its page stands under the form's address: whoever opens that again gets the page itself.
pub async fn up<W: Words>(shell: Shell<W>) -> Response {
    let path = shell.path.split('?').next().unwrap_or_default();
    shell.go(path.rsplit_once('/').map_or("/", |(page, _)| page))
}

/// A path with a query; what has no value is left out.
pub fn path(path: &str, query: &[(&str, &str)]) -> String {
    let given: Vec<_> = query.iter().filter(|(_, value)| !value.is_empty()).collect();
    match serde_urlencoded::to_string(given) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
    }
}

/// A path of ours, or the front page where somebody wrote another place.
pub fn inner(path: &str) -> &str {
    let is_ours = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n', '\t']);
    if is_ours { path } else { "/" }
}

/// The key of the words for a refusal.
fn error(code: &str) -> String {
    format!("error-{}", code.replace('.', "-"))
}

fn missing(key: &str) -> Cow<'static, str> {
    tracing::error!(key, "no words");
    key.to_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w7_nobody_is_led_to_another_site() {
        assert_eq!(inner("/orders?x=//y"), "/orders?x=//y");
        for elsewhere in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "\\\\evil",
            "",
            "javascript:alert(1)",
            "/\t/evil.example",
        ] {
            assert_eq!(inner(elsewhere), "/", "{elsewhere}");
        }
    }
}
