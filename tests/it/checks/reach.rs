//! Who can ever receive what, and what promises narrow.

use super::run::check;
use kupuya::checks::narrowing;
use kupuya::graph::onward::receipts;

const NOUNS: &str = r#"
subject user "Колдонуучу"
subject child "бала" when age < 18
data contacts "байланыштар"
purpose payments "төлөмдөр"
purpose offers "сунуштар"
basis agreed "макулдук" is consent { withdraw: settings at app }
basis aml "мыйзам" is legal_duty
fact allowed "уруксат берилген"
recipient partners "өнөктөштөр" is third_party in KG {
    onward: agencies for offers
    banks "банктар"
}
recipient agencies "агенттиктер" is third_party in KG {
    onward: clouds
}
recipient clouds "булуттар" is third_party in DE {
    safeguard: "келишим"
    onward:    agencies
}
"#;

#[test]
fn chains_follow_onward_to_the_end_and_end_on_cycles() {
    let run = check(&format!(
        "{NOUNS}processing x \"x\" {{ share contacts with partners.banks for payments under agreed }}"
    ));
    let model = &run.model;
    let told: Vec<String> = receipts(model, &run.meaning)
        .iter()
        .map(|receipt| {
            let chain = receipt.chain.iter().map(|id| model.recipients[*id].path.as_str());
            let purposes = receipt.purposes.iter().flatten();
            let purposes: Vec<&str> = purposes.map(|id| model.purposes[*id].path.as_str()).collect();
            format!("{} for {}", chain.collect::<Vec<_>>().join(" > "), purposes.join(", "))
        })
        .collect();
    assert_eq!(
        told,
        [
            "partners.banks for payments",
            "partners.banks > agencies for offers",
            "partners.banks > agencies > clouds for offers",
        ]
    );
}

#[test]
fn narrowings_are_counted_once_a_ban_with_the_facts_asked_for() {
    let run = check(&format!(
        r#"{NOUNS}processing x "x" {{
            collect contacts from user for payments under agreed or aml
            collect contacts from user for offers under agreed when age >= 18
            use     contacts for payments under agreed when allowed
        }}
        never collect contacts about child
        use contacts only when allowed
        "#
    ));
    let notes = narrowing::notes(&run.model, &run.meaning);
    let told: Vec<String> = notes
        .iter()
        .map(|note| format!("{}: {}", note.message.english(), note.labels[0].text.english()))
        .collect();
    // The grown-ups of the second way are not concerned, and the restriction asks for what the statement asks for too.
    assert_eq!(told, ["narrows 2 of 3 ways to collect: a request there must give age"]);
}
