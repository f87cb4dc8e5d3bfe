//! Bases (M6): Cedar cannot look through records, so a request says of each basis when it was last given and ended.

use kupuya_runtime::wire::{Act, Giver, Region};

use super::facts::{Scene, guard};
use super::test::{Known, Test, quoted};
use super::times::before;
use crate::export::Refused;
use crate::export::closed::Closed;

/// What the records for no purpose are called.
pub const NO_PURPOSE: &str = "-";

/// Whether the bases of a way hold: all of them, for the point's purpose or one of those that justify the verb.
pub fn bases(closed: &Closed<'_>, bases: &[u32], keeping: bool, region: &Region, act: Act) -> Result<Known, Refused> {
    if bases.is_empty() {
        return Ok(Known::never());
    }
    let held = |records: &Where| -> Result<Known, Refused> {
        let each = bases.iter().map(|basis| held(closed, *basis, keeping, records, act));
        Ok(Known::all(each.collect::<Result<Vec<_>, _>>()?))
    };
    let asks = bases.iter().any(|basis| {
        let basis = closed.basis(*basis);
        basis.is_some_and(|basis| basis.consent || basis.objectable)
    });
    if act.has_purpose() || !asks {
        return held(&Where::Own);
    }
    let all = (0..crate::export::closed::count(&closed.content.purposes)).collect();
    let purposes = region.purpose.as_ref().unwrap_or(&all);
    if purposes.is_empty() {
        return held(&Where::For(NO_PURPOSE.to_owned()));
    }
    let each = purposes
        .iter()
        .map(|purpose| held(&Where::For(closed.purposes.key(*purpose).to_owned())));
    Ok(Known::any(each.collect::<Result<Vec<_>, _>>()?))
}

/// Which records count.
enum Where {
    /// Those for the point's purpose.
    Own,
    /// Those for this purpose.
    For(String),
}

fn held(closed: &Closed<'_>, basis: u32, keeping: bool, records: &Where, act: Act) -> Result<Known, Refused> {
    let Some(declared) = closed.basis(basis) else {
        return Ok(Known::never());
    };
    let when = declared
        .when
        .map_or_else(Known::always, |number| guard(closed, number, Scene::Rule(act)));
    if !declared.consent && !declared.objectable {
        return Ok(when);
    }
    let name = quoted(closed.bases.key(basis));
    let (known, has, said) = match records {
        Where::Own => (
            "context has records".to_owned(),
            format!("context.records has {name}"),
            format!("context.records[{name}]"),
        ),
        Where::For(purpose) => {
            let purpose = quoted(purpose);
            (
                "context has recordsFor".to_owned(),
                format!("context.recordsFor has {purpose} && context.recordsFor[{purpose}] has {name}"),
                format!("context.recordsFor[{purpose}][{name}]"),
            )
        }
    };
    let has = Test::when(format!("({has})"));
    let holds = if declared.consent {
        let giver = match declared.giver {
            Giver::Person => "person",
            Giver::Guardian => "representative",
            Giver::Either => "anyone",
        };
        let given = format!("{said}.{giver}");
        let offset = closed.content.zone_offset;
        let recent = declared.since.map_or(Test::Always, |since| {
            Test::when(format!("({given}.seconds >= {})", since.begin(offset).0))
        });
        let ended = Test::when(format!("({said} has end && {said}.end.seconds >= {given}.seconds)"));
        let lasts = match declared.term {
            None => Test::Always,
            Some(term) => {
                before(&given, Some(term)).map_err(Refused::period(format!("basis {}", declared.noun.path)))?
            }
        };
        let lasts = Test::all([ended.clone().negated(), lasts]);
        let lasts = if keeping && declared.survives_keep {
            Test::any([ended, lasts])
        } else {
            lasts
        };
        Test::all([has, Test::when(format!("{said} has {giver}")), recent, lasts])
    } else {
        Test::all([has, Test::when(format!("{said} has objection"))]).negated()
    };
    let known = Test::when(known);
    let records = Known {
        fails: Test::all([known.clone(), holds.clone().negated()]),
        holds: Test::all([known, holds]),
    };
    Ok(Known::all([records, when]))
}
