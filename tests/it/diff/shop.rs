//! The policy of README in other words, and with more in it.

use kupuya::diff::{Kind, Side, Verdict, diff_within};
use kupuya::messages::Language;
use kupuya::report::diff::{markdown, terminal};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::{compared, of_text, told, witnesses_hold};
use crate::decide::properties::cases;
use crate::sources::shop;

/// The lines of the statements, and what stands around them.
fn parts(text: &str) -> (String, Vec<String>, String) {
    let (head, rest) = text.split_once("    about: buyer\n\n").unwrap();
    let (statements, tail) = rest.split_once("}\n").unwrap();
    let lines = statements.lines().map(|line| format!("{line}\n")).collect();
    (format!("{head}    about: buyer\n\n"), lines, format!("}}\n{tail}"))
}

/// Edits of words alone, each on or off, and the statements in any order.
#[test]
fn words_order_and_comments_ask_for_nothing() {
    let text = shop();
    let before = of_text(&text);
    let (head, lines, tail) = parts(&text);
    let order = Just((0..lines.len()).collect::<Vec<_>>()).prop_shuffle();
    let result = TestRunner::new(cases(24)).run(&(order, any::<[bool; 5]>()), |(order, on)| {
        let mut after: String = head.clone();
        for at in order {
            if on[0] {
                after.push_str("    // a remark\n");
            }
            after.push_str(&lines[at]);
        }
        after.push_str(&tail);
        let edits = [
            ("\"жеткирүү кызматы\"", "\"курьердик кызмат\""),
            ("    collect contacts from", "    @orders\n    collect   contacts from"),
            ("2025-09-01", "2025-12-01"),
        ];
        for ((old, new), _) in edits.into_iter().zip(&on[1..4]).filter(|(_, on)| **on) {
            after = after.replace(old, new);
        }
        if on[4] {
            after = after.replace("couriers", "delivery_firm");
            after = after.replace(
                "is third_party in KG",
                "is third_party in KG {\n    was: \"couriers\"\n}",
            );
        }
        let after = of_text(&after);
        let found = compared(&before, &after);
        prop_assert_eq!(told(&found, false), Vec::<String>::new());
        prop_assert_eq!(found.verdict, Verdict::Nothing);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

/// Each statement that is added shows what it adds, and asks for what its basis asks for.
#[test]
fn each_added_statement_shows_what_it_adds() {
    let text = shop();
    let before = of_text(&text);
    let (head, lines, tail) = parts(&text);
    let verbs = prop::sample::select(vec!["collect", "use", "share", "profile"]);
    let data = prop::sample::select(vec!["contacts", "contacts.full_name", "contacts.phone_no"]);
    let purpose = prop::sample::select(vec!["delivery", "marketing"]);
    let basis = prop::sample::select(vec!["order", "agreed"]);
    let widened = std::cell::Cell::new([0, 0]);
    let result = TestRunner::new(cases(24)).run(&(verbs, data, purpose, basis), |(verb, data, purpose, basis)| {
        let source = if verb == "collect" { " from buyer" } else { "" };
        let to = if verb == "share" { " with couriers" } else { "" };
        let added = format!("    {verb} {data}{source}{to} for {purpose} under {basis}\n");
        let after = of_text(&format!("{head}{}{added}{tail}", lines.concat()));
        let found = compared(&before, &after);
        witnesses_hold(&found, &before, &after);
        prop_assert_eq!(told(&found, false), told(&compared(&after, &before), true));
        // What is new is what was allowed on that basis to nobody before.
        let stated = lines.iter().any(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let covers = words.get(1).is_some_and(|old| data.starts_with(old));
            let bases = [basis, "order"].map(|basis| format!("for {purpose} under {basis}"));
            words.first() == Some(&verb) && covers && bases.iter().any(|basis| line.contains(basis))
        });
        let forbidden = verb == "share" && purpose == "marketing" && data == "contacts.phone_no";
        let wide = found.of(Kind::Widened).collect::<Vec<_>>();
        prop_assert_eq!(wide.is_empty(), stated || forbidden, "{}{:#?}", added, found.changes);
        let asked = if basis == "agreed" {
            Verdict::Reconsent
        } else {
            Verdict::Notify
        };
        prop_assert!(
            wide.iter().all(|change| change.verdict == asked),
            "{}{:#?}",
            added,
            wide
        );
        let [all, new] = widened.get();
        widened.set([all + 1, new + usize::from(!wide.is_empty())]);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(widened.get()[1] > 4, "{widened:?}");
}

/// A search that is cut says so, and asks for the most that may be needed.
#[test]
fn what_was_not_compared_is_told() {
    let before = of_text(&shop());
    let more = "    share   contacts with couriers for marketing under agreed\n    keep ";
    let after = of_text(
        &shop()
            .replacen("    keep ", more, 1)
            .replace("2025-09-01", "2026-01-01"),
    );
    let found = diff_within(&before, &after, 0);
    assert!(found.changes.is_empty());
    assert_eq!(found.verdict, Verdict::Reconsent);
    let asked: Vec<_> = found.uncompared.iter().map(|one| (one.verdict, one.verb)).collect();
    assert!(asked.contains(&(Verdict::Reconsent, "share")), "{asked:?}");
    let consents = &found.people[0].consents;
    assert!(
        consents
            .iter()
            .any(|one| one.purpose == "marketing" && one.verdict == Verdict::Reconsent)
    );
    for told in [
        terminal::render(&found, Some(&[]), Language::English),
        markdown::render(&found, Some(&[]), Language::English),
    ] {
        assert!(told.contains("not all was compared"), "{told}");
        assert!(
            told.contains("share contacts.full_name about buyer with couriers for marketing"),
            "{told}"
        );
    }
    let whole = diff_within(&before, &after, 1000);
    assert!(whole.uncompared.is_empty() && !whole.changes.is_empty());
}

/// What is kept by a new statement, and what a legal duty keeps from being erased, shows; where only the end differs, that alone does.
#[test]
fn keeps_show_as_storing_and_as_terms() {
    let with =
        |keep: &str| of_text(&shop().replacen("    keep    contacts for 3 years under order then erase\n", keep, 1));
    let (none, three) = (with(""), with("    keep contacts for 3 years under order then erase\n"));
    let five = with("    keep contacts for 5 years under order then erase\n");
    let kinds = |before, after| {
        let found = compared(before, after);
        witnesses_hold(&found, before, after);
        let kinds: Vec<(Kind, &str)> = found.changes.iter().map(|change| (change.kind, change.verb)).collect();
        (kinds, found.verdict)
    };
    let (longer, verdict) = kinds(&three, &five);
    assert_eq!((longer, verdict), (vec![(Kind::KeptLonger, "store")], Verdict::Notify));
    assert_eq!(kinds(&five, &three).0, [(Kind::KeptShorter, "store")]);
    // A term where there was none lets data be kept, and no longer.
    assert_eq!(
        kinds(&none, &three).0,
        [(Kind::Widened, "store"), (Kind::KeptShorter, "store")]
    );
    assert_eq!(
        kinds(&three, &none).0,
        [(Kind::KeptLonger, "store"), (Kind::Narrowed, "store")]
    );
}

/// A recipient that moves: that is told with both countries, and no promise is lost, since in a country where it is not a version
/// promises nothing of it.
#[test]
fn a_recipient_that_moves_is_told_with_both_countries() {
    let at = |places: &str| {
        let text = shop().replacen("is third_party in KG", &format!("is third_party{places}"), 1);
        of_text(&text)
    };
    let [home, abroad, none] = [" in KG", " in US, KZ", ""].map(at);
    for (before, after, says) in [
        (&home, &abroad, "couriers was in KG, is in KZ and US"),
        (&abroad, &home, "couriers was in KZ and US, is in KG"),
        (&none, &abroad, "couriers was in no stated country, is in KZ and US"),
        (
            &abroad,
            &none,
            "couriers was in KZ and US, and no country is stated now",
        ),
    ] {
        let found = compared(before, after);
        witnesses_hold(&found, before, after);
        let back = compared(after, before);
        assert_eq!(told(&found, false), told(&back, true));
        assert!(!found.changes.is_empty(), "{says}");
        let promise = |change: &kupuya::diff::Change| matches!(change.kind, Kind::PromiseLost | Kind::PromiseGiven);
        assert!(!found.changes.iter().any(promise), "{says}: {:#?}", found.changes);
        for text in [
            terminal::render(&found, Some(&[]), Language::English),
            markdown::render(&found, Some(&[]), Language::English),
        ] {
            assert!(text.contains(says), "{says}: {text}");
        }
    }
    // Where the recipient stays, what it may no longer get and what it may be given are told as before.
    let unpromised = of_text(
        &shop()
            .replacen("never share contacts.phone_no with couriers for marketing\n", "", 1)
            .replacen(
                "    deny forbidden     share contacts.phone_no with couriers for marketing about buyer\n",
                "",
                1,
            ),
    );
    let found = compared(&home, &unpromised);
    assert_eq!(found.of(Kind::PromiseLost).count(), 1, "{:#?}", found.changes);
}

/// Of a noun that one of the versions has not, no promise is lost or given (M14), whatever its kind.
#[test]
fn of_a_noun_that_is_missing_nothing_is_promised() {
    let cases: &[(&str, &str)] = &[
        ("data", "data notes \"эскертүүлөр\""),
        ("purpose", "purpose polls \"сурамжылоо\""),
        (
            "recipient",
            "recipient pollsters \"сурамжылоочулар\" is third_party in KG",
        ),
        ("subject", "subject guest \"конок\""),
    ];
    let promises = "never share any with any for any\nnever profile any\nnever publish any\n";
    let with = |declared: &str| {
        let text = shop().replacen("recipient couriers", &format!("{declared}\nrecipient couriers"), 1);
        let text = text.replacen("    share   contacts with couriers for delivery under order\n", "", 1);
        let text = text.split("scenario ").next().unwrap().to_owned();
        of_text(&text.replacen(
            "never share contacts.phone_no",
            &format!("{promises}never share contacts.phone_no"),
            1,
        ))
    };
    let before = with("");
    for (kind, declared) in cases {
        let after = with(declared);
        for found in [compared(&before, &after), compared(&after, &before)] {
            let promises = [Kind::PromiseLost, Kind::PromiseGiven].map(|kind| found.of(kind).count());
            assert_eq!(promises, [0, 0], "{kind}: {:#?}", found.changes);
            // What is allowed of one class of people is allowed of who is of another, too.
            let others = found.changes.iter().filter(|_| *kind != "subject");
            assert_eq!(others.count(), 0, "{kind}: {:#?}", found.changes);
        }
    }
    // Of what both have, a promise that goes is lost.
    let found = compared(&before, &of_text(&shop()));
    assert!(found.of(Kind::PromiseLost).count() > 0);
}

/// A party that got another name is the same behind `from`, too.
#[test]
fn a_party_that_got_another_name_asks_for_nothing() {
    let before = of_text(&shop());
    for (old, new, header) in [
        ("buyer", "client", "subject client \"Сатып алуучу\""),
        ("shop_llc", "firm", "controller firm \"«Дүкөн» ЖЧК\""),
        (
            "couriers",
            "carriers",
            "recipient carriers \"жеткирүү кызматы\" is third_party in KG",
        ),
    ] {
        let text = shop()
            .replace(&format!("{old} "), &format!("{new} "))
            .replace(&format!("{old}\n"), &format!("{new}\n"));
        let text = match text.contains(&format!("{header} {{")) {
            true => text.replacen(&format!("{header} {{"), &format!("{header} {{\n    was: \"{old}\""), 1),
            false => text.replacen(header, &format!("{header} {{\n    was: \"{old}\"\n}}"), 1),
        };
        let from = |text: &str, name: &str| {
            let added = format!("    collect contacts.full_name from {name} for marketing under agreed\n    keep ");
            of_text(&text.replacen("    keep ", &added, 1))
        };
        assert!(text.contains(&format!("was: \"{old}\"")), "{text}");
        for (before, after) in [(&before, &of_text(&text)), (&from(&shop(), old), &from(&text, new))] {
            let found = compared(before, after);
            assert_eq!(told(&found, false), Vec::<String>::new(), "{old}");
            assert_eq!(found.verdict, Verdict::Nothing, "{old}");
        }
    }
}

/// The shop with letters that are kept for two purposes on a consent.
fn letters(delivery: &str, marketing: &str) -> Side {
    let text = shop().replacen(
        "    keep ",
        &format!(
            "    collect letters from buyer for delivery, marketing under agreed\n    use letters for delivery, marketing under agreed\n    \
             keep letters for delivery for {delivery} then erase\n    keep letters for marketing for {marketing} then erase\n    keep "
        ),
        1,
    );
    let declared = "data letters \"каттары\"\nbasis offers \"сунуштарга макулдук\" is consent {\n    given: checkbox at app_shop\n    \
                    withdraw: tap at app_shop\n}\npurpose delivery";
    of_text(&text.replacen("purpose delivery", declared, 1))
}

/// A longer term asks again for the consent that it relies on, for the purpose that it is for, and for nothing else.
#[test]
fn a_longer_term_asks_for_what_it_relies_on() {
    let before = letters("1 year under agreed", "2 months under agreed");
    for (delivery, marketing, verdict, asked) in [
        (
            "1 year under agreed",
            "3 years under agreed",
            Verdict::Reconsent,
            vec!["agreed for marketing"],
        ),
        (
            "3 years under agreed",
            "2 years under agreed",
            Verdict::Reconsent,
            vec!["agreed for delivery", "agreed for marketing"],
        ),
        // Where a contract suffices, nobody needs to consent.
        (
            "1 year under agreed or order",
            "2 months under agreed",
            Verdict::Notify,
            vec![],
        ),
        (
            "3 years under agreed or order",
            "2 months under agreed",
            Verdict::Notify,
            vec![],
        ),
        // Who gave one of two consents is asked for that one.
        (
            "1 year under agreed or offers",
            "2 months under agreed",
            Verdict::Reconsent,
            vec!["offers for delivery"],
        ),
        (
            "2 years under agreed or offers",
            "2 months under agreed",
            Verdict::Reconsent,
            vec!["agreed for delivery", "offers for delivery"],
        ),
    ] {
        let after = letters(delivery, marketing);
        let found = compared(&before, &after);
        witnesses_hold(&found, &before, &after);
        assert_eq!(told(&found, false), told(&compared(&after, &before), true));
        let consents = found.people[0].consents.iter();
        let anew = consents.filter(|one| one.verdict == Verdict::Reconsent);
        let anew: Vec<String> = anew.map(|one| format!("{} for {}", one.basis, one.purpose)).collect();
        assert_eq!(
            (found.verdict, anew),
            (verdict, asked.into_iter().map(str::to_owned).collect()),
            "{delivery} {marketing}"
        );
    }
}

/// What is new on a contract for some and on a consent for others asks the others for it.
#[test]
fn what_rests_on_a_consent_for_some_asks_them_for_it() {
    let before = of_text(&shop());
    let more = "    use contacts.full_name for marketing under agreed or served\n    keep ";
    let declared =
        "fact paid \"Сатып алуучу төлөгөн\"\nbasis served \"тейлөө келишими\" is contract when paid\nbasis agreed";
    let after = of_text(
        &shop()
            .replacen("    keep ", more, 1)
            .replacen("basis agreed", declared, 1),
    );
    let found = compared(&before, &after);
    witnesses_hold(&found, &before, &after);
    let wide: Vec<_> = found
        .of(Kind::Widened)
        .map(|change| (change.verdict, change.bases_after.join(" ")))
        .collect();
    let expected = [(Verdict::Reconsent, "agreed"), (Verdict::Notify, "served")];
    assert_eq!(wide, expected.map(|(verdict, basis)| (verdict, basis.to_owned())));
}

/// Who gives a consent, that it was withdrawn, and the one controller without a name: the printed request says what it can, and the
/// rest stands beside it.
#[test]
fn what_a_sentence_cannot_say_stands_beside_it() {
    let with = |field: &str| of_text(&shop().replacen("    given:    checkbox at app_shop\n", field, 1));
    let own = "    given:    checkbox at app_shop\n";
    let (before, after) = (with(own), with(&format!("{own}    giver: self or guardian\n")));
    let found = compared(&before, &after);
    assert!(witnesses_hold(&found, &before, &after) > 0);
    for (language, says) in [
        (
            Language::English,
            "`agreed` was given by a representative on 2025-09-01",
        ),
        (Language::Kyrgyz, "`agreed` макулдугун өкүл 2025-09-01 күнү берген"),
    ] {
        let told = terminal::render(&found, Some(&[]), language);
        assert!(told.contains(says), "{told}");
    }
    let nameless = |text: &str| {
        let (head, rest) = text.split_once("controller shop_llc").unwrap();
        let (_, rest) = rest.split_once("}\n").unwrap();
        of_text(&format!("{head}{rest}"))
    };
    let more = "    use     contacts for marketing under agreed\n    keep ";
    let (before, after) = (nameless(&shop()), nameless(&shop().replacen("    keep ", more, 1)));
    let found = compared(&before, &after);
    assert!(witnesses_hold(&found, &before, &after) > 0);
    let told = terminal::render(&found, Some(&[]), Language::English);
    assert!(
        !told.contains("by controller") && !told.contains("cannot say"),
        "{told}"
    );
    // A noun that was renamed has its old name in what the other version is asked.
    let renamed = shop()
        .replacen("    keep ", more, 1)
        .replace(
            "subject buyer \"Сатып алуучу\"",
            "subject client \"Сатып алуучу\" {\n    was: \"buyer\"\n}",
        )
        .replace("buyer", "client")
        .replace("was: \"client\"", "was: \"buyer\"");
    let (before, after) = (of_text(&shop()), of_text(&renamed));
    let found = compared(&before, &after);
    assert!(witnesses_hold(&found, &before, &after) > 0);
    let told = terminal::render(&found, Some(&[]), Language::English);
    assert!(
        told.contains("the other version is asked: use contacts.full_name about buyer"),
        "{told}"
    );
}
