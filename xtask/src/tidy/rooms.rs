//! Walls 2 and 3: what `lib.rs` exports, and which room of a service may use which.

use syn::{Item, Visibility};

use super::{
    finding::Finding,
    seen::{How, Reach, Seen, attributes, is_test},
    source::Source,
};

/// The only folders of a service's `src`.
pub const ROOMS: [&str; 9] = ["model", "store", "ops", "views", "api", "web", "asks", "inbox", "jobs"];

/// Crates a room must be allowed, besides the rooms themselves.
const GUARDED: [&str; 14] = [
    "kernel",
    "contracts",
    "host",
    "ui",
    "sqlx",
    "axum",
    "axum_extra",
    "tower",
    "tower_http",
    "hyper",
    "utoipa_axum",
    "tokio",
    "testkit",
    "cluster",
];
/// The crates that make a door an HTTP door.
const HTTP: [&str; 6] = ["axum", "axum_extra", "tower", "tower_http", "hyper", "utoipa_axum"];

/// What `room` may use besides itself.
fn allowed(room: &str) -> &'static [&'static str] {
    match room {
        "api" => &["ops", "views", "contracts", "host", "kernel", "fault", "tokio", "HTTP"],
        "web" => &["ops", "views", "contracts", "host", "kernel", "fault", "tokio", "ui", "HTTP"],
        "asks" | "inbox" | "jobs" => &["ops", "views", "contracts", "host", "kernel", "fault", "tokio"],
        "ops" => &["model", "store", "contracts", "host", "kernel", "fault", "tokio"],
        "views" => &["model", "contracts", "host", "kernel", "fault", "tokio", "sqlx"],
        "store" => &["model", "contracts::ids", "host", "kernel", "fault", "sqlx"],
        "model" => &["contracts", "kernel", "fault"],
        "fault" => &["contracts", "kernel"],
        // The root puts doors together.
        _ => &["api", "web", "asks", "inbox", "jobs", "contracts", "host", "kernel"],
    }
}

pub fn check(source: &Source, seen: &Seen) -> Vec<Finding> {
    let room = source.module.first().map_or("lib.rs", String::as_str);
    let mut found: Vec<Finding> =
        seen.reaches.iter().filter_map(|reach| Some(Finding::new(&source.path, reach.line, refusal(room, reach)?))).collect();
    if source.module.is_empty() {
        found.extend(exports(source));
    }
    found
}

fn refusal(room: &str, reach: &Reach) -> Option<String> {
    let written = reach.path.join("::");
    let target = match reach.path.as_slice() {
        [root] if root == "crate" => {
            return (reach.how == How::Glob).then(|| format!("wall 3: {room} names no room by crate::*; name it"));
        }
        [root, name, ..] if root == "crate" => name.as_str(),
        [krate, ..] if GUARDED.contains(&krate.as_str()) => krate.as_str(),
        _ => return None,
    };
    if target == room {
        return None;
    }
    if reach.how == How::PublicUse && room != "lib.rs" {
        return Some(format!("wall 3: {room} may not hand on {target} ({written}); rooms re-export nothing"));
    }
    (!may(room, target, &reach.path)).then(|| format!("wall 3: {room} may not use {target} ({written})"))
}

fn may(room: &str, target: &str, path: &[String]) -> bool {
    let allowed = allowed(room);
    let second = path.get(1).map(String::as_str);
    allowed.contains(&target)
        || (allowed.contains(&"HTTP") && HTTP.contains(&target))
        || (target == "contracts" && allowed.contains(&"contracts::ids") && second == Some("ids"))
        || (room == "lib.rs" && ((target == "sqlx" && second == Some("migrate")) || own_item(target, path) || settings(path)))
}

/// What an operator may set stands with the rules it changes, and the root says what it is.
fn settings(path: &[String]) -> bool {
    path == ["crate", "model", "settings", "Settings"]
}

/// The root may use what it declares itself; to the rooms nothing at the root is visible.
fn own_item(target: &str, path: &[String]) -> bool {
    path.first().is_some_and(|first| first == "crate") && !ROOMS.contains(&target)
}

/// `service()` and nothing else.
fn exports(source: &Source) -> Vec<Finding> {
    let public = |item: &&Item| name(item).is_some() && !is_test(attributes(item));
    let items: Vec<(String, usize)> = source.file.items.iter().filter(public).filter_map(name).collect();
    let mut found: Vec<Finding> = items
        .iter()
        .filter(|(name, _)| name != "service")
        .map(|(name, line)| Finding::new(&source.path, *line, format!("wall 2: lib.rs exports {name}; only service() is public")))
        .collect();
    if !items.iter().any(|(name, _)| name == "service") {
        found.push(Finding::new(&source.path, 1, "wall 2: lib.rs exports no service()"));
    }
    found
}

/// The name and line of an item everybody can see.
fn name(item: &Item) -> Option<(String, usize)> {
    let (vis, ident) = match item {
        Item::Const(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Fn(item) => (&item.vis, &item.sig.ident),
        Item::Mod(item) => (&item.vis, &item.ident),
        Item::Static(item) => (&item.vis, &item.ident),
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Trait(item) => (&item.vis, &item.ident),
        Item::Type(item) => (&item.vis, &item.ident),
        Item::Use(item) => return public(&item.vis).then(|| ("a re-export".to_owned(), item.use_token.span.start().line)),
        _ => return None,
    };
    public(vis).then(|| (ident.to_string(), ident.span().start().line))
}

fn public(vis: &Visibility) -> bool {
    matches!(vis, Visibility::Public(_))
}
