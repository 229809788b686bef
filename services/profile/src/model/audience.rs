//! Who may read a part of a profile.

use contracts::profile::Relationship;

kernel::named! {
    /// For whom a part of a profile is.
    pub Audience {
        Everyone = "everyone",
        Followers = "followers",
        Me = "me",
    }
}

impl Audience {
    /// Whether it is for this reader, who is the owner or not. A private account is for its followers at most.
    pub fn admits(self, reader: &Relationship, is_owner: bool) -> bool {
        match self {
            _ if is_owner => true,
            Self::Everyone => reader.content,
            Self::Followers => reader.content && reader.following,
            Self::Me => false,
        }
    }
}
