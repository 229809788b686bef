//! What a product is.

super::named! {
    ProductKind {
        Physical = "physical",
        Digital = "digital",
    }
}

super::named! {
    /// Whether it is on the shelf.
    ProductState {
        Active = "active",
        Archived = "archived",
    }
}
