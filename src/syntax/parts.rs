//! The parts that a sentence of each verb usually has, in the order in which they read best.

use super::vocabulary::{Connector, Verb};

/// The connecting words that usually follow a verb, in their usual order. Others may follow too.
#[must_use]
pub fn usual_parts(verb: Verb) -> &'static [Connector] {
    use Connector::{About, After, For, From, Then, Under, Until, When, With};
    match verb {
        Verb::Collect => &[About, From, For, Under, When],
        Verb::Share => &[About, With, For, Under, When],
        Verb::Keep => &[Until, For, After, Then],
        _ => &[About, For, Under, When],
    }
}
