//! Encryption of what senders send (RFC 5425): which certificate vigie shows, and which of theirs it takes. A renewed
//! certificate is taken up without being asked for.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig, crypto};

/// The files of a listener that encrypts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Certificates {
    /// What vigie shows, and those that vouch for it.
    pub(super) certificate: PathBuf,
    /// Its key.
    pub(super) key: PathBuf,
    /// Those that vouch for senders; nothing where anybody may send.
    pub(super) clients: Option<PathBuf>,
}

/// Certificates as they were read, and when their files had been written.
pub(super) struct Encryption {
    files: Certificates,
    written: Vec<Option<SystemTime>>,
    acceptor: TlsAcceptor,
}

impl std::fmt::Debug for Encryption {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Encryption({:?})", self.files)
    }
}

impl Encryption {
    /// Reads the files.
    pub(super) fn open(files: &Certificates) -> io::Result<Self> {
        Ok(Self { written: files.written(), acceptor: files.acceptor()?, files: files.clone() })
    }

    /// What speaks to the next sender. Where files were changed and cannot be used, also why the old ones still count.
    pub(super) fn acceptor(&mut self) -> (TlsAcceptor, Option<io::Error>) {
        let written = self.files.written();
        let changed = written != self.written;
        self.written = written;
        let failed = if changed { self.files.acceptor().map(|acceptor| self.acceptor = acceptor).err() } else { None };
        (self.acceptor.clone(), failed)
    }
}

impl Certificates {
    fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        [&self.certificate, &self.key].into_iter().chain(&self.clients)
    }

    fn written(&self) -> Vec<Option<SystemTime>> {
        self.paths().map(|path| std::fs::metadata(path).and_then(|met| met.modified()).ok()).collect()
    }

    fn acceptor(&self) -> io::Result<TlsAcceptor> {
        let provider = Arc::new(crypto::ring::default_provider());
        let of_file =
            |path: &Path, error: &dyn std::fmt::Display| io::Error::other(format!("{}: {error}", path.display()));
        let chain = certificates(&self.certificate)?;
        let key = PrivateKeyDer::from_pem_file(&self.key).map_err(|error| of_file(&self.key, &error))?;
        let config = ServerConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?;
        let config = match &self.clients {
            None => config.with_no_client_auth(),
            Some(path) => {
                let mut roots = RootCertStore::empty();
                for certificate in certificates(path)? {
                    roots.add(certificate).map_err(|error| of_file(path, &error))?;
                }
                let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
                config.with_client_cert_verifier(verifier.map_err(|error| of_file(path, &error))?)
            }
        };
        let config = config.with_single_cert(chain, key).map_err(|error| of_file(&self.certificate, &error))?;
        Ok(Arc::new(config).into())
    }
}

/// The certificates of a file in PEM form, at least one.
fn certificates(path: &Path) -> io::Result<Vec<CertificateDer<'static>>> {
    let of_file = |error: &dyn std::fmt::Display| io::Error::other(format!("{}: {error}", path.display()));
    let read: Result<Vec<_>, _> = CertificateDer::pem_file_iter(path).and_then(Iterator::collect);
    let certificates = read.map_err(|error| of_file(&error))?;
    if certificates.is_empty() { Err(of_file(&"no certificate in it")) } else { Ok(certificates) }
}
