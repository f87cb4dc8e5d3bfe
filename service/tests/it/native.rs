//! Decisions, filters, deadlines and clauses under `/v1`.

use serde_json::{Value, json};

use crate::running::{Running, settings};
use crate::shop::{SHOP, blocks, changed, meaning};

const ASKED: &str = r#"{"action": "use", "data": ["contacts.phone_no"], "purpose": ["marketing"], "about": ["buyer"],
    "given": ["agreed"], "time": "2025-10-02"}"#;

#[test]
fn a_decision_is_that_of_the_runtime() {
    let (_folder, service) = Running::of(&SHOP);
    let answered = service.post("/v1/decide", ASKED);
    assert_eq!((answered.status, answered.sort.as_str()), (200, "application/json"));
    assert_eq!(answered.headers["x-decision-id"].len(), 36);
    let bundle = kupuya_runtime::Bundle::load(&SHOP).unwrap();
    let mut told = Vec::new();
    assert!(bundle.answer_json(ASKED.as_bytes(), &mut told).unwrap());
    assert_eq!(answered.body, String::from_utf8(told).unwrap());
    let denied = service.post("/v1/decide", ASKED.replace("\"agreed\"", "")).json();
    assert_eq!(
        (&denied["decision"], &denied["verdict"]),
        (&json!(false), &json!("unmet"))
    );
}

#[test]
fn a_list_of_requests_gives_a_list_of_answers() {
    let (_folder, service) = Running::of(&SHOP);
    let denied = ASKED.replace("\"agreed\"", "");
    let answers = service.post("/v1/decide", format!(" [{ASKED},{denied}]")).json();
    let decisions: Vec<&Value> = answers
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| &answer["decision"])
        .collect();
    assert_eq!(decisions, [true, false]);
    assert_eq!(service.post("/v1/decide", "[]").body, "[]");
}

/// The examples of docs/requests.md are read and answered over HTTP too.
#[test]
fn the_page_of_requests_holds_here_too() {
    let (_folder, service) = Running::of(&SHOP);
    let page = blocks("docs/requests.md", "json");
    let requests = page.iter().filter(|block| block.contains("\"action\""));
    let verdicts: Vec<Value> = requests
        .map(|request| service.post("/v1/decide", request).json()["verdict"].take())
        .collect();
    assert_eq!(verdicts, ["allow", "unmet"]);
}

#[test]
fn the_filter_leaves_what_may_be_used() {
    let (_folder, service) = Running::of(&SHOP);
    let asked = json!({
        "request": {"action": "use", "purpose": ["marketing"], "about": ["buyer"], "given": ["agreed"], "time": "2025-10-02"},
        "fields": {"/order": [], "/customer/name": "contacts.full_name", "/customer/phones/*": "contacts.phone_no"},
        "record": {"order": 17, "customer": {"name": "Айгүл", "phones": ["0700"]}, "note": "call"},
    });
    let answered = service.post("/v1/filter", asked.to_string()).json();
    assert_eq!(
        answered["record"],
        json!({"order": 17, "customer": {"phones": ["0700"]}})
    );
    assert_eq!(
        answered["fell"],
        json!([
            {"field": "/customer/name", "times": 1, "data": "contacts.full_name", "verdict": "undeclared"},
            {"field": "/note", "times": 1, "verdict": "not_named"},
        ])
    );
    let mut nothing = asked.clone();
    nothing["fields"] = json!({});
    nothing["record"] = json!("text");
    assert_eq!(
        service.post("/v1/filter", nothing.to_string()).json()["record"],
        Value::Null
    );
    // Numbers keep the way they were written.
    let long = asked.to_string().replace("17", "17.10000000000000000001");
    assert!(
        service
            .post("/v1/filter", long)
            .body
            .contains("17.10000000000000000001")
    );
    let mut bad = asked;
    bad["fields"] = json!({"name": "contacts"});
    let refused = service.post("/v1/filter", bad.to_string());
    assert_eq!(
        (refused.status, &refused.json()["type"]),
        (400, &json!("urn:kupuya:problem:not-a-map"))
    );
}

