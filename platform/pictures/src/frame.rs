//! The worker's answer on its way: the length of a JSON head in four bytes, the head, the variants' bytes one behind the other.

use serde::{Deserialize, Serialize};

use crate::{Format, Picture, Refusal, Variant, VariantName};

#[derive(Serialize, Deserialize)]
struct Head {
    width: u32,
    height: u32,
    blurhash: String,
    colour: String,
    variants: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    name: VariantName,
    format: Format,
    width: u32,
    height: u32,
    length: usize,
}

pub fn pack(answer: Result<Picture, Refusal>) -> Option<Vec<u8>> {
    let (head, variants) = match answer {
        Ok(Picture { width, height, blurhash, colour, variants }) => {
            let entry = |Variant { name, format, width, height, bytes }: &Variant| Entry {
                name: *name,
                format: *format,
                width: *width,
                height: *height,
                length: bytes.len(),
            };
            (Ok(Head { width, height, blurhash, colour, variants: variants.iter().map(entry).collect() }), variants)
        }
        Err(refusal) => (Err(refusal), Vec::new()),
    };
    let head = serde_json::to_vec(&head).ok()?;
    let mut packed = u32::try_from(head.len()).ok()?.to_le_bytes().to_vec();
    packed.extend(head);
    for variant in &variants {
        packed.extend(&variant.bytes);
    }
    Some(packed)
}

/// None where it isn't whole, or isn't one.
pub fn unpack(packed: &[u8]) -> Option<Result<Picture, Refusal>> {
    let (length, rest) = packed.split_first_chunk()?;
    let (head, mut rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    let Head { width, height, blurhash, colour, variants } = match serde_json::from_slice::<Result<Head, Refusal>>(head).ok()? {
        Ok(head) => head,
        Err(refusal) => return rest.is_empty().then_some(Err(refusal)),
    };
    let mut whole = Vec::new();
    for Entry { name, format, width, height, length } in variants {
        let (bytes, behind) = rest.split_at_checked(length)?;
        rest = behind;
        whole.push(Variant { name, format, width, height, bytes: bytes.to_vec() });
    }
    rest.is_empty().then_some(Ok(Picture { width, height, blurhash, colour, variants: whole }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_arrives_whole_or_not_at_all() {
        let variant =
            |format, bytes: &[u8]| Variant { name: VariantName::Thumb, format, width: 2, height: 1, bytes: bytes.to_vec() };
        let variants = vec![variant(Format::Webp, b"webp"), variant(Format::Jpeg, b"")];
        let picture = Picture { width: 2, height: 1, blurhash: "L".into(), colour: "#102030".into(), variants };
        for answer in [Ok(picture), Err(Refusal::TooManyPixels)] {
            let packed = pack(answer.clone()).unwrap();
            assert_eq!(unpack(&packed), Some(answer));
            for length in 0..packed.len() {
                assert_eq!(unpack(&packed[..length]), None, "of {length} bytes");
            }
            assert_eq!(unpack(&[&packed, b"x".as_slice()].concat()), None, "and one too many");
        }
    }
}
