package org.chancery.server.config;

/// So many a second in the long run, and so many at once. Written `50/500`.
public record Rate(double perSecond, double burst) {

    /// The rate of a text.
    ///
    /// @throws IllegalArgumentException if not of that form
    public static Rate parse(String text) {
        int slash = text.indexOf('/');
        try {
            if (slash > 0) {
                return new Rate(
                        Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(form(text), e);
        }
        throw new IllegalArgumentException(form(text));
    }

    private static String form(String text) {
        return "'" + text + "' is no rate; write how many a second and how many at once, such as 50/500";
    }
}
