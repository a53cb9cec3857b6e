package org.chancery.client.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chancery.pki.name.Address;

/// How a message stands, in words for whatever shows nothing but words.
public final class Remarked {
    private Remarked() {}

    /// What it answers.
    public static Optional<String> before(Message message) {
        return message.standing().answers().map(quote -> switch (quote) {
            case Standing.Quote.Here(var _, Address from, String line) -> "answers " + from + ": " + line;
            case Standing.Quote.Absent() -> "answers a message that is not here";
        });
    }

    /// What has come of it, one remark after the other; empty for nothing.
    public static List<String> after(Message message) {
        List<String> remarks = new ArrayList<>();
        if (message.standing().edited()) {
            remarks.add("edited");
        }
        message.standing().doubt().ifPresent(doubt -> remarks.add(doubt.words()));
        for (Standing.Reacted reacted : message.standing().reactions()) {
            remarks.add(reacted.emoji() + " "
                    + reacted.people().stream().map(Address::value).collect(Collectors.joining(", ")));
        }
        return remarks;
    }
}
