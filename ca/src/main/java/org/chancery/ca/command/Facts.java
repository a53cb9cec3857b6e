package org.chancery.ca.command;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chancery.console.Json;
import org.chancery.console.JsonArray;
import org.chancery.console.JsonObject;
import org.chancery.console.Printable;

/// What a command found or did, named once and shown twice: as `not after   2026-…` to people and as
/// `{"notAfter":"2026-…"}` to programs. Not thread safe.
final class Facts {
    private static final int GAP = 3;

    private record Fact(String label, List<String> lines) {}

    private final List<Fact> facts = new ArrayList<>();
    private final JsonObject json = Json.object();

    /// Puts a text.
    ///
    /// @param name lower camel case, as `--json` documents it
    Facts put(String name, String value) {
        json.put(name, value);
        return show(name, List.of(value));
    }

    Facts put(String name, Instant value) {
        json.put(name, value);
        return show(name, List.of(value.toString()));
    }

    Facts put(String name, long value) {
        json.put(name, value);
        return show(name, List.of(Long.toString(value)));
    }

    Facts put(String name, boolean value) {
        json.put(name, value);
        return show(name, List.of(value ? "yes" : "no"));
    }

    /// One line each; for people, nothing at all if there are none.
    Facts put(String name, List<String> values) {
        JsonArray array = Json.array();
        values.forEach(array::add);
        json.put(name, array);
        return show(name, values);
    }

    Facts putIfPresent(String name, Optional<String> value) {
        return value.isPresent() ? put(name, value.get()) : this;
    }

    /// Several of a kind: a member of `--json` with an object each, one line each for people.
    Facts put(String name, List<Facts> each, List<String> lines) {
        JsonArray array = Json.array();
        each.forEach(one -> array.add(one.json()));
        json.put(name, array);
        return show(name, lines);
    }

    JsonObject json() {
        return json;
    }

    /// The lines for people, whatever the values hold: a name from a request cannot write lines of its own.
    void print(PrintStream out) {
        int width = facts.stream().mapToInt(fact -> fact.label.length()).max().orElse(0) + GAP;
        for (Fact fact : facts) {
            String label = fact.label;
            for (String line : fact.lines) {
                out.println(label + " ".repeat(width - label.length()) + Printable.of(line));
                label = "";
            }
        }
    }

    private Facts show(String name, List<String> lines) {
        String label = name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        facts.add(new Fact(label, List.copyOf(lines)));
        return this;
    }
}
