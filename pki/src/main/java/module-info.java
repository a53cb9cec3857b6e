/// Certificates, requests, revocation, path validation, keystores and envelopes. Opens no socket.
///
/// Sealing and opening is the client's alone: the relay must not be able to read a letter, and this says so to the
/// compiler.
@SuppressWarnings("module") // org.chancery.client is built after this module, so the compiler cannot find it yet
module org.chancery.pki {
    exports org.chancery.pki.certificate;
    exports org.chancery.pki.envelope;
    exports org.chancery.pki.file;
    exports org.chancery.pki.key;
    exports org.chancery.pki.keystore;
    exports org.chancery.pki.name;
    exports org.chancery.pki.path;
    exports org.chancery.pki.pem;
    exports org.chancery.pki.record;
    exports org.chancery.pki.request;
    exports org.chancery.pki.revocation;
    exports org.chancery.pki.sealing to
            org.chancery.client;

    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.util;
    requires static org.jspecify;
}
