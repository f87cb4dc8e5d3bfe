//! For each rule a change to the compliant policy that breaks it.

use super::{COMPLIANT, breaks, german, under};

const LONG: &str = "Мен ушул аркылуу дүкөнгө менин атымды, жөнүмдү, телефон номеримди, дарегимди, буйрутмаларымды, \
    кызыккан товарларымды, сайтка киргендеримди, түзмөгүмдү, жайгашкан жеримди, төлөмдөрүмдү, каттарымды, \
    пикирлеримди, сүрөттөрүмдү, үнүмдү, билимимди, ишимди, үй-бүлөмдү, унаамды, мүлкүмдү, кирешемди, салыктарымды, \
    карыздарымды, насыяларымды, камсыздандырууларымды, сапарларымды, достук байланыштарымды, балдарымды, \
    туугандарымды, кошуналарымды, кесиптештеримди, мугалимдеримди, дарыгерлеримди жана башка бардык маалыматтарымды \
    чогултууга, сактоого, иштеп чыгууга, өткөрүп берүүгө жана жарнамалык каттарды жөнөтүүгө макулмун";
const TEXT: &str = "Мага жарнамалык каттарды жөнөтүүгө макулмун";
const NETWORK: &str = "source network \"ачык тармак\" is public_source\nfact left";
const PAPER: &str = "source network \"кагаз анкета\" is paper_source, person\nfact left";
const SECOND: &str = "controller second \"«Экинчи» ЖЧК\" {\n    country: KG\n    address: \"Ош ш.\"\n}\nsubject buyer";

