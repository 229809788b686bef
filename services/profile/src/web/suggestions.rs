//! Whom one may want to follow.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use host::{Here, http::Answer};
use ui::{Page, askama::Template};

use super::Shell;
use crate::views::suggestions::{self, SuggestionView};

#[derive(Template)]
#[template(path = "suggestions.html")]
struct SuggestionsPage {
    shell: Shell,
    people: Vec<SuggestionView>,
}

/// Shows them, the best first.
pub async fn show(shell: Shell, State(here): State<Here>) -> Answer<Response> {
    let people = suggestions::suggestions(&here, shell.user()?).await?;
    Ok(Page(SuggestionsPage { shell, people }).into_response())
}
