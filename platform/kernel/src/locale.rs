//! The languages of the product (N7, W3).

crate::named! {
    /// A language, by its ISO 639-1 code.
    #[derive(Default)]
    pub Locale {
        #[default]
        En = "en",
        Sw = "sw",
    }
}
