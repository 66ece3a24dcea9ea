//! What people do with their phones: look, keep a form open for a while, write.

use linli_field::EdgeError;
use linli_model::ids::{DocId, EntryId, PersonId};
use serde_json::{Value, json};

use super::die::Die;
use super::ledger::{Edit, Ledger, Words};
use super::phone::Device;

/// Forms somebody keeps open at once, at most.
const OPEN_FORMS: usize = 3;

/// Somebody with a phone, and the forms that lie open on it.
pub(super) struct Person {
    pub(super) owner: PersonId,
    pub(super) device: Device,
    /// Households as they stood when they were opened.
    forms: Vec<Value>,
    is_lead: bool,
}

impl Person {
    pub(super) fn new(owner: PersonId, device: Device) -> Self {
        Self {
            owner,
            is_lead: device.name == "lead",
            device,
            forms: Vec::new(),
        }
    }

    /// The phone dies in a pocket; open forms are gone with it.
    pub(super) fn crash(&mut self) -> Result<(), String> {
        self.forms.clear();
        self.device.crash()
    }

    /// Does one thing.
    pub(super) async fn act(&mut self, die: &Die, ledger: &mut Ledger) -> Result<(), String> {
        match die.below(20) {
            0..=2 => self.open_form(die).await,
            3..=7 => self.edit_name(die, ledger).await,
            8..=9 => self.edit_number(die, ledger).await,
            10 => self.add_someone(die, ledger).await,
            11..=12 => self.visit(die, ledger).await,
            13 => self.adopt(die).await,
            14 => self.settle(die, ledger).await,
            15..=16 => self.report(ledger).await,
            17 => self.follow_up(die, ledger).await,
            18 => self.roll(die).await,
            _ => self.look_up_number(die).await,
        }
    }

    async fn rooms(&mut self) -> Result<Vec<Value>, String> {
        let buildings = if self.is_lead {
            let status = self.device.shows("status", json!({})).await?;
            vec![status["me"]["building"].clone()]
        } else {
            list(self.device.shows("buildings", json!({})).await?)
                .into_iter()
                // Most buildings of the town are empty shells.
                .filter(|line| line["households"] != 0)
                .map(|line| line["id"].clone())
                .collect()
        };
        let mut rooms = Vec::new();
        for id in buildings {
            let building = self.device.call("building", json!({ "id": id })).await?;
            // A building without a door list has no rooms here.
            let building = building.unwrap_or_default();
            rooms.extend(list(building["rooms"].clone()));
        }
        Ok(rooms)
    }

    /// A household as it stands now.
    async fn look(&mut self, die: &Die) -> Result<Option<Value>, String> {
        let homes: Vec<Value> = self
            .rooms()
            .await?
            .iter()
            .flat_map(|room| list(room["households"].clone()))
            .collect();
        let Some(id) = die.pick(&homes) else {
            return Ok(None);
        };
        let request = json!({ "household": id, "dwelling": "" });
        Ok(self.device.call("household", request).await?.ok())
    }

    async fn open_form(&mut self, die: &Die) -> Result<(), String> {
        if let Some(form) = self.look(die).await? {
            if self.forms.len() == OPEN_FORMS {
                self.forms.remove(0);
            }
            self.forms.push(form);
        }
        Ok(())
    }

    /// A form that lies open already, or a fresh one.
    async fn form(&mut self, die: &Die) -> Result<Option<Value>, String> {
        if !self.forms.is_empty() && die.chance(60) {
            let at = die.below(self.forms.len());
            return Ok(Some(self.forms.swap_remove(at)));
        }
        self.look(die).await
    }

    async fn edit_name(&mut self, die: &Die, ledger: &mut Ledger) -> Result<(), String> {
        if let Some((request, edit)) = self.name_edit(die, ledger).await? {
            let outcome = self.device.call("edit_field", request).await?;
            ledger.note_edit(edit, Some(outcome));
        }
        Ok(())
    }

    /// Saves a form while the phone is talking to the center: after it took what to send, and
    /// before it hears the answer.
    pub(super) async fn save_meanwhile(
        &mut self,
        die: &Die,
        ledger: &mut Ledger,
    ) -> Result<(), String> {
        let Some((request, edit)) = self.name_edit(die, ledger).await? else {
            return Ok(());
        };
        let outcome = self.device.sync_while("edit_field", request).await?;
        ledger.note_edit(edit, outcome);
        Ok(())
    }

