package org.chancery.ca.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Which certificates are asked for: those to which all that was said applies. Immutable.
public final class Search {
    /// Every certificate.
    public static final Search ALL = new Search(List.of(), List.of());

    private final List<String> conditions;
    private final List<Object> arguments;

    private Search(List<String> conditions, List<Object> arguments) {
        this.conditions = conditions;
        this.arguments = arguments;
    }

    /// Of that address, its ASCII case folded.
    public Search address(String address) {
        return and("c.address = ?", address.toLowerCase(Locale.ROOT));
    }

    /// Whose serial number begins so, in lower-case hex.
    public Search serialPrefix(String hex) {
        return prefix("c.serial", hex);
    }

    /// Whose SHA-256 begins so, in lower-case hex.
    public Search fingerprintPrefix(String hex) {
        return prefix("c.sha256", hex);
    }

    /// Whose key's id begins so, in lower-case hex.
    public Search devicePrefix(String hex) {
        return prefix("c.device", hex);
    }

    /// Whose name contains that text, in either case where it is ASCII.
    public Search nameContains(String text) {
        return and("instr(lower(c.name), ?) > 0", text.toLowerCase(Locale.ROOT));
    }

    /// That end at that instant or before.
    public Search endingBy(Instant instant) {
        return and("c.not_after <= ?", instant.getEpochSecond());
    }

    /// That end at that instant or after.
    public Search endingFrom(Instant instant) {
        return and("c.not_after >= ?", instant.getEpochSecond());
    }

    String condition() {
        return conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
    }

    Object[] arguments() {
        return arguments.toArray();
    }

    /// As a range, so that the index on the column serves: `g` follows every hex digit.
    private Search prefix(String column, String hex) {
        if (!hex.matches("[0-9a-f]{1,64}")) {
            throw new IllegalArgumentException("not lower-case hex: " + hex);
        }
        return and(column + " >= ?", hex).and(column + " < ?", hex + "g");
    }

    private Search and(String condition, Object argument) {
        List<String> moreConditions = new ArrayList<>(conditions);
        moreConditions.add(condition);
        List<Object> moreArguments = new ArrayList<>(arguments);
        moreArguments.add(argument);
        return new Search(List.copyOf(moreConditions), List.copyOf(moreArguments));
    }
}
