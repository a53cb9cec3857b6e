package org.chancery.pki.path.constraint;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chancery.pki.name.DomainName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.MalformedNameException;

/// URIs at a host (`host.example`) or at hosts below a domain (`.example`). Where URIs are constrained, one
/// whose host is not there, or an address, is refused (RFC 5280 section 4.2.1.10). The empty base is all
/// URIs with a host.
record UriSubtree(String base) implements Subtree {
    /// RFC 3986 section 3: scheme, authority with userinfo, host and port, and whatever may follow it.
    private static final Pattern WITH_AUTHORITY = Pattern.compile(
            "[A-Za-z][A-Za-z0-9+.-]*://([A-Za-z0-9._~!$&'()*+,;=:%-]*@)?([A-Za-z0-9.-]+)(:[0-9]*)?([/?#][!-~]*)?");

    static UriSubtree parse(String base) throws MalformedNameException {
        return new UriSubtree(base.isEmpty() ? "" : MailSubtree.hostOrDomain(base));
    }

    @Override
    public boolean isOfKind(GeneralName name) {
        return name instanceof GeneralName.Uri;
    }

    @Override
    public boolean holds(GeneralName name) {
        return host(name).map(host -> MailSubtree.matches(host, base)).orElse(false);
    }

    @Override
    public boolean touches(GeneralName name) {
        return host(name).map(host -> MailSubtree.matches(host, base)).orElse(true);
    }

    private static Optional<String> host(GeneralName name) {
        if (!(name instanceof GeneralName.Uri(String uri))) {
            return Optional.empty();
        }
        Matcher matcher = WITH_AUTHORITY.matcher(uri);
        try {
            return matcher.matches()
                    ? Optional.of(DomainName.parse(matcher.group(2)).value())
                    : Optional.empty();
        } catch (MalformedNameException e) {
            return Optional.empty(); // an address, or nothing; what that means, the callers say
        }
    }

    @Override
    public String toString() {
        return "uri:" + base;
    }
}
