//! The decision log: what is in it, and what happens when it cannot be written.

use kupuya_service::settings::{Personal, Settings, WhenFull};
use serde_json::{Value, json};

use crate::running::{Program, Running, file, settings, until};
use crate::shop::{SHOP, meaning};

const ASKED: &str = r#"{"action": "use", "data": ["contacts.phone_no"], "purpose": ["marketing"], "about": ["buyer"],
    "age": 77, "given": ["agreed"], "time": "2025-10-02"}"#;

fn lines(path: &std::path::Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'));
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_line_says_what_was_decided_and_nothing_of_the_person() {
    let (folder, bundle) = file(&SHOP);
    let log = folder.path().join("decisions.log");
    let service = Running::begin(Settings {
        log: log.to_str().unwrap().to_owned(),
        log_labels: [("environment".to_owned(), "test".to_owned())].into(),
        ..settings(&bundle)
    });
    let answered = service.post_with("/v1/decide", ASKED, &[("x-request-id", "r-1")]);
    let evaluation = json!({
        "subject": {"type": "controller", "id": "shop_llc", "properties": {"name": "Айгүл"}},
        "action": {"name": "use"}, "resource": {"type": "data_category", "id": "contacts.phone_no"},
        "context": {"purpose": "marketing", "given": [], "time": "2025-10-02", "ip": "10.0.0.1"},
    });
    let evaluated = service.post("/access/v1/evaluation", evaluation.to_string()).json();
    let record = json!({"request": {"action": "use", "age": 78}, "fields": {"/phone": "contacts.phone_no"},
        "record": {"phone": "0700 000 001", "Айгүл": 1}});
    service.post("/v1/filter", record.to_string());
    service.post(
        "/v1/retention",
        json!({"data": ["contacts"], "item": {"collected": "2020-01-01"}}).to_string(),
    );
    let search =
        json!({"subject": evaluation["subject"], "action": {"name": "use"}, "resource": {"type": "data_category"}});
    service.post("/access/v1/search/resource", search.to_string());
    let list = service.post("/v1/decide", format!("[{ASKED},{ASKED}]"));
    service.stop();

    let told = lines(&log);
    assert_eq!(told.len(), 7);
    let first = &told[0];
    assert_eq!(
        first["decision_id"],
        answered.headers["x-decision-id"].to_str().unwrap()
    );
    assert_eq!(first["labels"], json!({"environment": "test"}));
    assert_eq!(first["bundles"]["shop"]["revision"], meaning(&SHOP));
    assert_eq!(
        (&first["path"], &first["http_request_id"]),
        (&json!("/v1/decide"), &json!("r-1"))
    );
    assert_eq!(
        first["input"],
        json!({"action": "use", "data": ["contacts.phone_no"], "purpose": ["marketing"],
        "about": ["buyer"], "time": "2025-10-02"})
    );
    assert_eq!(first["erased"], json!(["/input/age", "/input/given"]));
    assert_eq!(
        (&first["result"]["decision"], &first["result"]["verdict"]),
        (&json!(true), &json!("allow"))
    );
    assert_eq!(first["result"]["clauses"].as_array().unwrap().len(), 1);
    assert!(
        first["timestamp"].as_str().unwrap().ends_with('Z')
            && first["requested_by"].as_str().unwrap().starts_with("127.")
    );
    let list = list.headers["x-decision-id"].to_str().unwrap();
    let ids: Vec<&Value> = told[5..].iter().map(|line| &line["decision_id"]).collect();
    assert_eq!(ids, [&json!(format!("{list}.0")), &json!(format!("{list}.1"))]);
    assert_eq!(told[1]["decision_id"], evaluated["context"]["decision_id"]);
    assert_eq!(told[1]["result"]["verdict"], "unmet");
    let numbers: Vec<u64> = told.iter().map(|line| line["req_id"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6]);
    let text = std::fs::read_to_string(&log).unwrap();
    for personal in ["77", "78", "agreed", "Айгүл", "0700", "10.0.0.1", "2020-01-01"] {
        let inputs: Vec<String> = told
            .iter()
            .map(|line| line["input"].to_string() + &line["result"].to_string())
            .collect();
        assert!(
            !inputs.iter().any(|input| input.contains(personal)),
            "{personal} in {text}"
        );
    }
}

#[test]
fn values_enter_when_asked_and_masked_data_do_not() {
    let (folder, bundle) = file(&SHOP);
    let log = folder.path().join("decisions.log");
    let settings = Settings {
        log: log.to_str().unwrap().to_owned(),
        log_values: vec![Personal::Age],
        ..settings(&bundle)
    };
    let service = Running::begin(settings.clone());
    service.post("/v1/decide", ASKED);
    service.stop();
    let service = Running::begin(Settings {
        log_mask: vec!["contacts".to_owned()],
        ..settings.clone()
    });
    service.post("/v1/decide", ASKED);
    service.stop();
    // A category of the taxonomy hides what the policy ties to it; a name that nobody knows may be a person's.
    let service = Running::begin(Settings {
        log_mask: vec!["person_name".to_owned()],
        ..settings.clone()
    });
    for data in ["contacts.full_name", "contacts.phone_no", "Айгүл Асанова"] {
        service.post("/v1/decide", ASKED.replace("contacts.phone_no", data));
    }
    service.stop();
    let told = lines(&log);
    let data: Vec<&Value> = told[2..].iter().map(|line| &line["input"]["data"][0]).collect();
    assert_eq!(data, ["***", "contacts.phone_no", "***"]);
    assert_eq!(
        (&told[0]["input"]["age"], &told[0]["erased"]),
        (&json!(77), &json!(["/input/given"]))
    );
    assert_eq!(
        (&told[1]["input"]["age"], &told[1]["input"]["data"]),
        (&Value::Null, &json!(["***"]))
    );
    assert_eq!(told[1]["masked"], json!(["/input/data/0", "/result/data/0"]));
}

/// A type that nobody mapped is denied like everything else that is: under an id, with a line.
#[test]
fn a_denial_of_an_unknown_type_is_logged_too() {
    let (folder, bundle) = file(&SHOP);
    let log = folder.path().join("decisions.log");
    let service = Running::begin(Settings {
        log: log.to_str().unwrap().to_owned(),
        ..settings(&bundle)
    });
    let asked = json!({
        "subject": {"type": "user", "id": "Айгүл"}, "action": {"name": "use"},
        "resource": {"type": "data_category", "id": "contacts.phone_no"}, "context": {"age": 77},
    });
    let one = service.post("/access/v1/evaluation", asked.to_string());
    let mut batch = asked.clone();
    batch["evaluations"] = json!([{}, {"action": {}}]);
    let several = service.post("/access/v1/evaluations", batch.to_string()).json();
    service.stop();
    let told = lines(&log);
    assert_eq!(told.len(), 2);
    let id = one.json()["context"]["decision_id"].take();
    assert_eq!(one.headers["x-decision-id"], id.as_str().unwrap());
    let second = &several["evaluations"][0]["context"]["decision_id"];
    for (line, id) in told.iter().zip([&id, second]) {
        assert_eq!(&line["decision_id"], id);
        assert_eq!(line["result"], json!({"decision": false, "verdict": "invalid"}));
        assert_eq!(
            (&line["input"]["data"], &line["erased"]),
            (&json!(["contacts.phone_no"]), &json!(["/input/age"]))
        );
        assert!(!line.to_string().contains("Айгүл"), "{line}");
    }
}

/// Keys that are let in have no names in them that the policy does not know: somebody may have sent a person's.
#[test]
fn values_that_enter_have_no_unknown_names() {
    let (folder, bundle) = file(&SHOP);
    let log = folder.path().join("decisions.log");
    let values = [
        Personal::Place,
        Personal::Facts,
        Personal::Given,
        Personal::Records,
        Personal::Item,
    ];
    let asked = json!({
        "action": "use", "data": ["contacts.phone_no"], "purpose": ["marketing"], "place": "Айгүл",
        "facts": {"Айгүл": true}, "given": ["not Айгүл", "agreed"], "time": "2025-10-02",
        "records": [{"kind": "give", "basis": "Айгүл", "purposes": ["Айгүл", "marketing"], "at": "2025-10-01"},
            {"kind": "give", "basis": "agreed", "at": "2025-10-01"}],
        "item": {"collected": "2025-10-01", "events": {"Айгүл": null}},
    });
    let settings = Settings {
        log: log.to_str().unwrap().to_owned(),
        log_values: values.to_vec(),
        ..settings(&bundle)
    };
    let service = Running::begin(settings.clone());
    service.post("/v1/decide", asked.to_string());
    service.stop();
    let service = Running::begin(Settings {
        log_values: [&values[..], &[Personal::Unknown]].concat(),
        ..settings
    });
    service.post("/v1/decide", asked.to_string());
    service.stop();
    let told = lines(&log);
    let input = &told[0]["input"];
    assert!(!input.to_string().contains("Айгүл"), "{input}");
    assert_eq!(
        (&input["place"], &input["facts"], &input["given"]),
        (&json!("***"), &json!({"***": true}), &json!(["not ***", "agreed"]))
    );
    assert_eq!(
        (&input["records"][0]["basis"], &input["records"][0]["purposes"]),
        (&json!("***"), &json!(["***", "marketing"]))
    );
    assert_eq!(input["records"][1]["basis"], "agreed");
    assert_eq!(input["item"]["events"], json!({"***": null}));
    let masked = [
        "place",
        "facts/***",
        "given/0",
        "records/0/basis",
        "records/0/purposes/0",
        "item/events/***",
    ];
    assert_eq!(told[0]["masked"], json!(masked.map(|at| format!("/input/{at}"))));
    for key in ["place", "facts", "given", "item"] {
        assert_eq!(told[1]["input"][key], asked[key]);
    }
    assert_eq!(told[1]["input"]["records"][0]["basis"], "Айгүл");
}

/// `/dev/full` takes nothing, as a disk that is full.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_stops_no_answer_unless_asked() {
    let (_folder, bundle) = file(&SHOP);
    let settings = Settings {
        log: "/dev/full".to_owned(),
        ..settings(&bundle)
    };
    let service = Running::begin(settings.clone());
    for _ in 0..5 {
        assert_eq!(service.post("/v1/decide", ASKED).status, 200);
    }
    let log = || service.get("/v1/status").json()["decision_log"].take();
    until("the failure", || log()["failed"] == 5);
    assert!(
        log()["failure"].as_str().unwrap().contains("No space left"),
        "{}",
        log()
    );
    assert_eq!(log()["written"], 0);
    assert!(
        service
            .get("/metrics")
            .body
            .contains("kupuya_log_lines_total{fate=\"failed\"} 5")
    );

    let waiting = Running::begin(Settings {
        log_when_full: WhenFull::Wait,
        request_timeout: 1,
        ..settings
    });
    let refused = waiting.post("/v1/decide", ASKED);
    assert_eq!(
        (refused.status, &refused.json()["type"]),
        (408, &json!("urn:kupuya:problem:too-slow"))
    );
    // What is not logged is answered as before.
    assert_eq!(waiting.get("/readyz").status, 200);
    assert_eq!(waiting.get("/v1/status").json()["decision_log"]["written"], 0);
}

