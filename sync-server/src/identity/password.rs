//! Passwords, kept as Argon2id (RFC 9106) with the parameters OWASP advises.
//!
//! Hashing is heavy on purpose, so only a few run at once, away from the sockets' threads; a wrong
//! name costs as much time as a wrong password.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const AT_ONCE: usize = 2;
/// Longer ones are refused before any work is done, in bytes.
const PASSWORD_MAX: usize = 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    #[error("the password is too long")]
    TooLong,
    #[error("the password cannot be hashed just now")]
    Unavailable,
}

#[derive(Debug, Clone)]
pub struct Passwords {
    permits: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl Passwords {
    /// The form to store: a PHC string with its own salt and parameters.
    ///
    /// # Errors
    /// When the password is too long or the machine refuses the memory.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        if password.len() > PASSWORD_MAX {
            return Err(PasswordError::TooLong);
        }
        self.work(move || {
            let hashed = argon2id()?.hash_password(password.as_bytes());
            hashed.map(|hash| hash.to_string()).ok()
        })
        .await
    }

    /// Whether `password` is the one behind `stored`. With nothing stored it takes as long and is
    /// never right.
    ///
    /// # Errors
    /// As [`Passwords::hash`].
    pub async fn verify(
        &self,
        password: String,
        stored: Option<String>,
    ) -> Result<bool, PasswordError> {
        if password.len() > PASSWORD_MAX {
            return Err(PasswordError::TooLong);
        }
        let Some(stored) = stored else {
            self.hash(password).await?;
            return Ok(false);
        };
        self.work(move || {
            let parsed = PasswordHash::new(&stored).ok()?;
            let verified = argon2id()?.verify_password(password.as_bytes(), &parsed);
            Some(verified.is_ok())
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Option<T> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let permit = self.permits.acquire().await;
        let _permit = permit.map_err(|_| PasswordError::Unavailable)?;
        let done = tokio::task::spawn_blocking(work).await;
        done.ok().flatten().ok_or(PasswordError::Unavailable)
    }
}

fn argon2id() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_same_password_fits_and_the_salt_differs() {
        let passwords = Passwords::default();
        let stored = passwords.hash("correct horse".into()).await.unwrap();
        let again = passwords.hash("correct horse".into()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_ne!(stored, again);
        let right = passwords.verify("correct horse".into(), Some(stored.clone()));
        assert_eq!(right.await, Ok(true));
        let wrong = passwords.verify("correct house".into(), Some(stored));
        assert_eq!(wrong.await, Ok(false));
        assert_eq!(passwords.verify(String::new(), None).await, Ok(false));
    }

    #[tokio::test]
    async fn a_novel_is_not_hashed() {
        let long = "x".repeat(PASSWORD_MAX + 1);
        assert_eq!(
            Passwords::default().hash(long).await,
            Err(PasswordError::TooLong)
        );
    }
}