#[test]
fn each_rule_of_the_digital_code_can_be_broken() {
    breaks(
        "kgdc2025",
        COMPLIANT,
        &[
            ("art77.scope", &[("is tax_accounting", "is household")]),
            (
                "art77.bad_acts",
                &[(
                    "cites:   \"Салык кодекси\"",
                    "cites:   \"«Жеке маалымат жөнүндө» Мыйзам\"",
                )],
            ),
            ("art78.lawful_fair_open", &[("under: agreed", "")]),
            (
                "art78.purpose",
                &[("\"жарнамалык каттарды жөнөтүү\"", "\"башка максаттарда колдонуу\"")],
            ),
            (
                "art78.minimise",
                &[(
                    "    collect interests from buyer for letters\n    use     interests for letters\n",
                    "",
                )],
            ),
            (
                "art78.open_lists",
                &[("is preference, optional", "is preference, optional, open")],
            ),
            ("art78.accuracy", &[("is rectification", "is blocking")]),
            ("art78.storage", &[("for 6 years then erase", "for 6 years")]),
            (
                "art78.accountable",
                &[
                    ("is operations_log", "is backup"),
                    ("is processing_records", "is backup"),
                    ("is consent_record", "is backup"),
                ],
            ),
            ("art79.basis_required", &[("is statute", "is made_public")]),
            (
                "art79.consent_residual",
                &[
                    ("is advertising_consent", "is consent"),
                    (
                        "interests for letters\n    keep",
                        "interests for letters under agreed or sale\n    keep",
                    ),
                ],
            ),
            ("art79.consent_separate", &[("separate: yes", "separate: no")]),
            ("art79.consent_plain", &[(TEXT, LONG)]),
            ("art79.consent_quality", &[("is consent_record", "is logging")]),
            (
                "art79.withdraw",
                &[("withdraw: tap at site", "withdraw: written_request at site")],
            ),
            ("art79.irrevocable_ban", &[(TEXT, "Макулдук кайтарылгыс")]),
            ("art79.representative", &[("when age >= 18", "when age < 18")]),
            (
                "art80.prohibited",
                &[("is preference, optional", "is health, optional")],
            ),
            (
                "art80.safeguards",
                &[("is preference, optional", "is health, optional")],
            ),
            (
                "art80.face_photo",
                &[
                    ("\"кызыккан товарлар\" is preference", "\"жүзүнүн сүрөтү\" is photo"),
                    ("is direct_marketing", "is identification"),
                ],
            ),
            (
                "art48.state_biometrics",
                &[
                    ("is preference", "is fingerprint"),
                    ("is direct_marketing", "is kgdc2025.search_one_to_many"),
                ],
            ),
            ("art81.interest", &[("when age >= 18", "when age < 18")]),
            ("art81.closed_bases", &[("when age >= 18", "when age < 18")]),
            (
                "art81.age14",
                &[
                    ("when age >= 18", "when age < 14"),
                    ("is advertising_consent", "is capacity_consent"),
                ],
            ),
            ("art81.plain", &[("when age >= 18", "when age < 18")]),
            ("art81.measures", &[("when age >= 18", "when age < 18")]),
            (
                "art73.content",
                &[("    address:     \"Бишкек ш., Чүй проспекти, 1\"\n", "")],
            ),
            (
                "art73.before_collection",
                &[("is notice_at_collection", "is recipient_notice")],
            ),
            (
                "art73.indirect_7wd",
                &[
                    ("fact left", NETWORK),
                    ("interests from buyer", "interests from network"),
                ],
            ),
            (
                "art73.request_7wd",
                &[(
                    "is access {\n    channel:  electronic_request at site\n    deadline: 5",
                    "is access {\n    channel:  electronic_request at site\n    deadline: 8",
                )],
            ),
            ("art73.plain", &[(TEXT, LONG)]),
            ("art74.limits", &[("except:   state_secret", "except:   others_rights")]),
            ("art71.unfair", &[("is preference, optional", "is preference")]),
            (
                "art75.rectify",
                &[(
                    "is rectification {\n    channel:  electronic_request at site\n    deadline: 5",
                    "is rectification {\n    channel:  electronic_request at site\n    deadline: 8",
                )],
            ),
            ("art76.portability", &[("is portability", "is blocking")]),
            ("art83.erase", &[("deadline: 0 days", "deadline: 3 days")]),
            (
                "art84.object",
                &[(
                    "is objection {\n    channel:  electronic_request at site\n    deadline: 5",
                    "is objection {\n    channel:  electronic_request at site\n    deadline: 8",
                )],
            ),
            ("art85.restrict", &[("1 working day", "3 working days")]),
            ("art57.auto_decision", &[("use     interests", "profile interests")]),
            ("art60.optout_messages", &[("is unsubscribe", "is blocking")]),
            (
                "art132.telecom_ads",
                &[(
                    "interests for letters\n    keep",
                    "interests for letters under sale\n    keep",
                )],
            ),
            ("art44.contact", &[("is delivery", "is legal_notice")]),
            (
                "art50.anonymise",
                &[(
                    "    use     interests",
                    "    anonymise interests\n    use     interests",
                )],
            ),
            ("art118.exit", &[("within: 1 year", "within: 2 years")]),
            (
                "art70.bigdata",
                &[("is delivery", "is big_data"), ("is erasure", "is blocking")],
            ),
            (
                "art86.processor_contract",
                &[("is operation_records", "is prior_permission")],
            ),
            (
                "art86.same_basis",
                &[(
                    "address with courier for selling under sale",
                    "address with courier for books under tax_law",
                )],
            ),
            (
                "art86.subprocessor",
                &[(
                    "    contract: \"2026",
                    "    onward: agency for selling\n    contract: \"2026",
                )],
            ),
            ("art38.instruction", &[(", listed_operations", "")]),
            (
                "art87.joint",
                &[("subject buyer", SECOND), ("by:    company", "by:    company, second")],
            ),
            (
                "art91.paper",
                &[("fact left", PAPER), ("interests from buyer", "interests from network")],
            ),
            ("art82.dpia_trigger", &[("use     interests", "profile interests")]),
            ("art82.dpia_content", &[("is staff_training", "is impact_assessment")]),
            (
                "art88.design",
                &[("is privacy_by_design, privacy_by_default", "is privacy_by_default")],
            ),
            ("art88.log_ops", &[("is operations_log", "is backup")]),
            ("art88.responsible_person", &[("    responsible: \"А. Асанова\"\n", "")]),
            ("art88.training", &[("is staff_training", "is backup")]),
            ("art88.levels", &[("is protection_level", "is backup")]),
            ("art88.breach_72h", &[("within: 72 hours", "within: 96 hours")]),
            (
                "art88.breach_processor_48h",
                &[("within: 24 hours", "within: 72 hours")],
            ),
            ("art88.breach_content", &[("is incident_remedy", "is backup")]),
            ("art89.list_check", &[("is processor in KG", "is processor abroad")]),
            ("art89.derogation", &[("is state_body in KG", "is state_body in DE")]),
            ("art90.regulator", &[("is regulator", "is state_body")]),
            ("art196.ai_disclosure", &[("is delivery", "is ai_interaction")]),
            (
                "art124.wellbeing",
                &[
                    ("is payment_history", "is kgdc2025.wellbeing_record"),
                    ("is statute", "is legitimate_interest"),
                ],
            ),
            ("art114.agreement", &[("2 months", "10 days")]),
        ],
        // No statement can combine; a policy without any measure stands below.
        &["art39_40.identity", "art78.security"],
        &[
            "art77.scope",
            "art77.bad_acts",
            "art78.lawful_fair_open",
            "art78.purpose",
            "art78.minimise",
            "art78.open_lists",
            "art79.basis_required",
            "art79.consent_residual",
            "art79.consent_plain",
            "art79.irrevocable_ban",
            "art79.representative",
            "art80.prohibited",
            "art80.face_photo",
            "art48.state_biometrics",
            "art81.closed_bases",
            "art81.age14",
            "art73.plain",
            "art74.limits",
            "art132.telecom_ads",
            "art44.contact",
            "art86.same_basis",
            "art89.list_check",
            "art89.derogation",
            "art124.wellbeing",
        ],
    );
}

