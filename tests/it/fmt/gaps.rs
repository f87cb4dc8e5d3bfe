//! Comments in every gap, and broken texts: what goes in comes out.

use super::{POLICY, formatted, letters};
use crate::syntax::read;
use kupuya::diagnostic::Severity;
use kupuya::format;
use kupuya::source::{Origin, Source, SourceId};

fn comments(text: &str) -> Vec<String> {
    let (file, _) = read(text);
    file.comments
        .iter()
        .map(|span| text[span.start as usize..span.end as usize].to_owned())
        .collect()
}

/// A policy cut into pieces that are valid alone, so that each try is quick.
fn pieces() -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for line in include_str!("ugly.kup").lines().chain(POLICY.lines()) {
        piece += line;
        piece.push('\n');
        let open = piece.matches('{').count() == piece.matches('}').count();
        if open && piece.len() > 600 {
            let text = std::mem::take(&mut piece);
            if read(&text).1.is_empty() {
                pieces.push(text);
            }
        }
    }
    assert!(pieces.len() > 5, "{}", pieces.len());
    pieces
}

fn survives(text: &str) {
    let once = formatted(text);
    assert_eq!(comments(text), comments(&once), "{text}\n--- became ---\n{once}");
    assert_eq!(letters(text), letters(&once), "{text}");
    assert_eq!(once, formatted(&once), "{text}");
}

#[test]
fn comments_on_lines_of_their_own_survive() {
    for text in pieces() {
        let lines: Vec<&str> = text.lines().collect();
        for at in (0..=lines.len()).step_by(2) {
            let (before, after) = lines.split_at(at);
            survives(&format!(
                "{}\n  // here {at}\n{}\n",
                before.join("\n"),
                after.join("\n")
            ));
        }
        let all: Vec<String> = (0..).zip(&lines).map(|(at, line)| format!("// {at}\n{line}")).collect();
        survives(&all.join("\n"));
    }
}

#[test]
fn comments_at_line_ends_survive() {
    for text in pieces() {
        let lines: Vec<&str> = text.lines().collect();
        for at in (0..lines.len()).step_by(2) {
            let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            changed[at] += " // here";
            survives(&changed.join("\n"));
        }
        let all: Vec<String> = (0..).zip(&lines).map(|(at, line)| format!("{line} // {at}")).collect();
        survives(&all.join("\n"));
    }
}

/// Blanks anywhere between two words change nothing.
#[test]
fn blanks_do_not_count() {
    for text in pieces() {
        let once = formatted(&text);
        let wide: String = once
            .lines()
            .map(|line| {
                let quoted = line.contains(['"', '|']) || line.contains("//");
                let line = if quoted {
                    line.to_owned()
                } else {
                    line.replace(' ', "  ")
                };
                format!("\t{line} \n")
            })
            .collect();
        assert_eq!(once, formatted(&wide));
    }
}

/// Texts with a sign or word too many or too few keep every letter, and what is still valid is formatted.
#[test]
fn broken_texts_keep_every_letter() {
    let mut broken = 0;
    for text in pieces() {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        for (nth, at) in places.into_iter().enumerate().step_by(41) {
            let (before, after) = text.split_at(at);
            let mutant = match (nth / 41) % 5 {
                0 => format!("{before}{{{after}"),
                1 => format!("{before}}}{after}"),
                2 => format!("{before}\"{after}"),
                3 => format!("{before},{after}"),
                _ => format!("{before}{}", after.chars().skip(3).collect::<String>()),
            };
            let done = format::source(
                SourceId(0),
                &Source::new("test.kup", Origin::Project, mutant.as_bytes()),
            );
            assert_eq!(letters(&mutant), letters(&done.text), "{mutant}");
            assert!(done.problem.is_none(), "changed what it says:\n{mutant}");
            broken += usize::from(read(&mutant).1.iter().any(|one| one.severity == Severity::Error));
        }
    }
    assert!(broken > 100, "{broken}");
}
