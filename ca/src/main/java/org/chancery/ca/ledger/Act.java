package org.chancery.ca.ledger;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.revocation.RevokedCertificate;

/// One thing the authority did, before it is recorded. What a table says is said here too, so that the one can
/// be checked against the other ([Audit]).
///
/// @param kind as it stands in the file; never changes
/// @param subject the serial number of a certificate, or issuer and number of a CRL; empty for what is done to
///     nothing that is numbered
/// @param facts in the order in which they are hashed
record Act(String kind, Optional<String> subject, Map<String, String> facts) {
    static final String INTENDED = "intended";
    static final String ISSUED = "issued";
    static final String REVOKED = "revoked";
    static final String CRL_DRAWN = "crl-drawn";
    static final String CRL_PUBLISHED = "crl-published";
    static final String CRL_MERGED = "crl-merged";

    private static final String SHA_256 = "sha256";

    /// The authority exists.
    static Act founded(String name) {
        return new Act("founded", Optional.empty(), Map.of("name", name));
    }

    /// A certificate is about to be signed.
    static Act intended(Particulars p) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("issuer", p.issuer().hex());
        facts.put("profile", p.profile());
        p.address().map(Address::value).ifPresent(address -> facts.put("address", address));
        facts.put("device", p.device().hex());
        facts.put("name", p.name());
        facts.put("notBefore", p.validity().notBefore().toString());
        facts.put("notAfter", p.validity().notAfter().toString());
        facts.put("origin", p.origin().kind().code());
        p.origin().parent().map(SerialNumber::hex).ifPresent(parent -> facts.put("parent", parent));
        return new Act(INTENDED, Optional.of(p.serial().hex()), facts);
    }

    /// It has been signed.
    static Act issued(SerialNumber serial, byte[] certificateDer) {
        return new Act(ISSUED, Optional.of(serial.hex()), Map.of(SHA_256, Sha256.hex(certificateDer)));
    }

    /// A request was refused.
    static Act refused(DeviceId device, String reason) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("device", device.hex());
        facts.put("reason", reason);
        return new Act("refused", Optional.empty(), facts);
    }

    /// A certificate has ended.
    ///
    /// @param issuer whose CRL says so, as a device
    static Act revoked(String issuer, RevokedCertificate revocation) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("issuer", issuer);
        facts.put("revokedAt", revocation.revokedAt().toString());
        facts.put("reason", revocation.reason().cliName());
        revocation.invalidityDate().ifPresent(date -> facts.put("invalidityDate", date.toString()));
        return new Act(REVOKED, Optional.of(revocation.serialNumber().hex()), facts);
    }

    /// A CRL number is spent.
    ///
    /// @param crl see [#crl]
    static Act crlDrawn(String crl) {
        return new Act(CRL_DRAWN, Optional.of(crl), Map.of());
    }

    /// A CRL is out.
    static Act crlPublished(String crl, String sha256) {
        return new Act(CRL_PUBLISHED, Optional.of(crl), Map.of(SHA_256, sha256));
    }

    /// A CRL of ours turned up that this ledger, restored from an older copy, did not know.
    static Act crlMerged(String crl, String sha256) {
        return new Act(CRL_MERGED, Optional.of(crl), Map.of(SHA_256, sha256));
    }

    /// What was done outside the tables.
    static Act done(Deed deed, Map<String, String> facts) {
        return new Act(deed.code(), Optional.empty(), facts);
    }

    /// The facts as they are hashed and stored.
    String factText() {
        return FactText.of(facts);
    }

    /// How a CRL is called where certificates have a serial number. [Audit] builds the same in SQL.
    static String crl(DeviceId issuer, BigInteger number) {
        return issuer.hex() + "/" + number;
    }
}
