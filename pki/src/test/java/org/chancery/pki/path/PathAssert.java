package org.chancery.pki.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.chancery.pki.testing.TestPki;

/// What a test says of a request: accepted, or refused for exactly this.
final class PathAssert {
    private final ThrowingCallable validation;

    private PathAssert(ThrowingCallable validation) {
        this.validation = validation;
    }

    static PathAssert validating(Forge anchor, ValidationRequest request) {
        return validating(TrustAnchors.of(anchor.certificate()), request);
    }

    static PathAssert validating(TrustAnchors anchors, ValidationRequest request) {
        return validating(new PathValidator(anchors), request);
    }

    static PathAssert validating(PathValidator validator, ValidationRequest request) {
        return new PathAssert(() -> validator.validate(request));
    }

    /// As a client's, now, revocation not looked at.
    static ValidationRequest request(Forge target, Forge... untrusted) {
        return of(
                target.certificate(),
                Arrays.stream(untrusted).map(Forge::certificate).toList());
    }

    static ValidationRequest of(X509Certificate target, List<X509Certificate> untrusted) {
        return ValidationRequest.of(target)
                .untrusted(untrusted)
                .purpose(Purpose.CLIENT)
                .at(TestPki.NOW)
                .revocation(new Revocation.NotChecked());
    }

    void isAccepted() {
        assertThatCode(validation).doesNotThrowAnyException();
    }

    PathValidationException isRefusedFor(PathFailure failure, int certificateIndex) {
        PathValidationException refusal = catchThrowableOfType(PathValidationException.class, validation);
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.failure()).as(refusal.getMessage()).isEqualTo(failure);
        assertThat(refusal.certificateIndex())
                .as("index of the certificate at fault")
                .isEqualTo(certificateIndex);
        return refusal;
    }
}
