package org.chancery.console;

/// A JSON document (RFC 8259) to print on one line: what every command with `--json` answers.
///
/// Members keep the order in which they were put, so that the same result is always the same text. Nothing is read
/// here.
///
/// ```java
/// Json.object().put("serial", serial).put("names", Json.array().add("alice@lab.example")).text()
/// ```
public sealed interface Json permits JsonObject, JsonArray {
    /// The document, on one line, without a line end.
    default String text() {
        StringBuilder out = new StringBuilder();
        writeTo(out);
        return out.toString();
    }

    /// Appends the document.
    void writeTo(StringBuilder out);

    /// An object without members yet.
    static JsonObject object() {
        return new JsonObject();
    }

    /// An array without elements yet.
    static JsonArray array() {
        return new JsonArray();
    }
}
