//! Files of every kind, and what `sniff` says of them.

use crate::{
    Format, Refusal,
    size::MOST_BYTES,
    sniff,
    studio::{self, Made},
};

const ZIP: &[u8] =
    b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0aPK\x05\x06\0\0\0\0\x01\0\x01\0\x2f\0\0\0\x1f\0\0\0\0\0";

fn behind(picture: &[u8], rest: &[u8]) -> Result<Format, Refusal> {
    sniff(&[picture, rest].concat())
}

fn pdf(body: &str) -> Vec<u8> {
    format!("%PDF-1.7\n1 0 obj\n{body}\nendobj\nxref\n0 1\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n").into_bytes()
}

#[test]
fn each_format_is_known_by_what_it_holds() {
    for Made { format, bytes } in studio::every_format() {
        assert_eq!(sniff(&bytes), Ok(format));
        assert_eq!(sniff(bytes.get(..bytes.len() - 1).unwrap()), Err(Refusal::Damaged), "{format:?} cut by its last byte");
        assert_eq!(sniff(bytes.get(..bytes.len() / 2).unwrap()), Err(Refusal::Damaged), "{format:?} cut in half");
    }
    assert_eq!(sniff(&pdf("<</Type/Catalog>>")), Ok(Format::Pdf));
}

#[test]
fn what_we_dont_take_is_refused_with_what_we_do() {
    assert_eq!(sniff(b""), Err(Refusal::Empty));
    let others: [&[u8]; 8] = [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><img src='a.jpg'>",
        b"BM\x36\0\0\0\0\0\0\0",
        b"II*\0\x08\0\0\0",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        b"\x7fELF\x02\x01\x01\0",
        ZIP,
        b"hello",
    ];
    for bytes in others {
        assert_eq!(sniff(bytes), Err(Refusal::UnknownFormat), "{bytes:?}");
    }
    assert!(Refusal::UnknownFormat.to_string().contains("JPEG, PNG, WebP or GIF"));
    assert_eq!(sniff(&vec![0xff; MOST_BYTES + 1]), Err(Refusal::TooLarge));
}

#[test]
fn a_second_file_behind_the_first_is_refused() {
    let strangers: [&[u8]; 12] = [
        ZIP,
        b"%PDF-1.4 ...",
        b"<html><body>hello</body></html>",
        b"<SCRIPT>alert(1)</SCRIPT>",
        b"<?php system($_GET['c']); ?>",
        b"#!/bin/sh\nrm -rf /\n",
        b"MZ\x90\0\x03\0\0\0",
        b"\x7fELF\x02\x01\x01\0",
        b"Rar!\x1a\x07\x01\0",
        b"7z\xbc\xaf\x27\x1c\0\x04",
        b"padding, and then <svg onload='x'>",
        b"\x1f\x8b\x08\0\0\0\0\0",
    ];
    for Made { format, bytes } in studio::every_format() {
        for stranger in strangers {
            assert_eq!(behind(&bytes, stranger), Err(Refusal::Polyglot), "{format:?} and {stranger:?}");
        }
        assert_eq!(behind(&bytes, b"\0\0\0\0"), Ok(format), "fill says nothing");
    }
    assert_eq!(behind(&pdf(""), ZIP), Err(Refusal::Polyglot));
    let png = studio::png(8, 8);
    assert_eq!(behind(&png, &studio::jpeg(8, 8)), Err(Refusal::Polyglot), "no phone puts a JPEG behind a PNG");
}

#[test]
fn a_second_file_inside_the_first_is_refused() {
    let jpeg = studio::jpeg(16, 16);
    let comment = |text: &[u8]| {
        let length = u16::try_from(text.len() + 2).unwrap().to_be_bytes();
        [jpeg.get(..2).unwrap(), b"\xff\xfe", &length, text, jpeg.get(2..).unwrap()].concat()
    };
    assert_eq!(sniff(&comment(b"a fine day")), Ok(Format::Jpeg));
    for text in [b"%PDF-1.4" as &[u8], b"<script>alert(1)</script>", b"<?php phpinfo();", b"Rar!\x1a\x07\0", ZIP] {
        assert_eq!(sniff(&comment(text)), Err(Refusal::Polyglot), "{text:?}");
    }
    // An archive's comment may be the rest of the picture.
    let mut end = b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x2f\0\0\0\x1f\0\0\0".to_vec();
    end.extend(u16::try_from(jpeg.len() - 2).unwrap().to_le_bytes());
    assert_eq!(sniff(&comment(&end)), Err(Refusal::Polyglot));
}

#[test]
fn a_lie_in_the_structure_is_damage() {
    let (jpeg, png) = (studio::jpeg(16, 16), studio::png(16, 16));
    let lies = [
        [b"\xff\xd8\xff", png.as_slice()].concat(),
        [b"\x89PNG\r\n\x1a\n", jpeg.as_slice()].concat(),
        b"GIF89a/*\x10\x10\0\0\0*/=1;alert(1)".to_vec(),
        b"RIFF\x04\0\0\0WEBP".to_vec(),
        // A frame header twice, the second of other sides.
        jpeg.windows(2)
            .position(|two| two == [0xff, 0xc0])
            .map(|at| {
                let (before, rest) = jpeg.split_at(at);
                let frame = rest.get(..2 + usize::from(u16::from_be_bytes([rest[2], rest[3]]))).unwrap();
                [before, frame, rest].concat()
            })
            .unwrap(),
    ];
    for lie in lies {
        assert_eq!(sniff(&lie), Err(Refusal::Damaged), "{:?}", lie.get(..8));
    }
}

