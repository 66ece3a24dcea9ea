//! `linli-center people` and `linli-center devices`.

use super::{At, Outcome};

#[derive(Debug, clap::Args)]
pub(super) struct People {
    #[command(flatten)]
    at: At,
}

impl People {
    pub(super) fn run(self) -> Outcome {
        let center = self.at.open()?;
        for person in center.store.read_now(|tables| tables.people())? {
            println!(
                "{}  {}  {:<15}  {}  {}",
                person.id, person.role, person.org, person.name, person.login
            );
        }
        Ok(())
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct Devices {
    #[command(flatten)]
    at: At,
}

impl Devices {
    pub(super) fn run(self) -> Outcome {
        let center = self.at.open()?;
        let now = center.now();
        for device in center.store.read_now(|tables| tables.devices())? {
            let seen = match (device.revoked, device.last_sync) {
                (true, _) => "revoked".to_owned(),
                (false, None) => "never synced".to_owned(),
                (false, Some(at)) => format!("synced {} min ago", (now - at).max(0) / 60_000),
            };
            println!(
                "{}  {}  {:<15}  {}  {}  {seen}",
                device.enrolment,
                device.person.role,
                device.person.org,
                device.person.name,
                device.device
            );
        }
        Ok(())
    }
}
