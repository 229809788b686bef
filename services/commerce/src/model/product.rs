//! What a product is.

kernel::named! {
    /// Whether it can be touched.
    pub ProductKind {
        Physical = "physical",
        Digital = "digital",
    }
}

kernel::named! {
    /// Whether it is on the shelf.
    pub ProductState {
        Active = "active",
        Archived = "archived",
    }
}
