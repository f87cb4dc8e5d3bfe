//! A name and all places where it stands: one symbol, whichever tables of the compiler it is in, and renamed as one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kupuya::source::Origin;
use kupuya_lsp::analyst::Analyst;
use kupuya_lsp::features::rename;
use kupuya_lsp::proto::{Position, WorkspaceEdit};
use kupuya_lsp::snapshot::Snapshot;
use kupuya_lsp::view::View;
use kupuya_lsp::workspace::{State, path_of};
use serde_json::{Value, json};

use crate::client::{Client, example, folder, position};

/// A project with what examples seldom have: names that end alike in two groups, a prose full of names, house rules.
pub const RICH: &[(&str, &str)] = &[
    (
        "kupuya.toml",
        "sources = [\"policy.kup\", \"work.kup\"]\npacks = [\"house.kup\"]\n",
    ),
    (
        "house.kup",
        r#"law house "Компаниянын ички эрежелери" {
    family: house
    home:   KG
    from:   2022-01-01
    cites:  "Ички тартип"
}

rule house.phones "телефон керек" is warning cites "1" verified text {
    why: "байланыш болсун"
    each controller must have phone
}
"#,
    ),
    (
        "policy.kup",
        r#"policy rich "Бай саясат" {
    effective: 2025-09-01
    law:       kg, house
    covers:    site "https://rich.example"
    changes:   push at app_shop
}

controller firm "«Фирма» ЖЧК" {
    alias:   "Компания"
    address: "Бишкек ш., 1"
    email:   "info@rich.example"
}

subject buyer "Сатып алуучу" when age >= 18
subject teen  "өспүрүм" when age 14..17

channel app_shop "мобилдик тиркеме" is app

fact allowed_contacts "уруксат берилген"
fact closed           "эсеп жабылган"

section choice "Тандоо бөлүмү" {
    data identity "инсандык маалыматтар" {
        full_name "аты-жөнү" is person_name
        passport  "паспорт" is id_document {
            series "сериясы"
            number "номери"
        }
    }
    data contacts "байланыштар" {
        телефон "телефон номери" is telephone_number
        email   "почтасы" is mail_address
    }
    data letters "каттары" {
        series "каттардын сериясы"
    }
    clause promise {
        text:
            | [firm] [buyer]нун [contacts.телефон]ин сактайт.
            | [identity.passport.series] жана [letters.series] өзүнчө.
        covers: identity, contacts.телефон, identity.passport.series
    }
}

purpose payments "төлөмдөрдү жүргүзүү" is payment {
    mobile "байланыш үчүн төлөө"
    fines  "айып пулдарды төлөө"
}
purpose offers "сунуштарды жөнөтүү" is marketing

basis order  "сатып алуу келишими" is contract
basis agreed "макулдук" is consent {
    given:    checkbox at app_shop
    withdraw: tap at app_shop
    deadline: 3 days
}

source book "телефон китепчеси" is device_permission

recipient banks "банктар" is third_party in KG
recipient partners "өнөктөштөр" is third_party in KZ {
    safeguard: "шарттар"
    onward:    banks for payments
}

measure ciphers "шифрлөө" is encryption {
    protects: identity.passport, letters.series
    by:       firm
}
duty secrecy "паролду эч кимге бербөө" {
    of: buyer
    to: firm
}
"#,
    ),
    (
        "work.kup",
        r#"processing main "Негизги" {
    by:    firm
    about: buyer
    under: order

    collect identity, letters from buyer for payments
    collect identity.full_name from banks for payments
    collect contacts from book for payments, offers when allowed_contacts
    use     identity.passport.series, letters.series for payments.fines
    use     contacts.телефон for offers under agreed or order when allowed_contacts and not closed
    share   identity.full_name with banks, partners for mobile
        then notify buyer within 7 working days
    keep    identity, letters for 3 years after closed then erase
    keep    contacts until closed at most 5 years then anonymise
}

@no_partners
never share contacts with partners
@only_order
use letters only for payments or under agreed
waive conflict with @no_partners "сыноо"
never publish any except letters about teen

scenario "биринчи" {
    allow use identity.passport.series about buyer for fines given order
    deny forbidden share contacts.телефон with partners for offers about buyer
    deny unmet use contacts.телефон about buyer for offers given order, not allowed_contacts
    allow use телефон about buyer for offers given agreed, allowed_contacts, not closed
}
"#,
    ),
];

