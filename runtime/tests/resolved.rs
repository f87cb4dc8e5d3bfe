//! Requests with their names resolved once.

#![allow(clippy::unwrap_used, missing_docs)]

mod generated;

/// What the resolved request says, the request says.
#[test]
fn resolving_changes_no_answer() {
    let made = generated::made(2, 1, 200);
    for request in &made.requests {
        let resolved = made.bundle.resolve(request).unwrap();
        let answer = made.bundle.decide(request);
        assert_eq!(resolved.decide(), answer);
        assert_eq!(
            (resolved.allows(), made.bundle.allows(request)),
            (answer.decision, answer.decision)
        );
    }
}