/// Names in a record may tell of a person: if nothing stays they do not come back as empty objects either.
#[test]
fn where_nothing_stays_no_name_comes_back() {
    let (_folder, service) = Running::of(&SHOP);
    let request = json!({"action": "use", "purpose": ["marketing"], "about": ["buyer"], "given": ["agreed"],
        "time": "2025-10-02"});
    let asked = json!({
        "request": request,
        "fields": {"/people/*/phone": "contacts.phone_no", "/people/*/name": "contacts.full_name"},
        "record": {"people": {"Айгүл": {"phone": "0700", "name": "A"}}},
    });
    let filter = |asked: &Value| service.post("/v1/filter", asked.to_string());
    let whole = filter(&asked).json();
    assert_eq!(whole["record"], json!({"people": {"Айгүл": {"phone": "0700"}}}));
    assert_eq!(whole.get("problems"), None);
    let mut refused = asked.clone();
    refused["request"]["given"] = json!([]);
    let told = filter(&refused).json();
    assert_eq!(told["record"], Value::Null, "{told}");
    assert_eq!(told["fell"].as_array().unwrap().len(), 2);
    // What was empty before is no less than it was; what may stay and is empty stays.
    for (fields, record) in [
        (json!({"/a/b": "contacts.phone_no"}), json!({"a": {}})),
        (json!({"/a/*": "contacts.phone_no"}), json!({"a": [[]], "b": 1})),
    ] {
        let mut empty = asked.clone();
        (empty["fields"], empty["record"]) = (fields, record.clone());
        assert_eq!(filter(&empty).json()["record"]["a"], record["a"]);
    }
    // A request that cannot be asked is told why, and not one name.
    for (key, value, problem, verdict) in [
        ("purpose", json!(["marketting"]), "unknown_name", "undeclared"),
        ("time", json!("2020-01-01"), "not_in_force", "no_policy"),
    ] {
        let mut unasked = asked.clone();
        unasked["request"][key] = value;
        unasked["fields"]["/note"] = json!([]);
        unasked["record"]["note"] = json!("call");
        let answered = filter(&unasked);
        let told = answered.json();
        assert!(!answered.body.contains("Айгүл"), "{told}");
        assert_eq!(told["record"], Value::Null);
        assert_eq!(told["fell"], json!([{"field": "", "times": 1, "verdict": verdict}]));
        let decided = service.post("/v1/decide", unasked["request"].to_string()).json();
        assert_eq!(told["problems"], decided["problems"]);
        assert_eq!(told["problems"][0]["problem"], problem);
    }
}

