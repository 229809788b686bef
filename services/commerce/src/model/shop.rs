//! What a shop is.

use crate::fault::Refusal;

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

/// What a shop is called.
#[derive(Debug)]
pub struct Named {
    pub name: String,
    /// By moderators.
    pub withheld: bool,
}

impl Named {
    /// A withheld shop keeps its name, whose other words its owner may mend: under another it would pass for another shop.
    pub fn may_be_called(&self, name: &str) -> Result<(), Refusal> {
        if self.withheld && name != self.name { Err(Refusal::ShopWithheld) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p8_a_withheld_shop_keeps_its_name() {
        let named = |withheld| Named { name: "Amina Fabrics".into(), withheld };
        assert_eq!(named(true).may_be_called("Amina Cloth"), Err(Refusal::ShopWithheld));
        for (shop, name) in [(named(true), "Amina Fabrics"), (named(false), "Amina Fabrics"), (named(false), "Amina Cloth")] {
            assert_eq!(shop.may_be_called(name), Ok(()), "{name}: {shop:?}");
        }
    }
}