fn state(folder: &Path) -> State {
    let mut state = State {
        folders: vec![folder.to_owned()],
        ..State::default()
    };
    state.snapshots = Analyst::default().analyse(&state);
    state
}

fn snapshot(state: &State) -> &Arc<Snapshot> {
    assert_eq!(state.snapshots.len(), 1);
    state.snapshots.values().next().unwrap()
}

/// What a project says, without its names: findings, what the scenarios come to, the notice.
fn told(snapshot: &Snapshot) -> (Vec<String>, Vec<(usize, usize)>, String) {
    let findings = snapshot.analysis.findings.iter().map(|found| {
        let place = found.place().map(|place| {
            let source = snapshot.sources.get(place.source).unwrap();
            (
                source.name.rsplit('/').next().unwrap().to_owned(),
                source.line_column(place.start).0,
            )
        });
        format!("{} {place:?}", found.code)
    });
    let scenarios = snapshot.scenarios().expect("a bundle");
    let scenarios = scenarios.iter().map(|ran| (ran.passed, ran.failed.len()));
    let look = &snapshot.frame.look;
    let notice = kupuya::pipeline::document(&snapshot.analysis, look);
    let text = kupuya::notice::render::text(&notice);
    (findings.collect(), scenarios.collect(), text)
}

/// Every noun of the project at once gets another name, by the places that a rename of each would change.
fn all_renamed(folder: &tempfile::TempDir) {
    let before = state(folder.path());
    let known = snapshot(&before);
    let mut texts: BTreeMap<PathBuf, String> = BTreeMap::new();
    let mut edits: BTreeMap<(PathBuf, usize), (usize, String)> = BTreeMap::new();
    let mut renamed = 0;
    for (noun, common) in known.nouns().filter(|(_, common)| common.origin == Origin::Project) {
        let at = |span: kupuya::source::Span| {
            let view = View::of(&before, known.path(span.source).unwrap()).unwrap();
            let position = view.range(span).start;
            rename::steps(&view, position).unwrap_or_else(|| panic!("{} at {span:?}", common.path))
        };
        let steps = at(common.name_span);
        assert!(!steps.is_empty(), "{}", common.path);
        for one in known.of(noun).filter(|one| known.path(one.span.source).is_some()) {
            assert_eq!(at(one.span), steps, "{} at a use", common.path);
        }
        for step in steps {
            let path = known.path(step.source).unwrap().to_owned();
            let text = &known.sources.get(step.source).unwrap().text;
            texts.entry(path.clone()).or_insert_with(|| text.clone());
            let new = format!("{}_өзгөрдү", common.name);
            let twice = edits.insert((path, step.start as usize), (step.end as usize, new));
            assert!(twice.is_none(), "{} is two names: {twice:?}", common.path);
        }
        renamed += 1;
    }
    assert!(renamed > 20, "{renamed}");
    for ((path, start), (end, new)) in edits.iter().rev() {
        texts.get_mut(path).unwrap().replace_range(*start..*end, new);
    }
    let was = told(known);
    for (path, text) in texts {
        std::fs::write(path, text).unwrap();
    }
    let after = state(folder.path());
    assert_eq!(told(snapshot(&after)), was);
}

#[test]
fn every_noun_of_a_rich_project_is_renamed_whole() {
    all_renamed(&folder(RICH));
}

#[test]
fn every_noun_of_an_example_is_renamed_whole() {
    all_renamed(&example("modern"));
}

fn refused(view: &View, position: Position, new: &str) -> String {
    rename::rename(view, position, new).unwrap_err().message.into_owned()
}

fn count(edit: Option<WorkspaceEdit>) -> usize {
    edit.unwrap().changes.unwrap().values().map(Vec::len).sum()
}

