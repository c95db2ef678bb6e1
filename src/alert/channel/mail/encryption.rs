//! Encryption to a relay: which certificates count, and for which name. The only file that names rustls beside the
//! stream it gives.

use std::io;
use std::path::Path;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

use crate::alert::channel::OpenError;
use crate::base::language::Text;
use crate::words::unopened::none_found;

/// What is needed to encrypt the way to one relay.
pub(super) struct Encryption {
    connector: TlsConnector,
    name: ServerName<'static>,
}

impl std::fmt::Debug for Encryption {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Encryption({:?})", self.name)
    }
}

impl Encryption {
    /// For the relay called `host`. The certificates in the file `ca` count beside those everybody trusts.
    pub(super) fn new(host: &str, ca: Option<&Path>) -> Result<Self, OpenError> {
        let failed = |reason: String| OpenError::Tls { host: host.to_owned(), reason };
        let name = ServerName::try_from(host.to_owned()).map_err(|error| failed(error.to_string()))?;
        let mut roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
        if let Some(path) = ca {
            add(&mut roots, path)?;
        }
        let config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| failed(error.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { connector: Arc::new(config).into(), name })
    }

    /// Encrypts what goes over `socket` from here on.
    pub(super) async fn over(&self, socket: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        self.connector.connect(self.name.clone(), socket).await
    }
}

/// Adds the certificates of a file in PEM form.
fn add(roots: &mut RootCertStore, path: &Path) -> Result<(), OpenError> {
    let pem = std::fs::read(path).map_err(|source| OpenError::Unreadable { path: path.to_owned(), source })?;
    let no_certificate = |reason: Text| OpenError::NoCertificate { path: path.to_owned(), reason };
    let mut count = 0;
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        let certificate = certificate.map_err(|error| no_certificate(Text::quoted(&error.to_string())))?;
        roots.add(certificate).map_err(|error| no_certificate(Text::quoted(&error.to_string())))?;
        count += 1;
    }
    if count == 0 { Err(no_certificate(none_found())) } else { Ok(()) }
}
