//! Which size of a picture a page shows.

use contracts::files::{PictureFormat, PictureSize, PictureVariant, PictureView};

use super::Shell;

/// A picture as a page has it.
pub struct Image<'a> {
    pub webp: Option<&'a str>,
    /// For browsers that know no WebP, as on the cheapest phones.
    pub plain: &'a str,
    pub width: u32,
    pub height: u32,
}

/// For a grid.
pub fn small<'a>(shell: &Shell, picture: &'a PictureView) -> Option<Image<'a>> {
    sized(shell, picture, PictureSize::Small)
}

/// As wide as a phone.
pub fn medium<'a>(shell: &Shell, picture: &'a PictureView) -> Option<Image<'a>> {
    sized(shell, picture, PictureSize::Medium)
}

/// What a preview elsewhere shows of these: the first one as large as it is, as a JPEG where there is one.
pub fn preview(pictures: &[PictureView]) -> Option<&str> {
    let variants = &pictures.first()?.variants;
    let jpeg = variants.iter().rfind(|variant| variant.format == PictureFormat::Jpeg);
    jpeg.or(variants.last()).map(|variant| variant.url.as_str())
}

/// The largest size up to `most`; the smallest there is for readers who save data.
fn sized<'a>(shell: &Shell, picture: &'a PictureView, most: PictureSize) -> Option<Image<'a>> {
    let most = if shell.saves_data() { PictureSize::Thumb } else { most };
    let fits = |variant: &&PictureVariant| rank(variant.name) <= rank(most);
    let size = picture.variants.iter().rfind(fits).or(picture.variants.first())?.name;
    let of = |format| picture.variants.iter().find(|variant| variant.name == size && variant.format == format);
    let (webp, jpeg) = (of(PictureFormat::Webp), of(PictureFormat::Jpeg));
    let shown = jpeg.or(webp)?;
    Some(Image { webp: webp.map(|variant| variant.url.as_str()), plain: &shown.url, width: shown.width, height: shown.height })
}

fn rank(size: PictureSize) -> Option<usize> {
    PictureSize::ALL.iter().position(|one| *one == size)
}
