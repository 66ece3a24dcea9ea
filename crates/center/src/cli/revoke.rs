//! `linli-center revoke`.

use std::path::PathBuf;

use linli_model::actor::EnrolmentId;

use super::{At, Outcome};
use crate::keys;
use crate::revoke::revoke;

#[derive(Debug, clap::Args)]
pub(super) struct Revoke {
    #[command(flatten)]
    at: At,
    /// The phone, as `devices` lists it (16 hex digits)
    #[arg(value_parser = enrolment)]
    device: EnrolmentId,
    /// It is in the wrong hands: it forgets everything with its next call, unsent work too
    #[arg(long)]
    stolen: bool,
    /// Key of the center's authority, which signs the order [default: keys/ca.key in the data]
    #[arg(long, value_name = "FILE")]
    authority: Option<PathBuf>,
}

fn enrolment(text: &str) -> Result<EnrolmentId, String> {
    let mut id = [0; 8];
    hex::decode_to_slice(text, &mut id).map_err(|_| "not 16 hex digits".to_owned())?;
    Ok(EnrolmentId(id))
}

impl Revoke {
    pub(super) fn run(self) -> Outcome {
        let center = self.at.open()?;
        let authority = self
            .authority
            .unwrap_or_else(|| keys::folder(&self.at.data).join("ca.key"));
        revoke(&center, self.device, self.stolen, &authority)?;
        if self.stolen {
            println!("{} forgets everything with its next call.", self.device);
        } else {
            println!(
                "{} may no longer sync. With its next calls it hands in what it hasn't sent, and \
                 then forgets everything.",
                self.device
            );
        }
        Ok(())
    }
}
