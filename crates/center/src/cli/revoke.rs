//! `linli-center revoke`.

use linli_model::actor::EnrolmentId;

use super::{At, Outcome};

#[derive(Debug, clap::Args)]
pub(super) struct Revoke {
    #[command(flatten)]
    at: At,
    /// The phone, as `devices` lists it (16 hex digits)
    #[arg(value_parser = enrolment)]
    device: EnrolmentId,
}

fn enrolment(text: &str) -> Result<EnrolmentId, String> {
    let mut id = [0; 8];
    hex::decode_to_slice(text, &mut id).map_err(|_| "not 16 hex digits".to_owned())?;
    Ok(EnrolmentId(id))
}

impl Revoke {
    pub(super) fn run(self) -> Outcome {
        let center = self.at.open()?;
        if center.revoke(self.device)? {
            println!("{} may no longer sync.", self.device);
            Ok(())
        } else {
            Err("there is no such phone, or it was revoked before".into())
        }
    }
}
