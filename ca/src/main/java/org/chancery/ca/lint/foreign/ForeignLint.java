package org.chancery.ca.lint.foreign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.der.Parts;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Finding;
import org.chancery.ca.lint.Severity;
import org.chancery.ca.lint.certificate.CertificateLint;
import org.chancery.ca.lint.crl.CrlLint;
import org.chancery.ca.lint.ocsp.OcspLint;
import org.chancery.ca.lint.request.RequestLint;

/// Finds out what some DER is, and judges it. Signatures are not verified, but for those of requests.
public final class ForeignLint {
    private ForeignLint() {}

    /// What some DER turned out to be, and what does not hold of it.
    ///
    /// @param kind `certificate`, `request`, `crl`, `ocsp`
    public record Judgement(String kind, List<Finding> findings) {
        public Judgement {
            findings = List.copyOf(findings);
        }
    }

    /// Judges one certificate, request, CRL or OCSP response.
    ///
    /// @throws UnreadableException if it is none of them
    public static Judgement judge(byte[] der) throws UnreadableException {
        Parts parts = new Parts(Tlv.parse(der).as(Tlv.SEQUENCE).children());
        Tlv first = parts.next();
        if (first.is(Tlv.ENUMERATED)) {
            return new Judgement("ocsp", OcspLint.ofForeign(responseData(parts)));
        }
        List<Tlv> signed = first.as(Tlv.SEQUENCE).children();
        Tlv algorithm = parts.next(Tlv.SEQUENCE);
        parts.next(Tlv.BIT_STRING);
        parts.requireEnd();
        if (isRequest(signed)) {
            return new Judgement("request", RequestLint.ofForeign(der));
        }
        boolean crl = signed.stream().anyMatch(part -> part.is(Tlv.UTC_TIME) || part.is(Tlv.GENERALIZED_TIME));
        List<Finding> findings =
                new ArrayList<>(crl ? CrlLint.ofForeign(first.encoded()) : CertificateLint.ofForeign(first.encoded()));
        disagreement(signed, algorithm, crl ? "RFC 5280 5.1.1.2" : "RFC 5280 4.1.1.2")
                .ifPresent(findings::add);
        return new Judgement(crl ? "crl" : "certificate", findings);
    }

    /// Version 0, a subject and a key, and then nothing or attributes.
    private static boolean isRequest(List<Tlv> parts) throws UnreadableException {
        return (parts.size() == 3 || parts.size() == 4)
                && parts.getFirst().is(Tlv.INTEGER)
                && parts.getFirst().integer().signum() == 0
                && parts.get(2).is(Tlv.SEQUENCE);
    }

    /// What is signed names the algorithm it is signed with, or that could be exchanged.
    private static Optional<Finding> disagreement(List<Tlv> signed, Tlv outer, String citation) {
        boolean agree = signed.stream().anyMatch(part -> Arrays.equals(part.encoded(), outer.encoded()));
        return agree
                ? Optional.empty()
                : Optional.of(new Finding(
                        "AlgorithmsAgree",
                        Severity.ERROR,
                        citation,
                        "the signature algorithm outside is not the one inside"));
    }

    private static byte[] responseData(Parts response) throws UnreadableException {
        Parts bytes = new Parts(response.next(0xa0).inner().as(Tlv.SEQUENCE).children());
        bytes.next(Tlv.OID);
        Tlv basic = bytes.next(Tlv.OCTET_STRING).inner();
        return new Parts(basic.as(Tlv.SEQUENCE).children()).next(Tlv.SEQUENCE).encoded();
    }
}
