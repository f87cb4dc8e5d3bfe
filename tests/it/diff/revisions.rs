//! The command on the disk, on bundles and on revisions of git.

use std::fs;

use crate::shell::{folder, git, kupuya};
use crate::sources::shop;

/// A repository with a policy, and the same with a statement more on the disk.
fn repository(name: &str) -> std::path::PathBuf {
    let folder = folder("diff", name);
    let policy = folder.join("policies/shop");
    fs::create_dir_all(&policy).unwrap();
    fs::write(policy.join("kupuya.toml"), "name = \"shop\"\nsources = [\"*.kup\"]\n").unwrap();
    fs::write(policy.join("shop.kup"), shop()).unwrap();
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-q", "-m", "first"]);
    let more = "    use     contacts for marketing under agreed\n    keep ";
    fs::write(
        policy.join("shop.kup"),
        shop()
            .replacen("    keep ", more, 1)
            .replace("2025-09-01", "2026-01-01"),
    )
    .unwrap();
    folder
}

#[test]
fn revisions_folders_and_bundles_say_the_same() {
    let folder = repository("revisions");
    let (code, by_option) = kupuya(&folder, &["diff", "--git", "HEAD", "policies/shop"]);
    assert_eq!(code, 0, "{by_option}");
    assert!(by_option.contains("widened: ask for consent again\n"), "{by_option}");
    assert!(
        by_option.contains("  use contacts.full_name about buyer for marketing\n"),
        "{by_option}"
    );
    let (_, by_name) = kupuya(&folder, &["diff", "HEAD:policies/shop", "policies/shop"]);
    assert_eq!(by_name, by_option);
    // From inside, too.
    let (_, inside) = kupuya(&folder.join("policies"), &["diff", "--git", "HEAD", "shop"]);
    assert_eq!(inside, by_option);
    git(&folder, &["commit", "-q", "-a", "-m", "second"]);
    let (_, both) = kupuya(&folder, &["diff", "HEAD~1:policies/shop", "HEAD:policies/shop"]);
    assert_eq!(both, by_option);
    for (name, rev) in [("old.kupb", "HEAD~1"), ("new.kupb", "-")] {
        git(&folder, &["checkout", "-q", rev]);
        let (code, out) = kupuya(&folder, &["build", "policies/shop", "-o", name]);
        assert_eq!(code, 0, "{out}");
    }
    let (_, bundles) = kupuya(&folder, &["diff", "old.kupb", "new.kupb"]);
    // A bundle does not carry how long before people are told.
    let (before, rest) = bundles
        .split_once("how long before people are told is not known")
        .unwrap();
    let (_, rest) = rest.split_once('\n').unwrap();
    assert_eq!([before, rest].concat(), by_option);
    let (_, told) = kupuya(&folder, &["diff", "old.kupb", "new.kupb", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert!(json["announced"].is_null(), "{told}");
}

#[test]
fn formats_and_exit_codes() {
    let folder = repository("formats");
    let diff = |more: &[&str]| kupuya(&folder, &[&["diff", "--git", "HEAD", "policies/shop"], more].concat());
    assert_eq!(diff(&["--exit-code"]).0, 1);
    assert_eq!(diff(&["--exit-code=reconsent"]).0, 1);
    let same = kupuya(
        &folder,
        &["diff", "policies/shop", "policies/shop", "--exit-code=change"],
    );
    assert_eq!(same.0, 0, "{}", same.1);
    assert!(same.1.contains("both versions are the same"), "{}", same.1);
    let (_, markdown) = diff(&["--format", "markdown"]);
    assert!(
        markdown.contains("| `buyer` | `agreed` | `marketing` | ask for consent again |"),
        "{markdown}"
    );
    let (_, json) = diff(&["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["verdict"], "reconsent");
    assert_eq!(json["changes"][0]["kind"], "widened");
    assert_eq!(json["changes"][0]["witness"]["verdict_after"], "allow");
    let (_, kyrgyz) = diff(&["--language", "ky"]);
    assert!(kyrgyz.contains("макулдук кайра суралышы керек"), "{kyrgyz}");
}

#[test]
fn what_cannot_be_compared_is_told() {
    let folder = repository("refused");
    let (code, out) = kupuya(&folder, &["diff", "--git", "nowhere", "policies/shop"]);
    assert_eq!((code, out.as_str()), (2, "kupuya: `git` knows no revision `nowhere`\n"));
    let (code, out) = kupuya(&folder, &["diff", "--git", "--output=x", "policies/shop"]);
    assert_eq!(code, 2, "{out}");
    assert!(!folder.join("x").exists());
    let (code, out) = kupuya(&folder, &["diff", "HEAD:nowhere", "policies/shop"]);
    assert_eq!(code, 2, "{out}");
    assert!(out.contains("cannot read nowhere"), "{out}");
    fs::write(folder.join("broken.kup"), "policy x {\n").unwrap();
    let (code, out) = kupuya(&folder, &["diff", "broken.kup", "policies/shop"]);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("nothing was compared"), "{out}");
}
