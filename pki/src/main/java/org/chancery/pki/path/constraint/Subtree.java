package org.chancery.pki.path.constraint;

import java.nio.charset.StandardCharsets;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;
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

    /// Reads the base of a subtree, a GeneralName (RFC 5280 section 4.2.1.6).
    static Subtree parse(DerCursor base) throws MalformedDerException, MalformedNameException {
        if (base.isNext(DerCursor.primitive(1))) {
            return MailSubtree.parse(text(base, 1));
        } else if (base.isNext(DerCursor.primitive(2))) {
            return DnsSubtree.parse(text(base, 2));
        } else if (base.isNext(DerCursor.constructed(4))) {
            DerCursor explicit = base.enter(DerCursor.constructed(4));
            Directory directory = new Directory(CanonicalName.parse(explicit.value()));
            explicit.end();
            return directory;
        } else if (base.isNext(DerCursor.primitive(6))) {
            return UriSubtree.parse(text(base, 6));
        } else if (base.isNext(DerCursor.primitive(7))) {
            return IpSubtree.parse(base.contents(DerCursor.primitive(7)));
        }
        for (int tag : new int[] {0, 3, 5, 8}) {
            if (base.isNext(DerCursor.constructed(tag)) || base.isNext(DerCursor.primitive(tag))) {
                base.value();
                return new Unknown(tag);
            }
        }
        throw new MalformedDerException("a base that is no general name");
    }

    private static String text(DerCursor base, int tag) throws MalformedDerException {
        return new String(base.contents(DerCursor.primitive(tag)), StandardCharsets.US_ASCII);
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
