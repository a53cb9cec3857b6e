package org.chancery.pki.path.constraint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.chancery.pki.der.Der;
import org.chancery.pki.name.CanonicalName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.MalformedNameException;

/// All names of one kind at or below a base.
sealed interface Subtree permits DnsSubtree, MailSubtree, UriSubtree, IpSubtree, Subtree.Directory, Subtree.Unknown {
    /// Whether it says anything of such a name.
    boolean isOfKind(GeneralName name);

    /// Whether the whole of what a name stands for lies within; of a name that cannot be understood, no.
    boolean holds(GeneralName name);

    /// Whether any of what a name stands for lies within: more than [#holds] for wildcards, and yes for a
    /// name that cannot be understood.
    default boolean touches(GeneralName name) {
        return holds(name);
    }

    /// Reads the base of a subtree.
    static Subtree parse(ASN1TaggedObject base) throws IOException, MalformedNameException {
        if (!base.hasContextTag()) {
            throw new IOException("a base that is no general name");
        }
        return switch (base.getTagNo()) {
            case 1 -> MailSubtree.parse(text(base));
            case 2 -> DnsSubtree.parse(text(base));
            case 4 ->
                new Directory(
                        CanonicalName.parse(X500Name.getInstance(base, true).getEncoded()));
            case 6 -> UriSubtree.parse(text(base));
            case 7 -> IpSubtree.parse(Der.implicitOctets(base));
            case 0, 3, 5, 8 -> new Unknown(base.getTagNo());
            default -> throw new IOException("a base that is no general name");
        };
    }

    private static String text(ASN1TaggedObject base) {
        return new String(ASN1IA5String.getInstance(base, false).getOctets(), StandardCharsets.US_ASCII);
    }

    /// Distinguished names, from the first relative name on.
    record Directory(CanonicalName base) implements Subtree {
        @Override
        public boolean isOfKind(GeneralName name) {
            return name instanceof GeneralName.Directory;
        }

        @Override
        public boolean holds(GeneralName name) {
            try {
                return name instanceof GeneralName.Directory(var directory)
                        && CanonicalName.of(directory).isWithin(base);
            } catch (MalformedNameException e) {
                // The JDK read it and Bouncy Castle cannot: within nothing, and see #touches.
                return false;
            }
        }

        @Override
        public boolean touches(GeneralName name) {
            try {
                return name instanceof GeneralName.Directory(var directory)
                        && CanonicalName.of(directory).isWithin(base);
            } catch (MalformedNameException e) {
                return true;
            }
        }
    }

    /// otherName, x400Address, ediPartyName, registeredID: RFC 5280 section 4.2.1.10 has whoever does not
    /// process such a constraint refuse a certificate that has such a name.
    record Unknown(int tag) implements Subtree {
        @Override
        public boolean isOfKind(GeneralName name) {
            return name instanceof GeneralName.Other other && other.tag() == tag;
        }

        @Override
        public boolean holds(GeneralName name) {
            return false;
        }

        @Override
        public boolean touches(GeneralName name) {
            return true;
        }
    }
}
