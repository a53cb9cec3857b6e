package org.chancery.pki.path.constraint;

import java.util.Optional;
import org.chancery.pki.name.DomainName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.MalformedNameException;

/// A domain and everything below it. No base has a leading dot (RFC 5280 allows that for URIs and mailboxes
/// only) or a wildcard; the empty one is the root of all.
record DnsSubtree(String base) implements Subtree {
    private static final String WILDCARD = "*.";

    static DnsSubtree parse(String base) throws MalformedNameException {
        return new DnsSubtree(base.isEmpty() ? "" : DomainName.parse(base).value());
    }

    @Override
    public boolean isOfKind(GeneralName name) {
        return name instanceof GeneralName.Dns;
    }

    /// A wildcard stands for one label, so that all it matches lies within where its parent does.
    @Override
    public boolean holds(GeneralName name) {
        return name instanceof GeneralName.Dns(String host)
                && parent(host).map(parent -> isBelow(parent, base)).orElse(false);
    }

    /// A wildcard also touches a base that is one of the names it matches.
    @Override
    public boolean touches(GeneralName name) {
        if (!(name instanceof GeneralName.Dns(String host))) {
            return false;
        }
        Optional<String> parent = parent(host);
        if (parent.isEmpty()) {
            return true;
        }
        int firstDot = base.indexOf('.');
        return isBelow(parent.get(), base)
                || (host.startsWith(WILDCARD)
                        && firstDot > 0
                        && base.substring(firstDot + 1).equals(parent.get()));
    }

    private static boolean isBelow(String host, String base) {
        return base.isEmpty() || host.equals(base) || host.endsWith("." + base);
    }

    /// The name, or what follows its wildcard; empty if that is no domain name.
    private static Optional<String> parent(String host) {
        try {
            return Optional.of(DomainName.parse(host.startsWith(WILDCARD) ? host.substring(2) : host)
                    .value());
        } catch (MalformedNameException e) {
            return Optional.empty(); // what that means, the callers say
        }
    }

    @Override
    public String toString() {
        return "dns:" + base;
    }
}
