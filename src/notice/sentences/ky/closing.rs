//! The closing clause: what is not named here is not done.

use super::{Said, Writer, words};
use crate::notice::document::{Stated, Unit};

/// The id of its unit.
const ID: &str = "closing";

impl Writer<'_> {
    /// What an undeclared request is told.
    pub(super) fn closing(&self) -> Said {
        let text = words::sentence(&format!(
            "{} ушул {} көрсөтүлбөгөн маалыматтарды чогултпайт, жеке маалыматтарды анда көрсөтүлбөгөн максаттарда пайдаланбайт \
             жана анда көрсөтүлбөгөн жактарга өткөрүп бербейт",
            self.controllers_together(),
            words::locative(&self.policy),
        ));
        let unit = Unit {
            id: ID.to_owned(),
            states: Stated::Closing,
            sentence: text.clone(),
            older_number: None,
        };
        // A ban always wins (M5): where the text says both, a reader must know which holds.
        let prevails = self.model.bans.iter().any(|ban| ban.enforced).then(|| {
            format!(
                "{} жоболору бири-бирине карама-каршы келсе, тыюу же чектөө артыкчылыкка ээ",
                words::genitive(&self.policy)
            )
        });
        Said::text(words::sentences(std::iter::once(text).chain(prevails))).with(vec![unit])
    }
}
