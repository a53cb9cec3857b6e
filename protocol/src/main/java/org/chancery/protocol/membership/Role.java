package org.chancery.protocol.membership;

import java.util.Optional;

/// What a member may do. Codes go over the wire and into stores.
public enum Role {
    /// Reads and writes.
    MEMBER(1),
    /// And invites and removes.
    OWNER(2);

    private final int code;

    Role(int code) {
        this.code = code;
    }

    /// The code on the wire.
    public int code() {
        return code;
    }

    /// The role of a code; empty for one this version does not know.
    public static Optional<Role> ofCode(int code) {
        for (Role role : values()) {
            if (role.code == code) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
