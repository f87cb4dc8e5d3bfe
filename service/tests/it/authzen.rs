//! AuthZEN 1.0: evaluations, searches, metadata, errors, and the draft of obligations.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::running::{Running, file, settings};
use crate::shop::{SHOP, changed, meaning};

/// The standard's own schemas; tests/data/authzen-1.0/README.md says where they are from.
static REQUEST: LazyLock<Validator> = LazyLock::new(|| schema("evaluation-request"));
static RESPONSE: LazyLock<Validator> = LazyLock::new(|| schema("evaluation-response"));

fn schema(name: &str) -> Validator {
    let file = format!(
        "{}/tests/data/authzen-1.0/{name}.schema.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// An evaluation that the policy of README allows.
fn asked() -> Value {
    json!({
        "subject": {"type": "controller", "id": "shop_llc"},
        "action": {"name": "use"},
        "resource": {"type": "data_category", "id": "contacts.phone_no"},
        "context": {"purpose": "marketing", "about": "buyer", "given": ["agreed"], "time": "2025-10-02T10:00+06:00"},
    })
}

fn evaluation(service: &Running, asked: &Value) -> Value {
    assert!(REQUEST.is_valid(asked), "{asked}");
    let answered = service.post("/access/v1/evaluation", asked.to_string());
    assert_eq!(
        (answered.status, answered.sort.as_str()),
        (200, "application/json"),
        "{}",
        answered.body
    );
    let told = answered.json();
    assert!(RESPONSE.is_valid(&told), "{told}");
    told
}

#[test]
fn an_evaluation_says_what_it_rests_on() {
    let (_folder, service) = Running::of(&SHOP);
    let told = evaluation(&service, &asked());
    let context = &told["context"];
    assert_eq!(
        (&told["decision"], &context["verdict"]),
        (&json!(true), &json!("allow"))
    );
    assert_eq!(
        (&context["policy"], &context["meaning"]),
        (&json!("shop"), &json!(meaning(&SHOP)))
    );
    assert_eq!(context["basis"], json!(["agreed"]));
    let clause = &context["clauses"][0];
    assert_eq!(clause["says"], "allowed");
    assert!(clause["sentence"].as_str().unwrap().contains("макулдук"), "{clause}");
    assert_eq!(
        service
            .get(&format!("/v1/clauses/{}", clause["id"].as_str().unwrap()))
            .status,
        200
    );
    assert_eq!(context["decision_id"].as_str().unwrap().len(), 36);

    let mut without = asked();
    without["context"]["given"] = json!([]);
    let told = evaluation(&service, &without);
    assert_eq!(
        (&told["decision"], &told["context"]["verdict"]),
        (&json!(false), &json!("unmet"))
    );
    let missing = json!([{"kind": "consent", "basis": "agreed", "state": "never_given"}]);
    assert_eq!(told["context"]["missing"], missing);

    let mut forbidden = asked();
    forbidden["action"]["name"] = json!("share");
    forbidden["context"]["recipient"] = json!("couriers");
    let told = evaluation(&service, &forbidden);
    assert_eq!(told["context"]["verdict"], "forbidden");
    assert_eq!(told["context"]["clauses"][0]["says"], "forbidden");
}

#[test]
fn every_key_of_a_context_reaches_the_policy() {
    let (_folder, service) = Running::of(&SHOP);
    let mut full = asked();
    full["resource"]["properties"] = json!({"data": ["contacts.phone_no", "contacts.phone_no"], "color": 1});
    full["context"] = json!({
        "purpose": ["marketing"], "about": ["buyer"], "country": "KG", "age": 30, "facts": {}, "nobody knows": 7,
        "records": [{"kind": "give", "basis": "agreed", "at": "2025-10-01"}], "time": "2025-10-02",
        "item": {"collected": "2025-10-01"},
    });
    assert_eq!(evaluation(&service, &full)["decision"], true);
    let withdrawn = json!({"kind": "withdraw", "basis": "agreed", "at": "2025-10-01T12:00:00+06:00"});
    full["context"]["records"].as_array_mut().unwrap().push(withdrawn);
    let told = evaluation(&service, &full);
    assert_eq!(told["context"]["failed"][0]["state"], "withdrawn", "{told}");
    full["context"]["source"] = json!("buyer");
    assert_eq!(evaluation(&service, &full)["context"]["verdict"], "invalid");
}

#[test]
fn what_is_no_evaluation_is_refused_with_a_message() {
    let (_folder, service) = Running::of(&SHOP);
    for (change, message) in [
        (("/subject", Value::Null), "`subject` must be an object"),
        (("/subject/type", json!(1)), "`subject.type` must be a string"),
        (("/action", json!({})), "`action.name` is missing"),
        (
            ("/resource", json!({"type": "data_category"})),
            "`resource.id` is missing",
        ),
        (
            ("/resource/properties", json!({"data": [1]})),
            "`resource.properties.data` must be a name or a list of names",
        ),
        (("/context", json!([])), "`context` must be an object"),
        (
            ("/context/purpose", json!(1)),
            "`context.purpose` must be a name or a list of names",
        ),
        (("/context/age", json!("old")), "`context.age`"),
        (("/context/time", json!("noon")), "`context.time`: not a time"),
    ] {
        let mut bad = asked();
        let (pointer, value) = change;
        if let Some(place) = bad.pointer_mut(pointer) {
            *place = value;
        } else {
            let (above, name) = pointer.rsplit_once('/').unwrap();
            bad.pointer_mut(above).unwrap()[name] = value;
        }
        let answered = service.post("/access/v1/evaluation", bad.to_string());
        assert_eq!(
            (answered.status, answered.sort.as_str()),
            (400, "text/plain; charset=utf-8"),
            "{bad}"
        );
        assert!(answered.body.contains(message), "{}", answered.body);
        let headers = [("accept", "application/json, application/problem+json")];
        let document = service.post_with("/access/v1/evaluation", bad.to_string(), &headers);
        assert_eq!(document.json()["detail"], answered.body);
    }
    for body in ["", "[]", "{", &"[".repeat(100_000)] {
        assert_eq!(service.post("/access/v1/evaluation", body).status, 400, "{body:.20}");
    }
}

/// A second key would decide for whoever reads the last one, and against whoever reads the first.
#[test]
fn a_key_that_stands_twice_is_refused() {
    let (_folder, service) = Running::of(&SHOP);
    let subject = r#""subject": {"type": "controller", "id": "shop_llc"}"#;
    let rest = r#""action": {"name": "use"}, "resource": {"type": "data_category", "id": "contacts.phone_no"}"#;
    let context = r#""context": {"purpose": "marketing", "about": "buyer", "given": ["agreed"], "time": "2025-10-02"}"#;
    let whole = format!("{{{subject}, {rest}, {context}}}");
    assert_eq!(service.post("/access/v1/evaluation", &whole).json()["decision"], true);
    for (body, key) in [
        (format!("{{{subject}, {subject}, {rest}, {context}}}"), "subject"),
        (
            whole.replace("\"purpose\":", "\"purpose\": \"delivery\", \"purpose\":"),
            "purpose",
        ),
        (
            whole.replace("\"given\":", "\"facts\": {\"a\": true, \"a\": true}, \"given\":"),
            "a",
        ),
        (
            whole.replace("\"id\":", "\"properties\": {\"x\": [{\"y\": 1, \"y\": 2}]}, \"id\":"),
            "y",
        ),
        (
            whole.replace("{\"name\"", "{\"name\": \"collect\", \"n\\u0061me\""),
            "name",
        ),
    ] {
        let paths = [
            "evaluation",
            "evaluations",
            "search/subject",
            "search/resource",
            "search/action",
        ];
        for path in paths.map(|path| format!("/access/v1/{path}")) {
            let refused = service.post(&path, &body);
            assert_eq!(
                (refused.status, refused.sort.as_str()),
                (400, "text/plain; charset=utf-8")
            );
            assert!(
                refused.body.starts_with(&format!("`{key}` stands twice")),
                "{}",
                refused.body
            );
        }
    }
}

/// Structs are not filled from lists, member by member.
#[test]
fn a_list_is_no_object() {
    let (_folder, service) = Running::of(&SHOP);
    for (key, value) in [
        ("records", json!([["give", "agreed", null, "2025-10-01", "self"]])),
        ("item", json!([])),
        ("item", json!(["2025-10-01", {}])),
        ("facts", json!([])),
    ] {
        let mut list = asked();
        list["context"][key] = value;
        let refused = service.post("/access/v1/evaluation", list.to_string());
        assert_eq!(refused.status, 400, "{list}");
        assert!(refused.body.starts_with(&format!("`context.{key}")), "{}", refused.body);
    }
    for part in ["subject", "action", "resource"] {
        let mut list = asked();
        list[part] = json!(["controller", "shop_llc"]);
        assert_eq!(
            service.post("/access/v1/evaluation", list.to_string()).body,
            format!("`{part}` must be an object")
        );
    }
}

#[test]
fn types_that_nobody_mapped_are_denied() {
    let (_folder, service) = Running::of(&SHOP);
    for entity in ["subject", "resource"] {
        let mut unknown = asked();
        unknown[entity]["type"] = json!("user");
        let told = evaluation(&service, &unknown);
        assert_eq!(
            (&told["decision"], &told["context"]["error"]["status"]),
            (&json!(false), &json!(404))
        );
        // What is no evaluation at all is told first.
        unknown["context"]["time"] = json!({});
        let answered = service.post("/access/v1/evaluation", unknown.to_string());
        assert_eq!(answered.status, 400, "{}", answered.body);
    }
    let mut unknown = asked();
    unknown["action"]["name"] = json!("can_read");
    let told = evaluation(&service, &unknown);
    assert_eq!(told["context"]["problems"][0]["problem"], "unknown_verb");
}

#[test]
fn a_decision_tells_the_deadlines_of_items_with_times() {
    let (_folder, service) = Running::of(&SHOP);
    let mut timed = asked();
    assert!(evaluation(&service, &timed)["context"].get("deadlines").is_none());
    timed["context"]["item"] = json!({"collected": "2025-10-01"});
    let told = evaluation(&service, &timed);
    let deadlines = told["context"]["deadlines"].as_array().unwrap();
    assert_eq!(deadlines.len(), 1, "{told}");
    assert_eq!(deadlines[0]["data"], "contacts.phone_no");
}

#[test]
fn a_batch_keeps_its_order_and_its_semantic() {
    let (_folder, service) = Running::of(&SHOP);
    let mut batch = asked();
    let name = json!({"resource": {"type": "data_category", "id": "contacts.full_name"}});
    batch["evaluations"] = json!([{}, name, {"action": {}}, {"context": {"purpose": "marketing"}}, {}]);
    let decisions = |batch: &Value| -> Vec<bool> {
        let told = service.post("/access/v1/evaluations", batch.to_string()).json();
        let all = told["evaluations"].as_array().unwrap().clone();
        assert!(all.iter().all(|one| RESPONSE.is_valid(one)));
        all.iter().map(|one| one["decision"].as_bool().unwrap()).collect()
    };
    // A key of an evaluation replaces what all share: without consents nothing is allowed.
    assert_eq!(decisions(&batch), [true, false, false, false, true]);
    batch["options"] = json!({"evaluations_semantic": "execute_all"});
    assert_eq!(decisions(&batch), [true, false, false, false, true]);
    batch["options"] = json!({"evaluations_semantic": "deny_on_first_deny"});
    assert_eq!(decisions(&batch), [true, false]);
    batch["options"] = json!({"evaluations_semantic": "permit_on_first_permit"});
    assert_eq!(decisions(&batch), [true]);
    batch["evaluations"] = json!([name, name, {}, {}]);
    assert_eq!(decisions(&batch), [false, false, true]);
    let told = service.post("/access/v1/evaluations", batch.to_string()).json();
    assert_eq!(told["evaluations"][0]["context"]["verdict"], "undeclared");

    batch["options"] = json!({"evaluations_semantic": "whatever"});
    assert_eq!(service.post("/access/v1/evaluations", batch.to_string()).status, 400);
    batch["options"] = Value::Null;
    batch["evaluations"] = json!([{"action": {}}]);
    let told = service.post("/access/v1/evaluations", batch.to_string()).json();
    assert_eq!(
        told["evaluations"][0]["context"]["error"],
        json!({"status": 400, "message": "`action.name` is missing"})
    );
    // What is no evaluation is denied; the others are answered.
    batch["evaluations"] = json!([null, {}, 7, {}]);
    assert_eq!(decisions(&batch), [false, true, false, true]);
    let told = service.post("/access/v1/evaluations", batch.to_string()).json();
    assert_eq!(
        told["evaluations"][0]["context"]["error"],
        json!({"status": 400, "message": "an evaluation must be an object"})
    );
    // Without a list it is one evaluation.
    for none in [json!([]), Value::Null] {
        batch["evaluations"] = none;
        let told = service.post("/access/v1/evaluations", batch.to_string()).json();
        assert_eq!(told["decision"], true);
    }
}

#[test]
fn searches_give_what_is_allowed_page_by_page() {
    let (_folder, service) = Running::of(&SHOP);
    let mut search = asked();
    search["action"]["name"] = json!("use");
    search["context"]["purpose"] = json!("delivery");
    search["resource"] = json!({"type": "data_category", "id": "is not looked at"});
    let ask = |path: &str, search: &Value| {
        let answered = service.post(&format!("/access/v1/search/{path}"), search.to_string());
        assert_eq!(answered.status, 200, "{}", answered.body);
        answered.json()
    };
    let whole = ask("resource", &search);
    let results = whole["results"].as_array().unwrap();
    let entity = |id: &str| json!({"type": "data_category", "id": id});
    assert!(
        results.contains(&entity("contacts.phone_no")) && results.contains(&entity("contacts")),
        "{whole}"
    );
    assert_eq!(
        whole["page"],
        json!({"next_token": "", "count": results.len(), "total": results.len()})
    );
    // What was found is allowed.
    for result in results {
        let mut again = search.clone();
        again["resource"] = result.clone();
        assert_eq!(evaluation(&service, &again)["decision"], true, "{result}");
    }
    let mut paged = Vec::new();
    search["page"] = json!({"limit": 1});
    loop {
        let page = ask("resource", &search);
        assert_eq!(
            (&page["page"]["count"], &page["page"]["total"]),
            (&json!(1), &json!(results.len()))
        );
        paged.extend(page["results"].as_array().unwrap().clone());
        let token = page["page"]["next_token"].as_str().unwrap();
        if token.is_empty() {
            break;
        }
        search["page"]["token"] = json!(token);
    }
    assert_eq!(&paged, results);
    let over = search.clone();
    search["context"]["purpose"] = json!("marketing");
    for bad in [
        json!({"token": over["page"]["token"]}),
        json!({"token": "1"}),
        json!({"limit": 0}),
        json!({"limit": "x"}),
        json!([null]),
    ] {
        search["page"] = bad;
        assert_eq!(
            service.post("/access/v1/search/resource", search.to_string()).status,
            400,
            "{search}"
        );
    }

    let mut subjects = asked();
    subjects["subject"] = json!({"type": "controller"});
    let subjects = ask("subject", &subjects);
    assert_eq!(subjects["results"], json!([{"type": "controller", "id": "shop_llc"}]));
    let mut actions = asked();
    actions.as_object_mut().unwrap().remove("action");
    actions["context"].as_object_mut().unwrap().remove("purpose");
    actions["context"]["purpose"] = json!("marketing");
    assert_eq!(ask("action", &actions)["results"], json!([{"name": "use"}]));
    actions["subject"]["type"] = json!("user");
    let unknown = ask("action", &actions);
    assert_eq!(
        (&unknown["results"], &unknown["context"]["error"]["status"]),
        (&json!([]), &json!(404))
    );
    actions.as_object_mut().unwrap().remove("subject");
    assert_eq!(
        service.post("/access/v1/search/action", actions.to_string()).status,
        400
    );
}

const MAP: &str = r#"
[subject.service]
by = "shop_llc"

[subject.service.ids.mailer]
purpose = "marketing"

[action.can_read]
verb = "use"

[resource.order]
data = ["contacts.phone_no"]
about = "buyer"

[resource.list.ids.phones]
data = "contacts.phone_no"
"#;

#[test]
fn a_team_keeps_its_own_names() {
    let (folder, bundle) = file(&SHOP);
    let map = folder.path().join("map.toml");
    std::fs::write(&map, MAP).unwrap();
    let service = Running::begin(kupuya_service::settings::Settings {
        map: Some(map),
        ..settings(&bundle)
    });
    let asked = json!({
        "subject": {"type": "service", "id": "mailer"},
        "action": {"name": "can_read"},
        "resource": {"type": "order", "id": "17"},
        "context": {"given": ["agreed"], "time": "2025-10-02"},
    });
    let told = evaluation(&service, &asked);
    assert_eq!(told["decision"], true, "{told}");
    // Another service has no purpose of its own: each purpose must be allowed.
    let mut other = asked.clone();
    other["subject"]["id"] = json!("crm");
    assert_eq!(evaluation(&service, &other)["context"]["verdict"], "undeclared");
    // What the map says cannot be said otherwise.
    let mut against = asked.clone();
    against["context"]["purpose"] = json!("delivery");
    let refused = service.post("/access/v1/evaluation", against.to_string());
    assert_eq!(refused.status, 400);
    assert_eq!(
        refused.body,
        "`context` says another `purpose` than what --map says already"
    );
    let mut search = asked.clone();
    search["resource"] = json!({"type": "list"});
    search["context"]["about"] = json!("buyer");
    let found = service.post("/access/v1/search/resource", search.to_string()).json();
    assert_eq!(found["results"], json!([{"type": "list", "id": "phones"}]), "{found}");
    let found = service.post("/access/v1/search/subject", json!({
        "subject": {"type": "service"}, "action": asked["action"], "resource": asked["resource"], "context": asked["context"],
    }).to_string()).json();
    assert_eq!(
        found["results"],
        json!([{"type": "service", "id": "mailer"}]),
        "{found}"
    );
    let found = service.post("/access/v1/search/action", asked.to_string()).json();
    assert_eq!(
        found["results"],
        json!([{"name": "can_read"}, {"name": "use"}]),
        "{found}"
    );
}

/// An evaluation of such a candidate would be refused: it is left out, and the others are found.
#[test]
fn a_candidate_that_disagrees_is_not_found_and_the_others_are() {
    let (folder, bundle) = file(&SHOP);
    let map = folder.path().join("map.toml");
    let text = MAP.to_owned()
        + r#"
[subject.service.ids.courier]
purpose = "delivery"

[action.mail]
verb = "use"
purpose = "marketing"
"#;
    std::fs::write(&map, text).unwrap();
    let service = Running::begin(kupuya_service::settings::Settings {
        map: Some(map),
        ..settings(&bundle)
    });
    let asked = |action: &str, context: Value| {
        json!({"subject": {"type": "service", "id": "mailer"}, "action": {"name": action},
            "resource": {"type": "order", "id": "17"}, "context": context})
    };
    let search = |path: &str, asked: &Value| {
        let answered = service.post(&format!("/access/v1/search/{path}"), asked.to_string());
        assert_eq!(answered.status, 200, "{}", answered.body);
        answered.json()["results"].take()
    };
    let mailer = json!([{"type": "service", "id": "mailer"}]);
    // The courier's purpose is another than that of the context, and than that of the action.
    let context = json!({"given": ["agreed"], "time": "2025-10-02", "purpose": "marketing"});
    assert_eq!(search("subject", &asked("use", context)), mailer);
    let context = json!({"given": ["agreed"], "time": "2025-10-02"});
    assert_eq!(search("subject", &asked("mail", context.clone())), mailer);
    let mut courier = asked("mail", context.clone());
    courier["subject"]["id"] = json!("courier");
    let refused = service.post("/access/v1/evaluation", courier.to_string());
    assert_eq!(
        (refused.status, refused.body.as_str()),
        (400, "`action` says another `purpose` than what --map says already")
    );
    let actions = search("action", &asked("", context.clone()));
    assert_eq!(
        actions,
        json!([{"name": "can_read"}, {"name": "mail"}, {"name": "use"}])
    );
    assert!(!search("action", &courier).to_string().contains("mail"));
    // Of all of them the same would be refused: there is nobody to be found.
    let mut none = asked("mail", context.clone());
    none["context"]["purpose"] = json!("delivery");
    assert_eq!(search("subject", &none), json!([]));
    assert_eq!(search("resource", &none), json!([]));
    // What is no search at all is refused, also where the first candidates disagree.
    let mut bad = none.clone();
    bad["context"]["age"] = json!("old");
    assert_eq!(service.post("/access/v1/search/subject", bad.to_string()).status, 400);
    let mut listed = asked("use", context);
    listed["resource"]["properties"] = json!({"data": ["contacts.full_name"]});
    assert_eq!(search("subject", &listed), json!([]));
}

#[test]
fn obligations_go_to_those_who_adopt_them() {
    let bundle = changed(
        "    use     contacts.phone_no for marketing under agreed\n",
        "    use     contacts.phone_no for marketing under agreed then notify buyer within 3 days\n",
    );
    let (_folder, service) = Running::of(&bundle);
    let plain = evaluation(&service, &asked());
    assert_eq!(
        (&plain["decision"], &plain["context"]["verdict"]),
        (&json!(false), &json!("allow"))
    );
    assert_eq!(plain["context"]["reason"], "obligations_not_adopted");
    assert_eq!(plain["context"].get("obligations"), None);
    let mut adopting = asked();
    adopting["context"]["supported_mandatory_extensions"] = json!(["obligations"]);
    let told = evaluation(&service, &adopting);
    assert_eq!(
        (&told["decision"], &told["context"]["reason"]),
        (&json!(false), &json!("obligations_not_supported"))
    );
    adopting["context"]["supported_obligations"] = json!(["notification"]);
    let told = evaluation(&service, &adopting);
    assert_eq!(told["decision"], true, "{told}");
    let obligation = &told["context"]["obligations"][0];
    assert_eq!(
        (&obligation["id"], &obligation["type"]),
        (&json!("notify-1"), &json!("notification"))
    );
    let mut members: Vec<&str> = obligation["properties"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    members.sort_unstable();
    assert_eq!(members, ["body", "to", "topic"]);
    assert_eq!(obligation["properties"]["to"], json!(["buyer"]));
    adopting["context"]["supported_obligations"] = json!(["custom"]);
    let told = evaluation(&service, &adopting);
    let obligation = &told["context"]["obligations"][0];
    assert_eq!(obligation["type"], "custom");
    assert_eq!(obligation["properties"]["within"], json!({"count": 3, "unit": "day"}));
    assert_eq!(obligation["properties"]["data"], json!(["contacts.phone_no"]));
    // Found alone by those who can meet them.
    let found = service.post("/access/v1/search/resource", asked().to_string()).json();
    assert_eq!(found["results"], json!([]));
    let found = service.post("/access/v1/search/resource", adopting.to_string()).json();
    assert_eq!(
        found["results"][0]["context"]["obligations"][0]["type"], "custom",
        "{found}"
    );
}

#[test]
fn obligations_can_be_given_to_all() {
    let bundle = changed(
        "    use     contacts.phone_no for marketing under agreed\n",
        "    use     contacts.phone_no for marketing under agreed then notify buyer within 3 days\n",
    );
    let (_folder, bundle) = file(&bundle);
    let obligations = kupuya_service::settings::Obligations::Always;
    let service = Running::begin(kupuya_service::settings::Settings {
        obligations,
        ..settings(&bundle)
    });
    let told = evaluation(&service, &asked());
    assert_eq!(
        (&told["decision"], &told["context"]["obligations"][0]["type"]),
        (&json!(true), &json!("notification"))
    );
}

#[test]
fn the_metadata_document_names_the_endpoints() {
    let (_folder, bundle) = file(&SHOP);
    let public_url = Some("https://pdp.example/".to_owned());
    let service = Running::begin(kupuya_service::settings::Settings {
        public_url,
        ..settings(&bundle)
    });
    let told = service.get("/.well-known/authzen-configuration").json();
    assert_eq!(told["policy_decision_point"], "https://pdp.example");
    for (name, path) in [
        ("access_evaluation_endpoint", "evaluation"),
        ("access_evaluations_endpoint", "evaluations"),
        ("search_subject_endpoint", "search/subject"),
        ("search_resource_endpoint", "search/resource"),
        ("search_action_endpoint", "search/action"),
    ] {
        assert_eq!(told[name], format!("https://pdp.example/access/v1/{path}"));
        let path = format!("/access/v1/{path}");
        assert_eq!(service.post(&path, "{}").status, 400, "{path} is there");
    }
    assert_eq!(told["supported_obligations"], json!(["notification", "custom"]));
}
