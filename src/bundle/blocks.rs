//! Blocks that keep data, numbered by what they keep and not by where they stand: inside one block the keep of the least noun
//! decides (M12).

use std::collections::BTreeMap;

use crate::meaning::{Meaning, SentenceRef};
use crate::model::Model;

/// The keeps of a block: the digest of each, with the names of its data.
type Kept<'a> = Vec<([u8; 32], Vec<&'a str>)>;

/// A number for each block with a keep. Blocks that keep the same have one number.
pub(super) fn numbers(model: &Model, meaning: &Meaning) -> BTreeMap<usize, u32> {
    let mut of_block: BTreeMap<usize, Kept<'_>> = BTreeMap::new();
    for grant in &meaning.grants {
        let SentenceRef::Keep(index) = grant.sentence else {
            continue;
        };
        let Some(keep) = model.keeps.get(index) else { continue };
        let mut names: Vec<&str> = super::written(&keep.data)
            .into_iter()
            .map(|noun| model.data[noun].path.as_str())
            .collect();
        names.sort_unstable();
        of_block
            .entry(keep.stated.block)
            .or_default()
            .push((grant.id.digest, names));
    }
    let mut forms: Vec<&Kept<'_>> = Vec::new();
    of_block.values_mut().for_each(|keeps| {
        keeps.sort();
        keeps.dedup();
    });
    forms.extend(of_block.values());
    forms.sort();
    forms.dedup();
    let number = |keeps| u32::try_from(forms.binary_search(&keeps).unwrap_or(0)).unwrap_or(0);
    of_block.iter().map(|(block, keeps)| (*block, number(keeps))).collect()
}
