package org.chancery.console;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A JSON object under construction. Not thread safe.
public final class JsonObject implements Json {
    private final Map<String, String> members = new LinkedHashMap<>();

    JsonObject() {}

    /// Puts a string.
    public JsonObject put(String name, String value) {
        return putEncoded(name, JsonText.quote(value));
    }

    /// Puts a string if there is one.
    public JsonObject putIfPresent(String name, Optional<String> value) {
        return value.isPresent() ? put(name, value.get()) : this;
    }

    /// Puts an integer.
    public JsonObject put(String name, long value) {
        return putEncoded(name, Long.toString(value));
    }

    /// Puts `true` or `false`.
    public JsonObject put(String name, boolean value) {
        return putEncoded(name, Boolean.toString(value));
    }

    /// Puts a time, ISO 8601 in UTC.
    public JsonObject put(String name, Instant value) {
        return put(name, value.toString());
    }

    /// Puts an object or array as it stands now; what is added to it later is not seen.
    public JsonObject put(String name, Json value) {
        return putEncoded(name, value.text());
    }

    private JsonObject putEncoded(String name, String encoded) {
        if (members.putIfAbsent(name, encoded) != null) {
            throw new IllegalArgumentException("member \"" + name + "\" twice");
        }
        return this;
    }

    @Override
    public void writeTo(StringBuilder out) {
        String separator = "{";
        for (Map.Entry<String, String> member : members.entrySet()) {
            out.append(separator)
                    .append(JsonText.quote(member.getKey()))
                    .append(':')
                    .append(member.getValue());
            separator = ",";
        }
        out.append(members.isEmpty() ? "{}" : "}");
    }

    @Override
    public String toString() {
        return text();
    }
}
