package org.chancery.dist;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chancery.pki.revocation.RevocationReason;

/// `openssl`, 3.0 or newer. Its words decide: of a CRL with a wrong signature it says so, and ends with 0.
record OpensslReader(Lab lab) implements Reader {
    /// As it prints the time of an invalidity date: `Oct 20 03:04:05 2026 GMT`.
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Pattern REASON = Pattern.compile("CRL Reason Code: *\n *([A-Za-z ]+)\n");
    private static final Pattern INVALIDITY_DATE = Pattern.compile("Invalidity Date: *\n *(\\w.*)\n");

    @Override
    public String name() {
        return "openssl";
    }

    @Override
    public void require() {
        assumeTrue(Reader.onPath("openssl"), "openssl is not installed");
    }

    @Override
    public Opinion certificate(String file, Trust trust, Holder holder) throws Exception {
        List<String> line = new ArrayList<>(List.of("verify", "-x509_strict", "-check_ss_sig", "-auth_level", "2"));
        line.addAll(List.of("-policy_check", "-crl_check_all", "-CRLfile", trust.crls(), "-trusted", trust.root()));
        line.addAll(
                switch (holder) {
                    case Holder.Person(String address) -> List.of("-purpose", "sslclient", "-verify_email", address);
                    case Holder.Relay(String host) -> List.of("-purpose", "sslserver", "-verify_hostname", host);
                    case Holder.OcspSigner() -> List.of("-purpose", "ocsphelper");
                    case Holder.Authority() -> List.of("-purpose", "crlsign");
                });
        line.addAll(List.of("-untrusted", file, file));
        return opinion(file + ": OK", openssl(line.toArray(String[]::new)));
    }

    @Override
    public Opinion crl(String file, String issuer) throws Exception {
        return opinion("verify OK", openssl("crl", "-in", file, "-noout", "-CAfile", issuer));
    }

    @Override
    public Opinion entry(String crl, BigInteger serial, RevocationReason reason, Optional<Instant> invalidityDate)
            throws Exception {
        String text = openssl("crl", "-in", crl, "-noout", "-text");
        String entry = Stream.of(text.split("Serial Number: ", -1))
                .filter(each -> each.startsWith(Reader.hex(serial).toUpperCase(Locale.ROOT) + "\n"))
                .findFirst()
                .orElse("");
        boolean agrees = !entry.isEmpty()
                // "Key Compromise" is keyCompromise; nothing is unspecified (RFC 5280 section 5.3.1).
                && shown(REASON, entry)
                        .map(words -> words.replace(" ", ""))
                        .orElse("unspecified")
                        .equalsIgnoreCase(reason.cliName())
                && shown(INVALIDITY_DATE, entry).equals(invalidityDate.map(TIME::format));
        return new Opinion(agrees ? Verdict.ACCEPTED : Verdict.REFUSED, text);
    }

    @Override
    public Opinion request(String file) throws Exception {
        return opinion("self-signature verify OK", openssl("req", "-in", file, "-noout", "-verify"));
    }

    @Override
    public Opinion keystore(String file, String passphrase) throws Exception {
        String opened = "opened.pem";
        String said =
                openssl("pkcs12", "-in", file, "-passin", "pass:" + passphrase, "-clcerts", "-noenc", "-out", opened);
        if (!said.isBlank()) {
            return opinion("no complaint", said);
        }
        String key = openssl("pkey", "-in", opened, "-pubout");
        String certified = openssl("x509", "-in", opened, "-noout", "-pubkey");
        boolean same = key.startsWith("-----BEGIN PUBLIC KEY-----") && key.equals(certified);
        return new Opinion(same ? Verdict.ACCEPTED : Verdict.REFUSED, key + certified);
    }

    private String openssl(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = lab.run("openssl", arguments);
        return String.join("\n", outcome.output()) + "\n" + String.join("\n", outcome.errors());
    }

    private static Opinion opinion(String good, String said) {
        if (said.contains(good)) {
            return new Opinion(Verdict.ACCEPTED, said);
        }
        if (said.contains("certificate revoked")) {
            return new Opinion(Verdict.REVOKED, said);
        }
        boolean forged = said.contains("signature failure")
                || said.contains("verify failure")
                || said.contains("Mac verify error");
        return new Opinion(forged ? Verdict.NOT_AUTHENTIC : Verdict.REFUSED, said);
    }

    private static Optional<String> shown(Pattern pattern, String entry) {
        Matcher matcher = pattern.matcher(entry);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