    /// A form filled in: another name for somebody, and what the form had shown.
    async fn name_edit(
        &mut self,
        die: &Die,
        ledger: &mut Ledger,
    ) -> Result<Option<(Value, Edit)>, String> {
        let Some(form) = self.form(die).await? else {
            return Ok(None);
        };
        let people = list(form["people"].clone());
        let Some(person) = die.pick(&people) else {
            return Ok(None);
        };
        let field = format!("residents/{}/name", text(&person["id"]));
        let value = format!("名{}", ledger.next());
        let request = json!({ "doc": form["id"], "field": field, "value": value,
            "seen": form["household_seen"] });
        let mut saw = vec![text(&person["name"]).to_owned()];
        saw.extend(
            clash(&form, &field)
                .iter()
                .map(|v| text(&v["value"]).to_owned()),
        );
        let edit = Edit {
            device: self.device.name.clone(),
            doc: parse(&form["id"])?,
            field,
            value,
            saw,
        };
        Ok(Some((request, edit)))
    }

    async fn edit_number(&mut self, die: &Die, ledger: &mut Ledger) -> Result<(), String> {
        let Some(form) = self.form(die).await? else {
            return Ok(());
        };
        let phones = list(form["phones"].clone());
        let Some(phone) = die.pick(&phones) else {
            return Ok(());
        };
        let field = format!("phones/{}/number", text(&phone["id"]));
        let number = format!("129{:08}", ledger.next());
        let request = json!({ "doc": form["care"], "field": field, "value": number,
            "seen": form["care_seen"] });
        let outcome = self.device.call("edit_field", request).await?;
        self.note(outcome, number, &about(&form["care"], &field), ledger);
        Ok(())
    }

    async fn add_someone(&mut self, die: &Die, ledger: &mut Ledger) -> Result<(), String> {
        let Some(form) = self.form(die).await? else {
            return Ok(());
        };
        let name = format!("新{}", ledger.next());
        let request = json!({ "household": form["id"], "name": name, "sex": "2",
            "birth_year": 1980, "relation": "", "population": "P10" });
        let outcome = self.device.call("add_resident", request).await?;
        self.note(outcome, name, "", ledger);
        let number = format!("129{:08}", ledger.next());
        let request = json!({ "care": form["care"], "number": number, "whose": "", "note": "" });
        let outcome = self.device.call("add_phone", request).await?;
        self.note(outcome, number, &about(&form["care"], ""), ledger);
        Ok(())
    }

    async fn visit(&mut self, die: &Die, ledger: &mut Ledger) -> Result<(), String> {
        let rooms = self.rooms().await?;
        let Some(room) = die.pick(&rooms) else {
            return Ok(());
        };
        let home = list(room["households"].clone());
        let words = format!("访{}", ledger.next());
        let tips = if self.is_lead {
            json!([{ "kind": "mobility", "value": "arm", "words": words }])
        } else {
            json!([])
        };
        let request = json!({ "dwelling": room["dwelling"],
            "household": home.first().map_or("", |id| text(id)), "kind": "V01", "result": 1,
            "mood": "", "utilities": "", "words": if self.is_lead { "" } else { &words },
            "tips": tips });
        let outcome = self.device.call("log_visit", request).await?;
        self.note(outcome, words, "", ledger);
        Ok(())
    }

    async fn adopt(&mut self, die: &Die) -> Result<(), String> {
        for _ in 0..4 {
            let Some(form) = self.form(die).await? else {
                return Ok(());
            };
            let tips = list(form["tips"].clone());
            let Some(tip) = die.pick(&tips) else {
                continue;
            };
            let people = list(form["people"].clone());
            let resident = die.pick(&people).map_or("", |person| text(&person["id"]));
            let request = json!({ "visit": tip["visit"], "tip": tip["id"],
                "adopt": die.chance(70), "household": form["id"], "resident": resident });
            let _refused = self.device.call("choose_tip", request).await?;
            return Ok(());
        }
        Ok(())
    }

    async fn settle(&mut self, die: &Die, ledger: &mut Ledger) -> Result<(), String> {
        for _ in 0..4 {
            let Some(form) = self.form(die).await? else {
                return Ok(());
            };
            let clashes = list(form["clashes"].clone());
            let Some(clash) = die.pick(&clashes) else {
                continue;
            };
            let values = list(clash["values"].clone());
            let Some(choice) = die.pick(&values) else {
                continue;
            };
            let seen = if clash["doc"] == form["care"] {
                &form["care_seen"]
            } else {
                &form["household_seen"]
            };
            let request = json!({ "doc": clash["doc"], "field": clash["field"],
                "choice": choice["change"], "keep_both": die.chance(30), "seen": seen });
            let field = text(&clash["field"]).to_owned();
            if saved(self.device.call("settle_clash", request).await?) && field.ends_with("/name") {
                ledger.edits.push(Edit {
                    device: self.device.name.clone(),
                    doc: parse(&clash["doc"])?,
                    field,
                    value: text(&choice["value"]).to_owned(),
                    saw: values
                        .iter()
                        .map(|v| text(&v["value"]).to_owned())
                        .collect(),
                });
            }
            return Ok(());
        }
        Ok(())
    }

