package org.chancery.pki.revocation;

import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.GeneralNames;
import org.chancery.pki.name.MalformedNameException;

/// DistributionPointName (RFC 5280 section 4.2.1.13), read into full names.
final class PointName {
    private static final int FULL_NAME = DerCursor.constructed(0);
    private static final int RELATIVE_NAME = DerCursor.constructed(1);

    private PointName() {}

    /// The names of the point. A name relative to an issuer becomes the directory name it stands for.
    ///
    /// @param point inside the explicit tag around the choice
    static List<GeneralName> read(DerCursor point, X500Principal relativeTo) throws MalformedDerException {
        List<GeneralName> names = point.isNext(FULL_NAME)
                ? names(point.valueAs(DerCursor.SEQUENCE))
                : List.of(new GeneralName.Directory(below(relativeTo, point.value(RELATIVE_NAME))));
        point.end();
        return names;
    }

    /// A GeneralNames SEQUENCE.
    static List<GeneralName> names(byte[] sequenceDer) throws MalformedDerException {
        try {
            return GeneralNames.parse(sequenceDer);
        } catch (MalformedNameException e) {
            throw new MalformedDerException(String.valueOf(e.getMessage()), e);
        }
    }

    /// The directory names among them.
    static List<X500Principal> directoryNames(List<GeneralName> names) {
        return names.stream()
                .filter(GeneralName.Directory.class::isInstance)
                .map(name -> ((GeneralName.Directory) name).name())
                .toList();
    }

    private static X500Principal below(X500Principal issuer, byte[] relativeName) throws MalformedDerException {
        byte[] set = relativeName.clone();
        set[0] = DerCursor.SET;
        return Der.read(set, relative -> {
            ASN1EncodableVector names = new ASN1EncodableVector();
            for (RDN name : X500Name.getInstance(issuer.getEncoded()).getRDNs()) {
                names.add(name);
            }
            names.add(RDN.getInstance(relative));
            return new X500Principal(Der.encode(new DERSequence(names)));
        });
    }
}