#[test]
fn the_retention_call_tells_what_is_due() {
    let (_folder, service) = Running::of(&SHOP);
    let asked =
        json!({"data": ["contacts"], "about": ["buyer"], "time": "2026-06-01", "item": {"collected": "2023-01-15"}});
    let answered = service.post("/v1/retention", asked.to_string()).json();
    let states = answered["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (&item["state"], &item["latest"]));
    assert!(states.clone().count() > 1);
    assert!(
        states.clone().all(|told| told == (&json!("due"), &json!("2026-01-15"))),
        "{answered}"
    );
}

#[test]
fn clauses_are_found_by_their_ids() {
    let (_folder, service) = Running::of(&SHOP);
    let answer = service.post("/v1/decide", ASKED).json();
    let unit = answer["items"][0]["relies_on"][0]["rule"]["unit"].clone();
    let clause = service
        .get(&format!("/v1/clauses/{}", unit["id"].as_str().unwrap()))
        .json();
    for key in ["id", "paragraph", "sentence"] {
        assert_eq!(clause[key], unit[key]);
    }
    assert_eq!(clause["meaning"], answer["meaning"]);
    let nothing = service.get("/v1/clauses/nothing");
    assert_eq!(
        (nothing.status, &nothing.json()["type"]),
        (404, &json!("urn:kupuya:problem:no-such-clause"))
    );
}

#[test]
fn the_version_of_the_request_s_time_answers() {
    let folder = tempfile::tempdir().unwrap();
    let later = changed("effective: 2025-09-01", "effective: 2027-01-01");
    std::fs::write(folder.path().join("1.kupb"), &*SHOP).unwrap();
    std::fs::write(folder.path().join("2.kupb"), &later).unwrap();
    std::fs::write(folder.path().join("other.txt"), "is not looked at").unwrap();
    let service = Running::begin(settings(folder.path()));
    let at = |time: &str| service.post("/v1/decide", ASKED.replace("2025-10-02", time)).json();
    assert_eq!(at("2026-01-01")["meaning"], meaning(&SHOP));
    assert_eq!(at("2027-01-01")["meaning"], meaning(&later));
    assert_eq!(at("2024-01-01")["verdict"], "no_policy");
    let status = service.get("/v1/status").json();
    assert_eq!(status["bundle"]["type"], "directory");
    assert_eq!(status["bundle"]["versions"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_wrong_is_told_with_its_field() {
    let (_folder, service) = Running::of(&SHOP);
    for (path, body, field, detail) in [
        ("/v1/decide", "", Value::Null, "EOF"),
        ("/v1/decide", "{\"action\": 1}", json!("action"), "expected a string"),
        (
            "/v1/decide",
            "{\"action\": \"use\", \"purposes\": []}",
            json!("purposes"),
            "unknown field `purposes`",
        ),
        (
            "/v1/decide",
            "[{\"action\": \"use\", \"time\": \"yesterday\"}]",
            json!("[0].time"),
            "not a time",
        ),
        ("/v1/retention", "[]", Value::Null, "expected a map"),
        (
            "/v1/retention",
            "{\"item\": {\"gathered\": 1}}",
            json!("item.gathered"),
            "unknown field `gathered`",
        ),
        (
            "/v1/filter",
            "{\"request\": {\"action\": \"use\"}}",
            Value::Null,
            "missing field `fields`",
        ),
    ] {
        let refused = service.post(path, body);
        let told = refused.json();
        assert_eq!(
            (refused.status, refused.sort.as_str()),
            (400, "application/problem+json"),
            "{body}"
        );
        assert_eq!(told["type"], "urn:kupuya:problem:not-a-request", "{body}");
        assert_eq!(told["status"], 400);
        assert_eq!(told["field"], field, "{told}");
        assert!(told["detail"].as_str().unwrap().contains(detail), "{told}");
    }
    let nowhere = service.get("/v1/nothing");
    assert_eq!(
        (nowhere.status, &nowhere.json()["type"]),
        (404, &json!("urn:kupuya:problem:no-such-path"))
    );
    let method = service.get("/v1/decide");
    assert_eq!(
        (method.status, &method.json()["type"]),
        (405, &json!("urn:kupuya:problem:no-such-method"))
    );
    assert_eq!(method.headers["allow"], "POST");
}

#[test]
fn the_id_of_a_request_comes_back() {
    let (_folder, service) = Running::of(&SHOP);
    for body in [ASKED, "bad"] {
        let answered = service.post_with("/v1/decide", body, &[("x-request-id", "abc-1")]);
        assert_eq!(answered.headers["x-request-id"], "abc-1");
    }
}

#[test]
fn a_field_of_many_steps_and_many_unknown_names_bring_nothing_down() {
    let (_folder, service) = Running::of(&SHOP);
    for (steps, status) in [(100, 200), (129, 400), (100_000, 400)] {
        let mut fields = json!({});
        fields["/a".repeat(steps)] = json!("contacts");
        let asked = json!({"request": {"action": "use", "purpose": ["delivery"]}, "fields": fields, "record": {}});
        assert_eq!(service.post("/v1/filter", asked.to_string()).status, status, "{steps}");
    }
    let names: Vec<String> = (0..50_000).map(|number| format!("phone_n{number}")).collect();
    let asked = json!({"action": "use", "data": names, "purpose": ["delivery"]});
    let told = service.post("/v1/decide", asked.to_string()).json();
    let problems = told["problems"].as_array().unwrap();
    assert_eq!(problems.len(), 50_000);
    let near = problems
        .iter()
        .filter(|problem| problem["nearest"] != json!([]))
        .count();
    assert_eq!(near, 8);
}

/// As Envoy asks: with the client's method and path, and the request in a header that the proxy sets.
#[test]
fn a_proxy_lets_through_what_is_allowed() {
    let (_folder, service) = Running::of(&SHOP);
    let allowed = ASKED.replace('\n', "");
    let answered = service.post_with(
        "/v1/ext_authz/offers?page=2",
        "a body",
        &[("x-kupuya-request", &allowed)],
    );
    assert_eq!(
        (answered.status, answered.headers["x-kupuya-verdict"].to_str().unwrap()),
        (200, "allow")
    );
    let clause = answered.headers["x-kupuya-clauses"].to_str().unwrap().to_owned();
    assert_eq!(service.get(&format!("/v1/clauses/{clause}")).status, 200);
    let denied = allowed.replace("\"agreed\"", "");
    for path in ["/v1/ext_authz/", "/v1/ext_authz/x", "/v1/ext_authz/x/y"] {
        let answered = service.post_with(path, "", &[("x-kupuya-request", &denied)]);
        assert_eq!(
            (answered.status, answered.headers["x-kupuya-verdict"].to_str().unwrap()),
            (403, "unmet"),
            "{path}"
        );
    }
    assert_eq!(service.get("/v1/ext_authz/x").status, 400);
    // A proxy that adds its header to one that the client sent has not said which counts.
    for twice in [[&allowed, &denied], [&denied, &allowed], [&allowed, &allowed]] {
        let headers = twice.map(|asked| ("x-kupuya-request", asked.as_str()));
        let refused = service.post_with("/v1/ext_authz/x", "", &headers);
        assert_eq!(
            (refused.status, &refused.json()["type"]),
            (400, &json!("urn:kupuya:problem:not-a-request"))
        );
    }
    // The sample asks with the header and the path that the service knows.
    let sample = std::fs::read_to_string(crate::shop::root().join("service/examples/envoy.yaml")).unwrap();
    for line in [
        "path_prefix: /v1/ext_authz\n",
        "key: x-kupuya-request\n",
        "- exact: x-kupuya-request\n",
    ] {
        assert!(sample.contains(line), "{line}");
    }
    let asked = sample
        .lines()
        .find_map(|line| line.trim().strip_prefix("value: '"))
        .unwrap()
        .trim_end_matches('\'');
    assert_eq!(service.post("/v1/decide", asked).json()["verdict"], "unmet");
}
