package org.chancery.ca.lint.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chancery.ca.lint.Finding;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.request.CertificateRequestBuilder;
import org.chancery.pki.testing.TestKeys;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// A sound request, and one fault at a time: each meets its own rule, and no rule is without a fault that it finds.
class RequestLintTest {
    private static final SigningKey KEY = TestKeys.ec("request");

    private record Fault(String rule, CertificateRequestBuilder request, SigningKey key) {}

    @Test
    void aSoundRequestHasNoFinding() throws Exception {
        assertThat(RequestLint.ofForeign(named().build(KEY))).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> eachFaultMeetsItsRule() throws Exception {
        return faults().stream()
                .map(fault -> DynamicTest.dynamicTest(
                        fault.rule(),
                        () -> assertThat(RequestLint.ofForeign(fault.request().build(fault.key())))
                                .extracting(Finding::rule)
                                .containsExactly(fault.rule())));
    }

    @Test
    void everyRuleHasAFault() throws Exception {
        Set<String> covered = faults().stream().map(Fault::rule).collect(Collectors.toSet());
        assertThat(RequestLint.RULES)
                .extracting(rule -> rule.getClass().getSimpleName())
                .allMatch(covered::contains);
    }

    @Test
    void aRequestWhoseSignatureFailsIsNotGenuine() throws Exception {
        byte[] tampered = named().build(KEY);
        tampered[tampered.length - 1] ^= 1;
        assertThat(RequestLint.ofForeign(tampered)).extracting(Finding::rule).containsExactly("RequestIsGenuine");
    }

    @Test
    void aRequestThatAsksForAnExtensionTwiceIsNotOne() throws Exception {
        byte[] twice = named().extension(Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE)))
                .extension(Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE)))
                .build(KEY);
        assertThat(RequestLint.ofForeign(twice)).extracting(Finding::rule).containsExactly("RequestIsGenuine");
    }

    private static List<Fault> faults() throws Exception {
        return List.of(
                new Fault("AsksForNoAuthority", named().extension(Extensions.basicConstraintsOfAuthority(0)), KEY),
                new Fault("KeyIsSound", named(), TestKeys.of(KeyAlgorithm.RSA_2048, "weak request")),
                new Fault("NamesAreRequested", unnamed(), KEY));
    }

    private static CertificateRequestBuilder named() throws Exception {
        return unnamed().name(new GeneralName.Rfc822("alice@lab.example"));
    }

    private static CertificateRequestBuilder unnamed() throws Exception {
        return CertificateRequestBuilder.of(DistinguishedName.of("alice@lab.example"));
    }
}
