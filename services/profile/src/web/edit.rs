//! Changing one's own profile.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use host::{
    Here,
    http::{Answer, Caller, checked},
};
use kernel::{Actor, Fault, Locale};
use serde::Deserialize;
use ui::{Form, Page, Wrong, askama::Template};

use super::Shell;
use crate::{
    fault::Refusal,
    ops::faces::change_profile::{self, ChangeProfile},
    views::{
        profiles::{self, ProfileView},
        usernames,
    },
};

/// Zones to choose from, with the names of their towns; whoever is in another one keeps it.
const NEAR: [&str; 12] = [
    "Africa/Dar_es_Salaam",
    "Africa/Nairobi",
    "Africa/Kampala",
    "Africa/Kigali",
    "Africa/Bujumbura",
    "Africa/Lubumbashi",
    "Africa/Addis_Ababa",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Asia/Dubai",
    "Europe/London",
    "America/New_York",
];

/// What somebody filled in.
#[derive(Debug, Deserialize)]
pub struct Filled {
    display_name: String,
    username: String,
    bio: String,
    /// One a line.
    links: String,
    /// With commas between them.
    interests: String,
    locale: String,
    time_zone: String,
}

#[derive(Template)]
#[template(path = "edit.html")]
struct EditPage {
    shell: Shell,
    filled: Filled,
    /// Usernames that can be had, where the wanted one can't.
    free: Vec<String>,
    wrong: Wrong,
}

impl EditPage {
    /// A zone, its town, and whether it is the chosen one.
    fn zones(&self) -> Vec<(&str, String, bool)> {
        let now = self.filled.time_zone.as_str();
        let other = Some(now).filter(|now| !NEAR.contains(now));
        NEAR.into_iter().chain(other).map(|zone| (zone, town(zone), zone == now)).collect()
    }

    /// The languages there are, and whether it is the chosen one. Who has chosen one can't choose none.
    fn locales(&self) -> Vec<(&'static str, &'static str, bool)> {
        let is = |name| self.filled.locale == name;
        let none = is("").then_some(("", "edit-locale-same", true));
        none.into_iter().chain([("en", "edit-locale-en", is("en")), ("sw", "edit-locale-sw", is("sw"))]).collect()
    }
}

/// `Dar es Salaam`, of `Africa/Dar_es_Salaam`.
fn town(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

/// Shows the form with what stands there now.
pub async fn form(shell: Shell, State(here): State<Here>) -> Answer<Response> {
    let user = shell.user()?;
    let filled = Filled::of(profiles::by_id(&here, Some(user), user).await?);
    Ok(Page(EditPage { shell, filled, free: Vec::new(), wrong: Wrong::default() }).into_response())
}

/// Keeps it.
pub async fn submit(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Form(filled): Form<Filled>,
) -> Answer<Response> {
    let Err(fault) = change(&here, &actor, &filled).await else {
        return Ok(shell.go_saying("/me", &shell.say("profile-changed")));
    };
    let taken = Fault::from(Refusal::UsernameTaken);
    if fault.code() != taken.code() {
        return ui::again(fault, |wrong| EditPage { shell, filled, free: Vec::new(), wrong });
    }
    // It is about one field, and there it is said, with others that are free.
    let fault = Fault::field("/username", taken.code().to_owned(), taken.detail().to_owned());
    let free = usernames::username(&here, &filled.username).await?.suggestions;
    ui::again(fault, |wrong| EditPage { shell, filled, free, wrong })
}

async fn change(here: &Here, actor: &Actor, filled: &Filled) -> Result<(), Fault> {
    change_profile::change_profile(here, actor, checked(filled.command())?).await
}

impl Filled {
    fn of(now: ProfileView) -> Self {
        let (locale, time_zone) = now.settings.map(|settings| (settings.locale, settings.time_zone)).unwrap_or_default();
        Self {
            display_name: now.display_name,
            username: now.username,
            bio: now.bio,
            links: now.links.join("\n"),
            interests: now.interests.join(", "),
            locale: locale.map(|locale| locale.name().to_owned()).unwrap_or_default(),
            time_zone: time_zone.unwrap_or_else(|| kernel::zone::HOME.to_owned()),
        }
    }

    fn command(&self) -> ChangeProfile {
        let list = |text: &str, between: char| text.split(between).map(|one| one.trim().to_owned()).collect();
        ChangeProfile {
            username: Some(self.username.trim().to_owned()),
            display_name: Some(self.display_name.trim().to_owned()),
            bio: Some(self.bio.trim().to_owned()),
            links: Some(list(&self.links, '\n')),
            interests: Some(list(&self.interests, ',')),
            locale: Locale::named(&self.locale),
            time_zone: Some(self.time_zone.trim().to_owned()),
            ..ChangeProfile::default()
        }
    }
}
