package org.chancery.server.control;

import java.util.Optional;

/// Why something that was asked over the control socket was not done. Codes go over the socket.
public enum ControlRefusal {
    /// The device has no session.
    NOT_HERE(1),
    /// Several devices are meant.
    AMBIGUOUS(2),
    /// There is a file of that name.
    FILE_EXISTS(3),
    /// The disk did not do what it should.
    DISK(4);

    private final int code;

    ControlRefusal(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<ControlRefusal> ofCode(int code) {
        for (ControlRefusal refusal : values()) {
            if (refusal.code == code) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }
}
