package org.chancery.pki.request;

import java.util.Objects;
import java.util.Optional;
import org.chancery.pki.key.WeakKeyException;
import org.chancery.pki.name.DeviceId;
import org.jspecify.annotations.Nullable;

/// A request that cannot be taken; [#failure] says why.
public final class CertificateRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final CertificateRequestFailure failure;
    private final transient @Nullable DeviceId refused;

    CertificateRequestException(CertificateRequestFailure failure, String message) {
        this(failure, message, null, null);
    }

    CertificateRequestException(CertificateRequestFailure failure, String message, Throwable cause) {
        this(failure, message, cause, null);
    }

    private CertificateRequestException(
            CertificateRequestFailure failure, String message, @Nullable Throwable cause, @Nullable DeviceId refused) {
        super(message, cause);
        this.failure = failure;
        this.refused = refused;
    }

    static CertificateRequestException weakKey(DeviceId device, String where, WeakKeyException cause) {
        return new CertificateRequestException(
                CertificateRequestFailure.KEY_UNSUPPORTED, where + cause.getMessage(), cause, device);
    }

    /// What was found and what is required, for people.
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /// The reason, stable for programs.
    public CertificateRequestFailure failure() {
        return failure;
    }

    /// The device whose key is not good enough, if that is the reason; nobody has proved to hold it.
    public Optional<DeviceId> refusedDevice() {
        return Optional.ofNullable(refused);
    }
}
