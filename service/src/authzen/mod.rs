//! AuthZEN 1.0 (OpenID Authorization API): its entities called by the names of the policy, and answers called by its names.
//!
//! | AuthZEN | the policy |
//! | --- | --- |
//! | `subject` of type `controller` | who processes: `by` |
//! | `action.name` | the verb |
//! | `resource` of type `data_category` | the data; `properties.data` names several |
//! | `context` | `purpose`, `recipient`, `source`, `about`, `country`, `age`, `facts`, `given`, `records`, `item`, `time` |
//!
//! A [`Map`] adds types and actions of a team's own.

mod entities;
mod evaluate;
mod map;
mod obligations;
mod search;

pub use entities::{Four, Wrong};
pub use evaluate::{Evaluated, evaluate};
pub use map::Map;
pub use obligations::{TYPES as OBLIGATION_TYPES, Takes, obligations};
pub use search::{Searched, search};
