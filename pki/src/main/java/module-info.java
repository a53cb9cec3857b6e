/// Certificates, requests, revocation, path validation, keystores and envelopes. Opens no socket.
module org.chancery.pki {
    exports org.chancery.pki.certificate;
    exports org.chancery.pki.console;
    exports org.chancery.pki.envelope;
    exports org.chancery.pki.file;
    exports org.chancery.pki.key;
    exports org.chancery.pki.keystore;
    exports org.chancery.pki.name;
    exports org.chancery.pki.path;
    exports org.chancery.pki.pem;
    exports org.chancery.pki.request;
    exports org.chancery.pki.revocation;

    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.util;
    requires static org.jspecify;
}
