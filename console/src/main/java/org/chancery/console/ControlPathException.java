package org.chancery.console;

import java.io.IOException;

/// A path is too long to be that of a Unix socket.
public final class ControlPathException extends IOException {
    private static final long serialVersionUID = 1L;

    ControlPathException(String message) {
        super(message);
    }
}
