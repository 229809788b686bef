//! The things that have ids, and the prefixes their ids carry at the doors.

pub use kernel::{Session, User};

macro_rules! things {
    ($($(#[$doc:meta])* $thing:ident = $prefix:literal;)*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, utoipa::ToSchema)]
        pub struct $thing;
        impl kernel::Prefix for $thing { const PREFIX: &'static str = $prefix; }
    )* };
}

things! {
    /// A sign-up or code flow that hasn't ended yet.
    Flow = "flw";
    /// A device the server has given an id.
    Device = "dev";
    Shop = "shp";
    Product = "prd";
    Variant = "var";
    Checkout = "chk";
    Order = "ord";
    Escrow = "esc";
    TopUp = "top";
    /// One line of a wallet's history.
    Entry = "txn";
    Post = "pst";
    Media = "med";
    Notification = "ntf";
    /// Something moderators decide.
    Case = "cas";
    /// Something one asks moderators about oneself.
    Petition = "pet";
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_two_things_share_a_prefix() {
        let source = include_str!("ids.rs");
        let mut prefixes: Vec<&str> = source.lines().filter_map(|line| line.split_once("= \"")?.1.strip_suffix("\";")).collect();
        prefixes.extend(["usr", "ses"]);
        let before = prefixes.len();
        prefixes.sort_unstable();
        prefixes.dedup();
        assert_eq!(prefixes.len(), before);
    }
}
