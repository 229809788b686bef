//! Where the objects of an upload are: below its id, so that all of them go together.

use contracts::{
    files::{PictureFormat, PictureSize},
    ids::Media,
};
use data_encoding::HEXLOWER;
use kernel::Id;

use super::media::Visibility;

/// Of the content's hash: enough that no two contents ever share an address.
const HASH: usize = 32;
/// What came and isn't worked on yet.
pub const INCOMING: &str = "incoming";

/// The bytes as they came.
pub fn incoming(media: Id<Media>) -> String {
    format!("{}/bytes", waiting(media))
}

/// The folder they wait in.
pub fn waiting(media: Id<Media>) -> String {
    format!("{INCOMING}/{media}")
}

/// The upload an object that came belongs to.
pub fn came_for(key: &str) -> Option<Id<Media>> {
    key.strip_prefix(INCOMING)?.strip_prefix('/')?.strip_suffix("/bytes")?.parse().ok()
}

/// Everything that is kept of a finished upload.
pub fn folder(media: Id<Media>, visibility: Visibility) -> String {
    format!("{}/{media}", visibility.name())
}

/// A variant with this content.
pub fn variant(media: Id<Media>, visibility: Visibility, size: PictureSize, format: PictureFormat, sha256: &str) -> String {
    let extension = match format {
        PictureFormat::Webp => "webp",
        PictureFormat::Jpeg => "jpg",
    };
    format!("{}/{}-{}.{extension}", folder(media, visibility), size.name(), short(sha256))
}

/// A document with this content.
pub fn document(media: Id<Media>, sha256: &str) -> String {
    format!("{}/document-{}.pdf", folder(media, Visibility::Private), short(sha256))
}

/// A content's hash as keys carry it.
pub fn hash(sha256: &[u8]) -> String {
    HEXLOWER.encode(sha256)
}

fn short(sha256: &str) -> &str {
    sha256.get(..HASH).unwrap_or(sha256)
}

/// What a file is served as, and the hash its name carries; `None` where it is none of ours.
pub fn served(file: &str) -> Option<(&'static str, &str)> {
    let (stem, extension) = file.rsplit_once('.')?;
    let (_, hash) = stem.rsplit_once('-')?;
    let mime = match extension {
        "webp" => "image/webp",
        "jpg" => "image/jpeg",
        "pdf" => "application/pdf",
        _ => return None,
    };
    (hash.len() == HASH && hash.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some((mime, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f5_a_key_carries_the_hash_of_its_content_and_says_what_it_is() {
        let (media, hash) = (Id::from_uuid(uuid::Uuid::from_u128(7)), "0123456789abcdef".repeat(4));
        let key = variant(media, Visibility::Public, PictureSize::Small, PictureFormat::Jpeg, &hash);
        assert_eq!(key, format!("public/{media}/small-{}.jpg", "0123456789abcdef".repeat(2)));
        let file = key.rsplit('/').next().unwrap();
        assert_eq!(served(file), Some(("image/jpeg", "0123456789abcdef0123456789abcdef")));
        assert!(document(media, &hash).starts_with("private/"));
        for foreign in ["small.jpg", "small-0123.jpg", "x", "small-0123456789abcdef0123456789abcdef.html", "-.webp"] {
            assert_eq!(served(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn what_came_is_found_by_its_key() {
        let media = Id::from_uuid(uuid::Uuid::from_u128(7));
        assert_eq!(came_for(&incoming(media)), Some(media));
        assert_eq!(came_for("incoming/else"), None);
    }
}