#[test]
fn a_name_that_would_hide_another_is_refused() {
    let folder = folder(&[(
        "shop.kup",
        "policy shop \"Дүкөн\" {\n    effective: 2025-09-01\n}\n\ndata account \"эсеп\"\npurpose delivery \"жеткирүү\"\nnever collect location\nnever use account for delivery\n",
    )]);
    let state = state(folder.path());
    let path = folder.path().join("shop.kup");
    let uri = kupuya_lsp::proto::Uri::from_file_path(&path).unwrap();
    let view = View::of(&state, &path_of(&uri)).unwrap();
    let at = Position::new(4, 6);
    let why = refused(&view, at, "location");
    assert!(
        why.contains("in line 7 of shop.kup") && why.contains("of the base taxonomy"),
        "{why}"
    );
    assert!(refused(&view, at, "delivery").contains("taken"));
    assert!(refused(&view, at, "or").contains("word of the language"));
    assert!(refused(&view, at, "a b").contains("no name"));
    assert_eq!(count(rename::rename(&view, at, "wallet").unwrap()), 2);
}

async fn rich() -> (tempfile::TempDir, Client, String, String) {
    let folder = folder(RICH);
    let mut client = Client::start(folder.path(), json!({})).await;
    let policy = client.open("policy.kup").await;
    let work = client.open("work.kup").await;
    (folder, client, policy, work)
}

