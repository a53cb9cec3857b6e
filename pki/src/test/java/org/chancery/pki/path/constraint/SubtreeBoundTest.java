package org.chancery.pki.path.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.IntStream;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;

class SubtreeBoundTest {
    /// Each name of a path is held against each subtree above it.
    @Test
    @Defends(Threat.VALIDATION_BLOW_UP)
    void refusesMoreSubtreesThanAnybodyNeeds() throws Exception {
        assertThat(NameConstraints.parse(permitting(1000))).isNotNull();
        assertThatExceptionOfType(MalformedDerException.class)
                .isThrownBy(() -> NameConstraints.parse(permitting(1001)));
    }

    private static byte[] permitting(int domains) {
        List<String> names =
                IntStream.range(0, domains).mapToObj(i -> "d" + i + ".example").toList();
        return Extensions.nameConstraints(names, List.of(), List.of()).der();
    }
}
