package org.chancery.pki.revocation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.name.CanonicalName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.MalformedNameException;

/// The entries of a list by certificate issuer and serial number (RFC 5280 sections 5.1.2.6 and 5.3).
/// Looking one up costs the same in a long list as in a short one.
final class CrlEntries {
    /// With what is kept of each, some 60 MiB; more than any authority of ours will have.
    static final int MAX_ENTRIES = 300_000;

    private static final int MAX_SERIAL_OCTETS = 20;

    /// Names as RFC 5280 section 7.1 compares them: in another case, or as another kind of string, an entry
    /// means the same certificate.
    private final Map<CanonicalName, Map<SerialNumber, RevokedCertificate>> byIssuer;
    private final List<RevokedCertificate> inOrder;

    private CrlEntries(
            Map<CanonicalName, Map<SerialNumber, RevokedCertificate>> byIssuer, List<RevokedCertificate> inOrder) {
        this.byIssuer = byIssuer;
        this.inOrder = Collections.unmodifiableList(inOrder);
    }

    static CrlEntries none() {
        return new CrlEntries(Map.of(), List.of());
    }

    /// Reads revokedCertificates.
    ///
    /// @param plain whether entries must have no extensions, as in version 1
    static CrlEntries read(DerCursor list, CrlHeader header, boolean plain)
            throws MalformedDerException, MalformedCrlException {
        Map<CanonicalName, Map<SerialNumber, RevokedCertificate>> byIssuer = new HashMap<>();
        List<RevokedCertificate> inOrder = new ArrayList<>();
        CanonicalName issuer = canonical(header.issuer());
        while (!list.atEnd()) {
            if (inOrder.size() == MAX_ENTRIES) {
                throw new MalformedCrlException(CrlFailure.TOO_LARGE, "more than %d entries".formatted(MAX_ENTRIES));
            }
            DerCursor entry = list.enter(DerCursor.SEQUENCE);
            SerialNumber serialNumber = new SerialNumber(entry.integer(MAX_SERIAL_OCTETS));
            Instant revokedAt = entry.time();
            KnownExtensions extensions = entry.atEnd() || plain
                    ? KnownExtensions.none()
                    : CrlExtensions.ofEntry(entry.enter(DerCursor.SEQUENCE));
            entry.end();
            // It holds for the entries that follow as well, until another one says otherwise (RFC 5280 section 5.3.3).
            Optional<X500Principal> other = certificateIssuer(extensions, header);
            issuer = other.isPresent() ? canonical(other.get()) : issuer;
            RevokedCertificate revoked = new RevokedCertificate(
                    serialNumber, revokedAt, reason(extensions, header), invalidityDate(extensions));
            if (byIssuer.computeIfAbsent(issuer, _ -> new HashMap<>()).putIfAbsent(serialNumber, revoked) != null) {
                throw new MalformedDerException("serial %s twice".formatted(serialNumber));
            }
            inOrder.add(revoked);
        }
        if (inOrder.isEmpty()) {
            throw new MalformedDerException("revokedCertificates without one (RFC 5280 5.1.2.6)");
        }
        return new CrlEntries(byIssuer, inOrder);
    }

    private static CanonicalName canonical(X500Principal name) throws MalformedDerException {
        try {
            return CanonicalName.of(name);
        } catch (MalformedNameException e) {
            throw new MalformedDerException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Optional<X500Principal> certificateIssuer(KnownExtensions extensions, CrlHeader header)
            throws MalformedDerException {
        Optional<byte[]> value = extensions.value(CrlExtensions.CERTIFICATE_ISSUER);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!header.scope().indirect()) {
            throw new MalformedDerException("certificateIssuer in a list that is not indirect (RFC 5280 5.3.3)");
        }
        List<GeneralName> names = PointName.names(value.get());
        List<X500Principal> directoryNames = PointName.directoryNames(names);
        if (directoryNames.size() != 1) {
            throw new MalformedDerException("certificateIssuer of %d directory names".formatted(directoryNames.size()));
        }
        return Optional.of(directoryNames.getFirst());
    }

    private static RevocationReason reason(KnownExtensions extensions, CrlHeader header) throws MalformedDerException {
        Optional<DerCursor> value = extensions.find(CrlExtensions.REASON_CODE);
        if (value.isEmpty()) {
            return RevocationReason.UNSPECIFIED;
        }
        int code = value.get().enumerated();
        // removeFromCRL belongs to deltas; in a complete list it would mean the opposite of what the list says.
        return RevocationReason.ofCode(code)
                .filter(reason -> reason != RevocationReason.REMOVE_FROM_CRL
                        || header.baseNumber().isPresent())
                .orElseThrow(() -> new MalformedDerException("reasonCode %d where there is none such".formatted(code)));
    }

    private static Optional<Instant> invalidityDate(KnownExtensions extensions) throws MalformedDerException {
        Optional<DerCursor> value = extensions.find(CrlExtensions.INVALIDITY_DATE);
        return value.isPresent() ? Optional.of(value.get().generalizedTime()) : Optional.empty();
    }

    Optional<RevokedCertificate> find(X500Principal issuer, SerialNumber serialNumber) {
        try {
            return Optional.ofNullable(
                    byIssuer.getOrDefault(CanonicalName.of(issuer), Map.of()).get(serialNumber));
        } catch (MalformedNameException e) {
            return Optional.empty(); // of a name that cannot be read nobody is listed
        }
    }

    Collection<RevokedCertificate> inOrder() {
        return inOrder;
    }
}
