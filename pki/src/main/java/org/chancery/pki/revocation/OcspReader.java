package org.chancery.pki.revocation;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.signature.SignedStructure;

/// Reads OCSPResponse and what is in it (RFC 6960 section 4.2.1).
final class OcspReader {
    private static final String BASIC = "1.3.6.1.5.5.7.48.1.1";

    private static final int MAX_ANSWERS = 1000;
    private static final int MAX_CERTIFICATES = 10;

    private OcspReader() {}

    static OcspResponse read(byte[] der) throws MalformedOcspException {
        try {
            DerCursor response = DerCursor.of(der).enter(DerCursor.SEQUENCE);
            int code = response.enumerated();
            OcspResponse.Status status = OcspResponse.Status.ofCode(code)
                    .orElseThrow(() -> new MalformedDerException("response status %d".formatted(code)));
            Optional<DerCursor> tagged = response.enterIfPresent(DerCursor.constructed(0));
            response.end();
            if (tagged.isPresent() != (status == OcspResponse.Status.SUCCESSFUL)) {
                throw new MalformedDerException("a response with status " + status + " and an answer that belies it");
            }
            return tagged.isPresent()
                    ? new OcspResponse(der, status, Optional.of(basic(tagged.get())))
                    : new OcspResponse(der, status, Optional.empty());
        } catch (MalformedDerException | IllegalArgumentException e) {
            // The JDK refuses a name it cannot read with the unchecked one.
            throw new MalformedOcspException(
                    OcspFailure.MALFORMED, "not an OCSP response of RFC 6960: " + e.getMessage(), e);
        }
    }

    private static OcspBasic basic(DerCursor tagged) throws MalformedDerException, MalformedOcspException {
        DerCursor bytes = tagged.enter(DerCursor.SEQUENCE);
        tagged.end();
        String type = bytes.objectIdentifier();
        if (!type.equals(BASIC)) {
            throw new MalformedDerException("response type %s, basic required".formatted(type));
        }
        DerCursor parts = DerCursor.of(bytes.contents(DerCursor.OCTET_STRING)).enter(DerCursor.SEQUENCE);
        bytes.end();
        SignedStructure signed = SignedStructure.read(parts);
        List<X509Certificate> certificates = certificates(parts);
        parts.end();
        DerCursor data = DerCursor.of(signed.toBeSignedDer()).enter(DerCursor.SEQUENCE);
        if (data.isNext(DerCursor.constructed(0))) {
            throw new MalformedDerException("a version that is not 1, or 1 where it must be left out");
        }
        OcspResponderId responder = responder(data);
        Instant producedAt = data.generalizedTime();
        List<OcspSingle> answers = answers(data.enter(DerCursor.SEQUENCE));
        KnownExtensions extensions =
                OcspExtensions.readIfPresent(data, DerCursor.constructed(1), OcspExtensions.OF_MESSAGE);
        data.end();
        OcspAnswer answer = new OcspAnswer(producedAt, answers, OcspExtensions.nonce(extensions));
        return new OcspBasic(signed, responder, answer, certificates);
    }

    private static OcspResponderId responder(DerCursor data) throws MalformedDerException {
        if (data.isNext(DerCursor.constructed(1))) {
            DerCursor name = data.enter(DerCursor.constructed(1));
            X500Principal principal = new X500Principal(name.value(DerCursor.SEQUENCE));
            name.end();
            return new OcspResponderId.ByName(principal);
        }
        DerCursor key = data.enter(DerCursor.constructed(2));
        byte[] hash = key.contents(DerCursor.OCTET_STRING);
        key.end();
        return new OcspResponderId.ByKey(HexFormat.of().formatHex(hash));
    }

    private static List<OcspSingle> answers(DerCursor list) throws MalformedDerException, MalformedOcspException {
        List<OcspSingle> answers = new ArrayList<>();
        while (!list.atEnd()) {
            if (answers.size() == MAX_ANSWERS) {
                throw new MalformedOcspException(OcspFailure.TOO_LARGE, "more than %d answers".formatted(MAX_ANSWERS));
            }
            answers.add(OcspSingle.read(list.enter(DerCursor.SEQUENCE)));
        }
        return answers;
    }

    private static List<X509Certificate> certificates(DerCursor parts)
            throws MalformedDerException, MalformedOcspException {
        Optional<DerCursor> tagged = parts.enterIfPresent(DerCursor.constructed(0));
        List<X509Certificate> certificates = new ArrayList<>();
        if (tagged.isEmpty()) {
            return certificates;
        }
        DerCursor list = tagged.get().enter(DerCursor.SEQUENCE);
        tagged.get().end();
        while (!list.atEnd()) {
            if (certificates.size() == MAX_CERTIFICATES) {
                throw new MalformedOcspException(
                        OcspFailure.TOO_LARGE, "more than %d certificates".formatted(MAX_CERTIFICATES));
            }
            try {
                certificates.add(Certificates.parse(list.value()));
            } catch (MalformedCertificateException e) {
                throw new MalformedDerException(String.valueOf(e.getMessage()), e);
            }
        }
        return certificates;
    }
}
