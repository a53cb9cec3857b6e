package org.chancery.dist;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.chancery.pki.revocation.RevocationReason;

/// A program by others that has to read what `ca` emits, and what it finds. It judges as strictly as it
/// can; files are named as seen from the directory of the lab.
interface Reader {
    String name();

    /// Skips the running test, visibly, where the program is missing.
    void require();

    /// A certificate and what follows it in its file, by a root, with every CRL there is.
    Opinion certificate(String file, Trust trust, Holder holder) throws Exception;

    /// The signature of a CRL.
    Opinion crl(String file, String issuer) throws Exception;

    /// Whether a CRL says exactly this of a certificate, as far as this program shows it.
    Opinion entry(String crl, BigInteger serial, RevocationReason reason, Optional<Instant> invalidityDate)
            throws Exception;

    /// The signature of a request.
    Opinion request(String file) throws Exception;

    /// Whether a keystore opens, and the key in it is that of its certificate.
    Opinion keystore(String file, String passphrase) throws Exception;

    /// What was found.
    enum Verdict {
        ACCEPTED,
        REVOKED,
        /// A signature or a MAC does not fit what it is over.
        NOT_AUTHENTIC,
        /// For any other reason.
        REFUSED
    }

    /// What one reader made of one file.
    ///
    /// @param said the program's own words, for whoever reads a failure
    record Opinion(Verdict verdict, String said) {}

    /// What a certificate is judged by.
    ///
    /// @param root the one certificate trusted
    /// @param crls any number of CRLs in one file
    record Trust(String root, String crls) {}

    /// Whom the certificate has to be for.
    sealed interface Holder {
        record Person(String address) implements Holder {}

        record Relay(String host) implements Holder {}

        record OcspSigner() implements Holder {}

        record Authority() implements Holder {}
    }

    /// Whole octets, as everybody prints a serial number.
    static String hex(BigInteger serial) {
        String digits = serial.toString(16);
        return digits.length() % 2 == 0 ? digits : "0" + digits;
    }

    /// Whether a command is installed.
    static boolean onPath(String command) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, command))) {
                return true;
            }
        }
        return false;
    }
}
