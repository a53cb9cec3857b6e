package org.chancery.ca.command;

import javax.security.auth.x500.X500Principal;
import org.chancery.pki.name.DistinguishedName;

/// A distinguished name as people read it.
final class NameText {
    private NameText() {}

    static String of(X500Principal name) {
        return DistinguishedName.of(name).toString();
    }
}
