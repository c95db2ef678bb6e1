//! How vigie says to a relay who it is. The secret is fetched anew for each login: passwords are changed, and tokens run
//! out within the hour.

use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS, Mechanism};

use super::settings::Settings;
use super::trouble::Trouble;
use crate::alert::channel::{OpenError, SecretPlace};
use crate::words::receipt as words;

/// An account at a relay.
pub(super) struct Login {
    name: String,
    secret: SecretPlace,
    pub(super) mechanisms: &'static [Mechanism],
}

impl Login {
    /// The account that settings name, if they do. A secret that is not there is said at once.
    pub(super) fn open(settings: &Settings) -> Result<Option<Self>, OpenError> {
        let (secret, mechanisms) = match (&settings.username, &settings.password, &settings.token) {
            (None, None, None) => return Ok(None),
            (Some(_), Some(password), None) => (password, DEFAULT_MECHANISMS),
            (Some(_), None, Some(token)) => (token, [Mechanism::Xoauth2].as_slice()),
            _ => return Err(OpenError::HalfLogin),
        };
        secret.check()?;
        let name = settings.username.clone().unwrap_or_default();
        Ok(Some(Self { name, secret: secret.clone(), mechanisms }))
    }

    /// What the relay is told, with the secret as it is now.
    pub(super) async fn credentials(&self, limit: Duration) -> Result<Credentials, Trouble> {
        let secret = self.secret.fetch(limit).await;
        let secret = secret.map_err(|error| Trouble::silent(words::at(words::login(), error.text())))?;
        Ok(Credentials::new(self.name.clone(), secret.reveal().to_owned()))
    }
}
