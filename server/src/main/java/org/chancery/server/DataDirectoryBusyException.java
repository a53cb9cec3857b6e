package org.chancery.server;

/// Another relay has the data directory.
public final class DataDirectoryBusyException extends Exception {

    private static final long serialVersionUID = 1L;

    DataDirectoryBusyException(String message) {
        super(message);
    }
}
