package org.chancery.dist.threats;

import java.util.ArrayList;
import java.util.List;
import org.chancery.pki.testing.Threat;

/// docs/threats.md: what can be done to an authority, its relay and the conversations over it, what stands
/// against it, and the tests that prove it.
final class ThreatsPage {
    private static final String HEAD = """
            # Threats to an authority, its relay and the conversations over it

            Written from the marks in the tests (`@Defends`); a test of the build fails when this page is not what they say, and
            `bin/defences` takes the defences away one by one and expects the tests to go red.

            | | threat | defence | tests |
            | --- | --- | --- | --- |
            """;

    private ThreatsPage() {}

    static String of(List<MarkedTest> tests) {
        StringBuilder page = new StringBuilder(HEAD);
        for (Threat threat : Threat.values()) {
            page.append("| %s | %s | %s | %s |%n"
                    .formatted(threat.id(), threat.threat(), threat.defence(), testsOf(threat, tests)));
        }
        return page.toString();
    }

    private static String testsOf(Threat threat, List<MarkedTest> tests) {
        List<String> links = new ArrayList<>();
        for (MarkedTest test : tests) {
            if (test.threat() == threat) {
                links.add("[%s](../%s)".formatted(test.name().replace('#', '.'), test.file()));
            }
        }
        return String.join("<br>", links);
    }
}
