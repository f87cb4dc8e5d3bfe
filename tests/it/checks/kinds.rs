//! Each kind of fault that published policies have and that declarations can express is found on a small project of its
//! own, and the same project without the fault is free of it. The kinds are those of docs/findings.md.

use super::run::check_with;

/// What all these projects declare; each case adds a line or two, or takes one away.
const WHOLE: &str = r#"policy shop "Дүкөндүн саясаты" {
    effective: 2025-03-01
    change_notice: 1 month
    published: site "https://example.kg"
}
controller company "«Дүкөн» ЖЧК" {
    address: "Бишкек ш., Киев көчөсү, 1"
    email: "info@example.kg"
    responsible: "А. Асанов"
}
subject buyer "Сатып алуучу"
channel office "дүкөн" is in_person
channel here "тиркеме" is app
data contacts "байланыш маалыматтары" {
    phone_no "телефон номери"
    mail_no "электрондук почта"
}
purpose delivery_here "буйрутманы жеткирүү" is delivery
purpose offers "сунуштарды жөнөтүү" is marketing
basis order "сатып алуу келишими" is contract
basis agreed "жарнамага макулдук" is consent {
    given: checkbox at here
    withdraw: settings at here
    separate: yes
    term: 3 years
    text: "Мен жарнама алууга макулмун."
    effect: "Жарнама жөнөтүлбөйт."
    refusal: "Жарнама жөнөтүлбөйт."
}
recipient couriers "жеткирүүчүлөр" is third_party in KG
right seeing "маалыматтарга жетүү" is access { channel: settings at here deadline: 5 days }
right taking "макулдукту кайтарып алуу" is withdrawal { channel: settings at here }
measure ciphers "шифрлөө" is encryption
processing work "Буйрутмалар" {
    by: company
    about: buyer
    collect contacts from buyer for delivery_here under order
    use contacts for delivery_here under order
    collect contacts.mail_no from buyer for offers under agreed
    use contacts.mail_no for offers under agreed
    share contacts.phone_no with couriers for delivery_here under order then notify buyer within 1 week
    keep contacts for 1 year under order then erase
}
"#;

/// A kind, the law it is a fault under, what is taken away, what comes in its place, and the finding.
struct Case(
    &'static str,
    Option<&'static str>,
    &'static str,
    &'static str,
    &'static str,
);

/// Added where a case needs a special category.
const FACE: &str = "data face \"жүзүнүн сүрөтү\" is biometric\n";

/// Added at the end of the project.
const END: &str = "";

