package org.chancery.client.ui;

import org.chancery.client.chat.ConnectionState;

/// The connection in words, for the foot of the list.
///
/// @param connected whether the sign beside it is the filled one
/// @param loud whether a person has to act
/// @param retry whether trying now is on offer
record ConnectionLine(String sentence, boolean connected, boolean loud, boolean retry) {
    static ConnectionLine of(ConnectionState state, Times times) {
        return switch (state) {
            case ConnectionState.Online online ->
                new ConnectionLine("Connected to " + online.relay(), true, false, false);
            case ConnectionState.Connecting connecting ->
                new ConnectionLine("Connecting to " + connecting.relay() + " …", false, false, false);
            case ConnectionState.Offline offline -> new ConnectionLine(offline(offline, times), false, false, true);
            case ConnectionState.Ended ended -> new ConnectionLine(ended.sentence(), false, true, true);
        };
    }

    private static String offline(ConnectionState.Offline offline, Times times) {
        String next =
                offline.retryAt().map(at -> ". Next try in " + times.until(at)).orElse("");
        return "Offline: " + offline.reason() + next;
    }
}
