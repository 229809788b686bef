//! How far somebody can be trusted, for people.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use host::{
    Here,
    http::{Answer, Path},
};
use kernel::{Id, User};
use ui::{Page, askama::Template};

use super::Shell;
use crate::views::{
    profiles::{self, ProfileView},
    trust::{self, ComponentView, TrustView},
};

#[derive(Template)]
#[template(path = "trust.html")]
struct TrustPage {
    shell: Shell,
    profile: ProfileView,
    trust: TrustView,
}

impl TrustPage {
    fn is_own(&self) -> bool {
        self.shell.viewer == Some(self.profile.id)
    }
}

pub(super) fn deals(part: &ComponentView) -> i64 {
    part.deals.into()
}

/// `+88.1` or `-3.1`.
pub(super) fn points(part: &ComponentView) -> String {
    format!("{:+.1}", part.points)
}

/// Shows it, with what it is made of.
pub async fn show(shell: Shell, State(here): State<Here>, Path(id): Path<Id<User>>) -> Answer<Response> {
    let profile = profiles::by_id(&here, shell.viewer, id).await?;
    let trust = trust::trust(&here, shell.viewer, id).await?;
    Ok(Page(TrustPage { shell, profile, trust }).into_response())
}
