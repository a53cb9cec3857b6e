package org.chancery.client.terminal;

import java.util.Locale;
import org.chancery.client.chat.RoomView;
import org.chancery.console.Json;
import org.chancery.console.JsonArray;

/// A room as `rooms list` prints it.
public final class RoomLines {
    private RoomLines() {}

    /// One document, on one line.
    public static String json(RoomView room) {
        JsonArray members = Json.array();
        room.members()
                .forEach((address, role) -> members.add(Json.object()
                        .put("address", address.value())
                        .put("role", role.name().toLowerCase(Locale.ROOT))));
        JsonArray invited = Json.array();
        room.invited().keySet().forEach(address -> invited.add(address.value()));
        return Json.object()
                .put("conversation", room.id().hex())
                .put("title", room.title())
                .put("state", state(room))
                .put("members", members)
                .put("invited", invited)
                .put("unread", room.unread())
                .text();
    }

    /// What one is to it.
    public static String state(RoomView room) {
        return room.state().name().toLowerCase(Locale.ROOT);
    }
}
