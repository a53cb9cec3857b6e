package org.chancery.server.config;

/// What one device may do, over all its connections.
///
/// @param frames that are read; who sends more is read more slowly
/// @param octets that are read; who sends more is read more slowly
/// @param letters that are taken; more are refused, with when to come again
/// @param queries to the directory that are answered, a list of people as one for every ten; more are refused, with
/// when to come again
public record RateBounds(Rate frames, Rate octets, Rate letters, Rate queries) {

    /// A person types a letter a second, a script sends its hundreds at once. Frames are mostly acknowledgements of
    /// what others wrote: somebody who comes back to ten thousand letters acknowledges them in one go.
    public static final RateBounds DEFAULT = new RateBounds(
            new Rate(1_000, 20_000), new Rate(4 << 20, 64 << 20), new Rate(50, 1_000), new Rate(20, 500));

    /// @throws IllegalArgumentException naming the value out of range
    public RateBounds {
        check("frame-rate", frames);
        check("octet-rate", octets);
        check("letter-rate", letters);
        check("query-rate", queries);
    }

    private static void check(String name, Rate rate) {
        Range.check(name + " a second", rate.perSecond(), 1, 1e9);
        Range.check(name + " at once", rate.burst(), 1, 1e9);
    }
}
