//! Certificates for both sides, made afresh, and a listener that wants the other side's.

use std::{fs, io, net::SocketAddr, path::Path, sync::Arc};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    IsCa, KeyPair, KeyUsagePurpose,
};
use rustls::{
    RootCertStore, ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    server::WebPkiClientVerifier,
};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

/// Who vouches for both, and each one's own.
pub struct Certificates {
    /// In PEM.
    pub ca: String,
    pub client: String,
    pub client_key: String,
    server: CertificateDer<'static>,
    server_key: Vec<u8>,
    ca_der: CertificateDer<'static>,
}

impl Certificates {
    /// # Panics
    /// When they can't be made.
    #[must_use]
    pub fn make() -> Self {
        let mut params = params("An authority for tests", None);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        let ca =
            CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority");
        let sign = |name: &str, usage| {
            let key = KeyPair::generate().expect("a key");
            (self::params(name, Some(usage)).signed_by(&key, &ca).expect("a certificate"), key)
        };
        let (server, server_key) = sign("Swish", ExtendedKeyUsagePurpose::ServerAuth);
        let (client, client_key) = sign("Haparanda", ExtendedKeyUsagePurpose::ClientAuth);
        Self {
            ca: ca.pem(),
            client: client.pem(),
            client_key: client_key.serialize_pem(),
            server: server.der().clone(),
            server_key: server_key.serialize_der(),
            ca_der: ca.der().clone(),
        }
    }

    /// As files for a program's settings: `ca.pem`, `client.pem`, `client.key`.
    ///
    /// # Errors
    /// When they can't be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        for (name, pem) in
            [("ca.pem", &self.ca), ("client.pem", &self.client), ("client.key", &self.client_key)]
        {
            fs::write(folder.join(name), pem)?;
        }
        Ok(())
    }

    /// For a server that lets in nobody without a certificate from the same authority.
    pub(super) fn acceptor(&self) -> TlsAcceptor {
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut roots = RootCertStore::empty();
        roots.add(self.ca_der.clone()).expect("an authority");
        let known = WebPkiClientVerifier::builder(Arc::new(roots)).build().expect("who is let in");
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.server_key.clone()));
        let config = ServerConfig::builder()
            .with_client_cert_verifier(known)
            .with_single_cert(vec![self.server.clone()], key)
            .expect("a certificate of one's own");
        TlsAcceptor::from(Arc::new(config))
    }
}

fn params(name: &str, usage: Option<ExtendedKeyUsagePurpose>) -> CertificateParams {
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let mut params = CertificateParams::new(names).expect("names");
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.extended_key_usages.extend(usage);
    params
}

/// Connections whose other side has proved who it is.
pub(super) struct Listener {
    pub tcp: TcpListener,
    pub acceptor: TlsAcceptor,
}

impl axum::serve::Listener for Listener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let Ok((stream, address)) = self.tcp.accept().await else { continue };
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.tcp.local_addr()
    }
}
