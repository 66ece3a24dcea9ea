//! `linli-center enrol`.

use clap::ArgGroup;
use linli_model::ids::PersonId;
use linli_protocol::enrol::{qr_text, secret_text};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use super::{At, Outcome};
use crate::enrol::new_code;
use crate::store::Tables;

#[derive(Debug, clap::Args)]
#[command(group(ArgGroup::new("who").required(true)))]
pub(super) struct Enrol {
    #[command(flatten)]
    at: At,
    /// The person, by id (see `people`)
    #[arg(long, group = "who", value_name = "ID")]
    person: Option<PersonId>,
    /// The person, by console login
    #[arg(long, group = "who", value_name = "NAME")]
    login: Option<String>,
    /// An example person of a demo county: worker, chief or lead
    #[arg(long, group = "who", value_name = "ROLE")]
    example: Option<String>,
    /// Print one JSON object: address, secret, pins, qr
    #[arg(long, conflicts_with = "qr")]
    json: bool,
    /// Draw a QR code
    #[arg(long)]
    qr: bool,
}

impl Enrol {
    pub(super) fn run(self) -> Outcome {
        let center = self.at.open()?;
        let person = center
            .store
            .read_now(|tables| self.find(tables))?
            .ok_or("there is no such person; see `linli-center people`")?;
        let secret = new_code(&center, person)?.ok_or("there is no such person")?;
        let (address, pins) = (&center.config.address, &center.keys.pins);
        let qr = qr_text(address, &secret, pins);
        if self.json {
            let pins: Vec<String> = pins.iter().map(hex::encode).collect();
            println!(
                "{}",
                serde_json::json!({
                    "address": address,
                    "secret": secret_text(&secret),
                    "pins": pins,
                    "qr": qr,
                })
            );
            return Ok(());
        }
        println!("address  {address}");
        println!("code     {}", secret_text(&secret));
        if self.qr {
            let code = QrCode::new(qr.as_bytes())?;
            println!("{}", code.render::<Dense1x2>().build());
        } else {
            println!("QR text  {qr}");
        }
        println!("It works once, within seven days, and is not shown again.");
        Ok(())
    }

    fn find(&self, tables: Tables<'_>) -> Result<Option<PersonId>, crate::StoreError> {
        if let Some(id) = self.person {
            return Ok(Some(id));
        }
        if let Some(login) = &self.login {
            return Ok(tables.person_by_login(login)?.map(|person| person.id));
        }
        let Some(example) = self.example.as_deref().filter(|name| !name.is_empty()) else {
            return Ok(None);
        };
        Ok(tables
            .people()?
            .into_iter()
            .find(|person| person.example == example)
            .map(|person| person.id))
    }
}
