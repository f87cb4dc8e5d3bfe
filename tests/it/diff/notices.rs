//! The notices of changes that people are given, as they were read: of edited versions of two examples.

use crate::examples::compare;
use crate::shell::kupuya;
use crate::sources::root;

use super::{Edit, edited, ogogo};

/// Promises about the young that are gone.
const TEENS: &[Edit] = &[(
    "children.kup",
    "    @no_offers_to_teens\n    never process any about teen for offers\n    @no_profiles_of_teens\n    never profile any about teen\n",
    "",
)];

/// A recipient in another country; nothing else is said otherwise.
const MOVED: &[Edit] = &[("recipients.kup", "cloud_provider in KG", "cloud_provider in KZ")];

/// The example, the name of the golden, the edits.
const NOTICES: &[(&str, &str, &[Edit])] = &[
    ("ogogo", "cosmetic", ogogo::COSMETIC),
    ("ogogo", "abroad", ogogo::ABROAD),
    ("ogogo", "longer", ogogo::LONGER),
    ("modern", "teens", TEENS),
    ("modern", "moved", MOVED),
];

#[test]
fn notices_of_changes_are_as_read() {
    for (example, name, edits) in NOTICES {
        let (old, new) = (
            root().join("examples").join(example),
            edited(example, &format!("notice-{name}"), edits),
        );
        let (code, notice) = kupuya(&new, &["diff", old.to_str().unwrap(), ".", "--format", "notice"]);
        assert_eq!(code, 0, "{name}: {notice}");
        compare(&old.join(format!("golden/changes-{name}.md")), &notice);
    }
}
