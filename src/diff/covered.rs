//! The rules of one version that speak about one point.

use kupuya_runtime::wire::{Act, Ban, BundleContent, Cap, Grant, Region, Strike};

/// One atom of a version for each slot of [`Sort::SLOTS`](super::reading::Sort::SLOTS); `None`: it has nothing there.
pub type Atoms = [Option<u32>; 5];

/// What speaks about a point.
pub struct Covered<'a> {
    /// The atoms.
    pub at: Atoms,
    /// The statements and keeps, each with its number and, for a verb without a purpose, those that justify it.
    pub grants: Vec<(u32, &'a Grant, Justified<'a>)>,
    /// The bans, with those of their exceptions that speak about it too.
    pub bans: Vec<(&'a Ban, Vec<&'a Strike>)>,
    /// The bounds on retention.
    pub caps: Vec<&'a Cap>,
    /// The keeps under a legal duty, which forbid erasing.
    pub holding: Vec<(u32, &'a Grant, Justified<'a>)>,
}

/// The purposes of a box; `None`: all.
pub type Justified<'a> = Option<&'a [u32]>;

impl<'a> Covered<'a> {
    /// Of a point.
    pub fn new(content: &'a BundleContent, act: Act, at: Atoms) -> Covered<'a> {
        let first = |grant: &'a Grant, act: Act| grant.regions.iter().find(|region| inside(region, act, at));
        let covering = |act: Act| {
            let numbered = (0..).zip(&content.grants);
            numbered.filter_map(move |(number, grant): (u32, &'a Grant)| {
                Some((number, grant, first(grant, act)?.purpose.as_deref()))
            })
        };
        let duty = |grant: &Grant| {
            let basis = |basis: &u32| content.bases.get(*basis as usize);
            let mut bases = grant.ways.iter().flatten().filter_map(basis);
            grant.keep.is_some() && bases.any(|basis| basis.legal_duty)
        };
        let bans = content.bans.iter().filter(|ban| inside(&ban.limits.region, act, at));
        Covered {
            at,
            grants: covering(act).collect(),
            bans: bans
                .map(|ban| {
                    (
                        ban,
                        ban.except.iter().filter(|part| inside(&part.region, act, at)).collect(),
                    )
                })
                .collect(),
            caps: content.caps.iter().filter(|cap| inside(&cap.region, act, at)).collect(),
            holding: match act {
                Act::Erase => covering(Act::Store).filter(|(_, grant, _)| duty(grant)).collect(),
                _ => Vec::new(),
            },
        }
    }
}

/// Whether a box holds a point.
pub fn inside(region: &Region, act: Act, [by, data, source, purpose, recipient]: Atoms) -> bool {
    let holds = |side: &Option<Vec<u32>>, atom: Option<u32>| match (side, atom) {
        (None, _) => true,
        (Some(atoms), Some(atom)) => atoms.binary_search(&atom).is_ok(),
        (Some(_), None) => false,
    };
    region.acts.contains(&act)
        && holds(&region.by, by)
        && holds(&region.data, data)
        && (!act.has_source() || holds(&region.source, source))
        && (!act.has_purpose() || holds(&region.purpose, purpose))
        && (!(act.has_recipient() || act == Act::Publish) || holds(&region.recipient, recipient))
}
