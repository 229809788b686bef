//! Pictures through the real worker, judged by other people's programs: Pillow, exiftool and Python's BlurHash.

mod bombs;
mod judge;
mod workers;

use std::path::Path;

use ::pictures::{Format, Lab, Picture, Refusal};

use judge::{Dir, judged};

/// The binary under test, two pictures at once.
fn lab() -> Lab {
    Lab::new(env!("CARGO_BIN_EXE_nexgate").into(), 2.try_into().unwrap())
}

async fn developed(path: &Path) -> Result<Picture, Refusal> {
    lab().develop(std::fs::read(path).unwrap()).await.unwrap()
}

#[tokio::test]
async fn f3_all_eight_ways_of_holding_a_phone_end_upright() {
    let dir = Dir::with("photo");
    for orientation in 1..=8 {
        let held = dir.copy("photo.jpg", &format!("held-{orientation}.jpg"));
        judge::exiftool(&["-n", &format!("-Orientation={orientation}")], &held);
        let picture = developed(&held).await.unwrap();
        let (width, height) = if orientation < 5 { (1200, 800) } else { (800, 1200) };
        assert_eq!((picture.width, picture.height), (width, height), "orientation {orientation}");
        // Pillow turns the original by its EXIF, and sees the same picture.
        assert!(dir.farthest(&held, &picture) < 4.0, "orientation {orientation}");
    }
}

#[tokio::test]
async fn f3_where_and_with_what_it_was_taken_is_gone() {
    let dir = Dir::with("photo");
    let photo = dir.copy("photo.jpg", "told.jpg");
    let told =
        ["-GPSLatitude=-6.8", "-GPSLatitudeRef=S", "-Make=Tecno", "-XMP:Creator=Amina", "-IPTC:City=Moshi", "-Comment=hello"];
    judge::exiftool(&told, &photo);
    assert!(["GPS", "IFD0", "XMP-dc", "IPTC", "ICC_Profile"].iter().all(|group| judge::groups(&photo).contains(*group)));
    let picture = developed(&photo).await.unwrap();
    assert_eq!(picture.variants.len(), 8, "160, 480, 960 and its own 1200, twice");
    for path in dir.keep(&picture) {
        // What any file has, and the frame of JPEG and WebP: how large, how many bits.
        let free = ["ExifTool", "System", "File", "JFIF", "RIFF", "Composite"];
        let said: Vec<_> = judge::groups(&path).into_iter().filter(|group| !free.contains(&group.as_str())).collect();
        assert!(said.is_empty(), "{}: {said:?}", path.display());
    }
}

#[tokio::test]
async fn every_kind_of_pixel_looks_as_pillow_shows_it() {
    let dir = Dir::with("kinds");
    for name in
        ["palette.png", "palette.gif", "grey.jpg", "deep-grey.png", "cmyk.jpg", "progressive.jpg", "large.jpg", "photo.webp"]
    {
        let picture = developed(&dir.path(name)).await;
        let farthest = dir.farthest(&dir.path(name), &picture.unwrap_or_else(|refusal| panic!("{name}: {refusal}")));
        assert!(farthest < 5.0, "{name} is {farthest} away");
    }
}

#[tokio::test]
async fn f3_the_blur_is_what_pythons_blurhash_makes_of_the_same_pixels() {
    let dir = Dir::with("blur");
    // Small enough that the blur is made from these very pixels.
    for name in ["wide.png", "tall.png", "square.png"] {
        let path = dir.path(name);
        let theirs = judged(&["blurhash", path.to_str().unwrap()]);
        assert_eq!(developed(&path).await.unwrap().blurhash, theirs, "{name}");
    }
    // A large one is shrunk first, by us and by Pillow: no colour of the blur is farther than four of 255 away.
    let path = dir.path("large.png");
    let ours = developed(&path).await.unwrap().blurhash;
    let apart: f64 = judged(&["blurs-apart", path.to_str().unwrap(), &ours]).parse().unwrap();
    assert!(apart <= 4.0, "{apart}");
}

#[tokio::test]
async fn what_the_sender_calls_it_says_nothing() {
    let dir = Dir::with("photo");
    for (bytes, refusal) in [
        (b"<html><script>alert(1)</script></html>".to_vec(), Refusal::UnknownFormat),
        (b"\xff\xd8\xff\xe0 not really".to_vec(), Refusal::Damaged),
        (Vec::new(), Refusal::Empty),
        ([std::fs::read(dir.path("photo.jpg")).unwrap(), b"#!/bin/sh\nid\n".to_vec()].concat(), Refusal::Polyglot),
        (std::fs::read(dir.path("photo.jpg")).unwrap().split_at(20_000).0.to_vec(), Refusal::Damaged),
        (vec![0xff; 26 * 1024 * 1024], Refusal::TooLarge),
    ] {
        assert_eq!(lab().develop(bytes).await.unwrap(), Err(refusal));
    }
    assert_eq!(::pictures::sniff(&std::fs::read(dir.copy("photo.jpg", "photo.png")).unwrap()), Ok(Format::Jpeg));
}
