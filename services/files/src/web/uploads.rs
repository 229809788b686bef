//! Pictures sent from a page: while it is being written, by a script that shows how far they are, or by the form itself.

use axum::{
    Json,
    extract::{Multipart, Query, State, multipart::MultipartRejection},
    http::{HeaderMap, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use contracts::ids::Media;
use host::{
    Here,
    http::{Answer, Caller, FormParts, Part, PartLimits},
};
use kernel::{Fault, Id};
use serde::Serialize;

use super::Shell;
use crate::{
    fault::Refusal,
    ops::{
        take_upload::{LIMITS, Upload, unread},
        upload_media,
    },
    views::uploaded::{self, UploadedView},
};

/// What a script is told.
#[derive(Debug, Serialize)]
struct Sent {
    /// In the order of the files; null where one was left out.
    ids: Vec<Option<Id<Media>>>,
    said: String,
}

/// Takes them, for everybody to see, and leads back to the page with their ids.
pub async fn upload(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    asked: Parts,
    form: Result<Multipart, MultipartRejection>,
) -> Answer<Response> {
    let owner = shell.user()?;
    let form = form.map_err(|refused| Fault::from(Refusal::BadForm).because(refused))?;
    let (then, upload) = take(&here, &asked, form).await?;
    let kept = upload_media::upload_media(&here, &actor, upload).await?;
    let sent = sent(&shell, &uploaded::uploaded(&here, owner, &kept).await?)?;
    if wants_json(&asked.headers) {
        return Ok(Json(sent).into_response());
    }
    Ok(shell.go_saying(&with_media(&then, sent.ids.iter().flatten()), &sent.said))
}

/// The form's token and its way on come before its files: nothing of a form that isn't ours is kept.
async fn take(here: &Here, asked: &Parts, form: Multipart) -> Result<(String, Upload), Fault> {
    // A page's own address is longer than a word.
    let limits = PartLimits { word_bytes: 2048, ..LIMITS };
    let (mut form, mut upload) = (FormParts::new(form, limits), Upload::new());
    let token = word(&mut form, "csrf").await?;
    ui::guard(here, asked, token.as_deref().unwrap_or_default())?;
    let then = word(&mut form, "then").await?.filter(|_| token.is_some()).ok_or(Refusal::BadForm)?;
    while let Some(part) = form.next().await.map_err(unread)? {
        match part {
            Part::File(file) => upload.take(here, file).await?,
            Part::Word { .. } => return Err(Refusal::BadForm.into()),
        }
    }
    Ok((then, upload.whole()?))
}

/// The next part, if it is this word.
async fn word(form: &mut FormParts, wanted: &str) -> Result<Option<String>, Fault> {
    Ok(match form.next().await.map_err(unread)? {
        Some(Part::Word { name, text }) if name == wanted => Some(text),
        _ => None,
    })
}

/// What became of the files, in ids and in words; a reason is said once, however many files have it.
fn sent(shell: &Shell, uploaded: &UploadedView) -> Result<Sent, Fault> {
    let ids: Vec<_> = uploaded.items.iter().map(|file| file.id).collect();
    let ready = i64::try_from(ids.iter().flatten().count()).map_err(Fault::internal)?;
    let mut said = Vec::new();
    if ready > 0 {
        said.push(shell.count("uploads-ready", ready).into_owned());
    }
    for error in uploaded.items.iter().filter_map(|file| file.error.as_ref()) {
        let why = shell.tell("uploads-left-out", &[("why", shell.why(error.code, &error.message))]).into_owned();
        if !said.contains(&why) {
            said.push(why);
        }
    }
    Ok(Sent { ids, said: said.join(" ") })
}

fn wants_json(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"))
}

/// The page with these besides those it has.
fn with_media<'a>(then: &str, new: impl IntoIterator<Item = &'a Id<Media>>) -> String {
    let to: Uri = ui::inner(then).parse().unwrap_or_default();
    let query = Query::<Vec<(String, String)>>::try_from_uri(&to).map(|Query(pairs)| pairs).unwrap_or_default();
    let (media, others): (Vec<_>, Vec<_>) = query.iter().partition(|(name, _)| name == "media");
    let mut ids: Vec<String> = media.iter().flat_map(|(_, ids)| ids.split(',')).map(str::to_owned).collect();
    for id in new.into_iter().map(ToString::to_string) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let ids = ids.join(",");
    let others = others.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    ui::path(to.path(), &others.chain([("media", ids.as_str())]).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w2_a_page_keeps_its_query_and_each_picture_once() {
        let ids: [Id<Media>; 2] =
            ["med_00000000000000000000000007", "med_00000000000000000000000008"].map(|id| id.parse().unwrap());
        let [one, two] = ids.map(|id| id.to_string());
        let comma = "%2C";
        assert_eq!(with_media("/compose", &ids), format!("/compose?media={one}{comma}{two}"));
        assert_eq!(
            with_media(&format!("/compose?product=prd_1&media={one}"), &ids),
            format!("/compose?product=prd_1&media={one}{comma}{two}")
        );
        assert_eq!(with_media("/compose?product=prd_1", &[]), "/compose?product=prd_1");
        for elsewhere in ["//evil.example/x", "https://evil.example", "", "/\\evil"] {
            assert_eq!(with_media(elsewhere, &[]), "/", "{elsewhere}");
        }
    }
}
