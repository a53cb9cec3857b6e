package org.chancery.client.command;

import org.chancery.client.chat.RoomNames;
import org.chancery.client.chat.RoomView;
import org.chancery.client.engine.Engine;
import org.chancery.client.store.Party;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.pki.name.Address;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The conversation that a command is about: with a person, or in a room. One of the two.
final class Addressee {
    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            required = true,
            converter = AddressConverter.class,
            description = "the other person")
    private @Nullable Address person;

    @Option(
            names = "--room",
            paramLabel = "NAME",
            required = true,
            description = "the room: its title, or the first eight digits of its id")
    private @Nullable String room;

    boolean isRoom() {
        return person == null;
    }

    /// The address, or what the room is called.
    String name() {
        return person == null ? String.valueOf(room) : person.value();
    }

    /// The conversation, as this client knows it.
    ///
    /// @throws CommandException where no room, or more than one, is called so
    Party party(Engine engine) throws CommandException {
        return person == null ? room(engine, name()) : engine.person(person);
    }

    /// The room that is called so.
    ///
    /// @throws CommandException where there is none, or more than one
    static Party room(Engine engine, String name) throws CommandException {
        return switch (RoomNames.find(engine.rooms(), name)) {
            case RoomNames.Found.One(RoomView found) -> Party.room(found.id());
            case RoomNames.Found.Not(String why) -> throw new CommandException(ExitCode.NO, why, "client rooms list");
        };
    }
}
