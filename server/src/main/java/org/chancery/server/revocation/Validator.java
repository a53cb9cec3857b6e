package org.chancery.server.revocation;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/// How an answer over HTTP is known again (RFC 9110 section 8.8): by its tag, else by its time.
///
/// A time has seconds only, and two lists can be made within one. So it counts only where the answer was
/// [#SETTLED] already when it was given; until then the whole list is asked for.
///
/// @param field the header field that asks; empty for none
/// @param value its value, as the server gave it
record Validator(String field, String value) {

    /// Asks for whatever is there.
    static final Validator NONE = new Validator("", "");

    private static final Duration SETTLED = Duration.ofSeconds(2);

    /// Long enough for every tag seen, and nothing that breaks out of a header field.
    private static final Pattern ACCEPTABLE = Pattern.compile("[\\x21-\\x7e ]{1,256}");

    static Validator of(HttpHeaders answer) {
        Optional<String> tag = field(answer, "ETag");
        if (tag.isPresent()) {
            return new Validator("If-None-Match", tag.get());
        }
        Optional<String> modified = field(answer, "Last-Modified");
        Optional<String> given = field(answer, "Date");
        if (modified.isPresent() && given.isPresent() && isSettled(modified.get(), given.get())) {
            return new Validator("If-Modified-Since", modified.get());
        }
        return NONE;
    }

    void putInto(HttpRequest.Builder request) {
        if (!field.isEmpty()) {
            request.setHeader(field, value);
        }
    }

    private static Optional<String> field(HttpHeaders answer, String name) {
        return answer.firstValue(name).filter(ACCEPTABLE.asMatchPredicate());
    }

    private static boolean isSettled(String modified, String given) {
        try {
            return !time(modified).plus(SETTLED).isAfter(time(given));
        } catch (DateTimeParseException e) {
            return false; // a time that cannot be read is none
        }
    }

    private static ZonedDateTime time(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
    }
}
