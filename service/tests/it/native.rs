//! Decisions, filters, deadlines and clauses under `/v1`.

use kupuya_service::settings::{Obligations, Settings};
use serde_json::{Value, json};

use crate::running::{Running, file, settings, until};
use crate::shop::{SHOP, TEXT, blocks, built, changed, meaning};

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

/// Without a log a request that is in order is answered while it is read: the answer is the same.
#[test]
fn with_and_without_a_log_the_answers_are_the_same() {
    let (folder, path) = file(&SHOP);
    let quick = Running::begin(settings(&path));
    let logged = Running::begin(Settings {
        log: folder.path().join("log").to_str().unwrap().to_owned(),
        ..settings(&path)
    });
    for (from, to) in [
        ("", ""),
        ("\"agreed\"", ""),
        ("\"use\"", "\"share\""),
        ("[\"marketing\"]", "[\"nothing\"]"),
        ("2025-10-02", "2020-01-01"),
        (", \"time\": \"2025-10-02\"", ""),
        ("\"about\"", "\"about\": [], \"about\""),
        ("\"given\"", "\"facts\": {\"x\": true}, \"given\""),
        ("[\"buyer\"]", "[\"buyer\"], \"more\": 1"),
    ] {
        assert!(ASKED.contains(from), "{from}");
        let asked = ASKED.replacen(from, to, 1);
        let [one, other] = [&quick, &logged].map(|service| service.post("/v1/decide", &asked));
        assert_eq!((one.status, one.body), (other.status, other.body), "{asked}");
    }
    let counted = |service: &Running| -> Vec<String> {
        let text = service.get("/metrics").body;
        let lines = text.lines().filter(|line| line.starts_with("kupuya_decisions_total"));
        let mut lines: Vec<String> = lines.map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(counted(&quick), counted(&logged));
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

/// Neither a key that stands twice nor a list in the place of an object is a request.
#[test]
fn a_key_twice_and_a_list_for_an_object_are_refused_everywhere() {
    let (_folder, service) = Running::of(&SHOP);
    let filter = |request: &str, fields: &str, record: &str| {
        format!(r#"{{"request": {request}, "fields": {fields}, "record": {record}}}"#)
    };
    let request = r#"{"action": "use", "purpose": ["delivery"]}"#;
    let good = filter(request, r#"{"/a": []}"#, r#"{"a": 1}"#);
    assert_eq!(service.post("/v1/filter", &good).status, 200);
    for (path, body, field) in [
        (
            "/v1/decide",
            r#"{"action": "use", "action": "share"}"#.to_owned(),
            "action",
        ),
        (
            "/v1/decide",
            r#"[{}, {"action": "use", "facts": {"x": true, "x": false}}]"#.to_owned(),
            "[1].facts.x",
        ),
        (
            "/v1/retention",
            r#"{"item": {"events": {"sold": null, "sold": null}}}"#.to_owned(),
            "item.events.sold",
        ),
        (
            "/v1/filter",
            filter(request, r#"{"/a": [], "/a": "contacts"}"#, "{}"),
            "fields./a",
        ),
        (
            "/v1/filter",
            filter(request, r#"{"/a": []}"#, r#"{"a": {"b": 1, "b": 2}}"#),
            "record.a.b",
        ),
        ("/v1/filter", good.replacen('{', r#"{"record": 1, "#, 1), "record"),
    ] {
        let refused = service.post(path, &body).json();
        assert_eq!(
            (&refused["status"], &refused["field"]),
            (&json!(400), &json!(field)),
            "{body}: {refused}"
        );
        assert!(
            refused["detail"].as_str().unwrap().contains("` stands twice at line 1"),
            "{refused}"
        );
    }
    for (path, body) in [
        ("/v1/decide", r#"[["use", ["contacts"]]]"#.to_owned()),
        ("/v1/decide", r#"{"action": "use", "item": []}"#.to_owned()),
        (
            "/v1/decide",
            r#"{"action": "use", "records": [["give", "agreed", null, "2025-10-01", "self"]]}"#.to_owned(),
        ),
        ("/v1/retention", r#"{"item": ["2020-01-01", {}]}"#.to_owned()),
        ("/v1/filter", format!(r#"[{request}, {{"/a": []}}, {{}}]"#)),
        ("/v1/filter", filter(r#"["use"]"#, "{}", "{}")),
    ] {
        let refused = service.post(path, &body).json();
        let detail = refused["detail"].as_str().unwrap();
        assert!(
            detail.starts_with("invalid type: sequence, expected an object"),
            "{path} {body}: {refused}"
        );
    }
    for header in [r#"["use"]"#, r#"{"action": "use", "action": "use"}"#] {
        let refused = service.post_with("/v1/ext_authz/x", "", &[("x-kupuya-request", header)]);
        assert_eq!(refused.status, 400, "{header}");
    }
}

#[test]
fn a_field_is_a_pointer_with_good_escapes() {
    let (_folder, service) = Running::of(&SHOP);
    let asked = |field: &str| {
        let asked = json!({"request": {"action": "use", "purpose": ["delivery"]}, "fields": {field: []},
            "record": {"a/b": 1, "m~n": 2}});
        service.post("/v1/filter", asked.to_string())
    };
    assert_eq!(asked("/a~1b").json()["record"], json!({"a/b": 1}));
    assert_eq!(asked("/m~0n").json()["record"], json!({"m~n": 2}));
    for bad in ["/m~n", "/m~", "/m~2n", "/~", "/~~0"] {
        let refused = asked(bad).json();
        assert_eq!(refused["type"], "urn:kupuya:problem:not-a-map", "{bad}");
        assert!(
            refused["detail"].as_str().unwrap().contains("written `~0`"),
            "{refused}"
        );
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

/// Two versions that mean the same and say it in other words, and one that means something else: a line of the log tells which.
#[test]
fn a_line_of_the_log_leads_to_the_words_of_its_time() {
    let folder = tempfile::tempdir().unwrap();
    let worded = |begins: &str, from: &str, to: &str| {
        assert!(TEXT.contains(from), "{from}");
        built(&TEXT.replace("effective: 2025-09-01", begins).replace(from, to))
    };
    let phone = TEXT
        .split("phone_no ")
        .nth(1)
        .unwrap()
        .split('"')
        .nth(1)
        .unwrap()
        .to_owned();
    let reworded = worded("effective: 2027-01-01", &format!("\"{phone}\""), "\"чалуу номери\"");
    let changed = worded("effective: 2028-01-01", "for 3 years", "for 4 years");
    assert_eq!(meaning(&SHOP), meaning(&reworded));
    for (name, bytes) in [("1", &*SHOP), ("2", &reworded), ("3", &changed)] {
        std::fs::write(folder.path().join(format!("{name}.kupb")), bytes).unwrap();
    }
    let log = folder.path().join("decisions.log");
    let service = Running::begin(Settings {
        log: log.to_str().unwrap().to_owned(),
        ..settings(folder.path())
    });
    let times = ["2026-01-01", "2027-06-01", "2028-06-01"];
    let answers = times.map(|time| service.post("/v1/decide", ASKED.replace("2025-10-02", time)).json());
    let status = service.get("/v1/status").json()["bundle"]["versions"].take();
    let digests: Vec<&Value> = status
        .as_array()
        .unwrap()
        .iter()
        .map(|version| &version["digest"])
        .collect();
    until("the lines", || {
        std::fs::read_to_string(&log).is_ok_and(|text| text.lines().count() == 3)
    });
    let text = std::fs::read_to_string(&log).unwrap();
    let mut sentences = Vec::new();
    for ((line, answer), digest) in text.lines().zip(&answers).zip(digests) {
        let line: Value = serde_json::from_str(line).unwrap();
        let told = &line["bundles"]["shop"];
        let (id, meaning) = (
            line["result"]["clauses"][0].as_str().unwrap(),
            told["revision"].as_str().unwrap(),
        );
        let time = line["input"]["time"].as_str().unwrap();
        let clause = service
            .get(&format!("/v1/clauses/{id}?meaning={meaning}&time={time}"))
            .json();
        let unit = &answer["items"][0]["relies_on"][0]["rule"]["unit"];
        assert_eq!(
            (&clause["sentence"], &clause["paragraph"]),
            (&unit["sentence"], &unit["paragraph"])
        );
        assert_eq!((&clause["digest"], &told["digest"]), (digest, digest));
        assert_eq!(clause["meaning"], meaning);
        sentences.push(unit["sentence"].clone());
    }
    assert_ne!(sentences[0], sentences[1]);
    let id = answers[0]["items"][0]["relies_on"][0]["rule"]["unit"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let clause = |query: &str| service.get(&format!("/v1/clauses/{id}{query}"));
    // With the meaning alone from the newest that has it, unless that of now has it too.
    assert_eq!(
        clause(&format!("?meaning={}", meaning(&changed))).json()["meaning"],
        meaning(&changed)
    );
    assert_eq!(
        clause("?time=2027-06-01T00:00:00+06:00").json()["sentence"],
        sentences[1]
    );
    for (query, status, told) in [
        ("?meaning=0", 404, "no version in force has this meaning"),
        (
            &format!("?meaning={}&time=2026-01-01", meaning(&changed)),
            404,
            "or not at this time",
        ),
        ("?time=noon", 400, "`time`: not a time"),
        ("?meening=0", 400, "`meening` is not asked here"),
        ("?time=2026-01-01&time=2026-01-01", 400, "`time` stands twice"),
    ] {
        let refused = clause(query);
        assert_eq!(refused.status, status, "{query}");
        assert!(
            refused.json()["detail"].as_str().unwrap().contains(told),
            "{}",
            refused.body
        );
    }
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

/// What must be done along with a yes is told, or the yes is none: as for AuthZEN.
#[test]
fn a_proxy_lets_nothing_through_whose_obligations_would_be_lost() {
    let bundle = changed(
        "    use     contacts.phone_no for marketing under agreed\n",
        "    use     contacts.phone_no for marketing under agreed then notify buyer within 3 days\n",
    );
    let (_folder, path) = file(&bundle);
    let service = Running::begin(settings(&path));
    let asked = ASKED.replace('\n', "");
    let ask = |service: &Running, takes: &[&str]| {
        let mut headers = vec![("x-kupuya-request", asked.as_str())];
        headers.extend(takes.iter().map(|takes| ("x-kupuya-supported-obligations", *takes)));
        service.post_with("/v1/ext_authz/offers", "", &headers)
    };
    for (takes, reason) in [
        (&[][..], "obligations_not_adopted"),
        (&["step-up"][..], "obligations_not_supported"),
        (&[""][..], "obligations_not_supported"),
    ] {
        let refused = ask(&service, takes);
        assert_eq!(refused.status, 403, "{takes:?}");
        let header = |name| refused.headers.get(name).map(|value| value.to_str().unwrap());
        assert_eq!(
            (
                header("x-kupuya-verdict"),
                header("x-kupuya-reason"),
                header("x-kupuya-obligations")
            ),
            (Some("allow"), Some(reason), None)
        );
        assert_eq!(refused.json()["decision"], false);
    }
    assert_eq!(ask(&service, &["custom", "custom"]).status, 400);
    let told = |answered: &crate::running::Answered| -> Value {
        assert_eq!(answered.status, 200, "{}", answered.body);
        assert_eq!(answered.headers.get("x-kupuya-reason"), None);
        serde_json::from_str(answered.headers["x-kupuya-obligations"].to_str().unwrap()).unwrap()
    };
    let custom = told(&ask(&service, &["step-up, custom"]));
    assert_eq!(
        (&custom[0]["type"], &custom[0]["properties"]["what"]),
        (&json!("custom"), &json!("notify"))
    );
    let notification = told(&ask(&service, &["notification"]));
    let sentence = notification[0]["properties"]["body"].as_str().unwrap();
    assert!(sentence.contains("макулдук"), "{sentence}");
    let always = Running::begin(Settings {
        obligations: Obligations::Always,
        ..settings(&path)
    });
    assert_eq!(told(&ask(&always, &[])), notification);
    // Where there are none they are told to be none, so that nothing that a client sent stands there.
    let (_folder, plain) = Running::of(&SHOP);
    assert_eq!(told(&ask(&plain, &["custom"])), json!([]));
    let unasked = ask(&plain, &[]);
    assert_eq!(
        (unasked.status, unasked.headers.get("x-kupuya-obligations")),
        (200, None)
    );
    let sample = std::fs::read_to_string(crate::shop::root().join("service/examples/envoy.yaml")).unwrap();
    for line in [
        "remove: x-kupuya-obligations\n",
        "remove: x-kupuya-supported-obligations\n",
        "- exact: x-kupuya-obligations\n",
        "- exact: x-kupuya-supported-obligations\n",
    ] {
        assert!(sample.contains(line), "{line}");
    }
}
