//! Pictures chosen for what is being written: shown in their order, each with a way to the front and a way out.

use std::collections::HashMap;

use contracts::{
    files::{PictureView, PicturesOf},
    ids::Media,
};
use host::Here;
use kernel::{Id, User};

use crate::{
    picture::{Offered, Room},
    shell::{Shell, path},
    words::Words,
};

/// As many as a field holds at most; the command has the last word.
const MOST: usize = 20;

/// What the field `media` of a form names. `parts::chosen` shows it, `parts::uploads` sends more.
#[derive(Debug)]
pub struct Chosen {
    /// Where the form stands: what comes in its address, without the pictures.
    page: String,
    pictures: Vec<One>,
}

/// One of them.
#[derive(Debug)]
pub struct One {
    pub id: Id<Media>,
    /// What it shows, in the words of whoever writes.
    pub alt: String,
    /// Not there while it is worked on.
    picture: Option<PictureView>,
}

/// The ids in a form's field, with commas between them; nothing where one is none.
pub fn media_ids(typed: &str) -> Option<Vec<Id<Media>>> {
    let ids = typed.split(',').map(str::trim).filter(|id| !id.is_empty());
    ids.map(|id| id.parse().ok()).collect()
}

impl Chosen {
    /// Those of these that are the owner's; the others couldn't be sent anyway. Where files can't say, none is left out.
    pub async fn of(here: &Here, owner: Id<User>, typed: &str, page: impl Into<String>) -> Self {
        let mut ids: Vec<Id<Media>> = typed.split(',').filter_map(|id| id.trim().parse().ok()).take(MOST).collect();
        let asked = PicturesOf { owner, media: ids.clone() };
        let owned = if ids.is_empty() { Ok(Vec::new()) } else { here.peers.ask(asked).await };
        let mut known = HashMap::new();
        match owned {
            Ok(owned) => {
                known.extend(owned.into_iter().map(|one| (one.media, one.picture)));
                ids.retain(|id| known.contains_key(id));
            }
            Err(fault) => tracing::warn!(%fault, "a form is shown without its pictures"),
        }
        let one = |id| {
            let picture = known.remove(&id).flatten().map(|picture| picture.shown(&here.config.media_url));
            One { id, alt: String::new(), picture }
        };
        Self { page: page.into(), pictures: ids.into_iter().map(one).collect() }
    }

    /// With what each shows.
    #[must_use]
    pub fn saying(mut self, alt: impl Fn(Id<Media>) -> String) -> Self {
        self.pictures.iter_mut().for_each(|one| one.alt = alt(one.id));
        self
    }

    pub fn pictures(&self) -> &[One] {
        &self.pictures
    }

    /// What stands in the field.
    pub fn ids(&self) -> String {
        joined(self.pictures.iter())
    }

    /// The page with these.
    pub fn address(&self) -> String {
        self.with(&self.ids())
    }

    /// The page without this one.
    pub fn without(&self, one: &One) -> String {
        self.with(&joined(self.others(one)))
    }

    /// The page with this one before the others.
    pub fn led_by(&self, one: &One) -> String {
        self.with(&joined(std::iter::once(one).chain(self.others(one))))
    }

    fn others<'a>(&'a self, one: &One) -> impl Iterator<Item = &'a One> {
        let id = one.id;
        self.pictures.iter().filter(move |other| other.id != id)
    }

    /// Without any, the address says so: a page may have had some.
    fn with(&self, ids: &str) -> String {
        let (before, query) = self.page.split_once('?').unwrap_or((&self.page, ""));
        let media =
            if ids.is_empty() { "media=".to_owned() } else { path("", &[("media", ids)]).trim_start_matches('?').to_owned() };
        if query.is_empty() { format!("{before}?{media}") } else { format!("{before}?{query}&{media}") }
    }
}

impl One {
    pub fn thumb<W: Words>(&self, shell: &Shell<W>) -> Option<Offered> {
        Room::Thumb.offers(shell, self.picture.as_ref()?)
    }
}

fn joined<'a>(pictures: impl Iterator<Item = &'a One>) -> String {
    pictures.map(|one| one.id.to_string()).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "med_00000000000000000000000001";
    const B: &str = "med_00000000000000000000000002";

    fn chosen(page: &str) -> Chosen {
        let one = |id: &str| One { id: id.parse().unwrap(), alt: String::new(), picture: None };
        Chosen { page: page.into(), pictures: [A, B].map(one).into() }
    }

    #[test]
    fn w2_each_picture_can_be_taken_out_and_put_first_by_a_link() {
        let chosen = chosen("/compose?product=prd_1");
        let [a, b] = chosen.pictures() else { panic!() };
        assert_eq!(chosen.ids(), format!("{A},{B}"));
        assert_eq!(chosen.address(), format!("/compose?product=prd_1&media={A}%2C{B}"));
        assert_eq!(chosen.without(a), format!("/compose?product=prd_1&media={B}"));
        assert_eq!(chosen.led_by(b), format!("/compose?product=prd_1&media={B}%2C{A}"));
        let last =
            Chosen { page: "/products/prd_1/edit".into(), pictures: vec![One { id: a.id, alt: String::new(), picture: None }] };
        assert_eq!(last.without(&last.pictures()[0]), "/products/prd_1/edit?media=", "or the product's own came back");
    }

    #[test]
    fn a_field_names_pictures_or_is_refused() {
        assert_eq!(media_ids(&format!(" {A}, {B},")).unwrap().len(), 2);
        assert_eq!((media_ids(""), media_ids("med_1"), media_ids(&format!("{A} {B}"))), (Some(Vec::new()), None, None));
    }
}
