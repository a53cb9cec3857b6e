package org.chancery.client.command;

import java.util.concurrent.Callable;
import org.chancery.pki.name.Address;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `client unblock`.
@Command(
        name = "unblock",
        description = "Hears somebody again, and shows what they wrote in the meantime.",
        footer = {"  client unblock --keystore alice.p12 mallory@lab.example"})
final class UnblockCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @Parameters(paramLabel = "ADDRESS", converter = AddressConverter.class, description = "whom")
    private Address address;

    @Override
    public Integer call() throws Exception {
        return Blocking.set(client, address, false);
    }
}
