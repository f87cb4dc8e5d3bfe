//! What the version before forbade where the new one does not: bans and caps that no new one stands for.

use kupuya_runtime::wire::{Act, Ban, Cap, Grant, Region, Strike};

use super::area::{Area, NO_PURPOSE, Set, cut, within};
use super::both::{Both, NEW, OLD};
use super::guards::Meant;
use super::terms::shorter;

/// More pieces of one box are not told apart.
const PIECES: usize = 1024;

/// A way of a new sentence, and one of an old sentence that would have held where it does.
#[derive(Clone, Copy)]
pub(super) struct Ways<'w> {
    /// The sentence.
    pub(super) grant: &'w Grant,
    pub(super) new: &'w [u32],
    pub(super) old: &'w [u32],
}

impl<'a> Both<'a> {
    /// The box of a rule; of a verb without a purpose all that may justify it.
    fn ruled(&self, side: usize, region: &Region, act: Act) -> Area {
        let mut area = self.area(side, region, act);
        if !act.has_purpose() {
            area[3] = self.set(3, None);
            area[3].insert(NO_PURPOSE);
        }
        area
    }

    /// The old bans that no new one stands for as a whole, for these bases.
    pub(super) fn loosened(&self, new: &[u32], old: &[u32]) -> Vec<&'a Ban> {
        let bans = self.sides[OLD].bans.iter();
        let speaks = bans.filter(|ban| self.relates(OLD, ban.limits.under.as_ref(), old));
        let stands = |ban: &Ban| {
            let limits = &ban.limits.region;
            limits.acts.iter().all(|act| {
                let area = self.ruled(OLD, limits, *act);
                let mut new_bans = self.sides[NEW].bans.iter();
                new_bans.any(|other| {
                    other.limits.region.acts.contains(act)
                        && self.relates(NEW, other.limits.under.as_ref(), new)
                        && within(&area, &self.ruled(NEW, &other.limits.region, *act))
                        && self.blocks(ban.limits.guard, other.limits.guard)
                        && self.excepts_no_more(other, ban, [new, old], *act, &area)
                })
            })
        };
        speaks.filter(|ban| !stands(ban)).collect()
    }

    /// Whether whatever a new ban excepts in an area an old one excepted.
    fn excepts_no_more(&self, new: &Ban, old: &Ban, [ours, theirs]: [&[u32]; 2], act: Act, area: &Area) -> bool {
        let excepted = |strike: &Strike| {
            let (Some(both), _) = cut(area, &self.ruled(NEW, &strike.region, act)) else {
                return true;
            };
            self.excepting(OLD, old, theirs, act).any(|other| {
                within(&both, &self.ruled(OLD, &other.region, act)) && self.implies(NEW, strike.guard, other.guard)
            })
        };
        self.excepting(NEW, new, ours, act).all(excepted)
    }

    /// The alternatives behind `only` that speak about a verb and bases.
    fn excepting<'b>(&self, side: usize, ban: &'b Ban, bases: &[u32], act: Act) -> impl Iterator<Item = &'b Strike> {
        let speaks =
            |strike: &&Strike| strike.region.acts.contains(&act) && self.relates(side, strike.under.as_ref(), bases);
        ban.except.iter().filter(speaks).collect::<Vec<_>>().into_iter()
    }

    /// The parts of an area in which an old ban does not block what a way allows, or a new one does too.
    pub(super) fn unbanned(&self, part: &Area, ban: &Ban, ways: Ways<'_>, cases: &[Vec<Meant>], act: Act) -> Vec<Area> {
        if !ban.limits.region.acts.contains(&act) {
            return vec![part.clone()];
        }
        let (Some(inside), mut kept) = cut(part, &self.ruled(OLD, &ban.limits.region, act)) else {
            return vec![part.clone()];
        };
        // Where which alternatives behind `only` apply.
        let mut places: Vec<(Area, Vec<&Strike>)> = vec![(inside, Vec::new())];
        for strike in self.excepting(OLD, ban, ways.old, act) {
            let area = self.ruled(OLD, &strike.region, act);
            let mut next = Vec::new();
            for (place, excepted) in places {
                let (both, rest) = cut(&place, &area);
                next.extend(rest.into_iter().map(|rest| (rest, excepted.clone())));
                next.extend(both.map(|both| (both, excepted.iter().copied().chain([strike]).collect())));
            }
            places = next;
            if places.len() > PIECES {
                return kept;
            }
        }
        for (place, excepted) in places {
            let harmless = cases.iter().all(|all| {
                self.refutes(all, OLD, ban.limits.guard)
                    || excepted.iter().any(|strike| self.entails(all, OLD, strike.guard))
            });
            if harmless {
                kept.push(place);
            } else {
                kept.extend(self.still_banned(place, ban, &excepted, ways, act));
            }
        }
        kept
    }

    /// The parts of an area in which a new ban blocks what an old one blocked, except as some alternatives say.
    fn still_banned(&self, place: Area, ban: &Ban, excepted: &[&Strike], ways: Ways<'_>, act: Act) -> Vec<Area> {
        let (mut kept, mut left) = (Vec::new(), vec![place]);
        for other in &self.sides[NEW].bans {
            if !other.limits.region.acts.contains(&act)
                || !self.relates(NEW, other.limits.under.as_ref(), ways.new)
                || !self.blocks(ban.limits.guard, other.limits.guard)
            {
                continue;
            }
            let mut areas = vec![self.ruled(NEW, &other.limits.region, act)];
            for strike in self.excepting(NEW, other, ways.new, act) {
                if excepted.iter().any(|old| self.implies(NEW, strike.guard, old.guard)) {
                    continue;
                }
                let more = self.ruled(NEW, &strike.region, act);
                areas = areas.iter().flat_map(|area| cut(area, &more).1).collect();
            }
            for area in areas {
                let parts: Vec<_> = left.iter().map(|part| cut(part, &area)).collect();
                left = parts.iter().flat_map(|(_, rest)| rest.clone()).collect();
                kept.extend(parts.into_iter().filter_map(|(both, _)| both));
            }
            if kept.len() + left.len() > PIECES {
                return Vec::new();
            }
        }
        kept
    }

    /// The old bounds on how long data are kept that no new one stands for.
    pub(super) fn uncapped(&self) -> Vec<&'a Cap> {
        let stands = |cap: &&Cap| {
            let area = self.ruled(OLD, &cap.region, Act::Store);
            let mut caps = self.sides[NEW].caps.iter();
            caps.any(|new| {
                shorter(new.at_most, cap.at_most)
                    && self.blocks(cap.guard, new.guard)
                    && within(&area, &self.ruled(NEW, &new.region, Act::Store))
            })
        };
        self.sides[OLD].caps.iter().filter(|cap| !stands(cap)).collect()
    }

    /// The parts of an area in which what is stored goes within an old bound all the same.
    pub(super) fn bounded(&self, part: &Area, cap: &Cap, grant: &Grant, cases: &[Vec<Meant>]) -> Vec<Area> {
        let within = grant
            .keep
            .as_ref()
            .is_some_and(|keep| self.ends_within(keep, cap.at_most));
        if within || cases.iter().all(|all| self.refutes(all, OLD, cap.guard)) {
            return vec![part.clone()];
        }
        let (Some(inside), mut kept) = cut(part, &self.ruled(OLD, &cap.region, Act::Store)) else {
            return vec![part.clone()];
        };
        let mut left = vec![inside];
        for new in &self.sides[NEW].caps {
            if shorter(new.at_most, cap.at_most) && self.blocks(cap.guard, new.guard) {
                let area = self.ruled(NEW, &new.region, Act::Store);
                let parts: Vec<_> = left.iter().map(|part| cut(part, &area)).collect();
                left = parts.iter().flat_map(|(_, rest)| rest.clone()).collect();
                kept.extend(parts.into_iter().filter_map(|(both, _)| both));
            }
        }
        kept
    }

    /// The box of a sentence for a verb, in new atoms.
    pub(super) fn area(&self, side: usize, region: &Region, act: Act) -> Area {
        let set = |slot: usize, atoms: &Option<Vec<u32>>| match side {
            OLD => self.old_set(slot, atoms.as_deref()),
            _ => self.set(slot, atoms.as_deref()),
        };
        let absent = || Set::from([0]);
        let has_recipient = act.has_recipient() || act == Act::Publish;
        let mut purpose = set(3, &region.purpose);
        // A verb without a purpose that none justifies: what an old sentence covered for some, it covered for all together.
        if !act.has_purpose() && (side == OLD || purpose.is_empty()) {
            purpose.insert(NO_PURPOSE);
        }
        [
            set(0, &region.by),
            set(1, &region.data),
            if act.has_source() {
                set(2, &region.source)
            } else {
                absent()
            },
            purpose,
            if has_recipient {
                set(4, &region.recipient)
            } else {
                absent()
            },
        ]
    }
}
