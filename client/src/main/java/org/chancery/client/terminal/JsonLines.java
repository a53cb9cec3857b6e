package org.chancery.client.terminal;

import java.util.List;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.Standing;
import org.chancery.client.transfer.FileNames;
import org.chancery.console.Json;
import org.chancery.console.JsonArray;
import org.chancery.console.JsonObject;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Mention;

/// A message as `listen --json` and `history --json` print it.
public final class JsonLines {
    private JsonLines() {}

    /// One document, on one line.
    ///
    /// @param title what people call the conversation: for one between two, the other's display name
    public static String of(Message message, String title) {
        JsonObject json =
                Json.object().put("conversation", message.conversation().hex()).put("title", title);
        message.sequence().ifPresent(sequence -> json.put("sequence", sequence));
        json.put("from", message.from().value());
        message.device().ifPresent(device -> json.put("device", device.hex()));
        json.put("sentAt", message.sentAt());
        message.receivedAt().ifPresent(receivedAt -> json.put("receivedAt", receivedAt));
        boolean failed = message.state() == MessageState.FAILED;
        if (failed) {
            json.put("kind", "failure").putIfPresent("failure", message.failure());
        } else if (message.body().isPresent()) {
            say(json, message, message.body().get());
        } else if (message.standing().deleted()) {
            json.put("kind", "deleted");
        } else {
            json.put("kind", "note").put("text", message.text());
        }
        json.put("trust", failed ? "none" : trust(message)).put("id", message.id());
        message.changes().ifPresent(target -> json.put("target", target));
        stand(json, message.standing());
        return json.text();
    }

    private static void say(JsonObject json, Message message, Body body) {
        switch (body) {
            case Body.Text text -> {
                json.put("kind", "text").put("text", message.text());
                mentions(json, text.mentions());
            }
            case Body.Edit edit -> {
                json.put("kind", "edit").put("text", edit.text());
                mentions(json, edit.mentions());
            }
            case Body.Delete _ -> json.put("kind", "delete");
            case Body.Reaction reaction ->
                json.put("kind", "reaction").put("emoji", reaction.emoji()).put("takenBack", reaction.takenBack());
            case Body.File file ->
                json.put("kind", "file")
                        .put("name", FileNames.safe(file.name()))
                        .put("mediaType", file.mediaType())
                        .put("length", file.shape().length())
                        .put("text", file.text());
            case Body.Title title -> json.put("kind", "title").put("text", title.text());
            case Body.Invitation invitation ->
                json.put("kind", "invitation")
                        .put("room", invitation.room().hex())
                        .put("text", invitation.title());
            case Body.Control _ -> json.put("kind", "aside").put("text", message.text());
            case Body.Unknown unknown ->
                json.put("kind", "unknown").put("number", unknown.field()).put("text", message.text());
        }
    }

    private static String trust(Message message) {
        return message.standing()
                .doubt()
                .map(doubt -> switch (doubt) {
                    case BEFORE_THEFT -> "beforeTheft";
                    case AFTER_THEFT -> "afterTheft";
                })
                .orElse("verified");
    }

    private static void mentions(JsonObject json, List<Mention> mentions) {
        if (!mentions.isEmpty()) {
            JsonArray people = Json.array();
            mentions.forEach(mention -> people.add(mention.address().value()));
            json.put("mentions", people);
        }
    }

    private static void stand(JsonObject json, Standing standing) {
        if (standing.edited()) {
            json.put("edited", true);
        }
        if (standing.answers().isPresent()) {
            switch (standing.answers().get()) {
                case Standing.Quote.Here here -> json.put("replyTo", here.message());
                case Standing.Quote.Absent _ -> json.put("replyTo", 0);
            }
        }
        if (!standing.reactions().isEmpty()) {
            JsonArray reactions = Json.array();
            for (Standing.Reacted reacted : standing.reactions()) {
                JsonArray people = Json.array();
                reacted.people().forEach(address -> people.add(address.value()));
                reactions.add(Json.object().put("emoji", reacted.emoji()).put("people", people));
            }
            json.put("reactions", reactions);
        }
    }
}
