package org.chancery.pki.seeded;

import javax.naming.Name;

/// A name on its way into a directory.
final class AsksADirectory {
    int length(Name name) {
        return name.size();
    }
}
