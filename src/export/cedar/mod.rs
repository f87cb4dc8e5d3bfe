//! Schema, entities and policies for Cedar.
//!
//! A permit for each way of a statement, a forbid for each ban, with the clause's id. Cedar has two truth values and no
//! loops: what is not known is an attribute that is not there, a permit asks that something is known to hold, a forbid
//! that something is not known to fail; and a request says when each consent was last given and ended.

mod facts;
mod grounds;
mod policies;
mod request;
mod schema;
mod test;
mod times;

use kupuya_runtime::wire::BundleContent;

pub use request::{Question, Unaskable, questions};

use super::closed::Closed;
use super::{File, Refused};

/// The files: schema, entities, policies.
///
/// # Errors
/// What Cedar cannot say.
pub fn from_content(content: &BundleContent) -> Result<Vec<File>, Refused> {
    let closed = Closed::new(content);
    if closed.class_depth() > content.subjects.len() {
        return Err(Refused::Circle);
    }
    let entities = schema::entities(&closed).map_err(|error| Refused::Json(error.to_string()))?;
    Ok(vec![
        ("schema.cedarschema".to_owned(), schema::schema(&closed)),
        ("entities.json".to_owned(), entities + "\n"),
        ("policies.cedar".to_owned(), policies::policies(&closed)?),
    ])
}