    async fn report(&mut self, ledger: &mut Ledger) -> Result<(), String> {
        let words = format!("事{}", ledger.next());
        let rooms = self.rooms().await?;
        let place = rooms.first().map_or("", |room| text(&room["dwelling"]));
        let request = json!({ "category": "0302", "words": words, "place": place,
            "position": null, "media": [], "household": "" });
        let outcome = self.device.call("report_problem", request).await?;
        self.note(outcome, words, "", ledger);
        Ok(())
    }

    async fn follow_up(&mut self, die: &Die, ledger: &mut Ledger) -> Result<(), String> {
        let reports = list(self.device.shows("my_reports", json!({})).await?);
        let Some(report) = die.pick(&reports) else {
            return Ok(());
        };
        let words = format!("补{}", ledger.next());
        let command = *die
            .pick(&["add_remark", "withdraw_case"])
            .unwrap_or(&"add_remark");
        let request = json!({ "id": report["id"], "words": words });
        let outcome = self.device.call(command, request).await?;
        self.note(outcome, words, "", ledger);
        Ok(())
    }

    async fn roll(&mut self, die: &Die) -> Result<(), String> {
        let screen = self.device.shows("emergency", json!({})).await?;
        let muster = &screen["muster"];
        if muster.is_null() {
            if screen["can_start"] == true {
                let request = json!({ "title": "演练", "drill": true });
                let _refused = self.device.call("start_muster", request).await?;
            }
            return Ok(());
        }
        let lines = list(muster["lines"].clone());
        let Some(line) = die.pick(&lines) else {
            return Ok(());
        };
        let status = *die
            .pick(&["safe", "need_help", "unreachable"])
            .unwrap_or(&"safe");
        let request = json!({ "muster": muster["id"], "subject": line["subject"],
            "status": status, "seen": muster["seen"] });
        let _refused = self.device.call("set_roll", request).await?;
        Ok(())
    }

    async fn look_up_number(&mut self, die: &Die) -> Result<(), String> {
        let Some(form) = self.look(die).await? else {
            return Ok(());
        };
        let phones = list(form["phones"].clone());
        if let Some(phone) = die.pick(&phones) {
            let request = json!({ "care": form["care"], "phone": phone["id"], "way": "dial",
                "purpose": null, "change": null });
            let _refused = self.device.call("reveal", request).await?;
        }
        Ok(())
    }

    fn note(
        &self,
        outcome: Result<Value, EdgeError>,
        words: String,
        about: &str,
        ledger: &mut Ledger,
    ) {
        if saved(outcome) {
            ledger.words.push(Words {
                device: self.device.name.clone(),
                words,
                about: about.to_owned(),
            });
        }
    }

    /// Somebody whom this phone shows, and the household.
    pub(super) async fn somebody(&mut self, die: &Die) -> Result<Option<(DocId, EntryId)>, String> {
        let Some(form) = self.look(die).await? else {
            return Ok(None);
        };
        let people = list(form["people"].clone());
        let Some(person) = die.pick(&people) else {
            return Ok(None);
        };
        Ok(Some((parse(&form["id"])?, parse(&person["id"])?)))
    }
}

fn about(doc: &Value, field: &str) -> String {
    format!("{}/{field}", text(doc))
}

/// Whether the phone said that it saved it; a refusal that a person would read is no fault.
fn saved(outcome: Result<Value, EdgeError>) -> bool {
    outcome.is_ok()
}

fn list(value: Value) -> Vec<Value> {
    match value {
        Value::Array(list) => list,
        _ => Vec::new(),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn parse<T: std::str::FromStr>(value: &Value) -> Result<T, String> {
    text(value).parse().map_err(|_| format!("no id: {value}"))
}

fn clash(form: &Value, field: &str) -> Vec<Value> {
    list(form["clashes"].clone())
        .into_iter()
        .find(|clash| clash["field"] == field)
        .map_or_else(Vec::new, |clash| list(clash["values"].clone()))
}