#[test]
fn too_many_pixels_are_seen_in_the_header() {
    let mut png = studio::png(16, 16);
    png[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
    assert_eq!(sniff(&png), Err(Refusal::TooManyPixels), "50,000 on a side");
    png[16..24].copy_from_slice(&[0, 0, 0x1f, 0x40, 0, 0, 0x1f, 0x41]);
    assert_eq!(sniff(&png), Err(Refusal::TooManyPixels), "8,000 × 8,001 is more than 64 megapixels");
    png[16..24].copy_from_slice(&[0, 0, 0x1f, 0x40, 0, 0, 0x1f, 0x40]);
    assert_eq!(sniff(&png), Ok(Format::Png), "and 8,000 × 8,000 isn't");
    png[16..24].copy_from_slice(&[0, 0, 0, 0, 0, 0, 0, 1]);
    assert_eq!(sniff(&png), Err(Refusal::Damaged));
    let mut gif = studio::of(Format::Gif);
    gif[6..10].fill(0xff);
    assert_eq!(sniff(&gif), Err(Refusal::TooManyPixels));
    let mut webp = studio::of(Format::Webp);
    webp[12..16].copy_from_slice(b"VP8X");
    webp[24..30].fill(0xff);
    assert_eq!(sniff(&webp), Err(Refusal::TooManyPixels));
}

#[test]
fn what_phones_append_is_no_stowaway() {
    let (jpeg, preview) = (studio::jpeg(64, 48), studio::jpeg(8, 8));
    let film = [b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" as &[u8], b"\0\0\0\x14mdatPK\x03\x04filmfilm", b"\0\0\0\x08moov"].concat();
    assert_eq!(behind(&jpeg, &preview), Ok(Format::Jpeg), "a preview or gain map");
    assert_eq!(behind(&jpeg, &film), Ok(Format::Jpeg), "a motion photo");
    let odd = [b"\0\0\0\x20ftypmp42\0\0\0\0mp42isomavc1iso2" as &[u8], b"\0\0\0\x08moov"].concat();
    assert_eq!(behind(&jpeg, &[&preview, b"\0\0".as_slice(), &odd].concat()), Ok(Format::Jpeg), "both, and fill");
    let samsung = |block: &[u8]| {
        let back = u32::try_from(block.len()).unwrap().to_le_bytes();
        let directory = [b"SEFH\x6b\0\0\0\x01\0\0\0\0\0\x30\x0a" as &[u8], &back, &back].concat();
        let length = u32::try_from(directory.len()).unwrap().to_le_bytes();
        [block, &directory, &length, b"SEFT"].concat()
    };
    let block = [b"\0\0\x30\x0a\x10\0\0\0MotionPhoto_Data" as &[u8], &film].concat();
    assert_eq!(behind(&jpeg, &samsung(&block)), Ok(Format::Jpeg), "a trailer of Samsung's");
    // Fill shifted the trailer's claim: what it doesn't cover is looked at.
    assert_eq!(behind(&jpeg, &[b"#!/bin/sh\n" as &[u8], &samsung(&block)].concat()), Err(Refusal::Polyglot));
    assert_eq!(behind(&jpeg, &[&film, b"<html>".as_slice()].concat()), Err(Refusal::Polyglot));
    assert_eq!(behind(&jpeg, &[b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" as &[u8], ZIP].concat()), Err(Refusal::Polyglot));
    let hidden = [&film, b"\0\0\0\x7amdat".as_slice(), ZIP, &[b' '; 33]].concat();
    assert_eq!(behind(&jpeg, &hidden), Err(Refusal::Polyglot), "an archive is read from the file's end, film or not");
}

#[test]
fn a_document_that_runs_something_is_refused() {
    let active = [
        "<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>",
        "<</S /Java#53cript>>",
        "<</S/Rendition /JS 5 0 R>>",
        "<</S/Rendition/JS(app.alert)>>",
        "<</AA<</O<</S/Launch/F(cmd.exe)>>>>>>",
        "<</Type/EmbeddedFile>>",
        "<</Names<</EmbeddedFiles 4 0 R>>>>",
    ];
    for body in active {
        assert_eq!(sniff(&pdf(body)), Err(Refusal::ActiveContent), "{body}");
    }
    for body in [
        "<</Title(About Java)/JSON 1/Launcher 2/EmbeddedFilesystem 3>>",
        "/JS\u{1}\u{2} of compressed data",
        "a <script> is a word",
    ] {
        assert_eq!(sniff(&pdf(body)), Ok(Format::Pdf), "{body}");
    }
    assert_eq!(sniff(b"%PDF-1.7\nno end"), Err(Refusal::Damaged));
    assert_eq!(sniff(b"\n%PDF-1.7\nstartxref\n%%EOF"), Err(Refusal::UnknownFormat), "its header isn't where it belongs");
}
