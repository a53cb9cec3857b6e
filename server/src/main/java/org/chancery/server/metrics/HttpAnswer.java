package org.chancery.server.metrics;

import org.chancery.console.Printable;

/// What is answered over HTTP.
///
/// @param body with its line end
record HttpAnswer(int status, String contentType, String body) {

    /// One line of text, whoever had a hand in it.
    static HttpAnswer plain(int status, String line) {
        return new HttpAnswer(status, "text/plain; charset=utf-8", Printable.of(line) + "\n");
    }

    /// The words of the status.
    String reason() {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 503 -> "Service Unavailable";
            default -> throw new IllegalStateException("status " + status + " is not ours");
        };
    }
}
