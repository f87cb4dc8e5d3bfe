//! What an answer says is missing, made known in the request.

use kupuya_runtime::wire::Comparison;
use kupuya_runtime::{Gap, Request};

/// Of ages: how compared, with what, and whether so.
pub(super) type Ages = Vec<(Comparison, u32, bool)>;

/// An age that fits all comparisons: that of a grown-up if that does.
pub(super) fn fitting(ages: &Ages) -> Option<u32> {
    let edges = ages
        .iter()
        .flat_map(|(_, years, _)| [*years, years.saturating_sub(1), years.saturating_add(1)]);
    let fits = |age: &u32| ages.iter().all(|(is, years, sign)| is.holds(age, years) == *sign);
    std::iter::once(30).chain(edges).find(fits).filter(|_| !ages.is_empty())
}

/// A fact as a scenario gives it.
pub(super) fn signed(name: &str, holds: bool) -> String {
    if holds { name.to_owned() } else { format!("not {name}") }
}

/// Makes known what is missing, where a sentence can say it.
pub(super) fn known(gap: &Gap, request: &mut Request, ages: &mut Ages, added: &mut Vec<String>) {
    match gap {
        Gap::Fact { name, must } => {
            let given = request.given.get_or_insert_default();
            let is_given = given.iter().any(|one| one.trim_start_matches("not ") == name);
            if !is_given {
                given.push(signed(name, *must));
                added.push(signed(name, *must));
            }
        }
        Gap::Age { is, years, must } if !ages.contains(&(*is, *years, *must)) => ages.push((*is, *years, *must)),
        Gap::Class { needs, .. } if !needs.is_empty() => needs.iter().for_each(|gap| known(gap, request, ages, added)),
        Gap::Class { name, must: true, .. } if !request.about.contains(name) => request.about.push(name.clone()),
        Gap::Place { place, must: true } => request.place = Some(place.clone()),
        _ => {}
    }
}
