//! Pictures of every kind, developed.

use std::sync::LazyLock;

use image::{
    DynamicImage, GrayAlphaImage, ImageBuffer, ImageEncoder, ImageFormat, LumaA, Rgb, RgbImage, Rgba, RgbaImage,
    codecs::{png::PngEncoder, webp::WebPEncoder},
    metadata::Orientation,
};
use proptest::prelude::*;

use super::*;
use crate::{
    raster::Channels,
    studio::{self, Made},
};

/// A TIFF header with one entry: how the camera was held.
fn exif(orientation: u8) -> Vec<u8> {
    [b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0" as &[u8], &[orientation], b"\0\0\0\0\0\0"].concat()
}

fn decoded(variant: &Variant) -> DynamicImage {
    let Raster { width, height, channels, pixels } = decode(&variant.bytes, variant.format).unwrap().raster;
    if channels == Channels::Rgba {
        return RgbaImage::from_raw(width, height, pixels).unwrap().into();
    }
    RgbImage::from_raw(width, height, pixels).unwrap().into()
}

fn is_within(most: u8, left: [u8; 3], right: [u8; 3]) -> bool {
    left.iter().zip(right).all(|(left, right)| left.abs_diff(right) <= most)
}

fn is_near(left: [u8; 3], right: [u8; 3]) -> bool {
    is_within(6, left, right)
}

/// The colour in the middle of the last variant of that format.
fn middle(picture: &Picture, format: Format) -> [u8; 3] {
    let image = decoded(picture.variants.iter().rfind(|variant| variant.format == format).unwrap()).into_rgb8();
    image.get_pixel(image.width() / 2, image.height() / 2).0
}

fn shown(image: impl Into<DynamicImage>) -> [[u8; 3]; 2] {
    let picture = develop(&studio::saved(image, ImageFormat::Png)).unwrap();
    [Format::Webp, Format::Jpeg].map(|format| middle(&picture, format))
}

#[test]
fn f3_sizes_end_with_the_first_that_holds_all_and_nothing_is_blown_up() {
    type Sides = (u32, u32);
    let cases: [(Sides, &[Sides]); 6] = [
        ((2000, 1000), &[(160, 80), (480, 240), (960, 480), (1920, 960)]),
        ((1000, 1920), &[(83, 160), (250, 480), (500, 960), (1000, 1920)]),
        ((500, 300), &[(160, 96), (480, 288), (500, 300)]),
        ((480, 480), &[(160, 160), (480, 480)]),
        ((161, 7), &[(160, 7), (161, 7)]),
        ((1, 1), &[(1, 1)]),
    ];
    for ((width, height), expected) in cases {
        let picture = develop(&studio::jpeg(width, height)).unwrap();
        assert_eq!((picture.width, picture.height), (width, height));
        let mut seen = Vec::new();
        for (pair, name) in picture.variants.chunks(2).zip(VariantName::ALL) {
            let [webp, jpeg] = pair else { panic!("not a pair") };
            assert_eq!([(webp.name, webp.format), (jpeg.name, jpeg.format)], [(name, Format::Webp), (name, Format::Jpeg)]);
            for variant in pair {
                let image = decoded(variant);
                assert_eq!((image.width(), image.height()), (variant.width, variant.height), "it is what it says");
            }
            seen.push((webp.width, webp.height));
        }
        assert_eq!(seen, expected, "{width} × {height}");
    }
}

/// Where the corners of the stored picture (left and right above, left and right below) are to be seen (EXIF 2.32, 4.6.5).
const CORNERS: [[usize; 4]; 8] =
    [[0, 1, 2, 3], [1, 0, 3, 2], [3, 2, 1, 0], [2, 3, 0, 1], [0, 2, 1, 3], [2, 0, 3, 1], [3, 1, 2, 0], [1, 3, 0, 2]];

fn corners(image: &RgbImage) -> [[u8; 3]; 4] {
    let (right, bottom) = (image.width() - 1, image.height() - 1);
    [(0, 0), (right, 0), (0, bottom), (right, bottom)].map(|(x, y)| image.get_pixel(x, y).0)
}

fn held(orientation: u8) -> [Vec<u8>; 3] {
    let (stored, mut jpeg, mut png, mut webp) = (studio::picture(90, 60), Vec::new(), Vec::new(), Vec::new());
    let mut encoder = jpeg_encoder::Encoder::new(&mut jpeg, 95);
    encoder.add_exif_metadata(&exif(orientation)).unwrap();
    encoder.encode(stored.as_raw(), 90, 60, jpeg_encoder::ColorType::Rgb).unwrap();
    let mut encoder = PngEncoder::new(&mut png);
    encoder.set_exif_metadata(exif(orientation)).unwrap();
    encoder.write_image(stored.as_raw(), 90, 60, image::ExtendedColorType::Rgb8).unwrap();
    let mut encoder = WebPEncoder::new_lossless(&mut webp);
    encoder.set_exif_metadata(exif(orientation)).unwrap();
    encoder.write_image(stored.as_raw(), 90, 60, image::ExtendedColorType::Rgb8).unwrap();
    [jpeg, png, webp]
}

#[test]
fn f3_every_way_of_holding_a_camera_ends_upright_in_every_format() {
    let stored = corners(&studio::picture(90, 60));
    for (orientation, places) in (1..).zip(CORNERS) {
        for bytes in held(orientation) {
            let picture = develop(&bytes).unwrap();
            assert_eq!((picture.width, picture.height), if orientation < 5 { (90, 60) } else { (60, 90) });
            for variant in &picture.variants {
                let seen = corners(&decoded(variant).into_rgb8());
                let is_upright = seen.iter().zip(places).all(|(seen, place)| is_within(16, *seen, stored[place]));
                assert!(is_upright, "orientation {orientation}: {seen:?} of {stored:?}");
            }
        }
    }
}

#[test]
fn exif_behind_the_pixels_of_a_png_counts_too() {
    let mut png = held(6)[1].clone();
    let at = png.windows(4).position(|four| four == b"eXIf").unwrap() - 4;
    let chunk: Vec<u8> = png.drain(at..at + 12 + exif(6).len()).collect();
    let end = png.len() - 12;
    png.splice(end..end, chunk);
    assert_eq!(develop(&png).map(|picture| (picture.width, picture.height)), Ok((60, 90)));
}

#[test]
fn f3_what_shines_through_stays_in_webp_and_lies_on_white_in_jpeg() {
    let half = RgbaImage::from_pixel(32, 32, Rgba([200, 0, 0, 128]));
    let picture = develop(&studio::saved(half, ImageFormat::Png)).unwrap();
    let webp = decoded(&picture.variants[0]).into_rgba8();
    let Rgba([red, green, blue, alpha]) = *webp.get_pixel(16, 16);
    assert!(is_near([red, green, blue], [200, 0, 0]) && alpha == 128, "{webp:?}");
    assert!(is_near(middle(&picture, Format::Jpeg), [227, 127, 127]), "{picture:?}");
    assert!(picture.colour.starts_with("#e3"), "{}", picture.colour);
    // What nobody can see has no colour to bleed into its neighbours.
    let sharp = RgbaImage::from_fn(400, 400, |x, _| if x < 200 { Rgba([0, 0, 255, 0]) } else { Rgba([250, 250, 0, 255]) });
    let picture = develop(&studio::saved(sharp, ImageFormat::Png)).unwrap();
    let edge = decoded(&picture.variants[1]).into_rgb8();
    assert!(edge.pixels().all(|Rgb([red, green, _])| *red > 235 && *green > 235), "no blue shade on white and yellow");
}

#[test]
fn sixteen_bits_grey_and_both_become_eight_bits_in_colour() {
    let wide = ImageBuffer::<Rgb<u16>, _>::from_pixel(20, 20, Rgb([200 * 257, 100 * 257, 50 * 257]));
    for seen in shown(wide) {
        assert!(is_near(seen, [200, 100, 50]), "{seen:?}");
    }
    let grey = ImageBuffer::<image::Luma<u16>, _>::from_pixel(20, 20, image::Luma([90 * 257]));
    for seen in shown(grey) {
        assert!(is_near(seen, [90, 90, 90]), "{seen:?}");
    }
    let [webp, jpeg] = shown(GrayAlphaImage::from_pixel(20, 20, LumaA([90, 51])));
    assert!(is_near(webp, [90, 90, 90]) && is_near(jpeg, [222, 222, 222]), "{webp:?} {jpeg:?}");
}

#[test]
fn f3_a_profile_is_applied_and_not_passed_on() {
    // sRGB of these P3 colours, by the matrices and curves of CSS Color 4.
    for (wide, plain) in [([200, 150, 120], [209, 147, 115]), ([100, 160, 90], [78, 162, 81])] {
        let mut png = Vec::new();
        let mut encoder = PngEncoder::new(&mut png);
        encoder.set_icc_profile(moxcms::ColorProfile::new_display_p3().encode().unwrap()).unwrap();
        let pixels = RgbImage::from_pixel(40, 40, Rgb(wide));
        encoder.write_image(&pixels, 40, 40, image::ExtendedColorType::Rgb8).unwrap();
        let picture = develop(&png).unwrap();
        for format in [Format::Webp, Format::Jpeg] {
            assert!(is_near(middle(&picture, format), plain), "{:?} for {plain:?}", middle(&picture, format));
        }
        for variant in &picture.variants {
            assert!(
                !variant.bytes.windows(4).any(|four| [b"ICCP", b"ICC_", b"Exif", b"EXIF"].contains(&four.try_into().unwrap()))
            );
        }
    }
}

#[test]
fn a_profile_of_other_colours_or_of_nonsense_changes_nothing() {
    for profile in [moxcms::ColorProfile::new_gray_with_gamma(1.0).encode().unwrap(), b"nonsense".to_vec()] {
        let mut bytes = Vec::new();
        let mut encoder = WebPEncoder::new_lossless(&mut bytes);
        encoder.set_icc_profile(profile).unwrap();
        let pixels = RgbImage::from_pixel(40, 40, Rgb([200, 150, 120]));
        encoder.write_image(&pixels, 40, 40, image::ExtendedColorType::Rgb8).unwrap();
        let seen = middle(&develop(&bytes).unwrap(), Format::Webp);
        assert!(is_near(seen, [200, 150, 120]), "{seen:?}");
    }
}

#[test]
fn the_dominant_colour_is_the_one_most_pixels_have() {
    let flag = RgbImage::from_fn(300, 200, |x, _| if x < 200 { Rgb([30, 181, 58]) } else { Rgb([0, 163, 221]) });
    let picture = develop(&studio::saved(flag, ImageFormat::Png)).unwrap();
    assert_eq!(picture.colour, "#1eb53a");
    let length = |picture: Picture| picture.blurhash.len();
    // A size, a scale, the mean, and a pair for each of eleven further components.
    assert_eq!([(90, 60), (60, 90)].map(|(width, height)| length(develop(&studio::png(width, height)).unwrap())), [28, 28]);
}

#[test]
fn what_says_it_is_a_picture_and_isnt_is_damaged() {
    for Made { format, mut bytes } in studio::every_format() {
        let at = bytes.len() / 2;
        // The frame is whole, and its insides are gone.
        if let Format::Png | Format::Webp = format {
            bytes.get_mut(at - 40..at + 40).into_iter().for_each(|inside| inside.fill(0xa5));
            let refused = develop(&bytes);
            assert!(format == Format::Webp || refused == Err(Refusal::Damaged), "{format:?}: {refused:?}");
        }
    }
    let pdf = b"%PDF-1.4\nxref\ntrailer\nstartxref\n0\n%%EOF";
    assert_eq!(develop(pdf), Err(Refusal::NotAPicture));
    assert_eq!(upright::sides((3, 2), Orientation::Rotate90FlipH), (2, 3));
}

/// Of each format, and grain beside: nearly all of its bytes are pixels, where most harm is done.
static PICTURES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let grain = studio::grain(96, 64);
    let grainy = [encode::jpeg(&grain), encode::webp(&grain), Ok(held(6)[0].clone())];
    let pictures = studio::every_format().into_iter().map(|made| made.bytes);
    pictures.chain(grainy.into_iter().map(Result::unwrap)).collect()
});

/// Where bytes of a picture are set to what, and how much of it is left: one in eight is cut.
fn mutations() -> impl Strategy<Value = (usize, Vec<(prop::sample::Index, u8)>, Option<prop::sample::Index>)> {
    let cut = prop::option::weighted(0.125, any::<prop::sample::Index>());
    (0..7_usize, prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..5), cut)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic((which, changes, cut) in mutations()) {
        let bytes = &mut PICTURES[which].clone();
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()) + 1);
        }
        let (sniffed, developed) = (sniff(bytes), develop(bytes));
        prop_assert!(sniffed.is_ok() || developed == Err(sniffed.unwrap_err()));
        if let Ok(picture) = developed {
            prop_assert!(!picture.variants.is_empty() && picture.variants.iter().all(|variant| !variant.bytes.is_empty()));
        }
    }
}
