//! An exported Rego bundle in regorus.
//!
//! In its interpreter: its virtual machine misreads rules that are neither wrong nor rare, and answers without an error.

use kupuya_runtime::Request;
use regorus::{CompiledPolicy, Engine, Value};

/// A loaded bundle.
pub struct Opa {
    policy: CompiledPolicy,
}

impl Opa {
    /// Loads the files of a bundle as OPA does: modules, and data by their folders.
    pub fn new(files: &[(String, String)], policy: &str) -> Opa {
        let mut engine = Engine::new();
        for (path, text) in files {
            if path.ends_with(".rego") {
                engine.add_policy(path.clone(), text.clone()).unwrap();
            } else if let Some(folder) = path.strip_suffix("/data.json") {
                let steps = folder.split('/').collect::<Vec<_>>();
                let open = steps.iter().map(|step| format!("{{\"{step}\":")).collect::<String>();
                let data = format!("{open}{text}{}", "}".repeat(steps.len()));
                engine.add_data_json(&data).unwrap();
            }
        }
        let entry = format!("data.kupuya.policy.{policy}.answer");
        let policy = engine.compile_with_entrypoint(&entry.as_str().into()).unwrap();
        Opa { policy }
    }

    /// A request as it takes it.
    pub fn input(request: &Request) -> Value {
        Value::from_json_str(&serde_json::to_string(request).unwrap()).unwrap()
    }

    /// Its answer.
    pub fn answer(&self, input: Value) -> Value {
        self.policy.eval_with_input(input).unwrap()
    }

    /// Its answer as JSON.
    pub fn decide(&self, request: &Request) -> serde_json::Value {
        let answer = self.answer(Opa::input(request));
        serde_json::from_str(&answer.to_json_str().unwrap()).unwrap()
    }
}
