package org.chancery.client.terminal;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.pki.name.Address;

/// What a line that begins with `/` asks to be done with a message of the conversation: the last one that it
/// makes sense for, or the one with the number after a `#`.
///
/// ```
/// /reply [#NUMBER] TEXT    /edit [#NUMBER] TEXT    /delete [#NUMBER]    /react [#NUMBER] EMOJI    /ask [#NUMBER]
/// ```
final class AboutMessage {
    /// What is to be done, or what to tell whoever wrote the line.
    sealed interface Wish {
        record Do(Command command) implements Wish {}

        record Tell(String sentence) implements Wish {}
    }

    private final Address self;

    AboutMessage(Address self) {
        this.self = self;
    }

    /// What the line asks for; empty where it is no such line.
    ///
    /// @param messages of the conversation, oldest first
    Optional<Wish> of(String line, List<Message> messages) {
        String[] parts = line.strip().split("\\s+", 2);
        String rest = parts.length == 2 ? parts[1].strip() : "";
        return switch (parts[0]) {
            case "/reply" -> Optional.of(reply(rest, messages));
            case "/edit" -> Optional.of(edit(rest, messages));
            case "/delete" -> Optional.of(delete(rest, messages));
            case "/react" -> Optional.of(react(rest, messages));
            case "/ask" -> Optional.of(ask(rest, messages));
            default -> Optional.empty();
        };
    }

    private static Wish reply(String rest, List<Message> messages) {
        Aim aim = Aim.of(rest, messages, message -> isSaid(message) && !message.mine());
        if (aim.words().isEmpty()) {
            return new Wish.Tell("/reply [#NUMBER] TEXT answers a message, else the last of somebody else");
        }
        return aim.with(message -> new Command.Reply(message.id(), aim.words()));
    }

    private static Wish edit(String rest, List<Message> messages) {
        Aim aim = Aim.of(rest, messages, message -> isSaid(message) && message.mine());
        if (aim.words().isEmpty()) {
            return new Wish.Tell("/edit [#NUMBER] TEXT puts other words in the place of yours, else of your last");
        }
        return aim.with(message -> new Command.Edit(message.id(), aim.words()));
    }

    private static Wish delete(String rest, List<Message> messages) {
        Aim aim = Aim.of(rest, messages, message -> isSaid(message) && message.mine());
        if (!aim.words().isEmpty()) {
            return new Wish.Tell("/delete [#NUMBER] deletes a message of yours, else your last, with everybody");
        }
        return aim.with(message -> new Command.Delete(message.id()));
    }

    private Wish react(String rest, List<Message> messages) {
        Aim aim = Aim.of(rest, messages, message -> isSaid(message) && !message.mine());
        if (aim.words().isEmpty()) {
            return new Wish.Tell("/react [#NUMBER] EMOJI reacts to a message, and once more takes that back");
        }
        return aim.with(message -> new Command.React(message.id(), aim.words(), hasReacted(message, aim.words())));
    }

    private boolean hasReacted(Message message, String emoji) {
        return message.standing().reactions().stream()
                .anyMatch(reacted ->
                        reacted.emoji().equals(emoji) && reacted.people().contains(self));
    }

    private static Wish ask(String rest, List<Message> messages) {
        Aim aim = Aim.of(rest, messages, message -> message.state() == MessageState.FAILED && !message.mine());
        if (!aim.words().isEmpty()) {
            return new Wish.Tell("/ask [#NUMBER] asks for messages that are missing or could not be opened");
        }
        return aim.with(message -> new Command.AskAgain(message.id()));
    }

    private static boolean isSaid(Message message) {
        return message.body().isPresent()
                && (message.state() == MessageState.RECEIVED || message.state() == MessageState.PUBLISHED);
    }

    /// The message that is meant, and what stands behind it.
    private record Aim(Optional<Message> message, String words) {
        static Aim of(String rest, List<Message> messages, Predicate<Message> otherwise) {
            if (rest.matches("#[0-9]{1,18}(\\s.*)?")) {
                String[] parts = rest.split("\\s+", 2);
                long number = Long.parseLong(parts[0].substring(1));
                return new Aim(last(messages, message -> message.id() == number), parts.length == 2 ? parts[1] : "");
            }
            return new Aim(last(messages, otherwise), rest);
        }

        private static Optional<Message> last(List<Message> messages, Predicate<Message> wanted) {
            return messages.reversed().stream().filter(wanted).findFirst();
        }

        Wish with(Function<Message, Command> command) {
            try {
                return message.<Wish>map(found -> new Wish.Do(command.apply(found)))
                        .orElse(new Wish.Tell("there is no such message here; /numbers shows those there are"));
            } catch (IllegalArgumentException e) {
                return new Wish.Tell("not done: " + e.getMessage());
            }
        }
    }
}
