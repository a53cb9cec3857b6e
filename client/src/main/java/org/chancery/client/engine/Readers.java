package org.chancery.client.engine;

import java.security.cert.X509Certificate;
import java.util.List;

/// Who, of one address, can read what is sealed now.
sealed interface Readers {
    /// These devices.
    record Some(List<X509Certificate> certificates) implements Readers {}

    /// Nobody, and why, as a sentence.
    record None(String sentence) implements Readers {}

    /// That cannot be said without newer revocation lists.
    record Undecided(String sentence) implements Readers {}
}
