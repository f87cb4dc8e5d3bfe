//! Questions to a policy: why, about whom, under which other law.

use std::fs;

use crate::shell::{folder, kupuya};
use crate::sources::shop;

#[test]
fn questions_are_answered() {
    let folder = folder("questions", "questions");
    fs::write(folder.join("shop.kup"), shop()).unwrap();
    let (code, why) = kupuya(&folder, &["why", "phone_no", "marketing", "--project", "shop.kup"]);
    assert!(code == 0 && why.contains("under agreed"), "{why}");
    let (code, none) = kupuya(
        &folder,
        &["why", "full_name", "marketing", "couriers", "--project", "shop.kup"],
    );
    assert!(
        code == 3 && none.contains("no clause lets full_name be given to couriers"),
        "{none}"
    );
    let (code, extract) = kupuya(&folder, &["subject", "buyer", "--project", "shop.kup"]);
    assert!(
        code == 0 && extract.contains("Маалыматтар менен эмне кылынат"),
        "{extract}"
    );
    let (code, nobody) = kupuya(&folder, &["subject", "byer", "--project", "shop.kup"]);
    assert!(code == 2 && nobody.contains("did you mean `buyer`?"), "{nobody}");
    let (_, other) = kupuya(&folder, &["what-if", "shop.kup", "--law", "gdpr"]);
    assert!(other.contains("under gdpr: "), "{other}");
    let (code, notice) = kupuya(&folder, &["diff", "shop.kup", "shop.kup", "--format", "notice"]);
    assert!(code == 0 && notice.contains("сөздөрү гана такталды"), "{notice}");
}

/// Each controller, each purpose and each recipient is asked by itself: a clause of one hides behind nothing that another lacks.
#[test]
fn why_finds_the_clauses_of_each_controller_and_purpose() {
    let folder = folder("questions", "why");
    let text = shop()
        .replacen("subject buyer", "controller sister \"«Эже» ЖЧК\"\nsubject buyer", 1)
        .replacen("    about: buyer\n", "    by: shop_llc\n    about: buyer\n", 1)
        .replacen(
            "purpose delivery  \"буйрутманы жеткирүү\" is delivery\n",
            "purpose service \"тейлөө\" {\n    delivery \"буйрутманы жеткирүү\" is delivery\n    repair \"оңдоо\"\n}\n",
            1,
        );
    fs::write(folder.join("shop.kup"), text).unwrap();
    for purpose in ["delivery", "service", "marketing"] {
        let (code, why) = kupuya(&folder, &["why", "phone_no", purpose, "--project", "shop.kup"]);
        assert!(code == 0 && why.contains("by shop_llc"), "{purpose}: {why}");
        assert!(!why.contains("by sister"), "{purpose}: {why}");
    }
    let (code, none) = kupuya(&folder, &["why", "phone_no", "repair", "--project", "shop.kup"]);
    assert!(code == 3 && none.contains("no clause lets phone_no"), "{none}");
}
