package org.chancery.client.command;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.ContactDevice;
import org.chancery.console.ExitCode;
import org.chancery.console.Json;
import org.chancery.console.JsonArray;
import org.chancery.console.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `client contacts`: who is known, as of the last connection.
@Command(
        name = "contacts",
        description = "Lists whom this messenger knows, and what their certificates say today.",
        footer = {"  client contacts --keystore alice.p12", "  client contacts --keystore alice.p12 --json"})
final class ContactsCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        return LookUp.in(client, engine -> {
            print(engine.contacts());
            return ExitCode.DONE.code();
        });
    }

    private void print(List<Contact> contacts) {
        if (json) {
            JsonArray array = Json.array();
            contacts.forEach(contact -> array.add(document(contact)));
            client.surroundings().out().println(array.text());
            return;
        }
        for (Contact contact : contacts) {
            client.surroundings()
                    .out()
                    .println(contact.address() + "  " + Printable.of(contact.displayName()) + "  " + trust(contact)
                            + (contact.unread() > 0 ? "  " + contact.unread() + " unread" : ""));
        }
    }

    private static Json document(Contact contact) {
        JsonArray devices = Json.array();
        for (ContactDevice device : contact.devices()) {
            devices.add(Json.object()
                    .put("device", device.device().hex())
                    .put("since", device.since())
                    .put("notAfter", device.notAfter()));
        }
        return Json.object()
                .put("address", contact.address().value())
                .put("displayName", contact.displayName())
                .put("trust", trust(contact))
                .put("unread", contact.unread())
                .put("devices", devices);
    }

    private static String trust(Contact contact) {
        return contact.trust().name().toLowerCase(Locale.ROOT);
    }
}
