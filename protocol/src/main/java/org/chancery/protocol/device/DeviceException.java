package org.chancery.protocol.device;

/// An entry that is none, or that does not change a chain; nothing was changed.
public final class DeviceException extends Exception {

    private static final long serialVersionUID = 1L;

    private final DeviceFailure failure;

    DeviceException(DeviceFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    /// Which rule was broken.
    public DeviceFailure failure() {
        return failure;
    }
}
