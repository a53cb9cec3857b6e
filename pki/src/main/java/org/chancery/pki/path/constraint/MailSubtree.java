package org.chancery.pki.path.constraint;

import org.chancery.pki.name.DomainName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.MalformedNameException;

/// Mailboxes: one (`a@host.example`), all at a host (`host.example`), or all at hosts below a domain
/// (`.example`). Local parts are compared with regard to case, hosts without (RFC 5280 section 7.5). The
/// empty base is all mailboxes.
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

    private boolean within(GeneralName name, boolean ifUnreadable) {
        try {
            if (!(name instanceof GeneralName.Rfc822(String text))) {
                return false;
            }
            Mailbox mailbox = Mailbox.parse(text);
            return (local.isEmpty() || local.equals(mailbox.local())) && matches(mailbox.host(), host);
        } catch (MalformedNameException e) {
            return ifUnreadable;
        }
    }

    @Override
    public String toString() {
        return "email:" + (local.isEmpty() ? "" : local + "@") + host;
    }
}
