package org.chancery.pki.path.constraint;

import org.chancery.pki.name.DomainName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.MalformedNameException;

/// Mailboxes: one (`a@host.example`), all at a host (`host.example`), or all at hosts below a domain
/// (`.example`). Hosts are compared without regard to case, local parts with it (RFC 5280 section 7.5);
/// but who excludes `alice` excludes `Alice`, since an [Address][org.chancery.pki.name.Address] is the same
/// in either. The empty base is all mailboxes.
///
/// @param local the local part, empty for all
/// @param host the host; with a leading dot, hosts below it; empty for all
record MailSubtree(String local, String host) implements Subtree {
    static MailSubtree parse(String base) throws MalformedNameException {
        if (base.isEmpty()) {
            return new MailSubtree("", "");
        }
        if (base.indexOf('@') >= 0) {
            Mailbox mailbox = Mailbox.parse(base);
            return new MailSubtree(mailbox.local(), mailbox.host());
        }
        return new MailSubtree("", hostOrDomain(base));
    }

    /// A host, or a domain with the dot before it that says so.
    static String hostOrDomain(String base) throws MalformedNameException {
        return base.startsWith(".")
                ? "." + DomainName.parse(base.substring(1)).value()
                : DomainName.parse(base).value();
    }

    static boolean matches(String host, String base) {
        return base.startsWith(".") ? host.endsWith(base) : base.isEmpty() || host.equals(base);
    }

    @Override
    public boolean isOfKind(GeneralName name) {
        return name instanceof GeneralName.Rfc822;
    }

    @Override
    public boolean holds(GeneralName name) {
        return within(name, false);
    }

    @Override
    public boolean touches(GeneralName name) {
        return within(name, true);
    }

    private boolean within(GeneralName name, boolean inDoubt) {
        try {
            if (!(name instanceof GeneralName.Rfc822(String text))) {
                return false;
            }
            Mailbox mailbox = Mailbox.parse(text);
            boolean sameLocal = inDoubt ? local.equalsIgnoreCase(mailbox.local()) : local.equals(mailbox.local());
            return (local.isEmpty() || sameLocal) && matches(mailbox.host(), host);
        } catch (MalformedNameException e) {
            return inDoubt;
        }
    }

    @Override
    public String toString() {
        return "email:" + (local.isEmpty() ? "" : local + "@") + host;
    }
}
