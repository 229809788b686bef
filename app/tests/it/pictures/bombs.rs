//! Small files that want to be large: refused quickly and clearly, or shown for the little they are.

use std::time::{Duration, Instant};

use pictures::Refusal;

use super::{developed, judge::Dir};

#[tokio::test]
async fn f2_bombs_are_refused_and_cost_seconds_at_most() {
    let dir = Dir::with("bombs");
    for (name, expected) in [
        ("sides.png", Err(Refusal::TooManyPixels)),
        ("canvas.gif", Err(Refusal::TooManyPixels)),
        // Its picture is whole long before its data ends.
        ("rows.png", Ok((100, 100))),
        ("profile.png", Err(Refusal::TooSlow)),
        // Nobody unpacks it.
        ("text.png", Ok((100, 100))),
        ("frame.gif", Err(Refusal::TooSlow)),
    ] {
        let begun = Instant::now();
        let picture = developed(&dir.path(name)).await.map(|picture| (picture.width, picture.height));
        assert_eq!(picture, expected, "{name}");
        assert!(begun.elapsed() < Duration::from_secs(10), "{name} took {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn f2_the_largest_pictures_that_are_allowed_have_room() {
    let dir = Dir::with("largest");
    for name in ["largest.png", "long.jpg"] {
        let picture = developed(&dir.path(name)).await;
        let picture = picture.unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        let large = picture.variants.last().unwrap();
        assert_eq!((picture.width, large.width), (8_000, 1_920), "{name}");
    }
}
