//! Pictures on a page: which of their sizes a browser may choose from, so that nobody pays for more than they see.

use contracts::files::{PictureFormat, PictureSize, PictureVariant, PictureView};

use crate::{shell::Shell, words::Words};

/// Where a picture stands, and hence how large it gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// In a list, as wide as its column.
    Column,
    /// In a list, beside another one.
    Half,
    /// In a grid of many.
    Cell,
    /// On a page of its own.
    Page,
    /// Beside words.
    Thumb,
}

/// A picture as a page offers it. `parts::picture` shows it.
#[derive(Debug, PartialEq, Eq)]
pub struct Offered {
    /// What a browser chooses from: `srcset`.
    pub webp: Option<String>,
    /// For browsers that know no WebP, as on the cheapest phones: the smallest.
    pub plain: String,
    /// Of the largest, in pixels: nothing shifts when it comes.
    pub width: u32,
    pub height: u32,
    /// How wide it is shown, as the style has it.
    pub sizes: &'static str,
}

impl Room {
    /// What a page offers of a picture here; nothing of one without sizes.
    pub fn offers<W: Words>(self, shell: &Shell<W>, picture: &PictureView) -> Option<Offered> {
        let wanted = self.worth_offering(shell.saves_data());
        let of = |format| picture.variants.iter().filter(move |variant| variant.format == format);
        let fitting = |format| {
            let mut fitting: Vec<&PictureVariant> = of(format).filter(|variant| wanted.contains(&variant.name)).collect();
            if fitting.is_empty() {
                // A small picture has no large sizes.
                fitting.extend(of(format).next_back());
            }
            fitting
        };
        let (webp, jpeg) = (fitting(PictureFormat::Webp), fitting(PictureFormat::Jpeg));
        let main = webp.last().or(jpeg.last())?;
        let plain = jpeg.first().or(webp.first())?;
        let near = |variant: &PictureVariant| near(shell, &variant.url).to_owned();
        let choice: Vec<String> = webp.iter().map(|variant| format!("{} {}w", near(variant), variant.width)).collect();
        Some(Offered {
            webp: Some(choice.join(",")).filter(|choice| !choice.is_empty()),
            plain: near(plain),
            width: main.width,
            height: main.height,
            sizes: self.width(),
        })
    }

    /// The smallest is for whoever saves data.
    fn worth_offering(self, saves_data: bool) -> &'static [PictureSize] {
        match self {
            _ if saves_data => &[PictureSize::Thumb],
            Self::Thumb => &[PictureSize::Thumb],
            Self::Column => &[PictureSize::Small, PictureSize::Medium],
            Self::Half | Self::Cell => &[PictureSize::Thumb, PictureSize::Small],
            Self::Page => &[PictureSize::Small, PictureSize::Medium, PictureSize::Large],
        }
    }

    fn width(self) -> &'static str {
        match self {
            Self::Thumb => "72px",
            Self::Cell => "(min-width:640px) 190px,calc(50vw - 24px)",
            Self::Column | Self::Page => "(min-width:640px) 574px,calc(100vw - 66px)",
            Self::Half => "(min-width:640px) 285px,calc(50vw - 35px)",
        }
    }
}

/// The whole address of a picture for previews elsewhere, which know JPEG better than WebP and want no large one.
pub fn preview<W: Words>(shell: &Shell<W>, picture: &PictureView) -> Option<String> {
    let fits = |variant: &&PictureVariant| variant.format == PictureFormat::Jpeg && variant.name != PictureSize::Large;
    let variant = picture.variants.iter().rfind(fits).or(picture.variants.last())?;
    Some(shell.absolute(&variant.url))
}

/// The address without our own host, which the page has come from: it is said often.
fn near<'a, W: Words>(shell: &Shell<W>, url: &'a str) -> &'a str {
    url.strip_prefix(shell.absolute("/").trim_end_matches('/')).filter(|path| path.starts_with('/')).unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::http::Request;
    use host::Config;
    use kernel::Id;

    use super::*;
    use crate::words::Common;

    fn shell(cookie: &str) -> Shell<Common> {
        let (asked, ()) = Request::get("/feed").header("cookie", cookie).body(()).unwrap().into_parts();
        Shell::of(&Arc::new(Config::for_tests(String::new())), &asked)
    }

    fn picture(sizes: &[(PictureSize, u32)]) -> PictureView {
        let variant = |name: PictureSize, width: u32, format: PictureFormat, ending: &str| PictureVariant {
            name,
            format,
            width,
            height: width * 3 / 4,
            url: format!("http://nexgate.test/media/{}.{ending}", name.name()),
        };
        let both = |(name, width): &(PictureSize, u32)| {
            [variant(*name, *width, PictureFormat::Webp, "webp"), variant(*name, *width, PictureFormat::Jpeg, "jpg")]
        };
        PictureView {
            id: Id::from_uuid(uuid::Uuid::nil()),
            width: 1600,
            height: 1200,
            blurhash: String::new(),
            colour: String::new(),
            variants: sizes.iter().flat_map(both).collect(),
        }
    }

    const ALL: [(PictureSize, u32); 3] = [(PictureSize::Thumb, 160), (PictureSize::Small, 400), (PictureSize::Medium, 800)];

    #[test]
    fn w5_a_browser_chooses_among_what_its_place_is_worth() {
        let shown = Room::Column.offers(&shell("x=y"), &picture(&ALL)).unwrap();
        assert_eq!(shown.webp.as_deref(), Some("/media/small.webp 400w,/media/medium.webp 800w"));
        assert_eq!((shown.plain.as_str(), shown.width, shown.height), ("/media/small.jpg", 800, 600));
    }

    #[test]
    fn w5_whoever_saves_data_gets_the_smallest_everywhere() {
        for room in [Room::Column, Room::Half, Room::Cell, Room::Page, Room::Thumb] {
            let shown = room.offers(&shell("nexgate-data=low"), &picture(&ALL)).unwrap();
            assert_eq!(shown.webp.as_deref(), Some("/media/thumb.webp 160w"), "{room:?}");
        }
    }

    #[test]
    fn a_small_picture_is_shown_as_large_as_it_is() {
        let shown = Room::Page.offers(&shell("x=y"), &picture(&ALL[..1])).unwrap();
        assert_eq!((shown.webp.as_deref(), shown.width), (Some("/media/thumb.webp 160w"), 160));
        assert_eq!(Room::Page.offers(&shell("x=y"), &picture(&[])), None);
    }

    #[test]
    fn w1_a_preview_is_a_jpeg_with_its_whole_address() {
        let url = preview(&shell("x=y"), &picture(&ALL)).unwrap();
        assert_eq!(url, "http://nexgate.test/media/medium.jpg");
    }
}
