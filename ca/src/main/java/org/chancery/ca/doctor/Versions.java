package org.chancery.ca.doctor;

import org.chancery.pki.key.BouncyCastle;

/// What the program runs on.
///
/// @param java as `25.0.3`
/// @param bouncyCastle as `1.87`
public record Versions(String java, String bouncyCastle) {
    public static Versions atWork() {
        return new Versions(System.getProperty("java.version"), BouncyCastle.version());
    }
}
