package org.chancery.dist;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.UnrecoverableKeyException;
import java.security.cert.CRL;
import java.security.cert.CRLReason;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.revocation.RevocationReason;

/// The JDK that runs this test, by its own providers; and its `keytool`, for requests, which no public
/// class of it reads, and to list keystores.
record JdkReader(Lab lab) implements Reader {
    /// GeneralName of RFC 5280.
    private static final int RFC822_NAME = 1;

    private static final int DNS_NAME = 2;

    /// Under which our keystores have their key.
    private static final String ALIAS = "identity";

    private static final DateTimeFormatter GENERALIZED_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String INVALIDITY_DATE = "2.5.29.24";

    @Override
    public String name() {
        return "JDK";
    }

    @Override
    public void require() {
        // It runs this test.
    }

    @Override
    public Opinion certificate(String file, Trust trust, Holder holder) throws Exception {
        X509Certificate root = certificates(trust.root()).getFirst();
        List<X509Certificate> path = new ArrayList<>(certificates(file));
        if (path.size() > 1) {
            path.remove(root); // the anchor is no part of a path, but may stand in a file
        }
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(crls(trust.crls()))));
        parameters.setTargetCertConstraints(target(holder));
        CertPathValidator validator = CertPathValidator.getInstance("PKIX");
        PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
        checker.setOptions(Set.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
        parameters.addCertPathChecker(checker);
        try {
            return accepted(validator
                    .validate(factory().generateCertPath(path), parameters)
                    .toString());
        } catch (CertPathValidatorException e) {
            return refused(verdict(e.getReason()), e);
        }
    }

    @Override
    public Opinion crl(String file, String issuer) throws Exception {
        X509CRL crl = (X509CRL) crls(file).iterator().next();
        try {
            crl.verify(certificates(issuer).getFirst().getPublicKey());
            return accepted(crl.toString());
        } catch (SignatureException e) {
            return refused(Verdict.NOT_AUTHENTIC, e);
        }
    }

    @Override
    public Opinion entry(String crl, BigInteger serial, RevocationReason reason, Optional<Instant> invalidityDate)
            throws Exception {
        for (CRL each : crls(crl)) {
            X509CRLEntry entry = ((X509CRL) each).getRevokedCertificate(serial);
            if (entry != null) {
                Optional<CRLReason> found = Optional.ofNullable(entry.getRevocationReason());
                // The JDK names them as we do, and nothing is unspecified (RFC 5280 section 5.3.1).
                boolean agrees =
                        found.map(CRLReason::name).orElse("UNSPECIFIED").equals(reason.name())
                                && invalidityDate(entry).equals(invalidityDate);
                return new Opinion(agrees ? Verdict.ACCEPTED : Verdict.REFUSED, entry.toString());
            }
        }
        return new Opinion(Verdict.REFUSED, "not there");
    }

    @Override
    public Opinion request(String file) throws Exception {
        Outcome outcome = keytool("-printcertreq", "-file", file);
        String said = String.join("\n", outcome.output());
        if (outcome.code() == 0 && said.contains("PKCS #10 Certificate Request")) {
            return accepted(said);
        }
        boolean forged = said.contains("Invalid PKCS #10 signature");
        return new Opinion(forged ? Verdict.NOT_AUTHENTIC : Verdict.REFUSED, said);
    }

    @Override
    public Opinion keystore(String file, String passphrase) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(lab.path(file))) {
            store.load(in, passphrase.toCharArray());
        } catch (IOException e) {
            boolean forged = e.getCause() instanceof UnrecoverableKeyException;
            return refused(forged ? Verdict.NOT_AUTHENTIC : Verdict.REFUSED, e);
        }
        PrivateKey key = (PrivateKey) store.getKey(ALIAS, passphrase.toCharArray());
        boolean same = signsFor(key, (X509Certificate) store.getCertificate(ALIAS));
        Outcome listed = keytool("-list", "-keystore", file, "-storepass", passphrase);
        boolean agrees = same && listed.code() == 0 && listed.toString().contains("PrivateKeyEntry");
        return new Opinion(agrees ? Verdict.ACCEPTED : Verdict.REFUSED, listed.toString());
    }

    private Outcome keytool(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("-J-Duser.language=en"));
        line.addAll(List.of(arguments));
        return lab.run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), line.toArray(String[]::new));
    }

    private List<X509Certificate> certificates(String file) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(lab.path(file))) {
            return factory().generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }

    private Collection<? extends CRL> crls(String file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(lab.path(file))) {
            return factory().generateCRLs(in);
        }
    }

    private static CertificateFactory factory() throws CertificateException {
        return CertificateFactory.getInstance("X.509");
    }

    private static X509CertSelector target(Holder holder) throws IOException {
        X509CertSelector target = new X509CertSelector();
        switch (holder) {
            case Holder.Person(String address) -> {
                target.addSubjectAlternativeName(RFC822_NAME, address);
                target.setExtendedKeyUsage(Set.of("1.3.6.1.5.5.7.3.2"));
            }
            case Holder.Relay(String host) -> {
                target.addSubjectAlternativeName(DNS_NAME, host);
                target.setExtendedKeyUsage(Set.of("1.3.6.1.5.5.7.3.1"));
            }
            case Holder.OcspSigner() -> target.setExtendedKeyUsage(Set.of("1.3.6.1.5.5.7.3.9"));
            case Holder.Authority() -> target.setBasicConstraints(0);
        }
        return target;
    }

    /// Of `04 11 18 0F 20251020030405Z`: an OCTET STRING with a GeneralizedTime in it.
    private static Optional<Instant> invalidityDate(X509CRLEntry entry) {
        return Optional.ofNullable(entry.getExtensionValue(INVALIDITY_DATE))
                .map(value -> new String(value, 4, value.length - 4, StandardCharsets.US_ASCII))
                .map(GENERALIZED_TIME::parse)
                .map(Instant::from);
    }

    private static boolean signsFor(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        byte[] text = "whose key".getBytes(StandardCharsets.US_ASCII);
        Signature signature =
                Signature.getInstance(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(text);
        return signature.verify(signed);
    }

    private static Verdict verdict(CertPathValidatorException.Reason reason) {
        if (reason == BasicReason.REVOKED) {
            return Verdict.REVOKED;
        }
        return reason == BasicReason.INVALID_SIGNATURE ? Verdict.NOT_AUTHENTIC : Verdict.REFUSED;
    }

    private static Opinion accepted(String said) {
        return new Opinion(Verdict.ACCEPTED, said);
    }

    private static Opinion refused(Verdict verdict, Exception why) {
        return new Opinion(verdict, why.toString());
    }
}
