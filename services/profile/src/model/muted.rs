//! What of somebody's doings is muted.

use crate::fault::Refusal;
use contracts::profile::Surface;

/// The surfaces, each once and in one order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Muted(pub Vec<Surface>);

impl Muted {
    /// What was wished for; everything where nothing was said.
    pub fn wished(wish: Option<&[Surface]>) -> Result<Self, Refusal> {
        let is_wanted = |surface: &Surface| wish.is_none_or(|wish| wish.contains(surface));
        let surfaces: Vec<Surface> = Surface::ALL.iter().copied().filter(is_wanted).collect();
        if surfaces.is_empty() { Err(Refusal::MutesNothing) } else { Ok(Self(surfaces)) }
    }

    /// By these names; nothing where one is no surface's.
    pub fn named(names: &[String]) -> Option<Self> {
        names.iter().map(|name| Surface::named(name)).collect::<Option<_>>().map(Self)
    }

    /// As the database keeps them.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|surface| surface.name().to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p4_a_mute_is_of_something_and_says_each_once() {
        let wish = [Surface::Messages, Surface::Posts, Surface::Messages];
        assert_eq!(Muted::wished(Some(&wish)), Ok(Muted(vec![Surface::Posts, Surface::Messages])));
        assert_eq!(Muted::wished(None).unwrap().0, Surface::ALL);
        assert_eq!(Muted::wished(Some(&[])), Err(Refusal::MutesNothing));
        let everything = Muted::wished(None).unwrap();
        assert_eq!(Muted::named(&everything.names()), Some(everything));
        assert_eq!(Muted::named(&["smells".to_owned()]), None);
    }
}
