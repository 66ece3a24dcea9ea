//! Remarks and photos added to a record: facts, which need no turn.

use linli_model::kind::Kind;

use super::{Ask, Refused};

/// New remarks and new photos, and nothing else.
pub(super) fn add(ask: &Ask<'_>) -> Result<(), Refused> {
    ask.kind_in(&[
        Kind::Case,
        Kind::Visit,
        Kind::Household,
        Kind::Care,
        Kind::CareNamed,
        Kind::Task,
        Kind::Muster,
    ])?;
    ask.birth_is(false)?;
    ask.only(&["remarks/", "media/"])?;
    ask.fresh("remarks")?;
    ask.fresh("media")
}
