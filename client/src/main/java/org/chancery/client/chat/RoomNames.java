package org.chancery.client.chat;

import java.util.List;
import java.util.Locale;
import org.chancery.pki.envelope.ConversationId;

/// Rooms by what people call them: the title, or the first eight or more digits of the id. Titles are free: two
/// rooms may have one.
public final class RoomNames {
    private static final int FEWEST_DIGITS = 8;

    /// Which room a name means.
    public sealed interface Found {
        record One(RoomView room) implements Found {}

        /// None, or more than one; said as a sentence.
        record Not(String why) implements Found {}
    }

    private RoomNames() {}

    /// The room of this name, among those one belongs to or is asked into and, where there is none of those,
    /// those one has left.
    public static Found find(List<RoomView> rooms, String name) {
        List<RoomView> all = matching(rooms, name);
        List<RoomView> current =
                all.stream().filter(room -> room.state() != RoomView.State.LEFT).toList();
        List<RoomView> meant = current.isEmpty() ? all : current;
        return switch (meant.size()) {
            case 0 -> new Found.Not("no room is called '" + name + "'");
            case 1 -> new Found.One(meant.getFirst());
            default ->
                new Found.Not(meant.size() + " rooms are called '" + name + "'; say which: "
                        + String.join(
                                ", ", meant.stream().map(RoomNames::digits).toList()));
        };
    }

    private static List<RoomView> matching(List<RoomView> rooms, String name) {
        List<RoomView> titled =
                rooms.stream().filter(room -> room.title().equals(name)).toList();
        if (!titled.isEmpty() || name.length() < FEWEST_DIGITS) {
            return titled;
        }
        String digits = name.toLowerCase(Locale.ROOT);
        return rooms.stream().filter(room -> room.id().hex().startsWith(digits)).toList();
    }

    /// The title of a room, else the beginning of its id.
    public static String of(RoomView room) {
        return room.title().isEmpty() ? digits(room) : room.title();
    }

    /// The same, of a room that may not be known.
    public static String of(List<RoomView> rooms, ConversationId id) {
        return rooms.stream()
                .filter(room -> room.id().equals(id))
                .findFirst()
                .map(RoomNames::of)
                .orElse(id.hex().substring(0, FEWEST_DIGITS));
    }

    private static String digits(RoomView room) {
        return room.id().hex().substring(0, FEWEST_DIGITS);
    }
}
