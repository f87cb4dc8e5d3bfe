//! An exported policy in Cedar.

use std::collections::HashMap;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, EntityUid, PolicyId, PolicySet, Request, Schema, ValidationMode, Validator,
};
use kupuya::export::cedar::Question;

/// A loaded policy.
pub struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
    schema: Schema,
    rules: HashMap<PolicyId, Rule>,
}

/// What a policy's annotations say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    pub order: u64,
    pub verdict: String,
    pub clause: Option<String>,
}

impl Cedar {
    /// Loads schema, entities and policies, and has Cedar validate them in its strict mode.
    pub fn new(files: &[(String, String)]) -> Cedar {
        let cedar = Cedar::load(files);
        let checked = Validator::new(cedar.schema.clone()).validate(&cedar.policies, ValidationMode::Strict);
        let errors = checked.validation_errors().map(ToString::to_string).collect::<Vec<_>>();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
        cedar
    }

    /// Loads schema, entities and policies.
    pub fn load(files: &[(String, String)]) -> Cedar {
        let file = |name: &str| &files.iter().find(|(path, _)| path == name).unwrap().1;
        let (schema, warnings) = Schema::from_cedarschema_str(file("schema.cedarschema")).unwrap();
        assert_eq!(warnings.count(), 0);
        let policies: PolicySet = file("policies.cedar").parse().unwrap();
        let entities = Entities::from_json_str(file("entities.json"), Some(&schema)).unwrap();
        let rules = policies.policies().map(|policy| {
            let rule = Rule {
                order: policy.annotation("order").unwrap().parse().unwrap(),
                verdict: policy.annotation("verdict").unwrap().to_owned(),
                clause: policy.annotation("clause").map(str::to_owned),
            };
            (policy.id().clone(), rule)
        });
        Cedar {
            rules: rules.collect(),
            authorizer: Authorizer::new(),
            policies,
            entities,
            schema,
        }
    }

    /// A question as it takes it.
    pub fn request(&self, question: &Question) -> Request {
        let action: EntityUid = question.action.parse().unwrap();
        let context = Context::from_json_value(question.context.clone(), Some((&self.schema, &action))).unwrap();
        Request::new(
            question.principal.parse().unwrap(),
            action,
            question.resource.parse().unwrap(),
            context,
            Some(&self.schema),
        )
        .unwrap()
    }

    /// Whether it allows, and the first of the rules that it names.
    pub fn decide(&self, request: &Request) -> (bool, Option<&Rule>) {
        let response = self.authorizer.is_authorized(request, &self.policies, &self.entities);
        let errors = response
            .diagnostics()
            .errors()
            .map(ToString::to_string)
            .collect::<Vec<_>>();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
        let rules = response.diagnostics().reason().map(|id| &self.rules[id]);
        (response.decision() == Decision::Allow, rules.min())
    }
}
