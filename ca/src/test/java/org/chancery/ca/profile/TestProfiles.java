package org.chancery.ca.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// The profiles as they are delivered.
public final class TestProfiles {
    /// The delivered `conf`.
    public static final Path CONF = Path.of("..", "conf");

    private TestProfiles() {}

    public static CertificateProfile client() {
        return leaf("client");
    }

    public static CertificateProfile server() {
        return leaf("server");
    }

    public static CertificateProfile ocsp() {
        return leaf("ocsp");
    }

    public static IssuingProfile issuing() {
        try {
            return Profiles.below(CONF).issuing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ProfileException e) {
            throw new AssertionError(e);
        }
    }

    private static CertificateProfile leaf(String name) {
        try {
            return Profiles.below(CONF).leaf(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ProfileException e) {
            throw new AssertionError(e);
        }
    }
}