#[test]
fn each_rule_of_the_regulation_can_be_broken() {
    const NO_RULE: &str = "is blocking";
    const TRANSFER: &str = "is state_body in RU";
    breaks(
        "gdpr",
        &german(),
        &[
            ("art5.lawfulness", &[("under: agreed", "")]),
            (
                "art5.purpose",
                &[("\"жарнамалык каттарды жөнөтүү\"", "\"башка максаттарда колдонуу\"")],
            ),
            (
                "art5.minimisation",
                &[("is preference, optional", "is preference, optional, open")],
            ),
            ("art5.accuracy", &[("is rectification", NO_RULE)]),
            ("art5.storage", &[("for 6 years then erase", "for 6 years")]),
            (
                "art5.accountability",
                &[
                    ("is operations_log", "is backup"),
                    ("is processing_records", "is backup"),
                    ("is consent_record", "is backup"),
                ],
            ),
            ("art6.basis", &[("is statute", "is made_public")]),
            ("art6.balance", &[("is statute", "is legitimate_interest")]),
            ("art7.proof", &[("is consent_record", "is logging")]),
            ("art7.distinguishable", &[("separate: yes", "separate: no")]),
            (
                "art7.withdrawal",
                &[("withdraw: tap at site", "withdraw: written_request at site")],
            ),
            (
                "art7.no_tying",
                &[(
                    "interests for letters\n    keep",
                    "interests for letters, selling\n    keep",
                )],
            ),
            ("art8.child", &[("when age >= 18", "when age < 13")]),
            (
                "art8.verification",
                &[("is advertising_consent", "is guardian_consent")],
            ),
            ("art9.special", &[("is preference, optional", "is health, optional")]),
            (
                "art10.criminal",
                &[("is preference, optional", "is criminal, optional")],
            ),
            (
                "art12.time",
                &[(
                    "is access {\n    channel:  electronic_request at site\n    deadline: 5 working days",
                    "is access {\n    channel:  electronic_request at site\n    deadline: 2 months",
                )],
            ),
            ("art12.plain", &[(TEXT, LONG)]),
            (
                "art13.notice",
                &[("    address:     \"Бишкек ш., Чүй проспекти, 1\"\n", "")],
            ),
            (
                "art13.interests",
                &[(
                    "basis tax_law \"Салык кодекси\" is statute",
                    "basis tax_law is legitimate_interest",
                )],
            ),
            (
                "art14.source",
                &[
                    ("fact left", NETWORK),
                    ("interests from buyer", "interests from network"),
                ],
            ),
            ("art15.access", &[("is access", NO_RULE)]),
            ("art16.rectification", &[("is rectification", NO_RULE)]),
            ("art17.erasure", &[("is erasure", NO_RULE)]),
            ("art18.restriction", &[("is restriction", NO_RULE)]),
            ("art19.recipients", &[("is recipient_notice", "is cooperation")]),
            ("art20.portability", &[("is portability", NO_RULE)]),
            (
                "art21.objection",
                &[("is statute", "is legitimate_interest"), ("is objection", NO_RULE)],
            ),
            (
                "art21.marketing",
                &[("is unsubscribe", NO_RULE), ("is objection", NO_RULE)],
            ),
            (
                "art22.automated",
                &[
                    ("is direct_marketing", "is automated_decision"),
                    ("use     interests", "profile interests"),
                ],
            ),
            ("art22.human", &[("is direct_marketing", "is automated_decision")]),
            (
                "art25.design",
                &[("is privacy_by_design, privacy_by_default", "is privacy_by_default")],
            ),
            (
                "art26.joint",
                &[("subject buyer", SECOND), ("by:    company", "by:    company, second")],
            ),
            ("art28.processor", &[("is return_or_erase", "is operation_records")]),
            ("art28.audit", &[(", audit_support", "")]),
            (
                "art28.subprocessor",
                &[(
                    "    contract: \"2026",
                    "    onward: agency for selling\n    contract: \"2026",
                )],
            ),
            ("art30.records", &[("is processing_records", "is backup")]),
            ("art32.security", &[("is encryption_in_transit", "is backup")]),
            ("art33.breach_72h", &[("within: 72 hours", "within: 96 hours")]),
            ("art33.processor", &[("of:     courier", "of:     company")]),
            ("art33.content", &[("is incident_remedy", "is backup")]),
            (
                "art34.subjects",
                &[("is subject_breach_notice", "is notice_at_collection")],
            ),
            ("art35.dpia_trigger", &[("use     interests", "profile interests")]),
            ("art35.dpia_content", &[("is staff_training", "is impact_assessment")]),
            (
                "art37.officer",
                &[
                    ("is preference, optional", "is health, optional"),
                    ("    responsible: \"А. Асанова\"\n", ""),
                ],
            ),
            ("art44.transfer", &[("is state_body in DE", TRANSFER)]),
            ("art46.safeguard", &[("is state_body in DE", TRANSFER)]),
            ("art77.complaint", &[("is regulator", "is state_body")]),
        ],
        // One version alone cannot be widened; a policy without any measure stands below.
        &["art5.security", "art6.compatibility"],
        &[
            "art5.lawfulness",
            "art5.purpose",
            "art5.minimisation",
            "art6.basis",
            "art7.no_tying",
            "art8.child",
            "art9.special",
            "art10.criminal",
            "art12.plain",
            "art22.automated",
            "art44.transfer",
        ],
    );
}

