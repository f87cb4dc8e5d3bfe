//! Answers as JSON: what serde writes, with the common parts written by hand.

use std::io::Write;

use serde::Serialize;

use crate::answer::{Answer, Difference, Item, Nearest, Point, Rule, Slot, Unit, Way};

/// Where it is written, and what went wrong.
type Done = Result<(), serde_json::Error>;

impl Answer<'_> {
    /// Writes the answer as JSON, behind what `out` holds: the same bytes as `serde_json::to_vec`.
    ///
    /// # Errors
    /// None that can happen.
    pub fn write_json(&self, out: &mut Vec<u8>) -> Done {
        out.extend_from_slice(b"{\"verdict\":\"");
        out.extend_from_slice(self.verdict.word().as_bytes());
        let decision: &[u8] = if self.decision {
            b"\",\"decision\":true,\"policy\":"
        } else {
            b"\",\"decision\":false,\"policy\":"
        };
        out.extend_from_slice(decision);
        text(out, self.policy)?;
        out.extend_from_slice(b",\"meaning\":");
        text(out, self.meaning)?;
        some(out, "problems", &self.problems)?;
        if !self.left_out.is_empty() {
            out.extend_from_slice(b",\"left_out\":");
            list(out, &self.left_out, |out, slot| text(out, slot.word()))?;
        }
        out.extend_from_slice(b",\"items\":");
        list(out, &self.items, item)?;
        out.push(b'}');
        Ok(())
    }
}

fn item(out: &mut Vec<u8>, item: &Item<'_>) -> Done {
    out.extend_from_slice(b"{\"verdict\":\"");
    out.extend_from_slice(item.verdict.word().as_bytes());
    out.extend_from_slice(b"\",\"point\":");
    point(out, &item.point)?;
    if !item.relies_on.is_empty() {
        out.extend_from_slice(b",\"relies_on\":");
        list(out, &item.relies_on, way)?;
    }
    if let Some(ban) = &item.forbidden_by {
        out.extend_from_slice(b",\"forbidden_by\":");
        rule(out, ban)?;
    }
    some(out, "missing", &item.missing)?;
    some(out, "failed", &item.failed)?;
    if let Some(near) = &item.nearest {
        out.extend_from_slice(b",\"nearest\":");
        nearest(out, near)?;
    }
    if let Some(closing) = &item.closing {
        out.extend_from_slice(b",\"closing\":");
        unit(out, closing)?;
    }
    some(out, "obligations", &item.obligations)?;
    some(out, "keep", &item.keep)?;
    if let Some(deadline) = &item.deadline {
        out.extend_from_slice(b",\"deadline\":");
        serde_json::to_writer(&mut *out, deadline)?;
    }
    out.push(b'}');
    Ok(())
}

fn point(out: &mut Vec<u8>, point: &Point<'_>) -> Done {
    out.push(b'{');
    if let Some(by) = point.by {
        out.extend_from_slice(b"\"by\":");
        text(out, by)?;
        out.push(b',');
    }
    out.extend_from_slice(b"\"verb\":\"");
    out.extend_from_slice(point.verb.as_bytes());
    out.extend_from_slice(b"\",\"data\":");
    text(out, point.data)?;
    for (name, atom) in [
        (&b",\"source\":"[..], point.source),
        (b",\"purpose\":", point.purpose),
        (b",\"recipient\":", point.recipient),
    ] {
        if let Some(atom) = atom {
            out.extend_from_slice(name);
            text(out, atom)?;
        }
    }
    out.push(b'}');
    Ok(())
}

fn way(out: &mut Vec<u8>, way: &Way<'_>) -> Done {
    out.push(b'{');
    if let Some(cited) = &way.rule {
        out.extend_from_slice(b"\"rule\":");
        rule(out, cited)?;
        out.push(b',');
    }
    out.extend_from_slice(b"\"bases\":");
    list(out, &way.bases, |out, basis| text(out, basis))?;
    out.push(b'}');
    Ok(())
}

fn rule(out: &mut Vec<u8>, rule: &Rule<'_>) -> Done {
    out.extend_from_slice(b"{\"id\":");
    text(out, rule.id)?;
    if let Some(stated) = &rule.unit {
        out.extend_from_slice(b",\"unit\":");
        unit(out, stated)?;
    }
    out.push(b'}');
    Ok(())
}

fn unit(out: &mut Vec<u8>, unit: &Unit<'_>) -> Done {
    out.extend_from_slice(b"{\"id\":");
    text(out, unit.id)?;
    out.extend_from_slice(b",\"paragraph\":");
    text(out, unit.paragraph)?;
    out.extend_from_slice(b",\"sentence\":");
    text(out, unit.sentence)?;
    out.push(b'}');
    Ok(())
}

fn nearest(out: &mut Vec<u8>, nearest: &Nearest<'_>) -> Done {
    out.extend_from_slice(b"{\"rule\":");
    rule(out, &nearest.rule)?;
    out.extend_from_slice(b",\"differs\":");
    list(out, &nearest.differs, |out, Difference { slot, declared }| {
        out.extend_from_slice(b"{\"slot\":");
        text(out, slot.word())?;
        out.extend_from_slice(b",\"declared\":");
        list(out, declared, |out, noun| text(out, noun))?;
        out.push(b'}');
        Ok(())
    })?;
    out.push(b'}');
    Ok(())
}

fn list<T>(out: &mut Vec<u8>, all: &[T], mut one: impl FnMut(&mut Vec<u8>, &T) -> Done) -> Done {
    out.push(b'[');
    for (number, item) in all.iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        one(out, item)?;
    }
    out.push(b']');
    Ok(())
}

/// A list that is left out if there is nothing in it.
fn some<T: Serialize>(out: &mut Vec<u8>, name: &str, all: &[T]) -> Done {
    if all.is_empty() {
        return Ok(());
    }
    write!(out, ",\"{name}\":").map_err(serde_json::Error::io)?;
    serde_json::to_writer(out, all)
}

fn text(out: &mut Vec<u8>, text: &str) -> Done {
    // Every byte is looked at, without a branch: few texts have anything to escape.
    let escaped = text.bytes().fold(false, |any, byte| {
        any | (byte < 0x20) | (byte == b'"') | (byte == b'\\')
    });
    if escaped {
        return serde_json::to_writer(out, text);
    }
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
    Ok(())
}

impl Slot {
    /// The word: `by`, `verb`, `data` and so on.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Slot::By => "by",
            Slot::Verb => "verb",
            Slot::Data => "data",
            Slot::Source => "source",
            Slot::Purpose => "purpose",
            Slot::Recipient => "recipient",
            Slot::About => "about",
            Slot::Place => "place",
            Slot::Given => "given",
            Slot::Records => "records",
            Slot::Item => "item",
        }
    }
}
