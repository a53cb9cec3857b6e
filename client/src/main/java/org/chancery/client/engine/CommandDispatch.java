package org.chancery.client.engine;

import java.util.Locale;
import java.util.OptionalLong;
import org.chancery.client.chat.Command;
import org.chancery.client.connection.Wire;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.Body;

/// Who does each [Command].
final class CommandDispatch {
    private final Parts parts;
    private final Wire connection;

    CommandDispatch(Parts parts, Wire connection) {
        this.parts = parts;
        this.connection = connection;
    }

    void carryOut(Command command) throws StoreException {
        switch (command) {
            case Command.SendText(Party to, String text) -> parts.remarks.text(to, text);
            case Command.Reply(long message, String text) -> parts.remarks.reply(message, text);
            case Command.Edit(long message, String text) -> parts.remarks.edit(message, text);
            case Command.Delete(long message) -> parts.remarks.delete(message);
            case Command.React(long message, String emoji, boolean takenBack) ->
                parts.remarks.react(message, emoji, takenBack);
            case Command.AskAgain(long message) -> parts.asking.ask(message);
            case Command.Block(Address address, boolean blocked) -> parts.ownNotes.blocking(address, blocked);
            case Command.SaveDraft(Party in, String text) -> parts.ownNotes.drafted(in, text);
            case Command.SendFile file -> parts.files.send(file);
            case Command.SaveFile file -> parts.files.save(file);
            case Command.CancelTransfer(long id) -> parts.files.cancel(id);
            case Command.NameRoom(ConversationId room, Body.Title title) -> parts.outgoing.say(Party.room(room), title);
            case Command.RoomAct act -> parts.roomActs.wish(act);
            case Command.FindPeople(String prefix) -> parts.people.find(prefix.toLowerCase(Locale.ROOT));
            case Command.ListDirectory(String prefix) -> parts.listings.list(prefix);
            case Command.OpenConversation(Party party) -> {
                OptionalLong before = parts.people.look(party);
                if (before.isPresent()) {
                    parts.readNotes.read(party, before.getAsLong());
                }
            }
            case Command.DeviceAct act -> parts.ownChain.act(act);
            case Command.HandOver(DeviceId device) -> parts.handingOver.begin(device);
            case Command.Verify(Address address) -> parts.trustActs.verify(address);
            case Command.TrustAct act -> parts.trustActs.act(act);
            case Command.RetryNow _ -> connection.retryNow();
        }
    }
}