/// The same shop under the law of 2008: other bases, signed consents, notices of transfer, an entry in the register.
fn older() -> String {
    const CONSENT: &str = "given:    checkbox at site\n    withdraw: tap at site\n";
    const SIGNED: &str = "given:    simple_signature at site\n    withdraw: tap at site, written_request at site\n    term:     1 year\n";
    let block = "right block   \"маалыматтарды бөгөттөө\" is blocking {\n    channel: electronic_request at site\n}\nright oppose";
    COMPLIANT
        .replace("is contract {", "is legitimate_interest {")
        .replace(
            "\"Салык кодекси\" is statute",
            "\"Салык кодекси\" is kg2008.state_request",
        )
        .replace(CONSENT, SIGNED)
        .replace("deadline: 5 working days", "deadline: 5 days")
        .replace("    except:   state_secret\n", "")
        .replace("right oppose", block)
        .replace(
            "under tax_law\n    keep",
            "under tax_law then notify buyer within 1 week\n    keep",
        )
        .replace(
            "measure tls ",
            "measure entry     \"реестрде каттоо\" is registry_entry\nmeasure tls ",
        )
}

#[test]
fn the_law_of_2008_can_be_followed() {
    let (_, found, sources) = under("kg2008", &older());
    assert_eq!(super::told(&found, &sources), "");
}

