//! Pictures on a page: which of their sizes a browser may choose from, so that nobody pays for more than they see.

use contracts::files::{PictureFormat, PictureSize, PictureVariant, PictureView};

use super::Shell;

/// Where a picture stands, and hence how large it gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// In a list, as wide as its column.
    List,
    /// In a list, beside another one.
    Half,
    /// On a page of its own.
    Page,
    /// Beside words.
    Thumb,
}

impl Room {
    /// What a page offers of a picture there.
    pub fn offers(self, shell: &Shell, picture: &PictureView) -> Offered {
        let wanted = self.sizes(shell.saves_data());
        let modern = || picture.variants.iter().filter(|variant| variant.format == PictureFormat::Webp);
        let mut fitting: Vec<_> = modern().filter(|variant| wanted.contains(&variant.name)).collect();
        if fitting.is_empty() {
            // A small picture has no large sizes.
            fitting.extend(modern().next());
        }
        let size = |variant: &PictureVariant| Size {
            url: near(shell, &variant.url).to_owned(),
            width: variant.width,
            height: variant.height,
        };
        Offered { sizes: fitting.into_iter().map(size).collect(), room: self }
    }

    /// The sizes worth offering: the smallest is for whoever saves data.
    fn sizes(self, saves_data: bool) -> &'static [PictureSize] {
        match self {
            _ if saves_data => &[PictureSize::Thumb],
            Self::Thumb => &[PictureSize::Thumb],
            Self::List => &[PictureSize::Small, PictureSize::Medium],
            Self::Half => &[PictureSize::Thumb, PictureSize::Small],
            Self::Page => &[PictureSize::Small, PictureSize::Medium, PictureSize::Large],
        }
    }
}

/// A picture in one size.
#[derive(Debug)]
pub struct Size {
    pub url: String,
    pub width: u32,
    pub height: u32,
}

/// A picture in the sizes that are offered, from small to large.
#[derive(Debug)]
pub struct Offered {
    sizes: Vec<Size>,
    room: Room,
}

/// The address without our own host, which the page has come from: it is said often.
fn near<'a>(shell: &Shell, url: &'a str) -> &'a str {
    url.strip_prefix(shell.absolute("/").trim_end_matches('/')).filter(|path| path.starts_with('/')).unwrap_or(url)
}

/// The whole address of a picture for previews elsewhere, which know JPEG better than WebP.
pub fn preview(shell: &Shell, picture: &PictureView) -> Option<String> {
    let fits = |variant: &&PictureVariant| variant.format == PictureFormat::Jpeg && variant.name != PictureSize::Large;
    let variant = picture.variants.iter().rfind(fits).or(picture.variants.last())?;
    Some(shell.absolute(&variant.url))
}

impl Offered {
    /// The largest: what takes the room, and what a browser shows that can't choose.
    pub fn main(&self) -> Option<&Size> {
        self.sizes.last()
    }

    /// What a browser chooses from, where there is a choice.
    pub fn choice(&self) -> Option<String> {
        let one = |size: &Size| format!("{} {}w", size.url, size.width);
        (self.sizes.len() > 1).then(|| self.sizes.iter().map(one).collect::<Vec<_>>().join(","))
    }

    /// How wide it is shown, as the style has it.
    pub fn width(&self) -> &'static str {
        match self.room {
            Room::Thumb => "72px",
            Room::List | Room::Page => "(min-width:640px) 574px,calc(100vw - 66px)",
            Room::Half => "(min-width:640px) 285px,calc(50vw - 35px)",
        }
    }
}