const CASES: &[Case] = &[
    Case(
        "contradiction",
        None,
        END,
        "never share contacts with couriers for delivery_here",
        "conflict",
    ),
    Case(
        "contradiction of terms",
        None,
        END,
        "fact left \"кеткен\"\nfact closed \"жабылган\"\nprocessing k \"Сактоо\" {\n    about: buyer\n    under: order\n    keep contacts until left or closed then erase\n    keep contacts until left and closed then erase\n}",
        "contradicting_ends",
    ),
    Case(
        "two terms for the same data",
        None,
        "    keep contacts for 1 year under order then erase\n",
        "    keep contacts for 1 year under order then erase\n    keep contacts for 2 years under order then erase\n",
        "contradicting_ends",
    ),
    Case(
        "a part kept longer",
        None,
        END,
        "processing k \"Сактоо\" {\n    about: buyer\n    keep contacts.phone_no for 9 years under order then erase\n}",
        "kept_longer_than_parent",
    ),
    Case(
        "orphan_data",
        None,
        END,
        "processing k \"Кошумча\" {\n    about: buyer\n    collect face from buyer under order\n}",
        "data_without_purpose",
    ),
    Case(
        "undeclared_data",
        None,
        END,
        "processing k \"Кошумча\" {\n    about: buyer\n    use face for delivery_here under order\n}",
        "used_not_collected",
    ),
    Case(
        "undeclared_data given away",
        None,
        END,
        "processing k \"Кошумча\" {\n    about: buyer\n    share face with couriers for delivery_here under order\n}",
        "shared_not_collected",
    ),
    Case(
        "purpose_without_data",
        None,
        END,
        "purpose scoring \"баа берүү\" is credit_scoring",
        "purpose_without_data",
    ),
    Case(
        "purpose_outside_list",
        None,
        "    use contacts.mail_no for offers under agreed",
        "    use contacts for offers under agreed",
        "purpose_creep",
    ),
    Case(
        "undeclared_recipient",
        None,
        "with couriers",
        "with banks",
        "unknown_name",
    ),
    Case(
        "missing_recipient",
        None,
        END,
        "recipient bank_here \"банк\" is third_party in KG",
        "unused_noun",
    ),
    Case(
        "basis_without_purpose",
        None,
        END,
        "basis aml \"мыйзам\" is legal_duty",
        "unused_noun",
    ),
    Case(
        "missing_basis",
        None,
        "use contacts for delivery_here under order",
        "use contacts for delivery_here",
        "no_basis",
    ),
    Case(
        "undeclared_source",
        None,
        "collect contacts from buyer for delivery_here",
        "collect contacts for delivery_here",
        "no_source",
    ),
    Case(
        "missing_retention",
        None,
        "    keep contacts for 1 year under order then erase\n",
        "",
        "no_retention",
    ),
    Case(
        "a term after the consent",
        None,
        END,
        "processing k \"Сактоо\" {\n    about: buyer\n    keep contacts.mail_no for 9 years under agreed then erase\n}",
        "kept_after_consent",
    ),
    Case(
        "a term after the purpose",
        None,
        "is delivery\n",
        "is delivery { ends: delivered }\nfact delivered \"жеткирилген\"\nprocessing k \"Сактоо\" {\n    about: buyer\n    use contacts for delivery_here under order\n    keep contacts for 1 year after delivered under order then erase\n}\n",
        "kept_after_purpose",
    ),
    Case(
        "a part kept after its purpose",
        None,
        "is marketing\n",
        "is marketing { ends: told }\nfact told \"сунуш айтылган\"\ndata birthday \"туулган күн\"\nprocessing k \"Сактоо\" {\n    about: buyer\n    collect birthday from buyer for offers under agreed\n    use birthday for offers under agreed\n    use contacts for delivery_here under order\n    keep contacts, birthday for 1 year after told under order then erase\n}\n",
        "kept_after_purpose",
    ),
    Case(
        "kept longer than a restriction allows",
        None,
        END,
        "keep contacts only at most 1 month",
        "conflict",
    ),
    Case(
        "what recipients keep",
        None,
        "is third_party in KG\n",
        "is third_party in KG { keeps: 9 years }\n",
        "kept_by_recipient",
    ),
    Case(
        "undefined_reference",
        Some("kg2008"),
        "    term: 3 years\n",
        "",
        "kg2008.kg759.form",
    ),
    Case(
        "irrevocable_consent",
        None,
        "    withdraw: settings at here\n",
        "",
        "consent_not_withdrawable",
    ),
    Case(
        "irrevocable words",
        Some("kgdc2025"),
        "\"Мен жарнама алууга макулмун.\"",
        "\"Мен кайтарылгыс жана шартсыз макулмун.\"",
        "kgdc2025.art79.irrevocable_ban",
    ),
    Case(
        "bundled_consent",
        Some("kgdc2025"),
        "for delivery_here under order\n    collect",
        "for delivery_here under agreed\n    collect",
        "kgdc2025.art79.consent_separate",
    ),
    Case(
        "consent_method_conflict",
        Some("kgdc2025"),
        "given: checkbox at here",
        "given: checkbox at here, use_of_service at here",
        "kgdc2025.art79.consent_separate",
    ),
    Case(
        "basis_conflict",
        Some("kgdc2025"),
        "use contacts for delivery_here under order",
        "use contacts for delivery_here under order or agreed",
        "kgdc2025.art79.consent_residual",
    ),
    Case(
        "special_category",
        Some("kgdc2025"),
        END,
        "processing k \"Таануу\" {\n    about: buyer\n    collect face from buyer for delivery_here under agreed\n}",
        "kgdc2025.art80.prohibited",
    ),
    Case(
        "missing_right_procedure",
        None,
        "is access { channel: settings at here deadline: 5 days }",
        "is access",
        "right_without_channel",
    ),
    Case("missing_rights", Some("kg2008"), END, "", "kg2008.art11_13.rights"),
    Case(
        "missing_deadline",
        Some("kg2008"),
        " deadline: 5 days",
        "",
        "kg2008.art17.week",
    ),
    Case(
        "missing_contact",
        None,
        "    address: \"Бишкек ш., Киев көчөсү, 1\"\n    email: \"info@example.kg\"\n",
        "",
        "no_contact",
    ),
    Case(
        "missing_contact of a person",
        Some("kg2008"),
        "    responsible: \"А. Асанов\"\n",
        "",
        "kg2008.art30.register",
    ),
    Case(
        "missing_security",
        Some("kg2008"),
        "measure ciphers \"шифрлөө\" is encryption\n",
        "",
        "kg2008.art21.security",
    ),
    Case(
        "missing_controller",
        None,
        "controller company \"«Дүкөн» ЖЧК\" {\n    address: \"Бишкек ш., Киев көчөсү, 1\"\n    email: \"info@example.kg\"\n    responsible: \"А. Асанов\"\n}\n",
        "",
        "missing_controller",
    ),
    Case(
        "missing_effective_date",
        None,
        "    effective: 2025-03-01\n",
        "    approved: 2025-03-01\n",
        "missing_effective",
    ),
    Case(
        "undeclared_crossborder",
        None,
        "is third_party in KG\n",
        "is third_party abroad\n",
        "transfer_without_safeguard",
    ),
    Case(
        "crossborder_without_country",
        Some("kgdc2025"),
        "is third_party in KG\n",
        "is third_party abroad\n",
        "kgdc2025.art89.list_check",
    ),
    Case(
        "missing_transfer_notice",
        Some("kg2008"),
        " then notify buyer within 1 week",
        "",
        "kg2008.art24.notify",
    ),
    Case(
        "missing_breach_notice",
        Some("kgdc2025"),
        END,
        "",
        "kgdc2025.art88.breach_72h",
    ),
    Case(
        "profiling_without_safeguard",
        Some("kgdc2025"),
        END,
        "processing k \"Баалоо\" {\n    about: buyer\n    profile contacts for delivery_here under order\n}",
        "kgdc2025.art57.auto_decision",
    ),
    Case(
        "third_party_subjects",
        Some("kgdc2025"),
        END,
        "recipient friends \"достор\" is third_party in KG\nsource register \"реестр\" is state_register\nprocessing k \"Башка булак\" {\n    about: buyer\n    collect face from register for delivery_here under order\n}",
        "kgdc2025.art73.indirect_7wd",
    ),
    Case(
        "open_list",
        Some("kgdc2025"),
        "phone_no \"телефон номери\"",
        "phone_no \"телефон номери\" is open",
        "kgdc2025.art78.open_lists",
    ),
    Case(
        "vague_purpose",
        Some("kgdc2025"),
        "\"буйрутманы жеткирүү\"",
        "\"башка максаттар\"",
        "kgdc2025.art78.purpose",
    ),
    Case(
        "children_gap",
        Some("kgdc2025"),
        END,
        "subject child \"бала\" when age < 14\nprocessing k \"Балдар\" {\n    about: child\n    use contacts for delivery_here under order\n}",
        "kgdc2025.art81.closed_bases",
    ),
    Case(
        "unilateral_change",
        Some("kgdc2025"),
        "    change_notice: 1 month\n",
        "    belongs_to: \"Оферта\"\n",
        "kgdc2025.art114.agreement",
    ),
    Case(
        "channel_asymmetry",
        Some("kgdc2025"),
        "withdraw: settings at here",
        "withdraw: written_request at office",
        "kgdc2025.art79.withdraw",
    ),
    Case(
        "unused_definition",
        None,
        END,
        "term wallet \"Капчык\" \"электрондук акчанын эсеби\"",
        "unused_term",
    ),
    Case(
        "a term before its definition",
        None,
        END,
        "section one \"Биринчи бөлүм\" {\n    clause \"[wallet]тын ээси\"\n}\nsection two \"Экинчи бөлүм\" {\n    term wallet \"Капчык\" \"электрондук акчанын эсеби\"\n}",
        "term_before_definition",
    ),
    Case(
        "dangling_reference",
        None,
        "for delivery_here under order then",
        "for delivery_her under order then",
        "unknown_name",
    ),
    Case(
        "unfulfilled promise",
        None,
        END,
        "never share contacts with insurer",
        "empty_promise",
    ),
    Case(
        "passed on against a promise",
        None,
        "is third_party in KG\n",
        "is third_party in KG { onward: agencies for offers }\nrecipient agencies \"агенттиктер\" is third_party in KG\nnever share contacts with agencies\n",
        "onward_transfer",
    ),
    Case(
        "the same said twice",
        None,
        END,
        "processing k \"Дагы\" {\n    by: company\n    about: buyer\n    use contacts for delivery_here under order\n}",
        "repeated_statement",
    ),
    Case(
        "a duty of nobody",
        None,
        END,
        "duty secrecy \"сырсөздү бербөө\"",
        "duty_without_owner",
    ),
    Case(
        "repealed act",
        Some("kgdc2025"),
        "    change_notice: 1 month\n",
        "    change_notice: 1 month\n    basis_documents: \"«Жеке мүнөздөгү маалымат жөнүндө» Мыйзам\"\n",
        "kgdc2025.art77.bad_acts",
    ),
    Case(
        "unlabelled noun",
        None,
        "purpose offers \"сунуштарды жөнөтүү\"",
        "purpose offers",
        "missing_label",
    ),
];

