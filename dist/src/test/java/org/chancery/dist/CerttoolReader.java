package org.chancery.dist;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chancery.pki.revocation.RevocationReason;

/// `certtool` of GnuTLS, 3.7 or newer.
///
/// It is content where no CRL is found, and takes entries from one without looking at its signature. So it
/// counts the CRLs it looked into here, and is asked about the signature of every CRL by itself.
record CerttoolReader(Lab lab) implements Reader {
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n", Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN ENCRYPTED PRIVATE KEY-----.*?-----END ENCRYPTED PRIVATE KEY-----\n", Pattern.DOTALL);
    private static final Pattern PUBLIC_KEY_ID = Pattern.compile("Public Key ID:\\s+(?:sha1:\\S+\\s+)?(sha256:\\S+)");
    private static final Pattern CHECKED_SIGNATURE = Pattern.compile("\tChecked against: ");
    private static final Pattern CHECKED_CRL = Pattern.compile("\tChecked against CRL\\[");

    @Override
    public String name() {
        return "certtool";
    }

    @Override
    public void require() {
        assumeTrue(Reader.onPath("certtool"), "certtool is not installed (gnutls-bin)");
    }

    @Override
    public Opinion certificate(String file, Trust trust, Holder holder) throws Exception {
        List<String> line = new ArrayList<>(List.of("--verify", "--verify-profile", "high", "--infile", file));
        line.addAll(List.of("--load-ca-certificate", trust.root(), "--load-crl", trust.crls()));
        line.addAll(
                switch (holder) {
                    case Holder.Person(String address) ->
                        List.of("--verify-email", address, "--verify-purpose", "1.3.6.1.5.5.7.3.2");
                    case Holder.Relay(String host) ->
                        List.of("--verify-hostname", host, "--verify-purpose", "1.3.6.1.5.5.7.3.1");
                    case Holder.OcspSigner() -> List.of("--verify-purpose", "1.3.6.1.5.5.7.3.9");
                    case Holder.Authority() -> List.of();
                });
        String said = certtool(line.toArray(String[]::new));
        Opinion opinion = opinion("Chain verification output: Verified. The certificate is trusted.", said);
        boolean withoutCrl = count(CHECKED_CRL, said) < count(CHECKED_SIGNATURE, said);
        return opinion.verdict() == Verdict.ACCEPTED && withoutCrl ? new Opinion(Verdict.REFUSED, said) : opinion;
    }

    @Override
    public Opinion crl(String file, String issuer) throws Exception {
        return opinion(
                "Verification output: Verified. The certificate is trusted.",
                certtool("--verify-crl", "--load-ca-certificate", issuer, "--infile", file));
    }

    /// It shows neither reasons nor dates of invalidity, only that the certificate is there.
    @Override
    public Opinion entry(String crl, BigInteger serial, RevocationReason reason, Optional<Instant> invalidityDate)
            throws Exception {
        return opinion("Serial Number (hex): " + Reader.hex(serial) + "\n", certtool("--crl-info", "--infile", crl));
    }

    @Override
    public Opinion request(String file) throws Exception {
        return opinion("Self signature: verified", certtool("--crq-info", "--infile", file));
    }

    @Override
    public Opinion keystore(String file, String passphrase) throws Exception {
        String said = certtool(password(passphrase, "--inder", "--p12-info", "--infile", file));
        Matcher key = KEY.matcher(said);
        Matcher certificate = CERTIFICATE.matcher(said);
        if (said.contains("verification failed") || !key.find() || !certificate.find()) {
            return opinion("no complaint", said);
        }
        Files.writeString(lab.path("key.pem"), key.group());
        Files.writeString(lab.path("certificate.pem"), certificate.group());
        Optional<String> opened =
                publicKeyId(certtool(password(passphrase, "--key-info", "--pkcs8", "--infile", "key.pem")));
        Optional<String> certified = publicKeyId(certtool("--certificate-info", "--infile", "certificate.pem"));
        boolean same = opened.isPresent() && opened.equals(certified);
        return new Opinion(same ? Verdict.ACCEPTED : Verdict.REFUSED, "key " + opened + ", certificate " + certified);
    }

    /// In English: its words are looked at.
    private String certtool(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("LC_ALL=C", "certtool"));
        line.addAll(Arrays.asList(arguments));
        Outcome outcome = lab.run("env", line.toArray(String[]::new));
        return String.join("\n", outcome.output()) + "\n" + String.join("\n", outcome.errors());
    }

    private static Opinion opinion(String good, String said) {
        if (said.contains(good)) {
            return new Opinion(Verdict.ACCEPTED, said);
        }
        if (said.contains("The certificate chain is revoked.")) {
            return new Opinion(Verdict.REVOKED, said);
        }
        boolean forged = said.contains("The signature in the certificate is invalid.")
                || said.contains("Self signature: FAILED")
                || said.contains("The Message Authentication Code verification failed.");
        return new Opinion(forged ? Verdict.NOT_AUTHENTIC : Verdict.REFUSED, said);
    }

    /// None is not the same to it as one of no characters.
    private static String[] password(String passphrase, String... line) {
        List<String> whole = new ArrayList<>(List.of(line));
        whole.addAll(passphrase.isEmpty() ? List.of("--empty-password") : List.of("--password", passphrase));
        return whole.toArray(String[]::new);
    }

    private static long count(Pattern pattern, String said) {
        return pattern.matcher(said).results().count();
    }

    private static Optional<String> publicKeyId(String said) {
        Matcher matcher = PUBLIC_KEY_ID.matcher(said);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
