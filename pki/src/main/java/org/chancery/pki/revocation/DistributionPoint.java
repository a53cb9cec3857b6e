package org.chancery.pki.revocation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.name.GeneralName;

/// Where a certificate says that its revocation is to be looked for (RFC 5280 section 4.2.1.13). To be
/// looked for among the lists at hand: nothing is ever fetched.
///
/// @param names empty where the point is named by its issuer alone
/// @param reasons which reasons its list covers
/// @param crlIssuers who signs the list; empty where it is the certificate's issuer
public record DistributionPoint(List<GeneralName> names, ReasonFlags reasons, List<X500Principal> crlIssuers) {
    /// `id-ce-cRLDistributionPoints`.
    public static final String EXTENSION = "2.5.29.31";

    /// More than any certificate needs; each costs a search among the lists.
    private static final int MAX_POINTS = 32;

    public DistributionPoint {
        names = List.copyOf(names);
        crlIssuers = List.copyOf(crlIssuers);
    }

    /// The point that every certificate has without saying so: its issuer's lists for all reasons (RFC 5280
    /// section 6.3.3).
    public static DistributionPoint ofIssuer(X500Principal issuer) {
        return new DistributionPoint(List.of(new GeneralName.Directory(issuer)), ReasonFlags.ALL, List.of());
    }

    /// Reads cRLDistributionPoints or freshestCRL.
    ///
    /// @param extensionDer the value, without the OCTET STRING around it
    /// @param issuer whose name a relative name continues where the point has no cRLIssuer
    /// @throws MalformedCrlException if it is malformed, empty or has too many points
    public static List<DistributionPoint> parse(byte[] extensionDer, X500Principal issuer)
            throws MalformedCrlException {
        try {
            DerCursor sequence = DerCursor.of(extensionDer).enter(DerCursor.SEQUENCE);
            List<DistributionPoint> points = new ArrayList<>();
            while (!sequence.atEnd()) {
                if (points.size() == MAX_POINTS) {
                    throw new MalformedDerException("more than %d distribution points".formatted(MAX_POINTS));
                }
                points.add(read(sequence.enter(DerCursor.SEQUENCE), issuer));
            }
            if (points.isEmpty()) {
                throw new MalformedDerException("no distribution point in the extension for them");
            }
            return List.copyOf(points);
        } catch (MalformedDerException e) {
            throw new MalformedCrlException(
                    CrlFailure.MALFORMED, "malformed distribution points: " + e.getMessage(), e);
        }
    }

    private static DistributionPoint read(DerCursor point, X500Principal issuer) throws MalformedDerException {
        Optional<DerCursor> name = point.enterIfPresent(DerCursor.constructed(0));
        ReasonFlags reasons = point.isNext(DerCursor.primitive(1))
                ? ReasonFlags.read(point, DerCursor.primitive(1))
                : ReasonFlags.ALL;
        List<X500Principal> crlIssuers = point.isNext(DerCursor.constructed(2))
                ? PointName.directoryNames(PointName.names(point.valueAs(DerCursor.SEQUENCE)))
                : List.of();
        boolean issuerNamed = !crlIssuers.isEmpty();
        point.end();
        if (name.isEmpty()) {
            if (!issuerNamed) {
                throw new MalformedDerException("neither a name nor a cRLIssuer that is a directory name");
            }
            return new DistributionPoint(List.of(), reasons, crlIssuers);
        }
        X500Principal relativeTo = issuerNamed ? crlIssuers.getFirst() : issuer;
        return new DistributionPoint(PointName.read(name.get(), relativeTo), reasons, crlIssuers);
    }
}