#[test]
fn with_wait_the_line_stands_before_the_answer_goes() {
    let (folder, bundle) = file(&SHOP);
    let log = folder.path().join("decisions.log");
    let service = Running::begin(Settings {
        log: log.to_str().unwrap().to_owned(),
        log_when_full: WhenFull::Wait,
        log_queue: 1,
        ..settings(&bundle)
    });
    for count in 1..=20 {
        service.post("/v1/decide", ASKED);
        assert_eq!(lines(&log).len(), count);
    }
    service.post("/v1/decide", format!("[{}]", vec![ASKED; 50].join(",")));
    assert_eq!(lines(&log).len(), 70);
}

/// Stopped while it is asked: each decision that was answered has its line.
#[test]
fn no_line_of_an_answered_decision_is_lost_at_the_end() {
    let (folder, bundle) = file(&SHOP);
    let log = folder.path().join("decisions.log");
    let arguments = ["--bundle", bundle.to_str().unwrap(), "--log", log.to_str().unwrap()];
    let program = Program::start(&arguments);
    let (address, agent) = (program.address.clone(), program.agent.clone());
    let client = std::thread::spawn(move || {
        let mut ids = Vec::new();
        while let Ok(answer) = agent.post(format!("{address}/v1/decide")).send(ASKED) {
            if answer.status() == 200 {
                ids.push(answer.headers()["x-decision-id"].to_str().unwrap().to_owned());
            }
        }
        ids
    });
    until("some lines", || {
        std::fs::read_to_string(&log).is_ok_and(|text| text.lines().count() > 20)
    });
    let (well, said) = program.terminate();
    assert!(well, "{said:?}");
    let ids = client.join().unwrap();
    let logged = lines(&log);
    let logged: std::collections::BTreeSet<&str> = logged
        .iter()
        .map(|line| line["decision_id"].as_str().unwrap())
        .collect();
    assert!(ids.len() > 10 && ids.iter().all(|id| logged.contains(id.as_str())));
}

