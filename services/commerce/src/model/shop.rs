//! What a shop is.

kernel::named! {
    /// Whether it sells; a locked owner's shop sells nothing, whatever it says here.
    pub ShopState {
        Open = "open",
        /// Everything stays to be seen, and nothing can be bought.
        Holiday = "holiday",
        /// Gone with its owner.
        Erased = "erased",
    }
}
