//! Findings that something is missing wait only for an error that may have swallowed just that; all others are told.

use kupuya::diagnostic::Diagnostic;
use kupuya::pipeline::{self, Options};
use kupuya::source::{Origin, Source, Sources};
use kupuya::syntax::ast::Date;

const POLICY: &str = include_str!("laws/compliant.kup");

/// What is replaced by what, the codes that are told, and those that wait.
type Case = (
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
    &'static [&'static str],
);

const NO_RESPONSIBLE: (&str, &str) = ("    responsible: \"А. Асанова\"\n", "");
const NO_ERASURE: (&str, &str) = ("is erasure", "is blocking");
const NO_TRAINING: (&str, &str) = ("is staff_training", "is backup");
const VAGUE: (&str, &str) = ("\"жарнамалык каттарды жөнөтүү\"", "\"башка максаттарда колдонуу\"");
const NO_TERM: (&str, &str) = ("    keep    interests until left at most 1 year then erase\n", "");

const CASES: &[Case] = &[
    // A field of a right may be any of its fields, and a right of another kind no more.
    (
        &[
            ("    deadline: 1 working day\n", "    deadlne: 1 working day\n"),
            NO_RESPONSIBLE,
        ],
        &["kgdc2025.art88.responsible_person", "unknown_field"],
        &["kgdc2025.art85.restrict"],
    ),
    // A line that is lost in the block itself may be what the rule asks for.
    (
        &[("    responsible: \"А", "    responsable: \"А")],
        &["unknown_field"],
        &["kgdc2025.art88.responsible_person"],
    ),
    // A sentence that is lost brings neither a right nor a measure; but perhaps the term.
    (
        &[
            (
                "use     name, telephone, address for",
                "use     name, telephone, address fr",
            ),
            NO_ERASURE,
            NO_TRAINING,
            NO_TERM,
        ],
        &["kgdc2025.art73.content", "kgdc2025.art88.training", "unknown_word"],
        &["kgdc2025.art78.storage"],
    ),
    // A measure that is lost may be the one that is missing, and is no right.
    (
        &[
            ("\" is consent_record", "\" iz consent_record"),
            NO_TRAINING,
            NO_ERASURE,
        ],
        &["kgdc2025.art73.content", "missing_word"],
        &[
            "kgdc2025.art132.telecom_ads",
            "kgdc2025.art79.consent_quality",
            "kgdc2025.art88.training",
        ],
    ),
    // What cannot be read at all may be anything, but what is written is written.
    (
        &[("fact left \"", "}\nfact left \""), NO_RESPONSIBLE, NO_ERASURE, VAGUE],
        &["kgdc2025.art78.purpose", "stray_brace"],
        &["kgdc2025.art73.content", "kgdc2025.art88.responsible_person"],
    ),
    // A name that stands for nothing loses its sentence, not what other declarations say.
    (
        &[
            ("use     interests for", "use     intrests for"),
            NO_TERM,
            NO_RESPONSIBLE,
        ],
        &["kgdc2025.art88.responsible_person", "unknown_name"],
        &["kgdc2025.art78.storage"],
    ),
    // There is no such finding whatever is lost; one that accepts nothing may accept what is lost.
    (
        &[
            (
                "use     interests for",
                "waive unusd_noun \"катасы бар\"\n    use     intrests for",
            ),
            ("fact left \"", "waive unused_noun \"кийин\"\nfact left \""),
        ],
        &["unknown_name", "unused_waiver"],
        &["no_purpose", "unused_waiver"],
    ),
    // A name in a field of a duty loses no sentence.
    (
        &[("    of:     courier", "    of:     curier"), NO_TERM],
        &["kgdc2025.art78.storage", "unknown_name"],
        &["duty_without_owner", "kgdc2025.art88.breach_processor_48h"],
    ),
];

fn codes(found: &[Diagnostic]) -> Vec<&str> {
    let mut codes: Vec<&str> = found.iter().map(|one| one.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn a_finding_waits_only_for_what_may_hold_what_it_misses() {
    let mut wrong = String::new();
    for (edits, told, waiting) in CASES {
        let mut text = POLICY.to_owned();
        for (right, mistake) in *edits {
            assert!(text.contains(right), "{right}");
            text = text.replacen(right, mistake, 1);
        }
        let mut sources = Sources::default();
        sources.add(Source::new("policy.kup", Origin::Project, text.as_bytes()));
        kupuya::laws::add_to(&mut sources);
        let options = Options {
            today: Date {
                year: 2026,
                month: 4,
                day: 1,
            },
            law: Some("kgdc2025".to_owned()),
            levels: Vec::new(),
        };
        let analysis = pipeline::analyze(&sources, &options);
        let found = (codes(&analysis.findings), codes(&analysis.withheld));
        if found != (told.to_vec(), waiting.to_vec()) {
            wrong += &format!("{edits:?}\n    told {:?}\n    waiting {:?}\n", found.0, found.1);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
