package org.chancery.pki.revocation;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.name.GeneralName;

/// What a list speaks of (issuingDistributionPoint, RFC 5280 section 5.2.5). Two lists of one issuer and
/// one scope are an older and a newer one; of two scopes neither replaces the other.
///
/// @param names of the distribution point; empty where the list is bound to none
/// @param indirect whether it may list certificates of others than its own issuer
public record CrlScope(List<GeneralName> names, Certificates certificates, ReasonFlags reasons, boolean indirect) {
    /// Every certificate of its issuer, for every reason: a list without the extension.
    public static final CrlScope COMPLETE = new CrlScope(List.of(), Certificates.ALL, ReasonFlags.ALL, false);

    /// Which kind of certificates a list is limited to.
    public enum Certificates {
        ALL,
        /// onlyContainsUserCerts: those that are no CA's.
        OF_USERS,
        /// onlyContainsCACerts.
        OF_AUTHORITIES,
        /// onlyContainsAttributeCerts: none that this program judges.
        OF_ATTRIBUTES
    }

    public CrlScope {
        names = List.copyOf(names);
    }

    /// Reads the extension's value.
    static CrlScope read(byte[] extensionDer, X500Principal issuer) throws MalformedDerException {
        DerCursor point = DerCursor.of(extensionDer).enter(DerCursor.SEQUENCE);
        if (point.atEnd()) {
            throw new MalformedDerException("an empty issuingDistributionPoint (RFC 5280 5.2.5)");
        }
        Optional<DerCursor> name = point.enterIfPresent(DerCursor.constructed(0));
        List<GeneralName> names = name.isPresent() ? PointName.read(name.get(), issuer) : List.of();
        boolean users = point.flag(DerCursor.primitive(1));
        boolean authorities = point.flag(DerCursor.primitive(2));
        ReasonFlags reasons = point.isNext(DerCursor.primitive(3))
                ? ReasonFlags.read(point, DerCursor.primitive(3))
                : ReasonFlags.ALL;
        boolean indirect = point.flag(DerCursor.primitive(4));
        boolean attributes = point.flag(DerCursor.primitive(5));
        point.end();
        return new CrlScope(names, certificates(users, authorities, attributes), reasons, indirect);
    }

    private static Certificates certificates(boolean users, boolean authorities, boolean attributes)
            throws MalformedDerException {
        if ((users ? 1 : 0) + (authorities ? 1 : 0) + (attributes ? 1 : 0) > 1) {
            throw new MalformedDerException("only one of three onlyContains may be true (RFC 5280 5.2.5)");
        }
        if (users) {
            return Certificates.OF_USERS;
        }
        if (authorities) {
            return Certificates.OF_AUTHORITIES;
        }
        return attributes ? Certificates.OF_ATTRIBUTES : Certificates.ALL;
    }

    /// Whether a certificate with this distribution point is one the list speaks of (RFC 5280 section 6.3.3
    /// (b)(2)).
    ///
    /// @param isAuthority whether the certificate's basicConstraints say that it is a CA
    public boolean covers(DistributionPoint point, boolean isAuthority) {
        return switch (certificates) {
                    case ALL -> true;
                    case OF_USERS -> !isAuthority;
                    case OF_AUTHORITIES -> isAuthority;
                    case OF_ATTRIBUTES -> false;
                }
                && isNamedBy(point);
    }

    private boolean isNamedBy(DistributionPoint point) {
        if (names.isEmpty()) {
            return true;
        }
        List<GeneralName> wanted = point.names().isEmpty()
                ? point.crlIssuers().stream()
                        .<GeneralName>map(GeneralName.Directory::new)
                        .toList()
                : point.names();
        return !Collections.disjoint(names, wanted);
    }
}
