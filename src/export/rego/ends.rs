//! When keeps end (M12) and how classes hang on each other (M5), as rules: Rego has no recursion, so that what is nested
//! in the policy is nested calls here.

use std::fmt::Write;

use kupuya_runtime::wire::{End, Retention};
use kupuya_runtime::{Period, Unit};

use crate::export::closed::Closed;
use crate::export::{Period as Bad, Refused};

/// Longer periods leave the calendar of Rego's numbers and of any policy.
const LONGEST: u32 = 10_000;

/// `keep_end` for every keep, by the number of its grant.
pub fn keep_ends(closed: &Closed<'_>) -> Result<String, Refused> {
    let mut text = String::new();
    for (number, grant) in closed.content.grants.iter().enumerate() {
        let Some(keep) = &grant.keep else { continue };
        let end = keep_end(closed, keep).map_err(Refused::period(format!("keep {}", grant.head.id)))?;
        let _ = writeln!(text, "keep_end({number}) := {end}\n");
    }
    if text.is_empty() {
        text.push_str("# Nothing is kept.\nkeep_end(-1) := [always, never]\n");
    }
    Ok(text)
}

/// `at least` first, then `at most`, so that the shorter promise decides.
fn keep_end(closed: &Closed<'_>, keep: &Retention) -> Result<String, Bad> {
    let mut text = match (&keep.end, keep.at_most) {
        (Some(end), _) => self::end(closed, end)?,
        (None, Some(_)) => "[never, never]".to_owned(),
        (None, None) => "[always, always]".to_owned(),
    };
    if let Some(period) = keep.at_least {
        text = format!("last([{text}, later(collected, {})])", length(period)?);
    }
    if let Some(period) = keep.at_most {
        text = format!("first([{text}, later(collected, {})])", length(period)?);
    }
    Ok(text)
}

fn end(closed: &Closed<'_>, of: &End) -> Result<String, Bad> {
    let all = |ends: &[End]| -> Result<String, Bad> {
        let ends: Vec<String> = ends.iter().map(|one| end(closed, one)).collect::<Result<_, _>>()?;
        Ok(ends.join(", "))
    };
    Ok(match of {
        End::Event(event) => format!("event({})", quoted(closed.facts.key(*event))),
        End::Date(day) => format!("on({})", day.begin(closed.content.zone_offset).0),
        End::After(period, None) => format!("later(collected, {})", length(*period)?),
        End::After(period, Some(after)) => format!("later({}, {})", end(closed, after)?, length(*period)?),
        End::Or(ends) if ends.is_empty() => "[never, never]".to_owned(),
        End::And(ends) if ends.is_empty() => "[always, always]".to_owned(),
        End::Or(ends) => format!("first([{}])", all(ends)?),
        End::And(ends) => format!("last([{}])", all(ends)?),
    })
}

/// A period as Rego data: months by the calendar, the rest in seconds.
fn length(period: Period) -> Result<String, Bad> {
    let (kind, count) = parts(period)?;
    Ok(format!("{{\"{kind}\": {count}}}"))
}

/// `months` or `seconds`, and how many.
pub fn parts(period: Period) -> Result<(&'static str, u64), Bad> {
    if period.count > LONGEST * 366 || (period.count > LONGEST && matches!(period.unit, Unit::Year | Unit::Month)) {
        return Err(Bad::Long);
    }
    let count = u64::from(period.count);
    Ok(match period.unit {
        Unit::Hour => ("seconds", count * 3600),
        // As in the runtime: without a table of holidays a working day is a day.
        Unit::Day | Unit::WorkingDay => ("seconds", count * 86_400),
        Unit::Week => ("seconds", count * 7 * 86_400),
        Unit::Month => ("months", count),
        Unit::Year => ("months", count * 12),
    })
}

/// The values of classes with guards: a round for each class that such a guard names deeper down.
pub fn classes(closed: &Closed<'_>) -> String {
    let depth = closed.class_depth();
    let mut text = String::from(
        "class_0(class) := 2 if class in of_classes\n\n\
         class_0(class) := plain(class) if {\n\tnot class in of_classes\n\tnot bundle.classes[class]\n}\n\n\
         class_0(class) := 1 if {\n\tnot class in of_classes\n\tbundle.classes[class]\n}\n\n",
    );
    for round in 1..=depth {
        let before = round - 1;
        let _ = write!(
            text,
            "class_{round}(class) := 2 if class in of_classes\n\n\
             class_{round}(class) := plain(class) if {{\n\tnot class in of_classes\n\tnot bundle.classes[class]\n}}\n\n\
             class_{round}(class) := own_{round}(class) if {{\n\tnot class in of_classes\n\tbundle.classes[class]\n}}\n\n\
             own_{round}(class) := max({{0}} | {{value |\n\
             \tsome conjunction in bundle.guards[bundle.classes[class]]\n\
             \tvalue := min({{2}} | {{signed(own_literal_{round}(bundle.literals[one[0]]), one[1]) | some one in conjunction}})\n\
             }})\n\n\
             own_literal_{round}(test) := fact(test.fact)\n\n\
             own_literal_{round}(test) := class_{before}(test.class)\n\n\
             own_literal_{round}(test) := age(test.age[0], test.age[1])\n\n\
             own_literal_{round}(test) := truth(holds(test.day[0], today, test.day[1]))\n\n\
             own_literal_{round}(test) := bundle.inside[test.place][place_key] if place_given\n\n\
             own_literal_{round}(test) := 1 if {{\n\ttest.place\n\tnot place_given\n}}\n\n",
        );
    }
    let _ = write!(
        text,
        "class_value(class) := class_{depth}(class)\n\nown_guard(class) := own_{depth}(class)\n"
    );
    text
}

/// A string of Rego.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
