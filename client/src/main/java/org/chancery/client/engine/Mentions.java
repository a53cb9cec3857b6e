package org.chancery.client.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Mention;

/// Finds whom a text mentions: `@` and an address.
final class Mentions {
    private Mentions() {}

    /// The mentions of `people` in a text, each from its `@` on, as far as one message can have them.
    static List<Mention> in(String text, Collection<Address> people) {
        List<Mention> found = new ArrayList<>();
        int at = text.indexOf('@');
        while (at >= 0 && found.size() < Body.Text.MAX_MENTIONS) {
            int next = at + 1;
            for (Address address : people) {
                if (isNamed(text, at, address)) {
                    found.add(new Mention(at, 1 + address.value().length(), address));
                    next = at + 1 + address.value().length();
                    break;
                }
            }
            at = text.indexOf('@', next);
        }
        return found;
    }

    /// `bob@lab.example` is not named by `@bob@lab.example.org`, and `x@bob@lab.example` names nobody.
    private static boolean isNamed(String text, int at, Address address) {
        int end = at + 1 + address.value().length();
        boolean begins = at == 0 || !isPart(text.charAt(at - 1));
        boolean ends = end >= text.length()
                || !isPart(text.charAt(end))
                || (text.charAt(end) == '.' && (end + 1 == text.length() || !isPart(text.charAt(end + 1))));
        String value = address.value();
        return begins && text.regionMatches(true, at + 1, value, 0, value.length()) && ends;
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_' || c == '@';
    }
}
