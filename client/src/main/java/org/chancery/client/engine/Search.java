package org.chancery.client.engine;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.chancery.client.chat.Message;
import org.chancery.client.store.History;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Body;

/// Words to find in what people have said, as it stands now: texts, the names of files, and what was said with
/// them.
///
/// Neither case nor accents matter, nor how characters are composed (Unicode NFKD without marks, full case
/// folding by way of upper case). Every record of the store is opened for it: there is no index that would tell
/// anybody words.
///
/// @param words all of which have to occur; one with spaces, as it is
/// @param in one conversation; empty for all
/// @param limit how many messages at most
public record Search(List<String> words, Optional<Party> in, int limit) {
    /// Lines that are read at a time, while nobody else has the store.
    private static final int PAGE = 200;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    /// @throws IllegalArgumentException where there is nothing to look for
    public Search {
        words = words.stream()
                .map(Search::folded)
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty() || limit < 1) {
            throw new IllegalArgumentException(words.size() + " words to find, " + limit + " messages");
        }
    }

    /// What is compared of a text.
    static String folded(String text) {
        String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return SPACES.matcher(plain).replaceAll(" ").strip();
    }

    /// Newest first.
    ///
    /// @param hidden whose words are not shown
    List<Message> find(History history, Messages messages, Set<Address> hidden) throws StoreException {
        List<Message> found = new ArrayList<>();
        long before = Long.MAX_VALUE;
        List<StoredLine> page = page(history, before);
        while (!page.isEmpty() && found.size() < limit) {
            for (StoredLine line : page) {
                if (found.size() < limit && isLookedAt(line, hidden)) {
                    Message message = messages.of(line);
                    if (fits(message)) {
                        found.add(message);
                    }
                }
            }
            before = page.getLast().id();
            page = page(history, before);
        }
        return found;
    }

    private List<StoredLine> page(History history, long before) throws StoreException {
        return in.isPresent() ? history.before(in.get().conversation(), before, PAGE) : history.before(before, PAGE);
    }

    private static boolean isLookedAt(StoredLine stored, Set<Address> hidden) {
        boolean theirs = !stored.line().mine();
        boolean silenced =
                theirs && stored.line().party().person().map(hidden::contains).orElse(false);
        return !silenced
                && stored.line()
                        .body()
                        .filter(body -> body instanceof Body.Text || body instanceof Body.File)
                        .isPresent();
    }

    private boolean fits(Message message) {
        String text = folded(message.text());
        return words.stream().allMatch(text::contains);
    }

    /// The line of a message in which one of the words occurs first, for showing.
    public String line(Message message) {
        List<String> lines = Arrays.asList(message.text().split("\\R", -1));
        return lines.stream()
                .filter(line -> words.stream().anyMatch(folded(line)::contains))
                .findFirst()
                .orElse(lines.getFirst());
    }
}
