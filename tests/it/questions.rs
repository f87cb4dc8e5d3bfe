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
