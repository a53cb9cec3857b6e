package org.chancery.console;

import java.util.ArrayList;
import java.util.List;

/// A JSON array under construction. Not thread safe.
public final class JsonArray implements Json {
    private final List<String> elements = new ArrayList<>();

    JsonArray() {}

    /// Adds a string.
    public JsonArray add(String value) {
        elements.add(JsonText.quote(value));
        return this;
    }

    /// Adds an integer.
    public JsonArray add(long value) {
        elements.add(Long.toString(value));
        return this;
    }

    /// Adds an object or array as it stands now; what is added to it later is not seen.
    public JsonArray add(Json value) {
        elements.add(value.text());
        return this;
    }

    @Override
    public void writeTo(StringBuilder out) {
        out.append('[').append(String.join(",", elements)).append(']');
    }

    @Override
    public String toString() {
        return text();
    }
}
