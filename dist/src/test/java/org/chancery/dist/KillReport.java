package org.chancery.dist;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Where the kills of a campaign fell, as a page.
final class KillReport {
    private final List<Kill> kills = new ArrayList<>();

    void add(Kill kill) {
        kills.add(kill);
    }

    /// How many there were.
    int kills() {
        return kills.size();
    }

    /// The page, in Markdown.
    ///
    /// @param ledger what the authority held in the end, in words
    String page(String ledger) {
        StringBuilder page = new StringBuilder("# Where the kills fell\n\n");
        page.append(String.format(Locale.ROOT, "%d kills. In the end: %s.%n", kills.size(), ledger));
        for (String command : List.of("sign", "revoke")) {
            page.append("\n## ca ").append(command).append("\n\n");
            table(page, "What there was of it afterwards", counts(command, Kill::phase));
            table(page, "Killed", counts(command, Kill::where));
        }
        return page.toString();
    }

    private Map<String, Long> counts(String command, Function<Kill, String> what) {
        return kills.stream()
                .filter(kill -> kill.command().equals(command))
                .collect(Collectors.groupingBy(what, TreeMap::new, Collectors.counting()));
    }

    private static void table(StringBuilder page, String head, Map<String, Long> counts) {
        page.append("| ").append(head).append(" | kills |\n| --- | ---: |\n");
        counts.forEach((what, count) ->
                page.append("| ").append(what).append(" | ").append(count).append(" |\n"));
        page.append('\n');
    }
}
