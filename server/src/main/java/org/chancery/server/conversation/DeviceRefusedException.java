package org.chancery.server.conversation;

/// A device may not enter the directory: its key is another address's.
public final class DeviceRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /// @param message which addresses, for the log
    public DeviceRefusedException(String message) {
        super(message);
    }
}
