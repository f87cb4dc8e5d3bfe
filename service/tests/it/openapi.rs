//! The OpenAPI document: the routes there are, and the answers they give.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use kupuya_service::routes::{ROUTES, Route};
use kupuya_service::settings::Settings;
use serde_json::{Value, json};

use crate::running::{Answered, Running, file, settings};
use crate::shop::{SHOP, changed};

fn document(service: &Running) -> Value {
    service.get("/openapi.json").json()
}

#[test]
fn its_paths_are_the_routes() {
    let (_folder, service) = Running::of(&SHOP);
    let document = document(&service);
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["info"]["version"], env!("CARGO_PKG_VERSION"));
    let paths = document["paths"].as_object().unwrap();
    let described: BTreeSet<(String, String)> = paths
        .iter()
        .flat_map(|(path, methods)| {
            methods
                .as_object()
                .unwrap()
                .keys()
                .map(|method| (path.clone(), method.to_uppercase()))
        })
        .collect();
    let described_path = |route: &Route| route.path.replace("{*", "{");
    let served: BTreeSet<(String, String)> = ROUTES
        .iter()
        .map(|route| (described_path(route), route.method.to_string()))
        .collect();
    assert_eq!(described, served);
    for route in ROUTES {
        let operation = &paths[&described_path(route)][route.method.as_str().to_lowercase()];
        assert_eq!(operation["security"] == json!([]), route.open, "{}", route.path);
        let errors = operation["responses"]["400"]["content"].as_object();
        assert_eq!(
            errors.is_some_and(|errors| errors.len() == 2),
            route.authzen,
            "{}",
            route.path
        );
    }
}

/// The schemas of the document.
struct Schemas {
    document: Value,
    seen: BTreeMap<String, BTreeSet<String>>,
}

impl Schemas {
    fn validator(&self, schema: &Value) -> Validator {
        let mut whole = schema.clone();
        whole["components"] = self.document["components"].clone();
        jsonschema::draft202012::new(&whole).unwrap()
    }

    /// Whether the document allows this answer to this route.
    fn check(&mut self, method: &str, path: &str, answered: &Answered) {
        let place = format!("{method} {path} {} {}", answered.status, answered.sort);
        let responses = &self.document["paths"][path][method]["responses"];
        let schema = &responses[answered.status.to_string()]["content"][&answered.sort]["schema"];
        assert!(schema.is_object(), "{place} is not in the document");
        let body = if answered.sort.contains("json") {
            answered.json()
        } else {
            Value::from(answered.body.as_str())
        };
        let validator = self.validator(schema);
        let wrong: Vec<String> = validator.iter_errors(&body).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{place}: {wrong:?}\n{body}");
        self.seen
            .entry(path.to_owned())
            .or_default()
            .insert(answered.status.to_string());
    }

    fn takes(&self, path: &str, body: &Value) -> bool {
        let content = &self.document["paths"][path]["post"]["requestBody"]["content"];
        self.validator(&content["application/json"]["schema"]).is_valid(body)
    }
}

/// Bodies for a route, good and bad; what the document takes is answered, what it does not take is refused.
fn bodies() -> Vec<(&'static str, Value)> {
    let request = json!({"action": "use", "data": ["contacts.phone_no"], "purpose": ["marketing"], "about": ["buyer"],
        "given": ["agreed"], "time": "2025-10-02"});
    let change = |key: &str, value: Value| {
        let mut changed = request.clone();
        changed[key] = value;
        changed
    };
    let mut bodies: Vec<(&str, Value)> = Vec::new();
    let decided = [
        request.clone(),
        change("given", json!([])),
        change("purpose", json!(["delivery"])),
        change("purpose", json!(["nothing"])),
        change("purpose", json!([])),
        change("data", json!(["contacts"])),
        change("action", json!("share")),
        change("action", json!("dance")),
        change("time", json!("2000-01-01")),
        change("age", json!({"at_least": 3})),
        change("age", json!(-1)),
        change("age", json!({"at_most": null, "x": 1})),
        change(
            "records",
            json!([{"kind": "give", "basis": "agreed", "at": "2025-10-01", "purposes": null}]),
        ),
        change(
            "records",
            json!([{"kind": "take", "basis": "agreed", "at": "2025-10-01"}]),
        ),
        change("item", json!({"collected": "2025-01-01", "events": {}})),
        change("given", json!(["not agreed", "agreed"])),
        change("more", json!(1)),
        json!({"action": "use"}),
        json!({"action": "store", "data": ["any"]}),
        json!({}),
        json!([{"action": "use"}, {"action": "erase", "data": ["contacts"]}]),
        json!([1]),
        json!(1),
        json!("use"),
        Value::Null,
    ];
    bodies.extend(decided.iter().map(|body| ("/v1/decide", body.clone())));
    for body in decided.iter().filter(|body| body.is_object()) {
        bodies.push(("/v1/retention", body.clone()));
        bodies.push((
            "/v1/filter",
            json!({"request": body, "fields": {"/a": "contacts.phone_no", "/b": [], "/c": null},
            "record": {"a": 1, "b": 2, "c": 3, "d": 4}}),
        ));
        bodies.push(("/v1/filter", json!({"request": body, "fields": {"/a": 1}, "record": 1})));
    }
    let evaluation = json!({
        "subject": {"type": "controller", "id": "shop_llc"},
        "action": {"name": "use"},
        "resource": {"type": "data_category", "id": "contacts.phone_no"},
        "context": {"purpose": "marketing", "about": "buyer", "given": ["agreed"], "time": "2025-10-02",
            "supported_mandatory_extensions": ["obligations"], "supported_obligations": ["custom"]},
    });
    let mut evaluations = vec![evaluation.clone()];
    for (pointer, value) in [
        ("/context/given", json!([])),
        ("/context/given", json!(1)),
        ("/context", Value::Null),
        ("/context", json!(1)),
        ("/context/purpose", json!(["delivery"])),
        ("/context/purpose", json!([1])),
        ("/context/supported_obligations", json!([])),
        ("/context/supported_mandatory_extensions", json!("none")),
        ("/action/name", json!("share")),
        ("/action/name", json!("dance")),
        ("/action/name", json!(1)),
        ("/action", json!({})),
        ("/subject/type", json!("user")),
        ("/subject", json!({"type": "controller", "id": "x", "properties": []})),
        ("/resource/id", json!("contacts.full_name")),
        ("/resource/id", json!("nothing")),
        (
            "/resource",
            json!({"type": "data_category", "id": "x", "properties": {"data": "contacts.phone_no"}}),
        ),
        (
            "/resource",
            json!({"type": "data_category", "id": "x", "properties": {"data": 1}}),
        ),
    ] {
        let mut changed = evaluation.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        evaluations.push(changed);
    }
    for body in &evaluations {
        for path in ["evaluation", "search/subject", "search/resource", "search/action"] {
            let path = ROUTES.iter().find(|route| route.path.ends_with(path)).unwrap().path;
            bodies.push((path, body.clone()));
        }
        let mut batch = body.clone();
        batch["evaluations"] = json!([{}, {"resource": {"type": "data_category", "id": "contacts"}}]);
        batch["options"] = json!({"evaluations_semantic": "execute_all"});
        bodies.push(("/access/v1/evaluations", batch));
    }
    bodies.push(("/access/v1/evaluations", json!({"evaluations": 1})));
    bodies.push(("/access/v1/evaluations", json!({"evaluations": [1]})));
    let mut paged = evaluation;
    paged["page"] = json!({"limit": 0});
    bodies.push(("/access/v1/search/resource", paged));
    bodies
}