#[test]
fn each_rule_of_the_law_of_2008_can_be_broken() {
    breaks(
        "kg2008",
        &older(),
        &[
            (
                "art4.purpose",
                &[(
                    "    collect interests from buyer for letters\n    use     interests for letters\n",
                    "",
                )],
            ),
            (
                "art4.policy",
                &[("    published:     site \"https://shop.example/privacy\"\n", "")],
            ),
            ("art5.bases", &[("is legitimate_interest {", "is contract {")]),
            (
                "art6.confidentiality",
                &[(
                    "    use     interests for letters\n",
                    "    use     interests for letters\n    publish interests for letters under sale\n",
                )],
            ),
            (
                "art8.special",
                &[
                    ("is preference, optional", "is health, optional"),
                    (
                        "collect interests from buyer for letters",
                        "collect interests from buyer for letters under sale",
                    ),
                ],
            ),
            ("art9.form", &[("simple_signature at site", "checkbox at site")]),
            ("art9.withdraw", &[(", written_request at site", "")]),
            ("art9.effect", &[("    effect:   \"Каттар жөнөтүлбөй калат.\"\n", "")]),
            (
                "art10.holder",
                &[("    address:     \"Бишкек ш., Чүй проспекти, 1\"\n", "")],
            ),
            ("art10.basis", &[("    under: agreed\n", "")]),
            ("art10.information", &[("is information", "is complaint")]),
            ("art11_13.rights", &[("is blocking", "is complaint")]),
            (
                "art15.limits",
                &[("is access {\n", "is access {\n    except:   state_secret\n")],
            ),
            (
                "art17.week",
                &[(
                    "is access {\n    channel:  electronic_request at site\n    deadline: 5 days",
                    "is access {\n    channel:  electronic_request at site\n    deadline: 9 days",
                )],
            ),
            (
                "art24.ground",
                &[("tax_office for books under tax_law", "tax_office for books under sale")],
            ),
            ("art24.notify", &[(" then notify buyer within 1 week", "")]),
            ("art24.notify_week", &[("within 1 week", "within 3 weeks")]),
            ("art25.abroad", &[("is state_body in KG", "is state_body in DE")]),
            ("art26.destroy", &[("for 6 years then erase", "for 6 years")]),
            ("art30.register", &[("is registry_entry", "is backup")]),
            ("kg759.form", &[("    term:     1 year\n", "")]),
        ],
        // A policy without any measure stands below.
        &["art21.security"],
        &[
            "art4.purpose",
            "art5.bases",
            "art6.confidentiality",
            "art8.special",
            "art9.form",
            "art10.basis",
            "art15.limits",
            "art24.ground",
            "art25.abroad",
        ],
    );
}

/// A policy with no line of its measures left.
fn without_measures(policy: &str) -> String {
    let mut inside = false;
    let kept = policy.lines().filter(|line| {
        let measure = line.starts_with("measure ");
        let gone = measure || inside;
        inside = measure && line.ends_with('{') || inside && *line != "}";
        !gone
    });
    kept.flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn each_law_asks_for_measures() {
    let laws = [
        ("kgdc2025", COMPLIANT.to_owned(), "art78.security"),
        ("gdpr", german(), "art5.security"),
        ("kg2008", older(), "art21.security"),
    ];
    for (law, policy, name) in laws {
        let code = format!("{law}.{name}");
        let found = |policy: &str| {
            let (_, found, _) = under(law, policy);
            found.iter().any(|finding| finding.code == code)
        };
        assert!(!found(&policy), "{code} with measures");
        assert!(found(&without_measures(&policy)), "{code} without measures");
    }
}
