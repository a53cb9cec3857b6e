package org.chancery.pki.revocation;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.chancery.pki.certificate.SerialNumber;

/// An OCSP response (RFC 6960 section 4.2), read and not judged: whether whoever signed it may speak for
/// the issuer is for the path validator to say. Immutable.
public final class OcspResponse {
    /// A response is about a KiB; one with a chain of certificates, ten.
    public static final int MAX_OCTETS = 256 * 1024;

    private final byte[] der;
    private final Status status;
    private final Optional<OcspBasic> basic;

    /// How the responder took the request.
    public enum Status {
        SUCCESSFUL(0),
        MALFORMED_REQUEST(1),
        INTERNAL_ERROR(2),
        TRY_LATER(3),
        // 4 is not used (RFC 6960 4.2.1).
        SIG_REQUIRED(5),
        UNAUTHORIZED(6);

        private final int code;

        Status(int code) {
            this.code = code;
        }

        /// The code on the wire.
        public int code() {
            return code;
        }

        static Optional<Status> ofCode(int code) {
            return Arrays.stream(values()).filter(status -> status.code == code).findFirst();
        }
    }

    OcspResponse(byte[] der, Status status, Optional<OcspBasic> basic) {
        this.der = der;
        this.status = status;
        this.basic = basic;
    }

    /// Reads a response in DER.
    ///
    /// @throws MalformedOcspException if it exceeds [#MAX_OCTETS], is not of the form of RFC 6960, or has a
    ///     critical extension that is not known
    public static OcspResponse parse(byte[] der) throws MalformedOcspException {
        if (der.length > MAX_OCTETS) {
            throw new MalformedOcspException(
                    OcspFailure.TOO_LARGE, "OCSP response of %d octets, at most %d".formatted(der.length, MAX_OCTETS));
        }
        return OcspReader.read(der.clone());
    }

    /// Anything but `SUCCESSFUL` says nothing about any certificate.
    public Status status() {
        return status;
    }

    /// What it says; empty without success.
    public Optional<OcspAnswer> answer() {
        return basic.map(OcspBasic::answer);
    }

    /// What it says about one certificate; empty if nothing. An answer about another number is none.
    ///
    /// @param issuerName as the certificate in question writes it
    public List<OcspSingle> about(X500Principal issuerName, PublicKey issuerKey, SerialNumber serialNumber) {
        return basic.map(said -> said.answer().answers().stream()
                        .filter(single -> single.id().means(issuerName, issuerKey, serialNumber))
                        .toList())
                .orElse(List.of());
    }

    /// Whether this certificate's subject is named as the responder and its key made the signature. Whether
    /// that certificate may answer is another question.
    public boolean signedBy(X509Certificate responder) {
        return basic.filter(said ->
                        said.responder().means(responder) && said.signed().verifiedBy(responder.getPublicKey()))
                .isPresent();
    }

    /// The certificates sent along, in which a delegate's is looked for.
    public List<X509Certificate> certificates() {
        return basic.map(OcspBasic::certificates).orElse(List.of());
    }

    /// The response as received.
    public byte[] der() {
        return der.clone();
    }

    @Override
    public String toString() {
        return "OcspResponse[%s, %s]".formatted(status, answer());
    }
}