#[test]
fn every_answer_is_as_the_document_says() {
    let bundle = changed(
        "    use     contacts.phone_no for marketing under agreed\n",
        "    use     contacts.phone_no for marketing under agreed then notify buyer within 3 days\n",
    );
    let (folder, path) = file(&bundle);
    let log = folder.path().join("log").to_str().unwrap().to_owned();
    let service = Running::begin(Settings {
        log,
        max_body: 5000,
        ..settings(&path)
    });
    let mut schemas = Schemas {
        document: document(&service),
        seen: BTreeMap::new(),
    };
    for (path, body) in bodies() {
        let answered = service.post(path, body.to_string());
        schemas.check("post", path, &answered);
        // In a batch errors stand in the answer.
        if path != "/access/v1/evaluations" {
            assert_eq!(
                schemas.takes(path, &body),
                answered.status == 200,
                "{path} {body} {}",
                answered.body
            );
        }
        let headers = [("accept", "application/problem+json")];
        schemas.check("post", path, &service.post_with(path, body.to_string(), &headers));
    }
    let posts = ROUTES
        .iter()
        .filter(|route| route.method == "POST")
        .map(|route| route.path);
    for path in posts.clone() {
        schemas.check("post", path, &service.post(path, "no JSON"));
        schemas.check("post", path, &service.post(path, " ".repeat(5001)));
    }
    let answer = service.post(
        "/v1/decide",
        r#"{"action": "use", "data": ["contacts.full_name"], "purpose": ["delivery"]}"#,
    );
    let id = answer.json()["items"][0]["relies_on"][0]["rule"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    schemas.check("get", "/v1/clauses/{id}", &service.get(&format!("/v1/clauses/{id}")));
    schemas.check("get", "/v1/clauses/{id}", &service.get("/v1/clauses/no"));
    let gets = ROUTES
        .iter()
        .filter(|route| route.method == "GET" && !route.path.contains('{'))
        .map(|route| route.path);
    for path in gets.clone() {
        schemas.check("get", path, &service.get(path));
    }
    let asked = [(
        "x-kupuya-request",
        r#"{"action": "use", "data": ["contacts.full_name"], "purpose": ["delivery"]}"#,
    )];
    for headers in [
        &asked[..],
        &[("x-kupuya-request", "{\"action\": \"use\"}")],
        &[("x-kupuya-request", "{}")],
        &[],
    ] {
        for (path, asked) in [
            ("/v1/ext_authz/{path}", "/v1/ext_authz/offers/1"),
            ("/v1/ext_authz/", "/v1/ext_authz/"),
        ] {
            schemas.check("get", path, &service.post_with(asked, "", headers));
        }
    }
    let seen: Vec<&str> = schemas.seen["/v1/ext_authz/{path}"]
        .iter()
        .map(String::as_str)
        .collect();
    assert_eq!(seen, ["200", "400", "403"]);
    // Without a bundle, and without a token.
    let empty = tempfile::tempdir().unwrap();
    let nothing = Running::begin(settings(&empty.path().join("none.kupb")));
    let closed = Running::begin(Settings {
        tokens: vec!["t".to_owned()],
        ..settings(&path)
    });
    let good = bodies();
    for path in posts {
        let body = &good.iter().find(|(known, _)| *known == path).unwrap().1;
        schemas.check("post", path, &nothing.post(path, body.to_string()));
        schemas.check("post", path, &closed.post(path, body.to_string()));
    }
    for path in gets {
        schemas.check("get", path, &nothing.get(path));
        schemas.check("get", path, &closed.get(path));
    }
    for route in ROUTES.iter().filter(|route| route.method == "POST") {
        let seen: Vec<&str> = schemas.seen[route.path].iter().map(String::as_str).collect();
        assert_eq!(seen, ["200", "400", "401", "413", "503"], "{}", route.path);
    }
}