/// However many lines are written at once, no file is larger than it may be, and the one before is full.
#[test]
fn a_file_of_the_log_has_its_size() {
    const MOST: u64 = 5000;
    let (folder, bundle) = file(&SHOP);
    let log = folder.path().join("decisions.log");
    let service = Running::begin(Settings {
        log: log.to_str().unwrap().to_owned(),
        log_max_bytes: MOST,
        ..settings(&bundle)
    });
    for _ in 0..5 {
        service.post("/v1/decide", format!("[{}]", vec![ASKED; 50].join(",")));
    }
    service.stop();
    let (new, old) = (lines(&log), lines(&folder.path().join("decisions.log.1")));
    let numbers: Vec<u64> = old
        .iter()
        .chain(&new)
        .map(|line| line["req_id"].as_u64().unwrap())
        .collect();
    assert!(numbers.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{numbers:?}");
    assert_eq!(numbers.last(), Some(&249));
    let sizes = ["decisions.log", "decisions.log.1"].map(|name| folder.path().join(name).metadata().unwrap().len());
    let line = std::fs::read_to_string(&log).unwrap().lines().next().unwrap().len() as u64 + 10;
    assert!(
        sizes[0] <= MOST && sizes[1] <= MOST && sizes[1] > MOST - line,
        "{sizes:?} {line}"
    );
}

/// Whoever reads standard output has stopped reading: the service ends all the same, and tells what was lost.
#[test]
fn a_reader_that_stops_does_not_hold_up_the_end() {
    let (_folder, bundle) = file(&SHOP);
    let mut program = Program::start(&[
        "--bundle",
        bundle.to_str().unwrap(),
        "--log",
        "stdout",
        "--stop-timeout",
        "1",
    ]);
    let mut out = program.child.stdout.take().unwrap();
    let batch = format!("[{}]", vec![ASKED; 500].join(","));
    for _ in 0..2 {
        assert_eq!(program.post("/v1/decide", &batch).status, 200);
    }
    let (well, said) = program.terminate();
    assert!(well, "{said:?}");
    let lost = said
        .iter()
        .find_map(|line| line.strip_suffix(" lines of the decision log were lost"));
    let lost: usize = lost
        .unwrap_or_else(|| panic!("{said:?}"))
        .rsplit(' ')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let mut told = Vec::new();
    std::io::Read::read_to_end(&mut out, &mut told).unwrap();
    let whole = told.iter().filter(|byte| **byte == b'\n').count();
    assert!(lost <= 1000 && lost + whole >= 1000, "{lost} lost, {whole} written");
}