/// Faults of which the whole project has some anyway, under these laws: they ask for what a shop need not have.
const ANYWAY: &[&str] = &[
    "kg2008.art11_13.rights",
    "kg2008.art30.register",
    "kgdc2025.art88.breach_72h",
];

#[test]
fn each_kind_is_found_on_a_project_of_its_own() {
    let mut wrong = String::new();
    for Case(kind, law, out, into, code) in CASES {
        let text = match out.is_empty() {
            true if into.contains("face") => format!("{WHOLE}{FACE}{into}\n"),
            true => format!("{WHOLE}{into}\n"),
            false => WHOLE.replacen(out, into, 1),
        };
        if !out.is_empty() && text == WHOLE {
            wrong += &format!("{kind}: nothing is changed by `{out}`\n");
        }
        let has = |text: &str| {
            check_with(text, *law, &[])
                .found
                .iter()
                .any(|found| found.code == *code)
        };
        if !has(&text) {
            wrong += &format!("{kind}: no {code} in\n{}\n", check_with(&text, *law, &[]).told());
        }
        if !ANYWAY.contains(code) && has(WHOLE) {
            wrong += &format!(
                "{kind}: {code} without the fault\n{}\n",
                check_with(WHOLE, *law, &[]).told_of(|one| one == *code)
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_page_names_each_rule_that_finds_one() {
    let page = include_str!("../../../docs/findings.md");
    let missing: Vec<&str> = CASES
        .iter()
        .map(|case| case.4)
        .filter(|code| !page.contains(&format!("`{code}`")))
        .collect();
    assert!(missing.is_empty(), "docs/findings.md does not name {missing:?}");
}
