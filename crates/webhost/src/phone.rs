//! The real phone behind the web host.

use std::path::PathBuf;

use linli_field::{EdgeError, Phone};
use serde_json::Value;
use tokio::sync::broadcast;

use crate::{Answer, Failure, Host};

impl From<EdgeError> for Failure {
    fn from(error: EdgeError) -> Self {
        Self {
            code: error.code,
            params: error.params,
        }
    }
}

impl Host for Phone {
    fn call<'a>(&'a self, name: &'a str, request: Value) -> Answer<'a, Value> {
        Box::pin(async move { Ok(Phone::call(self, name, request).await?) })
    }

    fn photo<'a>(&'a self, id: &'a str, width: u32) -> Answer<'a, Vec<u8>> {
        Box::pin(async move { Ok(Phone::photo(self, id, width).await?) })
    }

    fn events(&self) -> broadcast::Receiver<Value> {
        Phone::events(self)
    }

    fn incoming_file(&self, id: &str) -> Result<PathBuf, Failure> {
        Ok(Phone::incoming_file(self, id)?)
    }

    fn resumed(&self) {
        Phone::resumed(self);
    }
}