fn words(found: &Value) -> Vec<(String, u64)> {
    let places = found.as_array().unwrap().iter();
    let word = |place: &Value| {
        let file = place["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        (file, place["range"]["start"]["line"].as_u64().unwrap())
    };
    places.map(word).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_party_is_one_symbol() {
    let (_folder, mut client, policy, work) = rich().await;
    let declared = client
        .at("textDocument/hover", "policy.kup", &policy, "banks \"", 1)
        .await;
    let used = client
        .at("textDocument/hover", "work.kup", &work, "with banks", 6)
        .await;
    let source = client
        .at("textDocument/hover", "work.kup", &work, "from banks", 6)
        .await;
    assert_eq!(declared["contents"], used["contents"]);
    assert_eq!(declared["contents"], source["contents"]);
    let text = declared["contents"]["value"].as_str().unwrap();
    assert!(text.contains("recipient banks") && text.contains("full_name"), "{text}");
    let found = client.ask("workspace/symbol", json!({"query": "banks"})).await;
    assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
    let half = work.replace(
        "    use     identity",
        "    collect letters from \n    use     identity",
    );
    let change = json!({
        "textDocument": {"uri": client.uri("work.kup"), "version": 2},
        "contentChanges": [{"text": half}],
    });
    client.tell("textDocument/didChange", change).await;
    let list = client
        .at("textDocument/completion", "work.kup", &half, "letters from \n", 13)
        .await;
    let items = list["items"].as_array().unwrap();
    for party in ["banks", "buyer", "firm"] {
        assert_eq!(items.iter().filter(|item| item["label"] == party).count(), 1, "{party}");
    }
    let item = client
        .at(
            "textDocument/prepareCallHierarchy",
            "policy.kup",
            &policy,
            "banks \"",
            1,
        )
        .await[0]
        .clone();
    let to = client.ask("callHierarchy/outgoingCalls", json!({"item": item})).await;
    assert!(to.to_string().contains("identity.full_name"), "{to}");
    let from = client.ask("callHierarchy/incomingCalls", json!({"item": item})).await;
    assert!(from.to_string().contains("identity.full_name"), "{from}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_of_a_path_is_a_name() {
    let (_folder, mut client, policy, work) = rich().await;
    let mark = "identity.passport.series, letters";
    for (into, name) in [(2, "identity"), (11, "passport"), (20, "series")] {
        let declared = match name {
            "identity" => position(&policy, "identity \"", 0),
            "passport" => position(&policy, "passport  ", 0),
            _ => position(&policy, "series \"сериясы\"", 0),
        };
        let to = client
            .at("textDocument/definition", "work.kup", &work, mark, into)
            .await;
        assert_eq!(to["range"]["start"], declared, "{name}");
        let prepared = client
            .at("textDocument/prepareRename", "work.kup", &work, mark, into)
            .await;
        assert_eq!(prepared["placeholder"], name);
        let hover = client.at("textDocument/hover", "work.kup", &work, mark, into).await;
        let text = hover["contents"]["value"]
            .as_str()
            .unwrap()
            .lines()
            .nth(1)
            .unwrap()
            .to_owned();
        assert!(text.ends_with(name), "{text}");
        let marked = client
            .at("textDocument/documentHighlight", "work.kup", &work, mark, into)
            .await;
        assert!(
            marked
                .as_array()
                .unwrap()
                .iter()
                .any(|one| one["range"] == hover["range"]),
            "{marked}"
        );
    }
    let mut params = json!({"textDocument": {"uri": client.uri("work.kup")}, "position": position(&work, mark, 11)});
    params["context"] = json!({"includeDeclaration": false});
    let uses = client.ask("textDocument/references", params).await;
    // Prose, what is covered, what is protected; the statement, and the scenario.
    assert_eq!(words(&uses).len(), 5, "{uses}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_noun_is_told_too() {
    let (_folder, mut client, policy, work) = rich().await;
    let hover = client
        .at("textDocument/hover", "work.kup", &work, "processing main", 12)
        .await;
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(
        text.contains("processing main") && text.contains("Негизги") && text.contains("\n> "),
        "{text}"
    );
    let to = client
        .at("textDocument/definition", "work.kup", &work, "processing main", 12)
        .await;
    assert_eq!(to["range"]["start"], position(&work, "main \"", 0));
    for (mark, into, file, code) in [
        ("kg, house", 1, "laws/", "law kg"),
        ("kg, house", 6, "house.kup", "law house"),
    ] {
        let hover = client.at("textDocument/hover", "policy.kup", &policy, mark, into).await;
        assert!(hover["contents"]["value"].as_str().unwrap().contains(code), "{hover}");
        let to = client
            .at("textDocument/definition", "policy.kup", &policy, mark, into)
            .await;
        assert!(to["uri"].as_str().unwrap().contains(file), "{to}");
    }
    for mark in ["with @no_partners", "@no_partners\nnever"] {
        let into = mark.find('@').unwrap() + 3;
        let hover = client.at("textDocument/hover", "work.kup", &work, mark, into).await;
        assert!(
            hover["contents"]["value"]
                .as_str()
                .unwrap()
                .contains("never share contacts"),
            "{hover}"
        );
        let to = client
            .at("textDocument/definition", "work.kup", &work, mark, into)
            .await;
        assert_eq!(
            to["range"]["start"]["line"],
            position(&work, "@no_partners\nnever", 0)["line"],
            "{to}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn terms_and_grounds_are_those_that_are_written() {
    let (_folder, mut client, policy, _) = rich().await;
    let shown = async |client: &mut Client, mark: &str| {
        let hover = client.at("textDocument/hover", "policy.kup", &policy, mark, 1).await;
        hover["contents"]["value"].as_str().unwrap().to_owned()
    };
    let series = shown(&mut client, "series \"").await;
    assert!(series.contains("*kept* 3 years after closed\n"), "{series}");
    let number = shown(&mut client, "телефон \"т").await;
    assert!(number.contains("*kept* until closed, at most 5 years\n"), "{number}");
    // What is kept in the same block for something else is none of its business.
    let fines = shown(&mut client, "fines ").await;
    assert!(!fines.contains("*for*") && !fines.contains("email"), "{fines}");
    let offers = shown(&mut client, "offers ").await;
    assert!(!offers.contains("identity"), "{offers}");
}

/// A client that shows no Markdown is sent none.
#[tokio::test(flavor = "multi_thread")]
async fn who_shows_plain_text_is_told_plain_text() {
    let folder = folder(RICH);
    let item = json!({"documentationFormat": ["plaintext"]});
    let abilities = json!({"textDocument": {
        "hover": {"contentFormat": ["plaintext"]},
        "completion": {"completionItem": item},
    }});
    let mut client = Client::start(folder.path(), abilities).await;
    let work = client.open("work.kup").await;
    let hover = client
        .at("textDocument/hover", "work.kup", &work, "for offers", 5)
        .await;
    assert_eq!(hover["contents"]["kind"], "plaintext");
    let list = client
        .at("textDocument/completion", "work.kup", &work, "for offers", 4)
        .await;
    let item = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["label"] == "offers")
        .unwrap();
    let whole = client.ask("completionItem/resolve", item.clone()).await;
    for text in [&hover["contents"]["value"], &whole["documentation"]] {
        let text = text.as_str().unwrap();
        assert!(text.starts_with("purpose offers\nсунуштарды жөнөтүү\n"), "{text}");
        assert!(!text.contains(['*', '`', '>']), "{text}");
    }
}
