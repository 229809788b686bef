//! A running profile service, and the people in it.

use std::{fs, path::Path};

use axum::http::Method;
use contracts::profile::OpenProfile;
use kernel::Role;
use testkit::{Part, Person, Reply, Stage};

/// A running profile service.
pub async fn stage() -> Stage {
    Stage::of(profile::service()).start().await
}

/// Somebody with an open profile.
pub async fn person(stage: &Stage, username: &str) -> Person {
    let person = stage.person();
    let open = OpenProfile { user: person.id, username: Some(username.into()), display_name: username.into() };
    stage.node.ask(open).await.unwrap();
    person
}

/// Lets nobody follow who hasn't asked.
pub async fn go_private(person: &Person) {
    person.call(Method::PUT, "/api/v1/users/me/privacy", None, Some("{\"private\": true}".into())).await.ok();
}

/// The usernames on a list, in its order.
pub async fn names(person: &Person, path: &str) -> Vec<String> {
    let list = person.get(path).await.ok();
    list["items"].as_array().unwrap().iter().map(|card| card["username"].as_str().unwrap().to_owned()).collect()
}

pub async fn moderator(stage: &Stage, name: &str) -> Person {
    let person = stage.person_with(vec![Role::User, Role::Moderator]);
    let open = OpenProfile { user: person.id, username: Some(name.into()), display_name: name.into() };
    stage.node.ask(open).await.unwrap();
    person
}

/// A moderator with a token of now.
pub fn on_duty(stage: &Stage, person: &Person) -> Person {
    stage.again_with(person, vec![Role::User, Role::Moderator])
}

/// The smallest picture there is, and the smallest document.
pub const DOT: &[u8] = include_bytes!("files/dot.png");
pub const PAPER: &[u8] = include_bytes!("files/paper.pdf");

/// Asks to be verified, with these documents.
pub async fn ask(person: &Person, badge: &str, documents: &[&[u8]]) -> Reply {
    let words = [Part::Word("badge", badge), Part::Word("name", "Amina Juma Mushi"), Part::Word("words", "Both sides")];
    let files = documents.iter().map(|bytes| Part::File("documents", bytes));
    person.hand_in("/api/v1/users/me/verification", "*/*", &words.into_iter().chain(files).collect::<Vec<_>>()).await
}

/// What is kept of documents, by its bytes.
pub fn kept(stage: &Stage) -> Vec<Vec<u8>> {
    fn read(folder: &Path, found: &mut Vec<Vec<u8>>) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, found);
            } else {
                found.push(fs::read(path).unwrap());
            }
        }
    }
    let mut found = Vec::new();
    read(&stage.data_dir().join("objects"), &mut found);
    found
}
