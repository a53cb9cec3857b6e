package org.chancery.pki.file;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Who may read a file, as the mode it is created with. The process's umask can only narrow it.
public enum Access {
    /// 0600: keys, and whatever is nobody else's business.
    PRIVATE("rw-------"),
    /// 0644: certificates, requests, CRLs.
    PUBLIC("rw-r--r--");

    private final String mode;

    Access(String mode) {
        this.mode = mode;
    }

    FileAttribute<Set<PosixFilePermission>> attribute() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }
}
