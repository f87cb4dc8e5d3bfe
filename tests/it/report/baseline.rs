//! Baselines: what is known is not shown, what is new is, what is gone is said.

use super::{MANY, analyze};
use kupuya::report::baseline::{self, Baseline};

#[test]
fn a_baseline_holds_its_findings_and_no_others() {
    let (sources, analysis) = analyze(MANY);
    let all = analysis.findings.len();
    let name = |name: &str| name.to_owned();
    let written = serde_json::to_string(&baseline::of(&sources, &analysis.findings, name)).unwrap();
    let read = || serde_json::from_str::<Baseline>(&written).unwrap();
    let left = baseline::split(read(), &sources, analysis.findings, name);
    assert_eq!((left.new.len(), left.known, left.stale.len()), (0, all, 0));

    let changed = MANY
        .replace("    use contacts for delivry under agreed\n", "")
        .replace("\nsubject", "\n\n\nsubject")
        + "data other \"Башка\" is other_kind\n";
    let (sources, analysis) = analyze(&changed);
    let left = baseline::split(read(), &sources, analysis.findings, name);
    assert!(
        left.stale.iter().any(|entry| entry.code == "unknown_name"),
        "{:?}",
        left.stale
    );
    assert!(
        left.new
            .iter()
            .all(|found| sources.text(found.place().unwrap()).contains("other")),
        "{:#?}",
        left.new
    );
    assert!(!left.new.is_empty());
}
